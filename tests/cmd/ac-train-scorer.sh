#!/bin/sh
# Cases of ac-train-scorer, each in a folder of its own.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
data=${AC_TEST_DATA:-$top/../shared/data}
PATH=$top/bin:$PATH
for v in $(env | sed -n 's/^\(AC_[A-Z_]*\)=.*/\1/p'); do unset "$v"; done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
XDG_CONFIG_HOME=$work/none XDG_CONFIG_DIRS=$work/none
export XDG_CONFIG_HOME XDG_CONFIG_DIRS
passed=0 failed=0

# begin NAME: a fresh folder.
begin() {
	name=$1
	mkdir "$work/$name" && cd "$work/$name" || exit 1
}

ok() {
	passed=$((passed + 1))
}

bad() {
	failed=$((failed + 1))
	echo "ac-train-scorer.sh: $name: failed: $1"
}

# run CODE ARGUMENT...: ac-train-scorer < in > out 2> err ends with CODE.
run() {
	want=$1
	shift
	ac-train-scorer "$@" < in > out 2> err
	code=$?
	if [ $code -eq "$want" ]; then ok; else
		bad "exit $code, not $want: $*"
		sed 's/^/	/' err
	fi
}

# same FILE FILE: equal to the byte.
same() {
	if cmp -s "$1" "$2"; then ok; else
		bad "$1 is not $2"
		diff "$1" "$2" | sed 's/^/	/' | cut -c1-200 | head -10
	fi
}

# has FILE TEXT: a line holds the text.
has() {
	if grep -qF -e "$2" "$1"; then ok; else
		bad "$1 lacks: $2"
		sed 's/^/	/' "$1" | head -10
	fi
}

# siblings N: N documents of two contexts, whose questions change places.
siblings() {
	awk -v n="$1" 'BEGIN {
	split("mill bridge harbour chapel quarry garden tower inn", thing)
	split("Orla Bryn Tamsin Idris Maren Joss Petra Wilf", who)
	split("flood frost market wedding storm harvest siege fair", what)
	for (i = 0; i < n; i++) for (k = 0; k < 2; k++) {
		a[k] = thing[(i + 3 * k) % 8 + 1]
		b[k] = who[(int(i / 8) + k) % 8 + 1]
		c[k] = what[(i + int(i / 8) + 5 * k) % 8 + 1]
		d[k] = 1500 + (i * 37 + k * 101) % 400
		t[k] = "The old " a[k] " was built in " d[k] " by " b[k] \
		    ", who lost it after the " c[k] "."
		q[k] = k ? "Who lost the " a[k] " after the " c[k] "?" : \
		    "When was the " a[k] " of " b[k] " built?"
		if (k) for (s = 0; s < 2; s++) {
			printf "{\"context\":\"%s\",\"question\":\"%s\"," \
			    "\"label\":1,\"root\":\"r%d\"}\n", t[s], q[s], i
			printf "{\"context\":\"%s\",\"question\":\"%s\"," \
			    "\"label\":0,\"kind\":\"sibling\"," \
			    "\"root\":\"r%d\"}\n", t[s], q[1 - s], i
		}
	} }'
}

begin trains
siblings 64 > in
run 0
mv out first
has first 'augcon-scorer 2'
[ "$(tail -n 1 first)" = end ] && ok || bad "no end line"
has err '128 pairs from 128 better and 128 worse questions; 0 contexts'
has err 'measured on 128 pairs of 64 roots in 5 folds'
# Whatever sees no context is right half the time, to the pair.
grep '^ac-train-scorer: sibling' err | grep -q ' 0\.500  0\.500 ' &&
    ok || bad "query only and length only are not 0.500"
run 0
same out first
run 0 -o file
same file first
[ -s out ] && bad "stdout is not empty with -o" || ok
head -100 in > a
tail -n +101 in > b
run 0 a b
same out first
ac-train-scorer - < in > out 2> /dev/null && same out first
run 0 -q
[ -s err ] && bad "-q is not quiet" || ok
run 0 --seed 2
has out 'pairs 128'

begin loss
siblings 64 > in
run 0
has out 'loss logistic'
grep '^weight' out > logistic
run 0 --loss augcon
mv out first
has first 'loss augcon'
grep '^weight' first | cmp -s - logistic && bad "both losses are one" || ok
run 0 --loss augcon
same out first
grep '^ac-train-scorer: sibling' err | grep -q ' 0\.500  0\.500 ' &&
    ok || bad "query only and length only are not 0.500"
ac-score -S first < in > scored 2> /dev/null && ok || bad "ac-score"
run 2 --loss hinge

