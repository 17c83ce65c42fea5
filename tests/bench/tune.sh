#!/bin/sh
# tune.sh: what ac-tune finds for a model, on questions and answers of people
# about passages of Wikipedia ($AC_TEST_DATA or ../shared/data, skipped
# without it).  Asks AC_BASE_URL and AC_MODEL, else the demo's model (LANGS=en);
# other AC_* settings apply.  N=24 records a language, TRIALS=16, LANGS="en zh".
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
data=${AC_TEST_DATA:-$top/../shared/data}
. "$top/tests/bench/demo-model.sh"
[ -r "$data/en-wiki-nq.ndjson" ] || skip "no data folder (AC_TEST_DATA=DIR)"
PATH=$top/bin:$PATH
export AC_MAX_TOKENS="${AC_MAX_TOKENS:-100}"
work=$(mktemp -d)
trap 'stop_server; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
ask_demo "$work/server"

# people LANG: passages of 100 to 300 characters, one a document, spread over
# the file, each with a question and its first human answer.
people() {
	case $1 in
	en) jq -c '{doc, context: .text, question, answer: .answers[0]}' \
	    "$data/en-wiki-nq.ndjson" ;;
	zh) jq -c '{doc, context: .text} + (.qas[0] |
	    {question, answer: .answers[0]})' \
	    "$data/zh-wiki-cmrc-trial.ndjson" ;;
	esac | jq -c -s --argjson n "${N:-24}" '
	    map(select((.context | length) as $l | $l >= 100 and $l <= 300
	    and .answer != null)) | unique_by(.doc) |
	    (length / $n | floor) as $step |
	    [.[range(0; length; if $step > 0 then $step else 1 end)]] |
	    .[:$n] | to_entries[] | {id: "r\(.key + 1)"} + .value'
}

for lang in ${LANGS:-en zh}; do
	people "$lang" > "$work/people"
	echo "$lang, $AC_MODEL"
	# Cut answers count as they are; a call that fails counts as wrong.
	ac-tune --allow-truncated \
	    --trials "${TRIALS:-16}" --trials-log "$work/log" \
	    --stats "$work/stats" "$work/people" > "$work/examples" \
	    2> "$work/err" || [ $? -eq 1 ] || { cat "$work/err"; exit 1; }
	jq -r -s -f "$top/tests/bench/tune.jq" "$work/log"
	sed 's/^ac-tune: /	/' "$work/err"
	jq -r '"\(.requests) requests, \(.tokens_in) tokens in, " +
	    "\(.tokens_out) out, \(.seconds | round) s"' "$work/stats"
done
