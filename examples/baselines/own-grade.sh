#!/bin/sh
# The model's own grade of a question, 1 to 5, in the place of the score.
# usage: own-grade.sh FILE ... > pairs.ndjson	(settings as main.sh)
. "$(dirname "$0")/main.sh"

grade() {
	ac-answer -q -p "$here/grade.txt" --out grade -t 0 --max-tokens 4 \
	    --allow-truncated |
	    jq -c '.score = ((.grade // "" | tostring |
	    capture("(?<n>[1-5])").n | tonumber) // 0) | del(.grade, .error)'
}
chunks "$@" | tree | ask | grade | best | answer
