#!/bin/sh
# No tree: the whole chunk is asked about, as often as a tree has nodes.
# usage: no-tree.sh FILE ... > pairs.ndjson	(settings as main.sh)
. "$(dirname "$0")/main.sh"
chunks "$@" | ask --samples "$nodes" | score | best | answer
