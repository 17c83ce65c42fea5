#!/bin/sh
# What becomes of a reply in ac-answer: preambles, other languages, and one
# answer taken out of several.  The texts come by --replies.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

# record CONTEXT QUESTION: the input.
record() {
	jq -nc --arg c "$1" --arg q "$2" '{context: $c, question: $q}' > in
}

# by_file: from now on no server is asked.
by_file() {
	server_stop
	unset AC_BASE_URL
	AC_CACHE_NS=said AC_MODEL=m
	export AC_CACHE_NS AC_MODEL
}

# say TEXT...: replies to the requests, one after the other; "-": none.
say() {
	ac-answer -n --format batch $options < in > requests 2> err
	printf '%s\n' "$@" | jq -R -s -c --slurpfile asked requests '
	    [$asked, split("\n")[:-1]] | transpose[] | select(.[1] != "-") |
	    {custom_id: .[0].custom_id, response: {status_code: 200, body: {
	    choices: [{finish_reason: "stop", message: {role: "assistant",
	    content: .[1]}}], usage: {prompt_tokens: 900,
	    completion_tokens: 9}}}}' > replies
}

# becomes TEXT WANT: the reply becomes the answer, or the code of an error.
becomes() {
	say "$1"
	ac-answer -q --replies replies < in > out 2> err
	jq -r '.answer // .error.code' out > got
	printf '%s\n' "$2" > want
	same got want
}

options=
begin preamble
by_file
record 'The mill at Orle burned down.' 'What burned?'
becomes 'Based on the context provided, the mill at Orle burned down.' \
    'The mill at Orle burned down.'
becomes 'Sure! According to the text, the mill.' 'The mill.'
becomes 'According to the treaty, the mill.' \
    'According to the treaty, the mill.'
# Cannot be cut, and no better one comes.
becomes 'The passage describes a fire.' 'The passage describes a fire.'
record '奥尔勒的磨坊在一八四六年烧毁了。' '什么烧毁了？'
becomes '根据上文，烧毁的是奥尔勒的磨坊。' '烧毁的是奥尔勒的磨坊。'

begin language
record '奥尔勒的磨坊在一八四六年烧毁了，叫作 The Old Mill。' '什么烧毁了？'
becomes 'It was the mill that burned down.' bad_reply
becomes 'The Old Mill' 'The Old Mill'
becomes 1846 1846
record '奥尔勒的磨坊在一八四六年烧毁了。' 'What burned down, and who was it?'
becomes 'It was the mill that burned down.' \
    'It was the mill that burned down.'
record 'The mill at Orle, 磨坊, burned down.' 'What burned?'
becomes '烧毁的是奥尔勒的磨坊。' bad_reply
becomes '磨坊' '磨坊'
record 'Die Mühle brannte ab.' 'Was brannte?'
becomes 'It was the mill.' 'It was the mill.'
record '東京都は日本の首都である。' '首都はどこですか？'
becomes '東京' '東京'
becomes 'It is the city of Tokyo.' bad_reply

# It is asked again, and the model sees why.
begin again
unset AC_CACHE_NS
record '奥尔勒的磨坊在一八四六年烧毁了。' '什么烧毁了？'
server -c notjson,notjson,ok -B
run 0 ac-answer
has out '"answer":"回答'
# The server answers what it was told last, in English: once more.
equal "$(asked)" 4 "requests"
jq -r .text "$log" | sed -n 3p > body
has body 'the answer is in another language'

# agreed: what the records have.
agreed() {
	jq -c '[.id, .answer // .error.code, .agreement]' out > got
	cat > want
	same got want
}

begin choose
by_file
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846.","question":"What burned?","agreement":"x"}
{"id":"b","context":"A rye loaf stays good for a week.","question":"How long?"}
E
options='--samples 4 --choose majority'
say 'In 1846.' 'A mill.' 'the Mill' 'The mill burned.' \
    'A week' 'A day' 'A day' 'a week.'
run 0 ac-answer $options --replies replies
agreed <<'E'
["a","A mill.",0.5]
["b","A week",0.5]
E
equal "$(lines requests)" 8 "requests"
jq -r .custom_id requests | sort -u > ids
equal "$(lines ids)" 8 "ids"
run 0 ac-answer $options --replies replies --provenance
jq -c '.provenance | [.samples, .choose]' out | sort -u > got
echo '[4,"majority"]' > want
same got want
# F to the others of the first: 8/10, 0, 10/11; of "A week": 4/5, 1, 1/2.
options='--samples 4'
say 'The mill burned down in 1846.' 'The mill burned down.' 'Geese.' \
    'The mill burned in 1846.' 'A week' 'For a week' 'a week' 'A year'
run 0 ac-answer $options --replies replies
agreed <<'E'
["a","The mill burned down in 1846.",0.57]
["b","A week",0.767]
E
# Failed ones cost themselves, and agree with nothing; all: the record.
say - 'The mill.' - 'The mill.' - - - -
run 1 ac-answer $options --replies replies
agreed <<'E'
["a","The mill.",0.333]
["b","offline",null]
E
# A preamble makes no difference.
say 'Based on the text, the mill.' 'The mill.' 'The mill.' 'The mill.' \
    'A week' 'A week' 'A week' 'A week'
run 0 ac-answer $options --replies replies
agreed <<'E'
["a","The mill.",1]
["b","A week",1]
E

# The first sample is what is asked without --samples; each has its seed.
begin seeds
unset AC_CACHE_NS
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down.","question":"What burned?"}
{"id":"b","context":"A rye loaf stays good for a week.","question":"How long?"}
{"id":"b+1","sample":1,"context":"A rye loaf stays good for a week.","question":"How long?"}
E
server -B
run 0 ac-answer --cache c --seed 5
run 0 ac-answer --cache c --seed 5 --samples 3
equal "$(asked)" 9 "requests"
jq -r .text "$log" | jq .seed | sort -u > seeds
equal "$(lines seeds)" 9 "seeds"
cp out first
run 0 ac-answer --cache c --seed 5 --samples 3 --offline
same out first
run 0 ac-answer --samples 3
equal "$(asked)" 18 "requests with and without a cache"

# A refusal costs its sample; what the endpoint fails at costs the record.
begin failures
head -n 1 ../seeds/in > in
server -c refusal,ok,ok
run 0 ac-answer --samples 3 -j 1
equal "$(jq -c .agreement out)" 0.5 "agreement"
server -c ok,500,ok
run 1 ac-answer --samples 3 -j 1 --retries 0
has out '"code":"http"'
lacks out agreement
server -c refusal
run 1 ac-answer --samples 3 -j 1
has out '"code":"refused"'

# A run that stops leaves the rest to the next, which pays for the rest only.
begin stopped
head -n 2 ../seeds/in > in
server
run 77 ac-answer --cache c --samples 3 --max-requests 4 -j 1
jq -c '.error.code' out | tail -n 1 > got
printf '"not_attempted"\n' > want
same got want
cp out in
run 0 ac-answer --cache c --samples 3
equal "$(asked)" 6 "requests of both runs"
equal "$(jq -c 'select(.agreement == 1)' out | lines /dev/stdin)" 2 "agreed"
# Answered anew and alone: no agreement is left over.
cp out in
run 0 ac-answer -f
lacks out agreement
finish