begin holdout
siblings 64 > in
run 0 --holdout 0.25 --report report
has err 'measured on 32 pairs of 16 roots held out'
has out 'pairs 96'
has out 'roots 48'
has report '"held_out_roots":16,"measured_pairs":32'
has report '"query_only":0.5,'
has report '"lambdas":[{"lambda":1e-06,'
cp report first
run 0 --holdout 0.25 --report report
same report first
if command -v jq > /dev/null; then
	jq -e '.accuracy.sibling > 0.9 and .shuffled < 0.7 and
	    .interval.sibling[0] < .accuracy.sibling and
	    (.lambdas | length) == 9 and (.folds | length) == 5 and
	    ([.reliability[].n] | add) == 64 and .unseen == null and
	    .auc_by_kind.sibling > 0.5 and
	    .brier >= 0 and .ece >= 0 and .auc > 0.5' report > /dev/null &&
	    ok || bad "the report's numbers"
else
	echo "ac-train-scorer.sh: skipped: no jq"
fi
for p in 1 -0.1 nan x; do
	run 2 --holdout $p
	[ -s out ] && bad "a scorer in spite of --holdout $p" || ok
done

begin counts
{
	siblings 10
	cat <<'E'
{"context":"alone","question":"Who is alone?","label":1}
{"context":"failed","question":"Who?","label":1}
{"context":"failed","label":0,"kind":"fs","error":{"by":"ac-ask","code":"timeout","message":"no reply"}}
{"context":"twin","question":"Same?","label":1}
{"context":"twin","question":"Same?","label":0,"kind":"fs"}
{"context":"a leaf","state":"leaf"}
{"context":"no question","label":1}
{"context":"x","question":"y","label":2}
{"context":"x","question":"y","label":"1"}
{"context":7,"question":"y","label":1}
{"context":"x","question":"y","label":1,"kind":7}
[1]
{"context":
E
} > in
run 0 --report report
has err '20 pairs from 23 better and 21 worse questions; 2 contexts without a pair, 1 failed negatives, 1 pairs of equal questions left out, 1 lines without label, 7 lines not usable'
has err "no member 'question' (missing_field)"
has report '"without_pair":2,"failed_negatives":1,'
has err 'warning: fewer than 20 roots measured'
has err 'warning: fewer than 100 pairs'
[ "$(tail -n 1 out)" = end ] && ok || bad "no scorer"
run 1 --strict

begin siblings
# Two trees: "a" has two questions, "c.2" none; "b" was not split.
cat > tree <<'E'
{"id":"a","root":"a","context":"The mill stood by the river. The bridge was old.","sample":0,"question":"What stood by the river, near which old thing?"}
{"id":"a+1","root":"a","context":"The mill stood by the river. The bridge was old.","sample":1,"question":"What was there, and what was old?"}
{"id":"a!instr","root":"a","context":"The mill stood by the river. The bridge was old.","label":0,"kind":"instr","question":"What?"}
{"id":"a.1","root":"a","parent":"a","context":"The mill stood by the river. ","question":"What stood there?"}
{"id":"a.2","root":"a","parent":"a","context":"The bridge was old.","question":"What was old?"}
{"id":"b","root":"b","context":"The inn burnt.","question":"What burnt?"}
{"id":"c","root":"c","context":"The tower fell. The well dried.","question":"What fell, and what dried?"}
{"id":"c.1","root":"c","parent":"c","context":"The tower fell. ","question":"What fell?"}
{"id":"c.2","root":"c","parent":"c","context":"The well dried."}
{"id":"d","error":{"by":"ac-ask","code":"timeout"}}
{"id":"e","context":5,"question":"y"}
[1]
E
: > in
run 0 --siblings tree --report report
has err '12 pairs from 0 better and 0 worse questions; 1 contexts without a pair, 2 lines not usable'
has err 'siblings: 7 questions, 1 nodes without one, 1 failed, 1 with label 0 left out; pairs: 2 sibling, 5 parent, 5 child'
has err 'without a pair: b of b'
has err "member 'context' is no string (missing_field)"
has report '"siblings":{"questions":7,"without_question":1,"failed":1,"label_0":1,"without_pair":1,"pairs":{"sibling":2,"parent":5,"child":5}},"alone":[{"id":"b","root":"b"}]'
has out 'pairs 12'
mv out alone
# In any order, from standard input, and beside pairs.
grep -v '"a+1"' tree > one
sort -r one > in
run 0 --siblings -
has err 'pairs: 2 sibling, 3 parent, 3 child'
cp tree in
run 0 --siblings -
same out alone
siblings 10 > in
run 0 --siblings tree
has err '32 pairs from 20 better and 20 worse'
run 0 --siblings tree --siblings one -
has err 'without a pair: b of b'
run 2 --siblings - -
has err 'standard input (-) can be read once only'
run 2 --siblings - --siblings -
run 2 --siblings missing
# What a line is for is part of the hash of what was learnt from.
sed 's/^{"id":"a\.[12]",/&"label":1,/; s/^{"id":"a",/&"label":1,/' tree > in
run 0
grep '^data' out > data.1
run 0 --siblings in /dev/null
grep '^data' out | cmp -s - data.1 && bad "one hash of two uses" || ok
# No blind rival is ahead in trees, whatever the questions are like.
awk 'BEGIN {
	split("mill bridge chapel quarry garden tower inn well barn", thing)
	for (i = 0; i < 60; i++) {
		a = thing[i % 9 + 1] i
		b = thing[int(i / 9) % 9 + 1] "o" i
		r = sprintf("\"root\":\"r%d\"", i)
		printf "{\"id\":\"r%d\",%s,\"context\":\"Now the old %s" \
		    " fell. The %s was sold.\",\"question\":\"What fell," \
		    " the %s or the %s?\"}\n", i, r, a, b, a, b
		printf "{\"id\":\"r%d.1\",\"parent\":\"r%d\",%s,\"context\"" \
		    ":\"Now the old %s fell. \",\"question\":\"Did the %s" \
		    " fall?\"}\n", i, i, r, a, a
		printf "{\"id\":\"r%d.2\",\"parent\":\"r%d\",%s,\"context\"" \
		    ":\"The %s was sold.\",\"question\":\"When was the %s" \
		    " sold?\"}\n", i, i, r, b, b
	} }' > tree
