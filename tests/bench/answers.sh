#!/bin/sh
# answers.sh: what is wrong with a model's answers to people's questions on
# Wikipedia (../shared/data, skipped without it), English and Chinese.  Asks
# AC_BASE_URL and AC_MODEL, else the demo's model (LANGS=en); N=50 questions of
# each language, LANGS="en zh".  Options are ac-answer's.  OUT=FOLDER keeps the answers, and
# the replies: with BIN, the folder of another build, both see the same ones.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
data=${AC_TEST_DATA:-$top/../shared/data}
. "$top/tests/bench/demo-model.sh"
[ -r "$data/en-wiki-nq.ndjson" ] || skip "no data folder (AC_TEST_DATA=DIR)"
PATH=${BIN:-$top/bin}:$PATH
export AC_MAX_TOKENS=${AC_MAX_TOKENS:-200} AC_RETRIES=${AC_RETRIES:-5}
n=${N:-50}
work=$(mktemp -d)
trap 'stop_server; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
ask_demo "$work/server"
out=${OUT:-$work}
mkdir -p "$out"
export AC_CACHE=$out/cache

# Evenly over the file, short passages: a small model's window is small.
some() {
	awk -v n="$n" '{ line[NR] = $0 } END { step = NR > n ? NR / n : 1
		for (i = 1; i <= NR && n-- > 0; i += step) print line[int(i)] }'
}
jq -c 'select(.text | length < 900) | {context: .text, zh: false, answers,
    question: ((.question[:1] | ascii_upcase) +
    .question[1:] + "?")}' \
    "$data/en-wiki-nq.ndjson" | some >"$work/en"
jq -c 'select(.text | length < 300) | {context: .text, zh: true} + .qas[0]' \
    "$data/zh-wiki-cmrc-trial.ndjson" | some >"$work/zh"

printf '%s\n' 'of	asked	answers	preamble	mention	unanswered	other language	truncated	bad_reply	holds it'
for lang in ${LANGS:-en zh}; do
	ac-answer --max-errors 100% --give-up 1000 -q \
	    --stats "$work/stats" "$@" "$work/$lang" >"$out/$lang.ndjson" || :
	jq -s -r -L "$top/tests/bench" --arg what $lang \
	    -f "$top/tests/bench/answers.jq" "$out/$lang.ndjson"
	jq -r '"\t\(.requests) requests, \(.tokens_out / (.requests + 1e-9) | round)" +
	    " tokens out, \(.seconds / (.requests + 1e-9) * 100 | round / 100) s a " +
	    "request"' "$work/stats"
	# With --samples: what is agreement worth?
	jq -s -r -L "$top/tests/bench" \
	    -f "$top/tests/bench/agreement.jq" "$out/$lang.ndjson" |
	    awk -v what=$lang -f "$top/tests/bench/agreement.awk"
done
