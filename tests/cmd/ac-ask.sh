#!/bin/sh
# Golden cases of ac-ask, against the scripted server.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
server -B

# The server's digests change with every word of a prompt.
plain() {
	sed -E 's/(What about|关于)( ?)[0-9a-f]{16}/\1\2#/' "${1:-out}"
}

begin plain
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846."}
{"id":"b","context":"A rye loaf stays good for a week.","question":"How long does it stay good?"}
{"id":"c","context":"Too short.","state":"leaf"}
{"id":"d","context":"  \n\t "}
{ "id" : "e" , "context":"奥尔勒的磨坊在一八四六年烧毁了。后来又重建了，今天还在。" }
E
cat > want <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846.","question":"What about # The mill at Orle burned down?"}
{"id":"b","context":"A rye loaf stays good for a week.","question":"How long does it stay good?"}
{"id":"c","context":"Too short.","state":"leaf"}
{"id":"d","context":"  \n\t ","error":{"by":"ac-ask","code":"missing_field","message":"the context is missing, blank or no text"}}
{ "id" : "e" , "context":"奥尔勒的磨坊在一八四六年烧毁了。后来又重建了，今天还在。" ,"question":"关于#说了什么？"}
E
run 1 ac-ask
plain | sed 's/关于#.*说了什么/关于#说了什么/' > got
same got want
cat > want.err <<'E'
ac-ask: -:4: the context is missing, blank or no text (missing_field)
ac-ask: 2 ok, 2 passed, 1 failed (1 missing_field)
E
has err '2 ok, 2 passed, 1 failed (1 missing_field); 2 requests, '
sed -i 's/; 2 requests, .*//' err
same err want.err
equal "$(asked)" 2 "requests"

# What is sent: the schema, the sampling, the language of the context.
begin body
jq -r .text "$log" > bodies
grep 'Orle burned' bodies | jq -c '[.model, .temperature, .max_tokens,
    .response_format.type, .messages[0].role, .messages[-1].content,
    has("seed"), has("stream")]' > got
cat > want <<'E'
["m",0.85,1024,"json_schema","system","The mill at Orle burned down in 1846.",false,false]
E
same got want
grep '烧毁' bodies | jq -r '.messages[0].content' > got
has got 写
echo '{"id":"a","context":"The mill at Orle burned down in 1846."}' > in
run 0 ac-ask --lang zh -t 0 --max-tokens 77 --set top_k=3 --set 'stop=["x"]' \
    --seed 1
tail -1 "$log" | jq -r .text > body
jq -r '.messages[0].content' body > got
has got 写
jq -c '[.temperature, .max_tokens, .top_k, .stop, (.seed | type)]' body > got
echo '[0,77,3,["x"],"number"]' > want
same got want

begin samples
server -B
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846."}
{"id":"b","context":"A rye loaf stays good for a week.","question":"How long does it stay good?"}
{"id":"c","context":"One asked for before stays as it was.","sample":1}
{"id":7,"context":"An id may be a number as well as text."}
E
cat > want <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846.","sample":0,"question":"What about # The mill at Orle burned down?"}
{"id":"a+1","context":"The mill at Orle burned down in 1846.","sample":1,"question":"What about # The mill at Orle burned down?"}
{"id":"b","context":"A rye loaf stays good for a week.","question":"How long does it stay good?","sample":0}
{"id":"b+1","context":"A rye loaf stays good for a week.","sample":1,"question":"What about # A rye loaf stays good for?"}
{"id":"c","context":"One asked for before stays as it was.","sample":1,"question":"What about # One asked for before stays as?"}
{"id":7,"context":"An id may be a number as well as text.","sample":0,"question":"What about # An id may be a number?"}
{"id":"7+1","context":"An id may be a number as well as text.","sample":1,"question":"What about # An id may be a number?"}
E
run 0 ac-ask --samples 2
plain > got
same got want
# A second run finds all samples there.
mv out in
run 0 ac-ask --samples 2
mv in want
same out want
# Going on later: other numbers, and none of them again.
cat > in <<'E'
{"id":"a","context":"The mill at Orle burned down in 1846."}
{"id":"b","context":"A rye loaf stays good for a week.","question":"How long?"}
E
run 0 ac-ask --samples 2 --first-sample 4
jq -c '[.id, .sample]' out | tr -d '\n' > got
printf '["a+4",4]["a+5",5]["b",0]["b+4",4]["b+5",5]' > want
same got want
mv out in
run 0 ac-ask --samples 2 --first-sample 4
same out in

# Seeds: of each sample its own, in each run the same.
begin seeds
echo '{"id":"a","context":"The mill at Orle burned down in 1846."}' > in
server -B
run 0 ac-ask --samples 3 --seed 9
run 0 ac-ask --samples 3 --seed 9
run 0 ac-ask --samples 3 --seed 10
jq -r .text "$log" | jq .seed | sort -n | uniq -c | awk '{ print $1 }' |
    sort -n | tr '\n' ' ' > got
printf '1 1 1 2 2 2 ' > want
same got want

