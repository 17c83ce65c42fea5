#!/bin/sh
# What ac-dedup reads, gone wrong: each such line is a failed record in its
# place, its own bytes kept, and the rest is decided as if it were not there.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

# fails CODE MESSAGE < LINES: each line fails so, between two good ones.
fails() {
	{
		echo '{"id":"good","question":"Is it good?","score":1}'
		tee bad
		echo '{"id":"twin","question":"Is it good?","score":2}'
	} > in
	n=$(lines bad)
	for o in "" "--grouped" "--engine brute --threads 2"; do
		run 1 ac-dedup $o --dropped dropped --stats stats
		equal "$(lines out) $(lines dropped)" "$((n + 1)) 1" \
		    "lines of out and dropped with '$o'"
		has dropped '"of":"twin"'
		equal "$(jq -c .errors stats)" "{\"$1\":$n}" "errors"
		equal "$(grep -cF -e "$2" out)" "$n" "of '$2'"
	done
	case $1 in
	bad_json) grep raw out | jq -r .raw ;;
	*) sed -E '$d; s/,"error":\{"by":"ac-dedup",[^}]*\}\}$/}/' out ;;
	esac > got
	same got bad
	run 0 ac-dedup --max-errors "$n" -e errors
	equal "$(lines out) $(lines errors)" "1 $n" "lines with -e"
	run 1 ac-dedup --max-errors $((n - 1))
}

begin question
fails missing_field "no member 'question'" <<'E'
{"id":"x"}
{"id":"x","question":null,"score":1}
{"id":"x","Question":"Is it good?"}
E
fails missing_field "member 'question' is no string" <<'E'
{"question":17}
{"question":true}
{"question":["Is it good?"]}
{"question":{"text":"Is it good?"}}
E
fails missing_field "member 'question' is blank" <<'E'
{"question":""}
{"question":" "}
{"question":"\t\r\n \u00a0\u3000","score":9}
E
fails missing_field "member 'question' is there twice" <<'E'
{"question":"Is it good?","question":"Is it good?"}
{"question":"Is it good?","qu\u0065stion":null}
{"question":"Is it good?","state":"leaf","question":"Is it?"}
E
fails missing_field "holds an escaped NUL or a lone surrogate" <<'E'
{"question":"Is it \u0000 good?"}
{"question":"Is it good\ud83d"}
{"question":"\ude00 good?"}
E

