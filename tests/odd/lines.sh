#!/bin/sh
# Odd lines: each passes byte for byte or is a clear failed record; nothing
# is lost and nothing crashes.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer
server

# code_of FILE: the code of its one failed record.
code_of() {
	jq -r '.error.code' "$1" 2> /dev/null
}

good='{"id":"g","context":"The mill at Orle burned down in 1846.","question":"When did the mill at Orle burn down?"}'

# Lines that are no JSON are wrapped; raw holds them as they are.
begin not-json
for line in '{"a":1' '{"a":1}}' '{"a":01}' '{"a":+1}' '{"a":.5}' '{"a":1.}' \
    '{"a":NaN}' '{"a":Infinity}' "{'a':1}" '{a:1}' '{"a":1,}' '{"a" 1}' \
    '{"a":"\x"}' '{"a":"\u12g4"}' '{"a":tru}' '{"a":1}{"b":2}' 'null x' \
    '{"a":[1,]}' '{"a":[}' '{"a":"tab	"}' '{"a":1}//' '﻿{"a":1}' '{,}' \
    '{"a"}' '{"a":"' '{"a":"\' ']' '"' '\' 'text' '{"a":-}' '{"a":1e}'; do
	printf '%s\n' "$line"
done > in
for f in ask answer score cohesion dedup; do
	run 1 filter $f
	jq -r .raw out > raw
	same raw in
	equal "$(jq -r .error.code out | sort -u)" bad_json "codes of $f"
done

begin not-object
printf '%s\n' '[1,{"context":"x"}]' '"text"' '17' 'true' 'null' '  -0.5e3  ' > in
run 1 ac-ask
jq -r .raw out > raw
same raw in
equal "$(jq -r .error.code out | sort -u)" not_object "codes"

begin bytes
# Every byte that no UTF-8 has, alone and inside a string; overlong forms,
# surrogates in UTF-8, over U+10FFFF, cut sequences.
for b in 200 277 300 301 365 377 '300\257' '340\200\200' '355\240\200' \
    '364\220\200\200' '360\237\230' '342\202'; do
	printf '{"a":"x\'$b'y"}\n' > in
	run 1 ac-ask
	equal "$(code_of out)" bad_json "code for $b"
	has out '"raw64":"'
	if command -v base64 > /dev/null; then
		jq -r .raw64 out | base64 -d > raw
		echo >> raw
		same raw in
	fi
done
# NUL, DEL and control bytes: JSON allows DEL alone in a string.
printf '{"a":"x\000y"}\n' > in
run 1 ac-ask
has out '"raw64":"eyJhIjoieAB5In0="'
printf '{"a":"x\001y"}\n' > in
run 1 ac-ask
has out '"raw":"{\"a\":\"x\u0001y\"}"'

begin escapes
# Not read: they pass.  Read: the record says so.
cat > in <<'X'
{"id":"1","context":"Some text that stands here.","question":"Is it?","a":"\ud800","b":"\udc00\ud800 \u0000"}
X
run 0 ac-ask
same out in
for bad in '\ud800' '\udc00' 'a\u0000b' '\ud83dx' '\ud83d\ud83d'; do
	printf '{"context":"Some text with %s in it."}\n' "$bad" > in
	run 1 ac-ask
	has out '"code":"missing_field"'
	sed 's/,"error":{.*}}$/}/' out > got
	same got in
done
printf '{"context":"The \\ud83d\\ude00 \\u00e9\\u0301 face \\" \\\\ \\/ laughs."}\n' > in
run 0 ac-ask
has out '\ud83d\ude00 \u00e9\u0301 face \" \\ \/ laughs.","question":"'
# Split: the text is decoded, parts carry the characters themselves.
printf '{"context":"The \\ud83d\\ude00 face laughed out loud at them; the other one \\u0007 did not laugh."}\n' > in
run 0 ac-split --by middle
has out '"context":"The 😀 face laughed out loud at them; '
has out 'the other one \u0007 did not laugh."'

begin members
# Missing, of another type, blank, twice, under another name.
for m in '"a":1' '"context":null' '"context":17' '"context":["x"]' \
    '"context":{"t":"x"}' '"context":""' '"context":" \n\t "' \
    '"context":"One text here.","context":"Two texts here."' \
    '"Context":"A text under another name."'; do
	printf '{%s,"id":"m"}\n' "$m" > in
	run 1 ac-ask
	equal "$(code_of out)" missing_field "code for $m"
	sed 's/,"error":{.*}}$/}/' out > got
	same got in
