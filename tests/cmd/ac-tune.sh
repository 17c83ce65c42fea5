#!/bin/sh
# ac-tune, against the scripted server: its verdicts go by digests, so what
# is told here is that the search counts right and spends what it may.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
if ! command -v jq > /dev/null; then
	skip "no jq: the test needs it"
	finish
fi

# trials LOG: the lines of trials.
trials() {
	jq -c 'select(has("trial"))' "$1"
}

# adds_up: what log and input say together, for N records without a final part.
adds_up() {
	n=$1
	equal "$(trials log | jq -s 'map(.trial) == [range(length)]')" true \
	    "trials in order"
	equal "$(trials log | jq -s -c 'map(.kind) | [.[0], .[1],
	    (.[2:] | unique - ["random"])]')" '["none","first",[]]' "kinds"
	equal "$(trials log | jq -s --argjson n "$n" \
	    'all(.n == $n - (.examples | length))')" true \
	    "held out: all but those shown"
	equal "$(trials log | jq -s 'map(.examples) | length == (unique |
	    length) and all(length <= 3 and . == unique)')" true "subsets"
	# The winner has examples, and none is better; F1 decides of equals.
	equal "$(jq -s '.[-1].winner as $w | map(select(has("trial"))) as $t |
	    ($t[1:] | max_by([.right / .n, .f1, -.trial]) | .trial) == $w' \
	    log)" true "the best wins"
	jq -r -s '.[-1].winner as $w | .[$w].examples[]' log > names
	while read -r name; do grep "\"$name\"" in; done < names > want
	same out want
}

begin plain
humans 8 > in
sed -i '2s/^{/{ "x" : 1e2 , /; 2s/}$/ } /' in
server
run 0 ac-tune --trials 9 --trials-log log
equal "$(trials log | wc -l | tr -d ' ')" 9 "trials"
adds_up 8
equal "$(jq -c 'select(.trial == 1).examples' log)" '["r001","r002","r003"]' \
    "the first three"
equal "$(jq -s 'map(.calls // empty) | .[-1] == (.[:-1] | add)' log)" true \
    "calls add up"
equal "$(asked)" "$(jq -s '.[-1].calls' log)" "requests"
equal "$(trials log | jq -s 'all(.calls == 2 * .n and .unknown == 0)')" true \
    "two calls a record"
has err 'ac-tune: none (no --examples): right '
has err 'winner less mean of random: '
has err 'of 100 deals'
has err 'no part was held back'
has err 'only 8 records'
cp out examples
ac-answer --examples examples < in > answered || bad "examples as ac-tune writes them"
cp out first && cp log first.log && cp err first.err

begin again
cp ../plain/in .
run 0 ac-tune --trials 9 --trials-log log -j 1
same out ../plain/first
same log ../plain/first.log
same err ../plain/first.err
run 0 ac-tune --trials 9 --trials-log log in
same out ../plain/first
server -d 0-20 -r 10:503
run 0 ac-tune --trials 9 --trials-log log -j 5 -o kept -q in
same kept ../plain/first
same log ../plain/first.log
check "nothing is said with -q" [ ! -s err ]
check "nothing beside" [ ! -e kept.part ]
run 0 ac-tune --trials 9 --trials-log log --seed 2
lacks log '"kind":"none","examples":["'
check "another seed, other subsets" \
    [ "$(trials log | jq -c .examples | tail -7)" != \
    "$(trials ../plain/first.log | jq -c .examples | tail -7)" ]

# The rates are those of the verdicts that the server gives.
begin recount
if command -v curl > /dev/null; then
	cp ../plain/in .
	server -B
	run 0 ac-tune --trials 4 --trials-log log
	jq -r .text "$log" | grep "Is the student\|学生的答案对吗" > bodies
	while read -r body; do
		printf '%s' "$body" > body
		curl -s --data-binary @body -H 'Content-Type: application/json' \
		    "$AC_BASE_URL/chat/completions" |
		    jq -r '.choices[0].message.content'
	done < bodies > words
	equal "$(grep -c 'yes\|是' words)" \
	    "$(trials log | jq -s 'map(.right) | add')" "right in all"
	equal "$(lines words)" "$(trials log | jq -s 'map(.n) | add')" \
	    "verdicts"
else
	skip "no curl"
fi

