#!/bin/sh
# Fault matrix, part F: streaming.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/faults/rows.inc"

rows F "$@"
