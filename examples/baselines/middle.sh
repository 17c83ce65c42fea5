#!/bin/sh
# Every context is cut at its middle, whatever it is about.
# usage: middle.sh FILE ... > pairs.ndjson	(settings as main.sh)
. "$(dirname "$0")/main.sh"
chunks "$@" | tree middle | ask | score | best | answer
