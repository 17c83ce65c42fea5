#!/bin/sh
# The cut with the least cosine between the embeddings of both parts.
# usage: embed.sh FILE ... > pairs.ndjson	(settings as main.sh)
# EMBED_URL, EMBED_KEY_FILE: the endpoint of the embeddings, if another.
. "$(dirname "$0")/main.sh"
chunks "$@" | (
	AC_BASE_URL=${EMBED_URL:-$AC_BASE_URL}
	AC_KEY_FILE=${EMBED_KEY_FILE:-${AC_KEY_FILE:-}}
	export AC_BASE_URL AC_KEY_FILE
	tree embed
) | ask | score | best | answer