run 0 --siblings tree --report report /dev/null
has err '360 pairs from'
has report '"query_only":0.5,'
grep -q '^ac-train-scorer: sibling  *120  1\.000' err && ok ||
    bad "siblings are not told apart"
grep '^ac-train-scorer: all ' err | grep -q ' 0\.500  0\.500 ' && ok ||
    bad "query only and length only are not 0.500"

begin alone
# What gave no pair is named.
siblings 4 | grep '"label":1' | sed 's/{/{"id":"x",/' > in
siblings 1 >> in
run 0 --report report
has err 'without a pair: x of r1, x of r1, x of r2 and 3 more; --report lists them'
has report '"alone":[{"id":"x","root":"r1"},{"id":"x","root":"r1"},{"id":"x","root":"r2"}'
echo '{"context":"c","question":"q?","label":1}' > in
run 1
has err 'without a pair: 2e7d2c03a9507ae2'

begin pairs
# `pair` joins what the context does not.
cat > in <<'E'
{"context":"The cat sleeps.","question":"Who sleeps?","label":1,"pair":1,"root":"a"}
{"context":"The dog barks.","question":"Who sleeps?","label":0,"pair":1,"root":"a"}
{"context":"The dog barks.","question":"Who barks?","label":1,"pair":2,"root":"b"}
{"context":"The cat sleeps.","question":"Who barks?","label":0,"pair":2,"root":"b"}
E
run 0
has err '2 pairs from 2 better'
has out 'pairs 2'
# A single root cannot be held out.
sed 's/"root":"."/"root":"a"/' in > in.1 && mv in.1 in
run 0
has err 'warning: a single root'
has out 'accuracy -0x1p+0'

begin none
: > in
run 1
has err 'no pair: nothing to learn from'
[ -s out ] && bad "a scorer from nothing" || ok
siblings 4 | grep '"label":1' > in
run 1 -o scorer
has err '8 contexts without a pair'
[ -e scorer ] && bad "a scorer from nothing" || ok

begin artefact
# Only the length tells these apart, and it is said.
awk 'BEGIN { for (i = 0; i < 60; i++) {
	printf "{\"context\":\"Text %d.\",\"question\":\"What is it that " \
	    "we want to know of all?\",\"label\":1,\"root\":\"r%d\"}\n", i, i
	printf "{\"context\":\"Text %d.\",\"question\":\"What is it?\"," \
	    "\"label\":0,\"kind\":\"fs\",\"root\":\"r%d\"}\n", i, i
} }' > in
run 0
has err 'warning: the length alone does as well'
has err 'warning: the question alone does as well'
has err "warning: the score follows the question's length"

begin errors
siblings 4 > in
run 2 --no-such
run 2 missing-file
run 2 --report
if [ -c /dev/full ]; then
	ac-train-scorer in > /dev/full 2> err
	[ $? -eq 74 ] && ok || bad "a full disk is no error"
	run 74 --report /dev/full
fi
ac-train-scorer --help > out && has out 'ac-train-scorer -o'

begin real
if [ -r "$data/en-wiki-nq.ndjson" ] && command -v python3 > /dev/null; then
	python3 "$top/tests/bench/scorer-pairs.py" en train "$data" > in
	run 0 --holdout 0.3
	awk '$2 == "near" && $4 >= 0.85 { n++ }
	    $2 == "all" && $4 >= 0.9 { n++ } END { exit n != 2 }' err &&
	    ok || bad "the figures on real questions have fallen"
else
	echo "ac-train-scorer.sh: skipped: no $data or no python3"
fi

echo "ac-train-scorer.sh: $passed passed, $failed failed"
[ $failed -eq 0 ]