begin negatives
server -B
cat > in <<'E'
{"id":"a","root":"r","context":"The mill at Orle burned down in 1846.","score":1,"answer":"x","question":"When did the mill burn down?"}
{"id":"b","context":"A rye loaf stays good for a week."}
{"id":"c","context":"One that is labelled is no new pair.","label":0,"kind":"fs"}
E
cat > want <<'E'
{"id":"a","root":"r","context":"The mill at Orle burned down in 1846.","score":1,"answer":"x","question":"When did the mill burn down?","label":1}
{"id":"a!instr","root":"r","context":"The mill at Orle burned down in 1846.","question":"What about # The mill at Orle burned down?","label":0,"kind":"instr"}
{"id":"a!both","root":"r","context":"The mill at Orle burned down in 1846.","question":"What about # The mill at Orle burned down?","label":0,"kind":"both"}
{"id":"b","context":"A rye loaf stays good for a week.","label":1,"question":"What about # A rye loaf stays good for?"}
{"id":"b!instr","context":"A rye loaf stays good for a week.","label":0,"kind":"instr","root":"ROOT","question":"What about # A rye loaf stays good for?"}
{"id":"b!both","context":"A rye loaf stays good for a week.","label":0,"kind":"both","root":"ROOT","question":"What about # A rye loaf stays good for?"}
{"id":"c","context":"One that is labelled is no new pair.","label":0,"kind":"fs","question":"What about # One that is labelled is no?"}
E
run 0 ac-ask --negative both,instr
plain | sed -E 's/"root":"[0-9a-f]{16}"/"root":"ROOT"/' > got
# Members in whatever order: a negative's question is a new one.
jq -cS . got > a
jq -cS . want > b
same a b
# Four prompts were used, each in its own words.
jq -r .text "$log" | jq -r '.messages[:-1] | tostring' | sort -u > prompts
equal "$(lines prompts)" 4 "prompts"

begin force
echo '{"id":"b","question":"How long?","context":"A rye loaf stays good for a week.","x":1}' > in
run 0 ac-ask -f
plain > got
echo '{"id":"b","question":"What about # A rye loaf stays good for?","context":"A rye loaf stays good for a week.","x":1}' > want
same got want

begin names
echo '{"n":1,"text":"The mill at Orle burned down in 1846.","context":"x"}' > in
run 0 ac-ask --in text --out q --id n
plain > got
echo '{"n":1,"text":"The mill at Orle burned down in 1846.","context":"x","q":"What about # The mill at Orle burned down?"}' > want
same got want

begin prompt
cat > p.txt <<'E'
# A comment.
--- system
Ask about {{thing}}.
--- user
An example: {not a hole}
--- assistant
{"question": "Is it?"}
--- user
Text:
{{context}}
E
cat > in <<'E'
{"id":"a","context":"The mill {{thing}} at \"Orle\" burned\ndown."}
E
server -B
run 0 ac-ask -p ./p.txt -D thing='a mill' --provenance
jq -r .text "$log" | jq -c .messages > got
cat > want <<'E'
[{"role":"system","content":"Ask about a mill."},{"role":"user","content":"An example: {not a hole}"},{"role":"assistant","content":"{\"question\": \"Is it?\"}"},{"role":"user","content":"Text:\nThe mill {{thing}} at \"Orle\" burned\ndown."}]
E
same got want
jq -c '.provenance | [.model, (.prompt | length), .temperature, .max_tokens]' \
    out > got
echo '["m",16,0.85,1024]' > want
same got want
mkdir prompts
cp p.txt prompts/mine.txt
AC_PROMPT_PATH=$PWD/prompts run 0 ac-ask -p mine -D thing=it
run 2 ac-ask -p mine

# Replies in odd dress are understood, others are tried again and then fail.
begin replies
echo '{"id":"a","context":"The mill at Orle burned down in 1846."}' > in
for d in fenced prose thinkok odd chunked noformat400 labels zhlabels; do
	server -c $d
	run 0 ac-ask --retries 1
	has out '"question":"What about '
done
for d in think:empty thinkopen:truncated length:truncated \
    blank:empty refusal:refused cfilter:refused filter400:refused \
    notjson:bad_reply other:bad_reply \
    innersurrogate:bad_reply innernul:bad_reply \
    empty:malformed_response null:malformed_response \
    badutf8:malformed_response trail:malformed_response 500:http; do
	server -c "${d%:*}"
	run 1 ac-ask --retries 1
	has out "\"error\":{\"by\":\"ac-ask\",\"code\":\"${d#*:}\","
	lacks out '"question"'
done
# The third try is shown what was wrong.
server -B -c notjson,other,ok
run 0 ac-ask
jq -r .text "$log" | jq '.messages | length' |
    awk 'NR == 1 { n = $1 } { printf "%d ", $1 - n }' > got
printf '0 0 2 ' > want
same got want
tail -1 "$log" | jq -r .text | jq -r '.messages[-1].content' > got
has got 'That was not right: '
# Examples take the place of the prompt's own; negatives keep theirs.
begin examples
printf '%s\n' '{"context":"The mill at Orle burned down in 1846."}' > in
cat > mine <<'E'
{"context":"Geese fly south.","question":"Where do \"geese\" fly?","answer":"x"}
{"context":"Salt is white.","question":"What colour is salt?"}
E
server -B
run 0 ac-ask --examples mine
jq -r .text "$log" | jq -c '[.messages[1:][].content]' > got
cat > want <<'E'
["Geese fly south.","{\"question\": \"Where do \\\"geese\\\" fly?\"}","Salt is white.","{\"question\": \"What colour is salt?\"}","The mill at Orle burned down in 1846."]
E
same got want
server -B
run 0 ac-ask --examples mine --negative instr
equal "$(jq -r .text "$log" | grep -c 'Salt is white')" 1 "with examples"
equal "$(asked)" 2 requests
for line in '' '{"context":"a"}' '{"question":"a","answer":"b"}' x; do
	printf '%s\n' "$line" > mine
	run 2 ac-ask --examples mine
	has err mine
done
finish
