#!/bin/sh
# Blocks of features that a model gives: asked for in training and for each
# record, cached, and what becomes of a call that fails.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
command -v jq > /dev/null || { skip "no jq"; finish; }

# The scripted server's embeddings are bags of words.  Better questions name
# a bird and worse ones a fish, none of which the context has, and both are
# equal by all that words alone can tell.
pairs() {
	awk -v n="$1" 'BEGIN {
	split("heron raven robin", good)
	split("trout perch bream", bad)
	for (i = 0; i < n; i++) {
		t = "{\"id\":\"%s%d\",\"context\":\"The old mill number " i \
		    " stands by the river.\",\"question\":\"Does a %s " \
		    "number " (i * 7) % 50 " stand here?\",\"label\":%d," \
		    "\"root\":\"r%d\"}\n"
		printf t, "g", i, good[i % 3 + 1], 1, i
		printf t, "b", i, bad[int(i / 3) % 3 + 1], 0, i
	} }'
}

begin trains
pairs 60 > in
server
run 0 ac-train-scorer in
cp out plain
has err '60 pairs from'
lacks err 'features:'
grep -q ' all .* 0\.5[0-9]* ' err && ok || bad "the words alone tell"
equal "$(asked)" 0 "requests of a scorer that sees words alone"
run 0 ac-train-scorer --features lexical,embed --cache cache \
    --report report --stats stats in
cp out scorer
cp err first
has err 'features: lexical (25) embed (97) of m'
has scorer 'augcon-scorer 2'
has scorer 'model m'
has scorer 'dim 32'
check "one weight a number" test "$(grep -c '^weight ' scorer)" -eq 122
has scorer 'weight embed_q[31] 0x'
check "it has learnt" jq -e '.overall >= 0.95 and .query_only >= 0.95' report
equal "$(jq -c .features report)" '["lexical","embed"]' "features"
equal "$(jq -c '[.model, .dim]' report)" '["m",32]' "model and dim"
# Each text once: 60 contexts, and the questions.
texts=$(($(jq -r .question in | sort -u | wc -l) + 60))
equal "$(asked)" $texts "requests"
equal "$(jq .requests stats)" $texts "--stats"

# Again, from the cache alone, the same; on any number of requests at once.
run 0 ac-train-scorer --features embed,lexical --cache cache -j 1 in
same out scorer
equal "$(asked)" $texts "requests of both runs"
run 0 ac-train-scorer --features lexical,embed --cache cache --offline in
same out scorer

for f in embed state lexical,state embed,state; do
	begin "set-$f"
	pairs 30 > in
	server
	run 0 ac-train-scorer --features $f --report report in
	cp out scorer
	check "$f has learnt" jq -e '.overall >= 0.95' report
	# Both texts in one: another context would have to be asked about.
	case $f in
	*state*) equal "$(jq .shuffled report)" null shuffled ;;
	*) check "shuffled" jq -e '.shuffled > 0.5' report ;;
	esac
	run 0 ac-score -S ./scorer in
	check "better ones are higher" jq -es 'map(select(.label == 1).score)
	    as $g | map(select(.label == 0).score) as $b |
	    ($g | add) - ($b | add) > 1' out
	case $f in
	*lexical*) ;;
	*) equal "$(sed -n 's/^terms //p' scorer)" 0 "terms of no use" ;;
	esac
done

begin scores
pairs 8 > in
echo '{"id":"x","context":"A leaf.","state":"leaf"}' >> in
echo '{"id":"y","context":"A leaf."}' >> in
cp ../trains/scorer .
server
run 1 ac-score -S scorer --cache cache --explain --stats stats in
equal "$(lines out)" 18 lines
equal "$(jq -r .id out | tr -d '\n')" "$(jq -r .id in | tr -d '\n')" order
equal "$(jq -r 'select(.error) | .id' out)" y "the one that fails"
check "the parts are the score" jq -es 'map(select(.score) |
    .score - ([.explain[]] | flatten | add) | fabs < 1e-6) | all' out
equal "$(head -1 out | jq -c '.explain | [length, (.embed_q | length),
    (.embed_cosine | type)]')" '[29,32,"number"]' "--explain"
n=$(asked)
equal "$n" $(($(jq -r '.question // empty' in | sort -u | wc -l) + 8)) \
    "requests: each text once"
for j in 1 16; do
	run 1 ac-score -S scorer --cache cache -j $j --explain in
	cp out again
	ac-score -S scorer --cache cache -j $j --explain --offline in > off \
	    2> /dev/null
	same again off
done
equal "$(asked)" "$n" "requests of all runs"
ac-score -S scorer --cache cache --explain -e errors --max-errors 100% in \
    > some 2> /dev/null
equal "$(cat some errors | wc -l | tr -d ' ')" 18 "lines with -e"

begin model
pairs 2 > in
cp ../trains/scorer .
server
for m in other ''; do
	run 2 ac-score -S scorer -m "$m" in
	check "nothing on stdout" test ! -s out