# What is asked: the answers as ac-answer asks, and the verdicts.
begin bodies
humans 6 > in
server -B
run 0 ac-tune --trials 3 --trials-log log --principles "$top/LICENSE"
jq -r .text "$log" > bodies
server -B
run 0 ac-answer --principles "$top/LICENSE" -f
jq -r .text "$log" | sort > none
grep -Fxf none bodies | sort > got
same got none
server -B
head -3 in > shown
run 0 ac-answer --principles "$top/LICENSE" -f --examples shown
tail -n +4 in | jq -r .question > questions
jq -r .text "$log" | grep -F -f questions | sort > first
# Those shown are in all of these: count the others.
grep -Fxf first bodies | wc -l | tr -d ' ' > got
check "the first three, as ac-answer shows them" [ "$(cat got)" -ge 3 ]
jq -r '.messages[-1].content' bodies | grep -A8 '^Question: What of item 2?' |
    head -7 | sed 's/Answer [0-9a-f]\{16\}/Answer #/' > got
cat > want <<'W'
Question: What of item 2?

Expert: It was sold in 1214.

Student: Answer #: What of item 2.

Is the student's answer right? Answer yes or no.
W
same got want

# Chinese records are asked and judged in Chinese, English ones in English.
begin languages
for i in 1 2 3 4 5; do
	echo "{\"context\":\"镇上的磨坊在180$i年烧毁了，人们很难过。\",\"question\":\"哪一年？\",\"answer\":\"180$i年\"}"
	echo "{\"context\":\"The mill of the town burned down in 180$i.\",\"question\":\"Which year?\",\"answer\":\"180$i\"}"
done > in
server -B
run 0 ac-tune --trials 2
jq -r .text "$log" | jq -r '.messages[-1].content' > asked
# 10 for none and 7 for the first three, half of them of each language.
equal "$(grep -c "^Is the student's answer right?" asked)" 9 "English verdicts"
equal "$(grep -c '^学生的答案对吗？' asked)" 8 "Chinese verdicts"
equal "$(grep -c '^专家：180' asked)" 8 "Chinese answers under them"
server -B
run 0 ac-tune --trials 2 --lang en
jq -r .text "$log" | jq -r '.messages[-1].content' > asked
equal "$(grep -c "^Is the student's answer right?" asked)" 17 "English alone"

# Neither yes nor no: asked once more, then unknown and not right.
begin unknown
humans 7 > in
sed -i '5s/It was sold/@@other@@ It was sold/; 6s/It was sold/@@other,ok@@ It/' in
server -B
run 0 ac-tune --trials 2 --trials-log log
equal "$(trials log | jq -c '[.n, .unknown, .calls]' | tr -d '\n')" \
    '[7,1,16][4,1,10]' "unknown"
has err ', 2 neither yes nor no (counted as wrong)'
jq -r .text "$log" | jq -r '.messages[-1].content' | sort | uniq -c > words
check "asked again for a word" grep -q 'Answer with one word: yes or no.' words
jq -r .text "$log" | grep 'Answer with one word' |
    jq -e '.messages | .[-2].role == "assistant" and (map(.role) | .[0]) == "system"' > /dev/null
equal $? 0 "the odd reply is shown"

# The budget: never more requests, and as many trials as it allows.
begin budget
humans 8 > in
run 2 ac-tune --max-calls 38
has err 'may take 39'
equal "$(lines out)" 0 "lines"
for most in 39 60 90 131; do
	server
	run 0 ac-tune --max-calls $most --trials-log log
	check "$(asked) requests of $most" [ "$(asked)" -le $most ]
	equal "$(asked)" "$(jq -s '.[-1].calls' log)" "requests"
	adds_up 8
	trials log | wc -l | tr -d ' ' >> counts
done
check "more calls, more trials" sort -n -c -u counts
# Retries are paid from the same purse.
server -r 40:503
ac-tune --max-calls 60 < in > out 2> err
check "$(asked) requests of 60, some in vain" [ "$(asked)" -le 60 ]
# Two of each size at most: the search ends where there are no more.
humans 5 > in
server
run 0 ac-tune --shots 1 --trials 50 --trials-log log
equal "$(trials log | wc -l | tr -d ' ')" 6 "none, and five of one"

