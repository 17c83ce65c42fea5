#!/bin/sh
# Cases of ac-score.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
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
	echo "ac-score.sh: $name: failed: $1"
}

# run CODE ARGUMENT...: ac-score < in > out 2> err must end with CODE.
run() {
	want=$1
	shift
	ac-score "$@" < in > out 2> err
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

# A scorer, trained on contexts that change their questions.
S=$work/scorer
awk 'BEGIN {
	split("mill bridge harbour chapel quarry garden tower inn", thing)
	for (i = 0; i < 40; i++) for (k = 0; k < 2; k++) {
		a = thing[(i + k) % 8 + 1]; b = thing[(i + k + 1) % 8 + 1]
		t = "The " a " was built in " 1500 + 7 * i " near the sea."
		printf "{\"context\":\"%s\",\"question\":\"When was the %s" \
		    " built?\",\"label\":1,\"root\":\"%d\"}\n", t, a, i
		printf "{\"context\":\"%s\",\"question\":\"When was the %s" \
		    " built?\",\"label\":0,\"root\":\"%d\"}\n", t, b, i
	} }' | ac-train-scorer -q -o "$S" || exit 1

# What a scored line was, without its score.
unscored() {
	sed 's/,"score":[-0-9.e]*//' "$1"
}

begin order
cat > in <<'E'
{"id":"a","context":"The mill was built in 1500.","question":"When was the mill built?"}
{ "big":123456789012345678901234567890, "question" : "Wh\u006f built the inn?","context":"The mill was built in 1500.","x":1e2 }	

{"id":"c","question":"多少？","context":"一座塔。"}
E
run 0 -S "$S"
[ "$(wc -l < out)" -eq 3 ] && ok || bad "lines lost"
unscored out > out.1
grep -v '^$' in > want
same out.1 want
[ "$(grep -c '"score":-\{0,1\}[0-9]' out)" -eq 3 ] && ok || bad "no number"
# The question of the context scores higher.
sed 's/.*"score":\([-0-9.e]*\).*/\1/' out |
    awk '{ s[NR] = $1 } END { exit !(s[1] > s[2]) }' &&
    ok || bad "the right question does not score higher"
ac-score -S "$S" < out > again && same again out
AC_SCORER=$S ac-score in > again && same again out
ac-score -S "$S" -o file in && same file out
# Cut at line ends, the parts are the whole (law L3).
for k in 1 2 4; do sed -n ${k}p in | ac-score -S "$S"; done > again
same again out

begin twice
cat > in <<'E'
{"context":"The inn stands.","question":"What stands?","score":7}
{"context":"The inn stands.","question":"What stands?","score":"high"}
{"score":7}
E
run 0 -S "$S"
same out in
echo '{"context":"The inn stands.","question":"What stands?","score":null}' \
    >> in
run 1 -S "$S" -f
has out '{"score":7,"error":{"by":"ac-score","code":"missing_field"'
grep '"context"' out | sed 's/.*"score"://' | sort -u > a
[ "$(wc -l < a)" -eq 1 ] && ok || bad "one question, several scores"
grep -q '^7' a && bad "-f left a score" || ok
sed -n 4p in | ac-score -S "$S" > b && sed 's/.*"score"://' b > c
same a c

begin explain
cat > in <<'E'
{"context":"The mill was built in 1500.","question":"When was the mill built?"}
{"context":"The mill was built in 1500.","question":""}
E
run 0 -S "$S" --explain
if command -v jq > /dev/null; then
	jq -e '(.explain | add) as $sum | .score - $sum | fabs < 1e-7' out \
	    > /dev/null && ok || bad "the parts do not add up to the score"
	[ "$(jq -r '.explain | length' out | uniq)" = \
	    "$(grep -c '^weight ' "$S")" ] && ok || bad "features missing"
else
	echo "ac-score.sh: skipped: no jq"
fi
sed 's/,"explain":.*/}/' out > plain
run 0 -S "$S"
same out plain

