#!/bin/sh
# The pipelines of examples/baselines over the same documents, at the same
# number of pairs, and one table of what comes out of each; then how the modes
# of ac-split compare, and what lambda does.  methods-measure.py says how each
# figure is counted.
# usage: methods.sh	(asks AC_BASE_URL and AC_MODEL, else the demo's model)
#   DOCS=3  documents: the first chunk of each; fewer than six show no
#           difference	KEEP=4  pairs of a chunk
#   SPLITS=20  documents that are split in each mode, and of which people's
#           questions are answered
#   LANGS=en  zh has other documents	ARMS="main ..."  some pipelines only
#   EMBED_URL, EMBED_KEY_FILE  the endpoint of embeddings, if another
#   BIN, AC_TEST_DATA, METHODS_DIR=FOLDER
# Files and cache are in build/bench/methods; what was asked is not asked again.
set -eu
began=$(date +%s)
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
PATH=${BIN:-$PWD/bin}:$PATH
export LC_ALL=C.UTF-8
data=${AC_TEST_DATA:-../shared/data}
work=${METHODS_DIR:-build/bench/methods}
. tests/bench/demo-model.sh
arms=${ARMS:-main no-tree middle recursive random own-grade no-principles
context-instruct etrc embed adaptllm}
export KEEP="${KEEP:-4}"
vectors=
trap 'stop_server; server=$vectors; stop_server' EXIT
trap 'exit 1' HUP INT TERM

[ -r "$data/en-wiki-nq.ndjson" ] || skip "no data folder (AC_TEST_DATA=DIR)"
mkdir -p "$work"
work=$(cd "$work" && pwd)
export AC_CACHE="$work/cache" AC_SEED=1 AC_RETRIES=3 AC_MAX_ERRORS=50%
export AC_PROGRESS=never
# A small model that repeats itself goes on to the end of its slot; the longest
# whole answer of six pipelines had 843 characters.
export AC_MAX_TOKENS="${AC_MAX_TOKENS:-400}"

if [ -z "${AC_BASE_URL:-}" ]; then
	ask_demo "$work/vectors" --embedding
	vectors=$server
	export EMBED_URL="$AC_BASE_URL" EMBED_KEY_FILE="$AC_KEY_FILE"
	unset AC_BASE_URL
	ask_demo "$work/chat"
	export AC_CACHE_NS=methods
fi

# Commands that write down what they ask: the pipelines need not know.
mkdir -p "$work/shim"
for c in ac-ask ac-answer ac-split; do
	cat > "$work/shim/$c" <<END
#!/bin/sh
kind=\$(echo "\$*" | sed -n 's|.* -p [^ ]*/\([^ /]*\) .*|\1|p')
exec $(command -v $c) --stats "\$STATS/$c,\$kind,\$\$" "\$@"
END
	chmod +x "$work/shim/$c"
done

# stats NAME COMMAND ...: a line for each command that asked, to NAME.stats.
# A reply from the cache has no price; it is that of its kind (measure).
stats() {
	name=$1
	export STATS="$work/stats.$$"
	shift
	mkdir -p "$STATS"
	(PATH=$work/shim:$PATH && "$@")
	for s in "$STATS"/*; do
		[ ! -e "$s" ] || jq -c --arg kind "${s##*/}" '{requests, cached,
		    tokens: (.tokens_in + .tokens_out),
		    kind: ($kind | sub(",[0-9]*$"; ""))}' "$s"
	done > "$work/$name.stats"
	jq -c 'select(.requests > 0)' "$work/$name.stats" >> "$work/ledger"
	rm -r "$STATS"
}

# embedding COMMAND ...: with the endpoint of embeddings.
embedding() (
	AC_BASE_URL=${EMBED_URL:-${AC_BASE_URL:-}}
	AC_KEY_FILE=${EMBED_KEY_FILE:-${AC_KEY_FILE:-}}
	export AC_BASE_URL AC_KEY_FILE
	"$@"
)

# pipeline NAME TO
pipeline() { sh "examples/baselines/$1.sh" "$docs" > "$2"; }

