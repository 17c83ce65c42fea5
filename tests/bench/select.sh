#!/bin/sh
# Does the scorer help?  Asks a model more questions about real documents than
# are wanted, keeps as many of each document in several ways, and says how good
# those are; select-questions.py and select-measure.py say how that is counted.
# Documents to train the scorer on and to choose from are disjoint.
# usage: select.sh	(asks AC_BASE_URL and AC_MODEL, else the demo's model)
#   DOCS=20   documents to choose from     SAMPLES=3  questions a context
#   TRAIN=24  documents to train on        QUOTA=70   one kept in 70 characters
#   SEEDS=20  random choices               SET=en    zh has other documents
#   REAL=40   people's questions, in pairs, that the model judges
#   BIN, AC_TEST_DATA, SELECT_DIR=FOLDER
# Files and cache are in build/bench/select; what was asked is not asked again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
PATH=${BIN:-$PWD/bin}:$PATH
export LC_ALL=C.UTF-8
data=${AC_TEST_DATA:-../shared/data}
work=${SELECT_DIR:-build/bench/select}
. tests/bench/demo-model.sh
docs=${DOCS:-20} train=${TRAIN:-24} samples=${SAMPLES:-3} quota=${QUOTA:-70}
seeds=${SEEDS:-20} set=${SET:-en}
case $set in
zh) passages=zh-wiki-cmrc-trial.ndjson LANGS=zh ;;
*) passages=en-wiki-nq.ndjson ;;
esac
trap stop_server EXIT
trap 'exit 1' HUP INT TERM

[ -r "$data/$passages" ] || skip "no data folder (AC_TEST_DATA=DIR)"
mkdir -p "$work"
export AC_CACHE="$work/cache" AC_SEED=1 AC_RETRIES=3 AC_MAX_ERRORS=20%
model=${AC_MODEL:-SmolLM2-135M-Instruct}

# The demo's model, when first something is to be asked.
serve() {
	[ -z "${AC_BASE_URL:-}" ] || return 0
	ask_demo "$work/server"
	export AC_CACHE_NS=select
}

# ask NAME FROM COMMAND...: what a model adds to FROM, to NAME, unless NAME is
# there and was made of the same.  What failed is so not asked for ever.
ask() {
	to=$work/$1 from=$work/$2
	shift 2
	{ echo "$model ${AC_TEMPERATURE:-} $*"; cat "$from"; } > "$to.new"
	if [ -e "$to" ] && cmp -s "$to.new" "$to.from"; then
		rm "$to.new"
		return 0
	fi
	serve
	"$@" -q --stats "$to.stats" "$from" > "$to.part" || [ $? -eq 1 ]
	mv "$to.part" "$to"
	mv "$to.new" "$to.from"
	jq -r --arg to "${to##*/}" '"\($to): \(.requests) requests, " +
	    "\(.seconds | round) s, \(.failed) failed"' "$to.stats" >&2
}

# contexts PART N DEPTH TO: the first chunk of each document, and its tree.
contexts() {
	python3 "$here/select-docs.py" "$set" "$1" "$2" "$data" > "$work/$4.docs"
	ac-chunk --format ndjson "$work/$4.docs" |
	    jq -c -s 'reduce .[] as $r ({}; .[$r.doc] //= $r) | .[]' \
	    > "$work/$4.roots"
	ac-split --by cohesion --min-length 60 --max-depth "$3" \
	    "$work/$4.roots" > "$work/$4.tree"
}

# The scorer: better and worse questions of the model, of the tree's top two
# levels, and questions of other places.
# One prompt after the other: a server that keeps the beginning of a prompt
# would lose it ten times as often if both took turns.
contexts train "$train" 1 train
ask better train.tree ac-ask --max-tokens 160
ask worse better ac-ask --negative both --max-tokens 160
jq -c 'select(.label == 1)' "$work/worse" |
    jq -c -s -f tests/bench/select-free.jq > "$work/free"
cat "$work/free" "$work/worse" > "$work/pairs"
ac-train-scorer -o "$work/own.scorer" "$work/pairs" 2> "$work/own.txt"
# One without the worse prompt's, and one that learnt from people's questions.
ac-train-scorer -q -o "$work/free.scorer" "$work/free"
python3 "$here/scorer-pairs.py" "$set" train "$data" |
    ac-train-scorer -q -o "$work/people.scorer"

# What there is to choose from: no score yet.
contexts test "$docs" 2 pool
ask asked pool.tree ac-ask --samples "$samples" --max-tokens 160
jq -c 'select(.question and (.error | not))' "$work/asked" > "$work/pool"

# The model's own judgement of each, and of real questions: of the passage,
# and of a near one.
ask judged pool ac-answer --out judge -p "$here/select-judge.txt" -t 0 \
    --max-tokens 4 --allow-truncated
python3 "$here/scorer-pairs.py" "$set" test "$data" |
    jq -c -n --argjson n "${REAL:-40}" '[inputs] | group_by(.pair) |
    map(select(map(.kind) | index("near"))) | .[:$n][][]' > "$work/real"
ask real.judged real ac-answer --out judge -p "$here/select-judge.txt" -t 0 \
    --max-tokens 4 --allow-truncated
jq -c -L "$here" --arg set "$set" 'include "usable"; {id, question, judge,
    usable: (if $set == "en" then good_question else null end)}' \
    "$work/judged" > "$work/notes"

# arm NAME FROM OPTION...: what is kept, to arm.NAME.
rm -f "$work"/arm.*
arm() {
	to=$work/arm.$1 from=$work/$2
	shift 2
	ac-dedup -q --quota "$quota" "$@" "$from" > "$to"
}
# Threshold 1 drops nothing as too close: the quota alone is left.
for who in own free people; do
	ac-score -q -S "$work/$who.scorer" "$work/pool" > "$work/$who.scored"
	arm "$who" "$who.scored"
done
arm own-only own.scored --threshold 1
arm order pool
jq -c '.score = (.context | length)' "$work/pool" > "$work/long.scored"
arm long long.scored
seed=1
while [ "$seed" -le "$seeds" ]; do
	# Park and Miller's generator: the same numbers by every awk.
	awk -v x="$seed" 'BEGIN { for (i = 0; i < 9; i++) draw() }
	    function draw() { return x = x * 16807 % 2147483647 }
	    { sub(/}$/, ",\"score\":" draw() "}"); print }' \
	    "$work/pool" > "$work/random.scored"
	arm "random-$seed" random.scored
	arm "random-only-$seed" random.scored --threshold 1
	seed=$((seed + 1))
done
echo "$model, $set, $docs documents, $(wc -l < "$work/pool") questions," \
    "one kept in $quota characters; the scorer learnt from $train others"
python3 "$here/select-questions.py" "$work" "$data/$passages" \
    "$here/select-read.ndjson" > "$work/questions"
python3 "$here/select-measure.py" "$work"
python3 "$here/select-ranks.py" "$work"