done
printf '{"cont\\u0065xt":"A text under an escaped name."}\n' > in
run 0 ac-ask
has out '"question":"What about'
printf '{"text":"A text under a chosen name.","id":7}\n' > in
run 0 ac-ask --in text --out 'q"ü'
has out '"q\"ü":"What about'
printf '{"id":7,"context":"A number for an id is no id."}\n{"id":null,"context":"And this has none at all."}\n' > in
run 0 ac-split --by middle --min-length 5
equal "$(jq -s 'map(select(.depth > 0) | .root | length == 16) | all' out)" \
    true "ids from the context"
printf '{"context":"One goes here. Two goes there.","q":"What?","start":9223372036854775807}\n' > in
run 0 ac-split -f --by middle --min-length 5 --out q
equal "$(jq -c 'select(.depth == 1) | [.q, .start, .end]' out | tr -d '\n')" \
    '[null,0,15][null,15,30]' "questions of children, spans from a start out of range"
# A member that the filter writes and that is there twice is replaced.
printf '{"question":null,"context":"Some text of a fair length.","question":null}\n' > in
ac-ask -f < in > out 2> err
equal "$(grep -o '"question"' out | wc -l | tr -d ' ')" 1 "questions"

# A wrapped text of several lines is not ours and stays one line.
printf '%s\n' '{"error":{"by":"ac-ask"},"raw":"{\"context\":\n\"x\"}"}' > in
run 1 ac-ask
equal "$(lines out)" 1 "lines"
has out '"code":"missing_field"'

begin ends
# A torn last line, CRLF, a mark at the start, empty lines.
printf '%s' "$good" > in
run 0 ac-ask
printf '%s\n' "$good" > want
same out want
printf '%s\r\n\r\n%s\r\n' "$good" "$good" > in
run 0 ac-ask
printf '%s\r\n%s\r\n' "$good" "$good" > want
same out want
printf '\357\273\277%s\n\n \t \n\n%s\n' "$good" "$good" > in
run 0 ac-ask
printf '%s\n%s\n' "$good" "$good" > want
same out want
{ printf '\357'; sleep 0.2; printf '\273\277%s\n' "$good"; } | ac-ask > out 2> err
equal $? 0 "exit with a mark in pieces"
printf '%s\n' "$good" > want
same out want
printf '%s\n{"id":"torn","context":"It ends in the mid' "$good" > in
run 1 ac-ask
equal "$(jq -r 'select(.raw).raw' out)" \
    '{"id":"torn","context":"It ends in the mid' "the torn line"
printf '\n\r\n \n\t\n' > in
run 0 ac-ask
check "nothing of nothing" test ! -s out
for bom in '\357' '\357\273' '\357\273\277'; do
	printf "$bom" > in
	ac-ask < in > out 2> err
	code=$?
	[ "$bom" = '\357\273\277' ] && want=0 || want=1
	equal $code $want "exit for a file that is a piece of a mark"
done
mkdir two
printf '\357\273\277%s\n' "$good" > two/a
printf '\357\273\277%s' "$good" > two/b
ac-ask two/a two/b - < two/a > out 2> err
equal $? 0 "exit"
printf '%s\n%s\n%s\n' "$good" "$good" "$good" > want
same out want

begin deep
awk 'BEGIN {
	printf "{\"question\":\"Is it deep?\",\"context\":\"It is deep.\",\"d\":"
	for (i = 0; i < 10000; i++) printf "[{\"a\":"
	printf "1"
	for (i = 0; i < 10000; i++) printf "}]"
	print "}"
	for (i = 0; i < 10000; i++) printf "["
	for (i = 0; i < 10000; i++) printf "]"
	print ""
	for (i = 0; i < 100000; i++) printf "{\"a\":"
	print ""
}' > in
for f in ask score dedup answer; do
	filter $f < in > out 2> err
	equal $? 1 "exit of $f"
	grep -c . out > n
	equal "$(cat n)" 3 "lines of $f"
	sed -n 1p in > want
	sed -n 1p out |
	    sed 's/,"score":[^,]*}$/}/; s/,"answer":"[^"]*"}$/}/' > got
	same got want
	equal "$(sed -n 2p out | grep -c '"code":"not_object"')" 1 \
	    "a deep array"
	equal "$(sed -n 3p out | grep -c '"code":"bad_json"')" 1 \
	    "a deep torn line"
done
finish
