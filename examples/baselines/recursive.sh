#!/bin/sh
# A plain recursive character splitter in the place of the tree: pieces of one
# size, cut at blank lines, else line ends, else blanks.
# usage: recursive.sh FILE ... > pairs.ndjson	(settings as main.sh)
#   PIECE=130  characters of a piece	ASK=2  questions of each
. "$(dirname "$0")/main.sh"
chunks "$@" | jq -c --argjson size "${PIECE:-130}" -f "$here/recursive.jq" |
    ask --samples "${ASK:-2}" | score | best | answer