# take N TO: the first chunks of so many documents.
take() {
	python3 "$here/select-docs.py" "$lang" test "$1" "$data" |
	    ac-chunk -q --format ndjson | jq -c -s 'reduce .[] as $r ({};
	    .[$r.doc] //= $r) | .[] | {doc, text: .context}' > "$2"
}

# split MODE TO: chunks in two, as main.sh cuts them.
split() { ac-split -q --by "$1" --no-question --min-length 60 \
    --max-depth 1 "$work/$lang.splits" > "$2"; }

# lambda N TO: a question of every node, and the best by main.sh's scorer.
lambda() {
	ac-split -q --by cohesion --min-length "$1" --max-depth 4 "$chunks" |
	    ac-ask -q --max-tokens 160 |
	    jq -c 'select(.question and (.error | not))' > "$2.asked"
	sh examples/scorer/mix.sh "$2.asked" /dev/null |
	    ac-train-scorer -q -o "$work/scorer"
	ac-score -q -S "$work/scorer" "$2.asked" |
	    ac-dedup -q --keep "$KEEP" > "$2"
}

# sizes N: nodes of so many chunks, and what share is of each size, as
# methods-measure.py has them.  No model.
sizes() {
	ac-split -q --by cohesion --min-length "$1" --max-depth 4 \
	    "$work/$lang.many" | jq -s -r --arg n "$1" '
	    INDEX(.[] | select(.depth == 0); .id) as $root |
	    map(select(.why != "short") | (.context | length) /
	        ($root[.root].context | length)) | length as $all |
	    [$n, ($all / ($root | length) * 10 | round / 10),
	        (map(select(. <= 0.2)), map(select(. > 0.2 and . <= 0.5)),
	        map(select(. > 0.5)) | length / $all * 100 | round / 100)] |
	    "| " + (map(tostring) | join(" | ")) + " |"'
}

# human HOW TO [OPTION ...]: the answers to people's questions.
human() {
	to=$2
	shift 2
	ac-answer -q "$@" "$work/$lang.human" > "$to"
}

touch "$work/ledger"
for lang in ${LANGS:-en}; do
	docs=$work/$lang.docs.ndjson chunks=$work/$lang.chunks
	rm -f "$work/$lang".arm.* "$work/$lang".split.* "$work/$lang".lambda.*
	take "${DOCS:-3}" "$docs"
	ac-chunk -q "$docs" > "$chunks"
	take "${SPLITS:-20}" "$work/$lang.more.ndjson"
	ac-chunk -q "$work/$lang.more.ndjson" > "$work/$lang.splits"
	for arm in $arms; do
		stats "$lang.$arm" pipeline "$arm" "$work/$lang.arm.$arm"
	done
	for by in middle cohesion; do
		split $by "$work/$lang.split.$by"
	done
	embedding split embed "$work/$lang.split.embed"
	split cut "$work/$lang.split.cut" || [ $? -eq 1 ]
	for n in 20 40 80 160; do
		lambda $n "$work/$lang.lambda.$n"
	done
	python3 "$here/methods-human.py" "$lang" "$data" \
	    "$work/$lang.splits" > "$work/$lang.human"
	human with "$work/$lang.human.with"
	echo '- Answer the question.' > "$work/principles"
	human without "$work/$lang.human.without" \
	    --principles "$work/principles"
	echo "${AC_MODEL:-}, $lang, $(wc -l < "$chunks") chunks, $KEEP" \
	    "pairs of each"
	python3 "$here/methods-measure.py" "$lang" "$work" "$data"
	embedding python3 "$here/methods-halves.py" "$lang" "$work"
	take 100 "$work/$lang.many.ndjson"
	ac-chunk -q "$work/$lang.many.ndjson" > "$work/$lang.many"
	echo
	echo "| --min-length | nodes of a chunk | detail | concept | macro |"
	echo "| --- | --- | --- | --- | --- |"
	for n in 20 40 80 160; do sizes $n; done
done
echo
echo "$(($(date +%s) - began)) seconds"
