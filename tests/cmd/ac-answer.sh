#!/bin/sh
# Golden cases of ac-answer, against the scripted server.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
server -B

# The server's digests change with every word of a prompt.
plain() {
	sed -E 's/(Answer |回答)[0-9a-f]{16}/\1#/' "${1:-out}"
}

begin plain
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846.","question":"When did the mill burn?"}
{"id":"b","context":"A rye loaf stays good for a week.","question":"How long?","answer":"A week."}
{"id":"c","context":"A leaf that nobody asked about.","state":"leaf"}
{"id":"d","context":"A text without a question is an error."}
{"id":"e","question":"And a question without a text?"}
{"id":"f","context":" ","question":"Or with a blank one?"}
{"id":"g","context":"A text.","question":""}
{ "id" : "h" ,"context":"The quarry was sold in 1850.", "question" : "When was it sold?" } 
E
cat > want <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846.","question":"When did the mill burn?","answer":"Answer #: When did the mill burn."}
{"id":"b","context":"A rye loaf stays good for a week.","question":"How long?","answer":"A week."}
{"id":"c","context":"A leaf that nobody asked about.","state":"leaf"}
{ "id" : "h" ,"context":"The quarry was sold in 1850.", "question" : "When was it sold?" ,"answer":"Answer #: When was it sold."} 
E
run 1 ac-answer
plain > all
grep -v '"error"' all > got
same got want
grep '"error"' all | jq -c '[.id, .error.code]' | tr -d '\n' > got
printf '["d","missing_field"]["e","missing_field"]["f","missing_field"]["g","missing_field"]' > want
same got want
equal "$(asked)" 2 "requests"
has err 'ac-answer: 2 ok, 2 passed, 4 failed (4 missing_field)'

# What is sent: principles, context and question; no schema; temperature 0.2.
begin body
jq -r .text "$log" | grep 'mill burn' > body
jq -c '[.temperature, .max_tokens, has("response_format"), .messages[-1].content]' \
    body > got
cat > want <<'E'
[0.2,4096,false,"When did the mill burn?\n\nThe mill at Orle burned down in 1846."]
E
same got want
jq -r '.messages[0].content' body > system
check "principles in the system message" grep -q '^- ' system
printf '%s\n' '{"context":"奥尔勒的磨坊在一八四六年烧毁了。","question":"磨坊什么时候烧毁的？"}' > in
server -B
run 0 ac-answer
plain > got
has got '"answer":"回答#'
jq -r .text "$log" | jq -r '.messages[0].content' > system
check "Chinese principles" grep -q '。' system

begin principles
printf '%s\n' '{"context":"The mill at Orle burned down.","question":"What burned?"}' > in
printf 'Answer in verse.\n' > mine
server -B
run 0 ac-answer --principles mine
jq -r .text "$log" | jq -r '.messages[0].content' > system
has system 'Answer in verse.'
lacks system '- '
run 2 ac-answer --principles none

# Examples take the place of the prompt's own.
begin examples
printf '%s\n' '{"context":"The mill at Orle burned down.","question":"What burned?"}' > in
cat > mine <<'E'
{"context":"Geese fly south.","question":"Where do geese fly?","answer":"South, every autumn.","id":"x"}

{"context":"Salt is white.","question":"What colour is salt?","answer":"White."}
E
server -B
run 0 ac-answer --examples mine
jq -r .text "$log" | jq -c '[.messages[] | .role]' > got
echo '["system","user","assistant","user","assistant","user"]' > want
same got want
jq -r .text "$log" | jq -r '.messages[1:5][].content' > got
cat > want <<'E'
Where do geese fly?

Geese fly south.
South, every autumn.
What colour is salt?

Salt is white.
White.
E
same got want
for line in '' '{"context":"a","question":"b"}' '{"context":"a","answer":"b"}' \
    '{"question":"a","answer":"b"}' 'x' '[]'; do
	printf '%s\n' "$line" > mine
	run 2 ac-answer --examples mine
	has err 'mine'
done

begin names
printf '%s\n' '{"text":1,"q":"What burned?","context":"The mill at Orle burned down."}' > in
run 0 ac-answer --in q --out a
has out '"context":"The mill at Orle burned down.","a":"Answer '
run 0 ac-answer --in q -f --out text
has out '{"text":"Answer '

begin force
printf '%s\n' '{"answer":"x","question":"What burned?","context":"The mill at Orle burned down.","z":0}' > in
run 0 ac-answer -f
plain > got
cat > want <<'E'
{"answer":"Answer #: What burned.","question":"What burned?","context":"The mill at Orle burned down.","z":0}
E
same got want

# Cut answers are failures, unless one says otherwise; odd text is quoted.
begin replies
printf '%s\n' '{"question":"What burned?","context":"The mill at Orle burned down."}' > in
server -c length
run 1 ac-answer
has out '"code":"truncated"'
run 0 ac-answer --allow-truncated
has out '"answer":"'
server -c lenempty
run 1 ac-answer --allow-truncated
has out '"code":"truncated"'
server -c odd
run 0 ac-answer
jq -e .answer out > jq.out || bad "the answer is no JSON"
equal "$(lines out)" 1 "lines"
server -c thinkok
run 0 ac-answer
has out '"answer":"Answer '
lacks out think
for d in think:empty blank:empty refusal:refused \
    surrogate:malformed_response; do
	server -c "${d%:*}"
	run 1 ac-answer --retries 1
	has out "\"code\":\"${d#*:}\""
done

# Samples of one question have answers and cache entries of their own.
begin samples
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down.","question":"What burned?","sample":0}
{"id":"a+1","context":"The mill at Orle burned down.","question":"What burned?","sample":1}
{"id":"a","context":"The mill at Orle burned down.","question":"What burned?"}
E
server -B
run 0 ac-answer --cache c
equal "$(asked)" 2 "requests"
server -B
run 0 ac-answer --seed 4
jq -r .text "$log" | jq .seed | sort -u > seeds
equal "$(lines seeds)" 2 "seeds"
finish
