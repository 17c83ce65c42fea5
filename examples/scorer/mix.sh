#!/bin/sh
# mix.sh: training pairs for ac-train-scorer, mixed from what the pipeline
# leaves behind, without a further call:
#   half    a question of a neighbouring part of the same root (near)
#   fifth   a worse prompt's, of `ac-ask --negative both` (instr, fs, both)
#   tenth   a question about another root (other)
#   fifth   what other filters would reject: questions that speak of "the
#           text" or copy it, and good ones shuffled, with words dropped,
#           or cut off (self, copied, shuffled, dropped, cut)
# Worse questions are as long as the better ones where that can be, so that
# the length gives nothing away.  The same files give the same bytes.
# usage: mix.sh tree.ndjson worse.ndjson > pairs.ndjson
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 2 ] || { sed -n '/^# usage/s/# //p' "$0" >&2; exit 2; }
exec jq -n -c -L "$here" --slurpfile tree "$1" --slurpfile worse "$2" \
    -f "$here/mix.jq"