# A part that no trial sees.
begin holdout
humans 16 > in
server
run 0 ac-tune --trials 7 --trials-log log
equal "$(jq -s '.[-1].held_back' log)" 4 "held back"
equal "$(trials log | jq -s 'all(.n == 12 - (.examples | length))')" true \
    "the others"
jq -r -s '.[-1].winner as $w | map(select(has("final")) | .trial) |
    sort == ([0, 1, $w] | unique)' log > got
equal "$(cat got)" true "who is asked in the end"
equal "$(trials log | jq -s 'map(.final.n // empty) | unique == [4]')" true \
    "of so many"
trials log | jq -r '.examples[]' | sort -u > shown
check "few are shown" [ "$(lines shown)" -le 12 ]
equal "$(trials log | jq '.calls == 2 * (.n + (.final.n // 0))' | sort -u)" \
    true "calls"
has err 'on records that no trial saw, winner: right '
run 0 ac-tune --trials 2 --trials-log log --holdout 0
equal "$(jq -s '.[-1].held_back' log)" 0 "held back"
run 0 ac-tune --trials 2 --trials-log log --holdout 0.5
equal "$(jq -s '.[-1].held_back' log)" 8 "held back"

# A second run sends nothing; a killed one is gone on with.
begin cache
humans 10 > in
server
run 0 ac-tune --trials 8 --trials-log log --cache c
cp out want && cp log want.log
before=$(asked)
run 0 ac-tune --trials 8 --trials-log log --cache c -j 3
equal "$(asked)" "$before" "requests"
same out want
same log want.log
run 0 ac-tune --trials 8 --trials-log log --cache c --offline
same out want
server -d 20-60
ac-tune --trials 8 --cache k -j 4 < in > out 2> err &
pid=$!
sleep 0.5
kill -9 $pid
wait $pid 2> /dev/null
check "nothing is written before the end" [ ! -s out ]
sleep 0.2
paid=$(asked)
kept=$(find k -type f 2> /dev/null | wc -l)
check "$paid asked, $kept kept" [ $((paid - kept)) -le 8 ]
run 0 ac-tune --trials 8 --trials-log log --cache k
same out want
same log want.log
check "nothing is paid twice" [ "$(asked)" -le $((before + 4)) ]

# A call that fails: said, counted as wrong, exit 1.
begin failed
humans 7 > in
sed -i '6s/What of/@@400@@ What of/' in
server
run 1 ac-tune --trials 2 --trials-log log -o kept
equal "$(trials log | jq -c '[.n, .failed]' | tr -d '\n')" '[7,1][4,1]' failed
has err 'bad_request'
check "the winner is there" [ -s kept.part -a ! -e kept ]
server -c 401
run 77 ac-tune
equal "$(lines out)" 0 "lines"

# Records that are of no use: where, and why; nothing is written.
begin bad
server
for line in x '[]' '{"context":"a","question":"b"}' \
    '{"context":"a","question":" ","answer":"c"}' \
    '{"context":1,"question":"b","answer":"c"}' \
    '{"question":"b","answer":"c"}'; do
	humans 6 > in
	printf '%s\n' "$line" | sed -i '3r /dev/stdin' in
	run 2 ac-tune -o kept in
	has err 'in:4: '
	check "nothing is begun" [ ! -e kept -a ! -e kept.part ]
	run 2 ac-tune
	has err '-:4: '
done
for n in 0 1 4; do
	humans $n > in
	run 2 ac-tune
	has err "$n records: at least 5 are needed"
done
humans 5 > in
run 2 ac-tune --shots 4
has err '--shots 4 of 5 records'
run 2 ac-tune --holdout 1
run 2 ac-tune --shots 17
run 2 ac-tune --trials 1
run 2 ac-tune --trials-log kept -o kept
run 2 ac-tune none
equal "$(asked)" 0 requests
run 0 ac-tune --trials 2 in

# A log that cannot be written costs no call, and one that cannot be finished
# not the winner; no file takes the place of another.
begin files
humans 7 > in
server
mkdir folder
for to in none/log folder; do
	run 74 ac-tune --trials 2 --trials-log $to -o kept in
	check "nothing is begun" [ ! -e kept -a ! -e kept.part ]
	contexts 6 | jq -c '.doc = .id' > docs
	run 74 ac-tune --for split --joins 8 --trials 2 --trials-log $to docs
