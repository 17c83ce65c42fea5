#!/bin/sh
# Prints how often a model cuts where two passages were joined, by `cut` and
# by `rewrite`; $AC_BASE_URL and $AC_MODEL name the model, else it is the
# demo's; other AC_* settings apply; $EMBED_URL, if set, is where `embed` asks, with the key in
# $EMBED_KEY_FILE.  The figures of `cohesion` and `middle` on the same joins
# stand beside them.
# usage: split-model.sh [JOINS [FILE ...]]
# Texts: files of `doc` and `text`, or the English one in $AC_TEST_DATA or
# ../shared/data; programs: $B/bench, or build/bench, and bin.
set -eu
joins=${1:-60}
[ $# -eq 0 ] || shift
data=${AC_TEST_DATA:-../shared/data}
bench=${B:-build}/bench
tab=$(printf '\t')

. tests/bench/demo-model.sh
[ $# -gt 0 ] || set -- "$data/en-wiki-nq.ndjson"
[ -r "$1" ] || skip "cannot read $1"
tmp=$(mktemp -d)
trap 'stop_server; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
ask_demo "$tmp/server"

# try MODE OPTION...: one row; a failed record counts as not split.
try() {
	mode=$1
	shift
	start=$(date +%s)
	bin/ac-split --by "$mode" -d 1 --max-errors 100% -q "$@" \
	    "$tmp/joins" > "$tmp/out"
	took=$(($(date +%s) - start))
	"$bench/split-hits" < "$tmp/out" | {
		IFS=$tab read -r n split chance hits
		echo "| $mode | $n | $split | $chance | $hits | $took |"
	}
}

for file; do
	"$bench/split" -e -n "$joins" "$file" > "$tmp/joins"
	echo "${file##*/}, $AC_MODEL"
	echo "| mode | joins | split | chance | hits | seconds |"
	echo "| --- | --- | --- | --- | --- | --- |"
	try middle
	try cohesion
	try cut --no-cache
	[ -z "${EMBED_URL:-}" ] || try embed --no-cache -u "$EMBED_URL" \
	    ${EMBED_KEY_FILE:+--key-file "$EMBED_KEY_FILE"}
	# Long replies: fewer joins, and one try each.
	head -n "${REWRITES:-12}" "$tmp/joins" > "$tmp/few"
	mv "$tmp/few" "$tmp/joins"
	try rewrite --no-cache --retries 0 --max-tokens 500
done