done
AC_MODEL=other run 2 ac-score -S scorer in
has err 'the scorer was trained with m'
unset AC_MODEL
run 0 ac-score -S scorer in
equal "$(jq -c 'has("score")' out | sort -u)" true "all scored"
url=$AC_BASE_URL
unset AC_BASE_URL
run 2 ac-score -S scorer in
has err 'base-url'
run 2 ac-train-scorer --features lexical,embed -m m in
run 2 ac-train-scorer --features lexical,embed -u "$url" in
has err 'no model'
# Words alone need neither.
run 0 ac-score -S ../trains/plain in

# Embeddings of another length than the scorer's end the run.
begin dimension
pairs 40 > in
awk '$1 == "dim" { $2 = 31 } $2 == "embed" && $1 == "block" { $4 = 94 }
    $1 == "weight" && $2 ~ /\[31\]/ { next } { print }' ../trains/scorer > s
server
run 2 ac-score -S s -j 2 --retries 0 in
has err 'another length'
lacks out '"score"'
check "not all was asked" test "$(asked)" -lt 10

# A call that fails: the record has failed, in place.
for d in 400 cut:60 empty null html; do
	begin "failed-$d"
	pairs 4 > in
	cp ../trains/scorer .
	server -c "ok,ok,ok,$d,ok"
	run 1 ac-score -S scorer --no-cache -j 1 --retries 0 in
	equal "$(lines out)" 8 lines
	equal "$(jq -c 'select(.error) | .error.by' out)" '"ac-score"' failed
	equal "$(jq -c 'select(.score)' out | wc -l | tr -d ' ')" 7 scored
	# In training it takes its pair along.
	server -c "ok,ok,ok,$d,ok"
	run 0 ac-train-scorer --features embed --no-cache -j 1 --retries 0 in
	has err '1 pairs lost with 2 questions that the model gave no'
	has out 'pairs 3'
	has err 'record:'
done

# Contexts that change their questions: the scripted server says yes, and
# finds the words likely, where the context has them.
siblings() {
	awk -v n="$1" 'BEGIN {
	split("mill bridge harbour chapel quarry garden tower inn", a)
	for (i = 0; i < n; i++) for (k = 0; k < 4; k++) {
		t = a[(i + k % 2) % 8 + 1]
		q = a[(i + (k + int(k / 2)) % 2) % 8 + 1]
		printf "{\"context\":\"Once the %s of %d was sold to the " \
		    "baker.\",\"question\":\"When was the %s sold?\"," \
		    "\"label\":%d,\"kind\":\"sibling\",\"root\":\"%d\"}\n", \
		    t, 1500 + i, q, k < 2, i
	} }'
}

for f in judge logprob lexical,logprob,judge; do
	begin "asks-$f"
	siblings 30 > in
	server
	run 0 ac-train-scorer --features $f --cache cache --report report in
	cp out scorer
	check "$f has learnt" jq -e '.overall >= 0.95' report
	n=$(asked)
	case $f in
	*judge*)
		has err 'cover  judge shuffled'
		check "the judge alone" jq -e '.judge >= 0.95' report
		;;
	*)	lacks err 'judge'
		equal "$(jq -c .judge report)" null "the judge's column"
	esac
	run 0 ac-train-scorer --features $f --cache cache in
	same out scorer
	run 0 ac-score -S scorer --cache cache --explain in
	check "right ones are higher" jq -es 'group_by(.context) |
	    map((map(select(.label == 1).score) | add) >
	    (map(select(.label == 0).score) | add)) |
	    map(select(.)) | length >= 57' out
	equal "$(asked)" "$n" "requests of all three runs"
done
equal "$(jq -s 'map(.explain | length) | unique' -c out)" '[30]' "--explain"

# A server that answers something else is found out before anything is done.
for d in judge:probsother judge:probsnull logprob:probsown \
    logprob:probsflat; do
	begin "self-test-${d#*:}"
	siblings 4 > in
	cp ../asks-${d%:*}/scorer .
	server -c "${d#*:}"
	run 2 ac-train-scorer --features "lexical,${d%:*}" --retries 0 in
	has err "leave out ${d%:*}"
	check "nothing on stdout" test ! -s out
	run 2 ac-score -S scorer --retries 0 in
	has err "leave out ${d%:*}"
	check "nothing on stdout" test ! -s out
	equal "$(asked)" 2 "requests"
done

# A server that is away ends the run before anything is learnt.
begin away
pairs 4 > in
AC_MODEL=m run 75 ac-train-scorer --features embed --no-cache --retries 0 \
    --give-up 1 -u http://127.0.0.1:9/v1 in
check "nothing is written" test ! -s out

# -n shows the requests and learns nothing.
begin dry
pairs 2 > in
server
run 0 ac-train-scorer --features state -n in
equal "$(lines out)" 4 requests
equal "$(jq -r .url out | sort -u)" /v1/embeddings url
equal "$(jq -r .body.input out | head -3)" "The old mill number 0 stands by the river.

Does a heron number 0 stand here?" "the text of a state"
run 0 ac-score -S ../trains/scorer -n in
equal "$(asked)" 0 asked

begin usage
: > in
for f in '' lexical, ,embed words lexical,lexical 'lexical embed'; do
	run 2 ac-train-scorer --features "$f" in
	has err '--features'
	check "nothing on stdout" test ! -s out
done
run 1 ac-train-scorer --features embed -m x -u http://127.0.0.1:9/v1 in
finish