begin score
fails missing_field "member 'score' is no number" <<'E'
{"question":"Is it good?","score":"3"}
{"question":"Is it good?","score":""}
{"question":"Is it good?","score":false}
{"question":"Is it good?","score":[3]}
{"question":"Is it good?","score":{"value":3}}
{"question":"Is it good?","score":"NaN"}
E
fails missing_field "member 'score' is no finite number" <<'E'
{"question":"Is it good?","score":1e999}
{"question":"Is it good?","score":-1e999}
{"question":"Is it good?","score":17976931348623159000000000000000000000000e270}
E
fails missing_field "member 'score' is there twice" <<'E'
{"question":"Is it good?","score":3,"score":3}
E
fails bad_json "column" <<'E'
{"question":"Is it good?","score":NaN}
{"question":"Is it good?","score":Infinity}
{"question":"Is it good?","score":-Infinity}
{"question":"Is it good?","score":+3}
{"question":"Is it good?","score":.5}
{"question":"Is it good?","score":0x10}
{"question":"Is it good?","score":1e}
{"question":"Is it good?","score":}
{"question":"Is it good?","score":3
E
# Numbers that a double holds, or rounds: they rank, equal ones by order.
cat > in <<'E'
{"id":"a","question":"one","score":9007199254740992}
{"id":"b","question":"one","score":9007199254740993}
{"id":"c","question":"two","score":1e-999}
{"id":"d","question":"two","score":-0.0}
{"id":"e","question":"two","score":0}
{"id":"f","question":"ten","score":1.7976931348623157e308}
{"id":"g","question":"ten","score":-1E+308}
{"id":"h","question":"ten","score":null}
{"id":"i","question":"ten"}
E
run 0 ac-dedup --groups groups
equal "$(jq -r .id out | tr -d '\n')" acf "what is kept"
equal "$(jq -r '.dropped[].id' groups | tr -d '\n')" bdeghi "what is not"

begin root
fails missing_field "member 'root' is no string" <<'E'
{"question":"Is it good?","root":7}
{"question":"Is it good?","root":["r"]}
E
printf '%s\n' '{"question":"a","root_chars":70}' \
    '{"question":"b","root_chars":1.5}' '{"question":"b","root_chars":1e9}' \
    '{"question":"b","root_chars":99999999999999999999}' \
    '{"question":"b","root_chars":"70"}' '{"question":"b","root_chars":-1}' \
    '{"question":"b"}' \
    '{"question":"b","root_chars":70,"root":null,"root":"x"}' > in
run 1 ac-dedup --quota 35 --short short
equal "$(jq -r .error.code out | uniq -c | tr -s ' ' | tr -d '\n')" \
    " 1 null 7 missing_field" "what failed"
echo '{"root":null,"have":1,"want":2,"dropped":0}' > want
same short want
echo '{"question":"a","root_chars":9223372036854775807}' > in
run 0 ac-dedup -q --quota 1

begin bytes
printf '{"id":"a","question":"caf\351"}\n{"id":"b","question":"ok"}\n' > in
printf '\377\376\n{"id":"c","question":"\355\240\200"}\n' >> in
run 1 ac-dedup
equal "$(grep -c '"code":"bad_json".*"raw64":"' out) $(lines out)" "3 4" \
    "lines that are not UTF-8"
if command -v base64 > /dev/null; then
	sed -n 3p in > want
	{ sed -n 3p out | jq -r .raw64 | base64 -d; echo; } > got
	same got want
fi

begin deep
awk 'function nest(open, n) {
	for (n = 0; n < 50000; n++)
		printf "%s", open
}
BEGIN {
	k = split("question score root", name, " ")
	for (i = 1; i <= k; i++) {
		printf("{%s\"%s\":", i > 1 ? "\"question\":\"x\"," : "",
		    name[i])
		nest("[")
		nest("]")
		print "}"
	}
	printf "{\"question\":\"x\",\"score\":"
	nest("[")
	print ""
}' > in
run 1 ac-dedup
equal "$(sed 's/.*"code":"\([a-z_]*\)".*/\1/' out | uniq -c | tr -s ' ' |
    tr -d '\n')" " 3 missing_field 1 bad_json" "codes"

# long MB TEXT: a record with a question of so many megabytes of that text.
long() {
	printf '{"id":"long","question":"'
	yes "$2" | tr -d '\n' | head -c "$1"000000
	printf '"}\n'
}

# within MB COMMAND...: with no more memory, where that can be said.
within() {
	limit=$(($1 * 1000))
	shift
	[ $mb -lt 48 ] || ulimit -v $limit
	"$@"
}

# Sanitizers take many times as long, and all of the address space.
mb=48 grown=15
! grep -q __asan_init "$top/bin/ac-dedup" || { mb=6 grown=3; }

begin long
echo '{"id":"a","question":"Is it good?","score":1}' > a
echo '{"id":"b","question":"Is it good?","score":2}' > b
for text in x 'a ' '谁 '; do
	{ cat a; long $mb "$text"; cat b; } > in
	(within 900 ac-dedup --threads 1 --dropped dropped in) > out 2> err
	equal $? 0 "exit with $mb MB of '$text'"
	sed 1d in | cmp -s - out && ok || bad "$mb MB of '$text' are not there"
	has dropped '"of":"b"'
done
# One code point becomes 18, and that is never there as a whole.
long $grown ﷺ > in
(within 320 ac-dedup --threads 1 in) > out 2> err
equal $? 0 "exit with a text that grows when it is folded"
cmp -s in out && ok || bad "it is not there"
# Over the cap: whole and in its place, or with -e, and held in a file.
{ cat a; long 68 'a '; cat b; long 69 x; } > in
(within 600 ac-dedup --threads 1 --groups groups in) > out 2> err
equal $? 1 "exit with a line over the cap"
sed 1d in | cmp -s - out && ok || bad "the lines over the cap are not there"
equal "$(jq -r '.dropped[].id' groups)" a "in a group around them"
equal "$(grep -c '(too_long)' err)" 2 "words"
(within 600 ac-dedup --threads 1 -e errors --max-errors 2 in) > out 2> err
equal $? 0 "exit with -e"
same out b
sed -n '2p;4p' in | cmp -s - errors && ok || bad "errors are not the lines"
rm -f in out errors
finish
