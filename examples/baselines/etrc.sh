#!/bin/sh
# After ETRC: pairs of each chunk, question and answer in one call, then pairs
# of about one length joined to conversations, so that each fills a context.
# usage: etrc.sh FILE ... > conversations.ndjson	(settings as main.sh)
#   CHARS=600  length of a conversation
. "$(dirname "$0")/main.sh"
chunks "$@" | at_once etrc.txt question answer | best |
    jq -n -c --argjson chars "${CHARS:-600}" -f "$here/etrc.jq"
