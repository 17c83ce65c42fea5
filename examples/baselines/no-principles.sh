#!/bin/sh
# Answers without principles, by the same fixed examples.
# usage: no-principles.sh FILE ... > pairs.ndjson	(settings as main.sh)
. "$(dirname "$0")/main.sh"
echo '- Answer the question.' > "$dir/principles"
chunks "$@" | tree | ask | score | best |
    answer --principles "$dir/principles"
