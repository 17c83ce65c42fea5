#!/bin/sh
# prompts.sh: how many replies of a model are usable, for each prompt, on
# passages of Wikipedia (../shared/data, skipped without it).  Asks
# AC_BASE_URL and AC_MODEL, else the demo's model; N=48 passages.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
data=${AC_TEST_DATA:-$top/../shared/data}/en-wiki-nq.ndjson
. "$top/tests/bench/demo-model.sh"
[ -r "$data" ] || skip "no $data (AC_TEST_DATA=DIR)"
PATH=$top/bin:$PATH
export AC_MAX_TOKENS=${AC_MAX_TOKENS:-200} AC_RETRIES=${AC_RETRIES:-5}
work=$(mktemp -d)
trap 'stop_server; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
ask_demo "$work/server"

# Every 27th passage, whole sentences up to 500 code points of it.
awk 'NR % 27 == 1' "$data" | head -n "${N:-48}" |
    ac-chunk --format ndjson --in text |
    jq -c -s 'unique_by(.doc)[] | {id, context}' |
    head -n "${N:-48}" >"$work/in"

# stage NAME COMMAND...: runs it, counts, and says tokens and seconds a call.
stage() {
	name=$1
	shift
	"$@" --no-cache --max-errors 100% -q --stats "$work/stats" \
	    >"$work/$name" || :
	jq -s -r -L "$top/tests/bench" --arg stage "$name" \
	    -f "$top/tests/bench/prompts.jq" \
	    "$work/$name" | tr '\n' '\t'
	jq -r '"\(.requests) requests, \(.tokens_in / .requests | round)" +
	    " tokens in, \(.tokens_out / .requests | round) out," +
	    " \(.seconds / .requests * 100 | round / 100) s a request"' \
	    "$work/stats"
}
stage ask ac-ask "$work/in"
jq -c 'select(.question)' "$work/ask" >"$work/asked"
stage answer ac-answer "$work/asked"
stage cut ac-split --by cut -d 1 "$work/in"
# A long reply: fewer passages, and one try each.
head -n 12 "$work/in" >"$work/few"
stage rewrite ac-split --by rewrite -d 1 --retries 0 --max-tokens 500 \
    "$work/few"
