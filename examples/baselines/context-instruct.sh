#!/bin/sh
# After Context-Instruct: question, answer and the model's confidence in one
# call; what it is not sure of goes, and so does what is too much alike.
# usage: context-instruct.sh FILE ... > pairs.ndjson	(settings as main.sh)
#   SURE=3  least confidence, 1 to 5
. "$(dirname "$0")/main.sh"
chunks "$@" | at_once context-instruct.txt question answer confidence |
    jq -c --argjson least "${SURE:-3}" \
    'select(.confidence >= $least) | .score = .confidence' | best
