#!/bin/sh
# Long lines: 1 MB through everything, 50 MB passes, over 64 MiB goes out as
# it came and is counted as failed.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer
server

# member MB: a record with question and a member of that length.
member() {
	printf '{"id":"m","context":"It is long.","question":"Is it long?","x":"'
	head -c "$1"000000 /dev/zero | tr '\000' x
	printf '"}\n'
}

# words BYTES: plain text.
words() {
	contexts 60 | sed 's/.*"context":"//; s/"}$/ /' | tr -d '\n' |
	    awk -v n="$1" '{ while (length(s) < n) s = s $0
		print substr(s, 1, n - 1) "." }'
}

begin one-megabyte
{
	printf '{"id":"big","context":"'
	words 1000000 | tr -d '\n'
	printf '"}\n'
	contexts 2
} > in
check "a megabyte" test "$(head -1 in | wc -c)" -gt 1000000
run 0 ac-ask
head -1 out | sed 's/,"question":"[^"]*"}$/}/' > got
head -1 in > want
same got want
equal "$(lines out)" 3 "lines"
mv out in
run 0 ac-answer
equal "$(grep -c '"answer":"Answer ' out)" 3 "answers"
run 0 ac-score -S "$work/scorer"
equal "$(grep -c '"score":' out)" 3 "scores"
head -1 want > in
run 0 ac-split --by cohesion --max-depth 4
equal "$(jq -r 'select(.state != "split").context' out | tr -d '\n' | wc -c |
    tr -d ' ')" 1000000 "bytes in the leaves"
server -c big
contexts 1 > in
run 0 ac-answer --in context
check "an answer of a megabyte" test "$(wc -c < out)" -gt 1000000

begin fifty-megabytes
server
{ contexts 1; member 50; contexts 1 2; } > in
for f in ask answer score dedup cohesion; do
	case $f in
	answer|score) sed '/"id":"r/s/"}$/","question":"Was the harbour old?"}/' in > in2 ;;
	*) cp in in2 ;;
	esac
	filter $f < in2 > out 2> err
	code=$?
	[ $f = dedup ] && want=1 || want=0
	equal $code $want "exit of $f"
	sed -n 2p in2 > want
	grep '^{"id":"m",' out | head -1 | sed -E -e 's/,"score":[^,]*\}$/}/' \
	    -e 's/,"answer":"[^"]*"\}$/}/' \
	    -e 's/(,"root":"m")?,"state":"leaf","depth":0,"why":"short"\}$/}/' > got
	check "$f: 50 MB as they were" cmp -s got want
	check "$f: lines behind it" grep -q '^{"id":"r002"' out
done
rm -f in in2 want got

begin too-long
# The second line is longer than 64 MiB: whole, once, and counted.
{ questions 1; member 68; questions 3; } > in
sed -n 2p in > want
sed 2d in > others
for f in ask score cohesion; do
	filter $f < others > want.out 2> err
	filter $f --stats stats -e errors < in > out 2> err
	equal $? 1 "exit of $f"
	equal "$(jq -c .errors stats)" '{"too_long":1}' "$f: what failed"
	check "$f: the line as it came" cmp -s errors want
	same out want.out
	has err '(too_long)'
	# In place it is where it was.
	filter $f < in > out 2> err
	equal $? 1 "exit of $f"
	check "$f: in its place" test "$(grep -c . out)" -eq \
	    $(($(lines want.out) + 1))
	grep '^{"id":"m"' out | cmp -s - want && ok || bad "$f: not as it came"
done
rm -f in out errors want others want.out
finish
