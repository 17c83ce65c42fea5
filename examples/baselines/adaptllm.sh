#!/bin/sh
# After AdaptLLM: reading tasks mined from the raw text by patterns.  No model.
# usage: adaptllm.sh FILE ... > pairs.ndjson	(KEEP as main.sh)
. "$(dirname "$0")/main.sh"
chunks "$@" | jq -c -f "$here/adaptllm.jq" | best