begin passes
cat > in <<'E'
{"id":"1","context":"A long text.","state":"split"}
{"id":"2","context":"A long text.","state":"open","question":null}
{"id":"3","error":{"by":"ac-ask","code":"timeout","message":"no reply within 600s"}}
E
run 0 -S "$S"
same out in

begin failures
cat > in <<'E'
{"id":"1","context":"A text."}
{"id":"2","question":"What?"}
{"id":"3","context":["A"],"question":"What?"}
{"id":"4","context":"A text.","question":4}
{"id":"5","context":"\ud800","question":"What?"}
{"id":"6","context":"A text.","question":"What?"}
not json
{"id":"8","context":"A text.","question":"What?"}
E
run 1 -S "$S"
[ "$(wc -l < out)" -eq 8 ] && ok || bad "lines lost"
[ "$(grep -c '"code":"missing_field"' out)" -eq 5 ] && ok || bad "codes"
has out '{"id":"1","context":"A text.","error":{"by":"ac-score","code":"missing_field","message":"no member '"'question'"'"}}'
has out '"code":"bad_json"'
has out '"raw":"not json"}'
[ "$(grep -c '"score"' out)" -eq 2 ] && ok || bad "a failed record scored"
has err '2 ok, 6 failed'
# A mended record loses its error.
sed 's/^{"id":"1","context":"A text."/&,"question":"Which?"/' out > in
run 1 -S "$S"
sed -n 1p out | grep -q error && bad "an old error stays" || ok
run 0 -S "$S" --max-errors 5
run 0 -S "$S" -e errors --max-errors 100%
[ -s errors ] && ok || bad "errors not diverted"
cat out errors | wc -l | grep -qx ' *8' && ok || bad "lines lost"

begin names
echo '{"context":"The inn stands.","q":"What stands?"}' > in
run 0 -S "$S" --in q --out rank
grep -q ',"rank":-*[0-9.e+-]*}$' out && ok || bad "no member rank"

begin scorers
echo '{"context":"The inn stands.","question":"What stands?"}' > in
run 2
has err 'no scorer: give -S FILE'
run 2 -S nowhere
sed '$d' "$S" > cut
run 2 -S cut
has err 'without its end line'
[ -s out ] && bad "output in spite of a bad scorer" || ok
head -c 100 "$S" > cut
run 2 -S cut
sed 's/^augcon-scorer 2/augcon-scorer 3/' "$S" > new
run 2 -S new
has err "line 1: augcon-scorer '3', this program has '2'"
sed 's/^augcon-scorer 2/augcon-scorer 1/' "$S" > new
run 2 -S new
has err "line 1: a scorer of an older program: train it again"
sed 's/^\(block lexical [0-9]* [0-9]*\) ./\1 z/' "$S" > new
run 2 -S new
has err "line 4: not this program's features of that block"
sed 's/^\(weight copied\) .*/\1 inf/' "$S" > new
run 2 -S new
: > new
run 2 -S new
run 2 -S /dev/zero
run 2 -S .
[ -s out ] && bad "output in spite of a bad scorer" || ok

begin odd
{
	printf '{"question":"Was?","context":"'
	head -c 3000000 /dev/zero | tr '\0' 'w'
	printf '"}\n'
	printf '{"context":"Was?","question":"'
	head -c 1000000 /dev/zero | tr '\0' ' ' | sed 's/  /w /g'
	printf '"}\n{"context":"","question":""}'
} > in
run 0 -S "$S"
[ "$(grep -c '"score":-*[0-9]' out)" -eq 3 ] && ok || bad "not all scored"
grep -q 'score":-*\(nan\|inf\)' out && bad "no number" || ok

begin disk
if [ -c /dev/full ]; then
	echo '{"context":"a","question":"b"}' > in
	ac-score -S "$S" in > /dev/full 2> err
	[ $? -eq 74 ] && ok || bad "a full disk is no error"
fi

echo "ac-score.sh: $passed passed, $failed failed"
[ $failed -eq 0 ]