done
for o in "-o kept --trials-log kept.part" "-o kept.part --trials-log ./kept" \
    "-o kept --stats kept.part" "-o kept --log ./kept"; do
	run 2 ac-tune --trials 2 $o in
done
has err '--output and --log name one file: ./kept'
run 2 ac-tune --trials 2 -o kept --trials-log kept.part in
has err 'kept.part is the other one until it is done'
equal "$(asked)" 0 requests
if [ -w /dev/full ]; then
	run 74 ac-tune --trials 2 --trials-log /dev/full -o kept in
	has err 'No space left on device (0 records written)'
	equal "$(lines kept.part)" 3 "the winner"
	run 74 ac-tune -q --trials 2 --trials-log log -o /dev/full in
	equal "$(lines log)" 3 "the log"
	run 74 ac-tune -q --for split --joins 8 --trials 2 -o /dev/full docs
	has err '(0 records written)'
fi
mkfifo pipe
cat in > pipe &
run 0 ac-tune -q --trials 2 pipe

# Whatever texts and ids there are.
begin odd
{
	echo '{"id":7,"context":"a","question":"b","answer":"\u0000"}'
	echo '{"id":7,"context":"a","question":"b","answer":"c"}'
} > in
run 2 ac-tune
has err '-:1: '
{
	echo '{"id":12345678901234567890,"context":"a","question":"b","answer":"c"}'
	echo '{"id":"q\"\u0007","context":"a","question":"b","answer":"..."}'
	printf '\357\273\277'
	echo '{"context":"a","question":"b","answer":"\ud83d\ude00"}'
	echo
	echo '{"id":null,"context":"a","question":"b","answer":"{{answer}} {{question}}"}'
	echo '{"id":[1],"context":"--- user","question":"--- system","answer":"yes"}'
} | sed '1s/^/ /' > in
sed -i 's/^\xef\xbb\xbf//' in
run 0 ac-tune --trials 6 --trials-log log
trials log > /dev/null || bad "the log is JSON"
equal "$(jq -c 'select(.trial == 1).examples | map(type)' log)" \
    '["string","string","number"]' "names"

# The same for questions: no answers are needed, ac-ask asks.
begin ask
humans 8 | jq -c 'del(.answer)' > in
run 2 ac-tune
has err "'answer' is missing"
server -B
run 0 ac-tune --for ask --trials 5 --trials-log log
adds_up 8
equal "$(trials log | jq -s 'all(.calls == 2 * .n and .unknown == 0)')" true \
    "two calls a record"
equal "$(asked)" "$(jq -s '.[-1].calls' log)" "requests"
has err 'ROUGE-L'
cp out examples
jq -r .text "$log" | jq -c 'select(.response_format) | .messages' > bodies
jq -r .text "$log" | jq -r '.messages[-1].content' | grep -A4 '^Expert: What of item 2?' |
    head -5 | sed 's/about [0-9a-f]\{16\}/about #/' > got
cat > want <<'W'
Expert: What of item 2?

Student: What about # In 1202 the old bishop near?

Is the student's question as good as the expert's? Answer yes or no.
W
sed -i 's/# .*?$/# ...?/' got want
same got want
# ac-ask shows them in the same way.
server -B
grep -v -F -f examples in | jq -c 'del(.question)' | head -1 > one
run 0 ac-ask --examples examples one
jq -r .text "$log" | jq -c .messages > got
check "asked as in the trial" grep -qFxf got bodies
equal "$(jq 'length' got)" "$((2 + 2 * $(lines examples)))" "messages"
# A reply without a question is not right, and has no verdict.
sed -i '5s/"context":"/"context":"@@notjson@@ /' in
server
run 0 ac-tune --for ask --trials 2 --trials-log log --retries 0
equal "$(trials log | jq -c '[.n, .unknown, .calls]' | tr -d '\n')" \
    '[8,1,15][5,1,9]' "without a question"

# Requests alone.
begin dry
humans 6 > in
server
run 0 ac-tune -n --trials 3 --trials-log log -o /dev/stdout
check "an answer a record and trial" [ "$(lines out)" -ge 12 ]
jq -e .body.messages out > /dev/null
equal $? 0 "lines of a batch"
equal "$(asked)" 0 requests
check "no log" [ ! -e log ]
finish
