#!/bin/sh
# Golden cases of ac-dedup, each in a folder of its own.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

begin order
cat > in <<'E'
{"id":"a","question":"Why is the sky so blue?"}
{"id":"b","question":"Why is the sky so blue?","score":null}
{ "id" : "c" , "big":123456789012345678901234567890, "question":"Why is the sky so blue?","score":-3e0 }	
{"id":"d","question":"Why is the sky blue?","score":-3}
{"id":"e","question":"Who wrote the book?","score":0.5}
{"id":"f","question":"Who \u0077rote the book","score":0.5}
{"id":"g","root":"r","question":"Who wrote the book?"}
E
cat > want <<'E'
{ "id" : "c" , "big":123456789012345678901234567890, "question":"Why is the sky so blue?","score":-3e0 }	
{"id":"e","question":"Who wrote the book?","score":0.5}
{"id":"g","root":"r","question":"Who wrote the book?"}
E
cat > want.dropped <<'E'
{"id":"a","question":"Why is the sky so blue?","dropped":{"by":"ac-dedup","of":"c","rouge":1}}
{"id":"b","question":"Why is the sky so blue?","score":null,"dropped":{"by":"ac-dedup","of":"c","rouge":1}}
{"id":"d","question":"Why is the sky blue?","score":-3,"dropped":{"by":"ac-dedup","of":"c","rouge":0.9090909090909091}}
{"id":"f","question":"Who \u0077rote the book","score":0.5,"dropped":{"by":"ac-dedup","of":"e","rouge":1}}
E
run 0 ac-dedup --dropped dropped
same out want
same dropped want.dropped
same err /dev/null
ac-dedup < out > again && same again out
ac-dedup --engine brute < in > again && same again out
ac-dedup --threads 3 -o file in && same file out

begin scope
cat > in <<'E'
{"id":"a","root":"1","question":"one two three four five six","score":2}
{"id":"b","root":"2","question":"one two three four five seven","score":1}
{"id":"c","root":"2","question":"one two three four five six","score":0}
{"id":"d","root":"1","question":"one two three four five seven","score":0}
E
cat > want <<'E'
{"id":"a","root":"1","question":"one two three four five six","score":2}
{"id":"b","root":"2","question":"one two three four five seven","score":1}
E
run 0 ac-dedup
same out want
run 0 ac-dedup --scope all	# 5 of 6 is 0.833: below 0.85
same out want
run 0 ac-dedup --scope all --threshold 0.83
head -1 want > want.1
same out want.1

begin ties
cat > in <<'E'
{"id":"k","question":"a b c d e f g h i j k l m","score":3}
{"id":"t","question":"a b c d e f g","score":2}
{"id":"p","question":"g h i j k l m x y z","score":1}
E
run 0 ac-dedup				# F of t is 14/20: not above 0.7
same out in
run 0 ac-dedup --measure precision	# 7 of 7, and 7 of 10: from 0.7 up
head -1 in > want
same out want
run 0 ac-dedup --measure precision --threshold 0.71
grep -v '"t"' in > want
same out want
run 0 ac-dedup --threshold 0.69999 --dropped dropped
has dropped '"of":"k","rouge":0.7}'
run 0 ac-dedup --threshold 1
same out in
run 0 ac-dedup --measure precision --threshold 1.0
grep -v '"t"' in > want
same out want

begin empty
: > in
run 0 ac-dedup --dropped dropped --errors errors
same out in
same dropped in
same errors in
cat > in <<'E'
{"id":"a","question":"--"}
{"id":"b","question":"?!"}
{"id":"c","question":"So?"}
E
run 0 ac-dedup				# no tokens: alike, unlike the rest
sed 2d in > want
same out want
run 0 ac-dedup --threshold 1
same out in
printf '%s\n' '{"id":"a","question":""}' '{"id":"b","question":" \t\n"}' \
    '{"id":"c","question":"\u3000"}' '{"id":"d","question":"","score":1}' > in
sed "s/}$/,\"error\":{\"by\":\"ac-dedup\",\"code\":\"missing_field\",\"message\":\"member 'question' is blank\"}}/" \
    in > want
run 1 ac-dedup
same out want
mv out in
run 1 ac-dedup				# and again, over its own output
same out want
echo '{"id":"a","question":"谁？"}' > in
run 0 ac-dedup --tokens google
[ -s err ] && ok || bad "no word of questions without tokens"

begin quota
cat > in <<'E'
{"id":"a","root":"x","root_chars":70,"question":"alpha beta gamma","score":1}
{"id":"b","root":"x","root_chars":70,"question":"alpha beta gamma","score":2}
{"id":"c","root":"x","root_chars":70,"question":"delta epsilon","score":0}
{"id":"d","root":"x","root_chars":70,"question":"delta epsilon"}
{"id":"e","root":"y","root_chars":34,"question":"one"}
{"id":"f","root":"y","root_chars":34,"question":"two"}
{"id":"g","root":"z\u0022","root_chars":150,"question":"three"}
{"id":"h","root_chars":69,"question":"four"}
{"id":"i","root":"z\u0022","root_chars":150,"question":"three"}
{"id":"j","root":"w","root_chars":71,"question":"three"}
E
cat > want.dropped <<'E'
{"id":"a","root":"x","root_chars":70,"question":"alpha beta gamma","score":1,"dropped":{"by":"ac-dedup","of":"b","rouge":1}}
{"id":"d","root":"x","root_chars":70,"question":"delta epsilon","dropped":{"by":"ac-dedup","quota":2}}
{"id":"f","root":"y","root_chars":34,"question":"two","dropped":{"by":"ac-dedup","quota":1}}
{"id":"i","root":"z\u0022","root_chars":150,"question":"three","dropped":{"by":"ac-dedup","of":"g","rouge":1}}
E
cat > want.short <<'E'
{"root":"z\"","have":1,"want":4,"dropped":1}
{"root":"w","have":1,"want":2,"dropped":0}
E
run 0 ac-dedup --quota 35 --dropped dropped --short short --stats stats
same dropped want.dropped
same short want.short
has err '2 of 5 roots stay short, by 4 questions (1 of theirs were dropped'
has stats '"kept":6,"close":2,"full":2,"short":2'
grep -v -e '"[adfi]"' in > want
same out want
run 0 ac-dedup -q --quota 35
[ -s err ] && bad "--quiet and not quiet" || ok
run 0 ac-dedup --scope all --quota 35 --dropped dropped
has dropped '"j","root":"w","root_chars":71,"question":"three","dropped":{"by":"ac-dedup","of":"g"'
sed 's/"root_chars":34/"root_chars":-1/; s/"root_chars":69,//;
    s/"root_chars":71/"root_chars":"71"/' in > in.2 && mv in.2 in
run 1 ac-dedup --quota 35 --short short
head -1 want.short > want
same short want
has out '"message":"member '\''root_chars'\'' is negative"'
has out '"id":"h","question":"four","error":{"by":"ac-dedup","code":"missing_field","message":"no member '\''root_chars'\''"'

# At and around a share, for the preset as without it: the reference counts
# after it has kept one, so 0 shares keep one, too.
for chars in 0 34 35 69 70 104 105; do
	for i in 1 2 3 4 5; do
		printf '{"root":"r","root_chars":%d,"question":"w%d"}\n' \
		    $chars $i
	done > in
	n=$((chars / 35))
	head -$((n > 0 ? n : 1)) in > want
	for o in "" "--compat augcon" --grouped "--scope all"; do
		run 0 ac-dedup -q $o --quota 35
		same out want
	done
done
sed '2,$s/105/35/' in > in.2 && mv in.2 in	# the first record decides
run 0 ac-dedup -q --quota 35
equal "$(lines out)" 3 "kept of a root with two lengths"

begin keep
cat > in <<'E'
{"id":"a","root":"x","question":"alpha","score":1}
{"id":"b","root":"y","question":"beta","score":2}
{"id":"c","root":"x","question":"gamma","score":3}
{"id":"d","root":"x","question":"gamma","score":0}
E
run 0 ac-dedup --keep 1 --dropped dropped
sed -n '2,3p' in > want
same out want
has dropped '"score":0,"dropped":{"by":"ac-dedup","quota":1}}'
run 0 ac-dedup --keep 1 --scope all
sed -n 3p in > want
same out want
cat > in <<'E'
{"id":"a","root":"x","root_chars":70,"question":"alpha"}
{"id":"b","root":"x","root_chars":70,"question":"beta"}
{"id":"c","root":"x","root_chars":70,"question":"gamma"}
{"id":"d","root":"y","root_chars":70,"question":"delta"}
E
run 0 ac-dedup -q --keep 1 --quota 35	# the lesser of the two
sed -n '1p;4p' in > want
same out want
run 0 ac-dedup -q --keep 3 --quota 35 --dropped dropped
has dropped '"dropped":{"by":"ac-dedup","quota":2}}'
equal "$(lines dropped)" 1 "dropped"
run 0 ac-dedup -q --keep 3 --quota 35 --scope all --dropped dropped
sed -n '1,2p;4p' in > want
same out want
run 2 ac-dedup --keep 0
run 2 ac-dedup --quota 0

begin groups
cat > in <<'E'
{"id":"a","root":"1","question":"Why is the sky so blue?","score":1}
{"id":"b","root":"1","question":"Who wrote this?","score":1}
{"id":"c","root":"1","question":"Why is the sky so blue?","score":2}
{"id":7,"root":"1","question":"Why is the sky blue?","score":0}
{"root":"1","question":"Who \u0077rote this","score":0}
{"id":"d","root":"2","question":"Alone?","score":0}
{"root":"3","question":"Twice","score":0}
{"id":"e","root":"3","question":"twice","score":0}
{"id":"f","root":"3","question":"twice","score":null,"error":{"by":"ac-ask"}}
{"id":"g","root":"3","question":3}
E
cat > want <<'E'
{"id":"b","question":"Who wrote this?","size":2,"dropped":[{"id":null,"question":"Who \u0077rote this","rouge":1}]}
{"id":"c","question":"Why is the sky so blue?","size":3,"dropped":[{"id":"a","question":"Why is the sky so blue?","rouge":1},{"id":7,"question":"Why is the sky blue?","rouge":0.9090909090909091}]}
{"id":null,"question":"Twice","size":2,"dropped":[{"id":"e","question":"twice","rouge":1}]}
E
for o in "" --grouped "--engine brute" "--scope all"; do
	run 1 ac-dedup $o --groups groups
	same groups want
done
run 1 ac-dedup --keep 2 --groups groups	# what is over it is in no group
sed '1d; s/3,\(.*\),{"id":7,.*/2,\1]}/' want > want.1
same groups want.1
has groups '"size":2,"dropped":[{"id":"a",'
run 1 ac-dedup --keep 1 --groups groups
same groups /dev/null
run 1 ac-dedup --groups groups -o file --dropped dropped -e errors in
same groups want
equal "$(lines dropped) $(lines errors) $(lines file.part)" "4 1 5" lines
sed 's/"question"/"q"/; s/"id"/"key"/' in > in.2 && mv in.2 in
run 1 ac-dedup --in q --id key --out x --groups groups
same groups want
cp in groups
run 1 ac-dedup --in q --id key --groups groups groups	# as -o FILE FILE
same groups want
: > in
run 0 ac-dedup --groups groups
same groups in
if [ -c /dev/full ]; then
	printf '{"question":"x"}\n{"question":"x"}\n' > in
	run 74 ac-dedup --groups /dev/full
fi
# One of many members goes out in pieces.
awk 'BEGIN { for (i = 0; i < 9000; i++)
	printf "{\"id\":\"%d\",\"question\":\"Is it so?\"}\n", i }' > in
run 0 ac-dedup --groups groups
equal "$(jq -c '[.id, .size, ([.dropped[] | .id | tonumber] == [range(1; 9000)])]' \
    groups)" '["0",9000,true]' "a long line"
ac-dedup --groups /dev/stderr < in 2> got > out
same got groups
mkfifo pipe
cat pipe > got &
run 0 ac-dedup --groups pipe
wait $!
same got groups

begin one-file
printf '{"question":"x"}\n{"question":"x"}\n' > in
echo old > f
cp f old
for o in "-o f --dropped f" "-o f --groups ./f" "--dropped f --groups f" \
    "-e f --dropped f" "-e new --groups new" "--stats f --groups f" \
    "--log f --dropped f" "--quota 35 --short f --groups f"; do
	run 2 ac-dedup $o in
	has err "name one file"
	same f old
done
check "nothing was begun" test ! -e f.part -a ! -e new
# A descriptor is everybody's, and nobody writes over another's lines.
cat > want <<'E'
{"question":"x"}
{"question":"x","dropped":{"by":"ac-dedup","of":null,"rouge":1}}
{"id":null,"question":"x","size":2,"dropped":[{"id":null,"question":"x","rouge":1}]}
E
sort want > want.sorted
for name in /dev/stdout /dev/fd/1; do
	ac-dedup --dropped $name --groups $name in > out 2> err
	equal $? 0 "exit with $name for two"
	sort out > got
	same got want.sorted
done
ac-dedup -v --dropped /dev/stderr --stats /dev/stderr --log /dev/stderr in \
    > out 2> err
equal "$(lines err)" 6 "lines: start, two of counts, done, dropped, stats"
printf '{"question":1}\n' >> in
ac-dedup -e /dev/stdout --dropped /dev/stdout in > out 2> err
equal "$? $(lines out) $(jq -c . out | wc -l | tr -d ' ')" "1 3 3" \
    "lines with -e"

begin errors
printf '%s\n' '{"id":"a","question":"one two"}' '{"id":"b","state":"leaf"}' \
    '{"id":"c"}' '{"id":"d","question":["x"]}' \
    '{"id":"e","question":"one two","score":"high"}' \
    '{"id":"f","question":"one two","root":7}' \
    '{"id":"g","question":"x","question":"y"}' \
    '{"id":"h","question":"lone \ud800"}' 'torn {"id' '[]' \
    '{"id":"i","question":"one two","error":{"by":"ac-ask","code":"http"}}' \
    '{"id":"j","question":"six","error":{"by":"ac-dedup","code":"x"}}' \
    '{"id":"k","state":"open","question":null}' \
    '{"id":"l","state":"open","question":3}' > in
printf '{"id":"m","question":"bad \377"}\n{"id":"n","question":"ten"}' >> in
cat > want <<'E'
{"id":"a","question":"one two"}
{"id":"b","state":"leaf"}
{"id":"c","error":{"by":"ac-dedup","code":"missing_field","message":"no member 'question'"}}
{"id":"d","question":["x"],"error":{"by":"ac-dedup","code":"missing_field","message":"member 'question' is no string"}}
{"id":"e","question":"one two","score":"high","error":{"by":"ac-dedup","code":"missing_field","message":"member 'score' is no number"}}
{"id":"f","question":"one two","root":7,"error":{"by":"ac-dedup","code":"missing_field","message":"member 'root' is no string"}}
{"id":"g","question":"x","question":"y","error":{"by":"ac-dedup","code":"missing_field","message":"member 'question' is there twice"}}
{"id":"h","question":"lone \ud800","error":{"by":"ac-dedup","code":"missing_field","message":"member 'question' holds an escaped NUL or a lone surrogate"}}
E
cat > want.end <<'E'
{"id":"i","question":"one two","error":{"by":"ac-ask","code":"http"}}
{"id":"j","question":"six"}
{"id":"k","state":"open","question":null}
{"id":"l","state":"open","question":3,"error":{"by":"ac-dedup","code":"missing_field","message":"member 'question' is no string"}}
E
run 1 ac-dedup
head -8 out > out.1 && same out.1 want
sed -n 9p out > out.9 && has out.9 '"raw":"torn {\"id"}'
sed -n 9p out > out.9 && has out.9 '"code":"bad_json"'
sed -n 10p out > out.9 && has out.9 '"raw":"[]"}'
sed -n 11,14p out > out.11 && same out.11 want.end
sed -n 15p out > out.9 && has out.9 '"raw64":"'
sed -n 16p out > out.9 && has out.9 '{"id":"n","question":"ten"}'
equal "$(lines out)" 16 lines
has err '10 failed'
run 0 ac-dedup --max-errors 10 -e errors
equal "$(lines errors)" 10 "lines of the errors"
equal "$(lines out)" 6 "lines without errors"
run 1 ac-dedup --max-errors 9
run 1 ac-dedup --scope all		# needs no root: f is too close to a
equal "$(grep -c '"missing_field"' out)" 6 "errors when no root is read"

begin names
cat > in <<'E'
{"key":7,"q":"alpha beta","rank":1}
{"key":8,"q":"alpha beta","rank":2,"why":"x","tail":0}
{"q":"alpha beta","rank":3}
{"key":9,"q":"alpha beta","rank":0,"why":"x","tail":0}
E
run 0 ac-dedup --in q --by rank --id key --out why --dropped dropped
cat > want <<'E'
{"key":7,"q":"alpha beta","rank":1,"why":{"by":"ac-dedup","of":null,"rouge":1}}
{"key":8,"q":"alpha beta","rank":2,"why":{"by":"ac-dedup","of":null,"rouge":1},"tail":0}
{"key":9,"q":"alpha beta","rank":0,"why":{"by":"ac-dedup","of":null,"rouge":1},"tail":0}
E
same dropped want
sed -n 1,2p in > in.2 && mv in.2 in
run 0 ac-dedup --in q --by rank --id key --dropped dropped
has dropped '"rank":1,"dropped":{"by":"ac-dedup","of":8,"rouge":1}}'
same err /dev/null
run 0 ac-dedup --in q --by rnak
has err "no question has a number 'rnak'"
run 0 ac-dedup --in q --by rnak -q
same err /dev/null
run 0 ac-dedup --in q				# no score at all is fine
same err /dev/null

begin tokens
cat > in <<'E'
{"id":"a","question":"Café, Straße 12?","score":2}
{"id":"b","question":"cafe\u0301 STRASSE １２","score":1}
{"id":"c","question":"谁写了这本书？","score":2}
{"id":"d","question":"谁写了这本画？","score":1}
E
run 0 ac-dedup
sed '2d;4d' in > want		# folded alike; five of six letters are
same out want
run 0 ac-dedup --tokens space
same out in
cat > in <<'E'
{"id":"a","question":"Who is X?","score":2}
{"id":"b","question":"Who is Y?","score":1}
{"id":"c","question":"who is x?","score":0}
E
run 0 ac-dedup --compat augcon		# three of four tokens are, case counts
sed 2d in > want
same out want
run 0 ac-dedup
sed 3d in > want
same out want
run 0 ac-dedup --compat augcon --tokens unicode
same out want

begin usage
echo '{"question":"x"}' > in
for t in 0 1.01 -1 x '' 7e-1; do run 2 ac-dedup --threshold "$t"; done
run 2 ac-dedup --measure recall
run 2 ac-dedup --grouped --scope all
run 2 ac-dedup --short f
run 2 ac-dedup --no-such
run 2 ac-dedup absent
run 2 ac-dedup -n			# it would have decided and written
has err "only --embed"
run 2 ac-dedup --dropped ''
has err "names no file"
check "nothing is written" test ! -e .part
[ -s out ] && bad "stdout after a usage error" || ok
run 0 ac-dedup --help
has out 'ac-dedup'

# Numbered questions over 11 words, 40 to a root, adjacent.
questions() {
	awk 'BEGIN { for (i = 0; i < 1200; i++) { q = ""
		for (j = x = i; j < i + 4 + i % 5; j++) {
			x = (x * 69069 + 12345) % 1048573
			q = q " w" int(x / 1021) % 11 }
		printf "{\"id\":\"%d\",\"root\":\"r%d\",\"root_chars\":300,\"question\":\"%s\",\"score\":%d}\n", i, i / 40, q, (i * 7919) % 31 } }'
}

begin engines
questions > in
run 0 ac-dedup --dropped dropped --quota 35 --short short
mv out want; mv dropped want.dropped; mv short want.short
for o in --grouped '--engine brute' '--threads 2' '--grouped --threads 4'; do
	run 0 ac-dedup $o --dropped dropped --quota 35 --short short
	same out want
	same dropped want.dropped
	same short want.short
done
sed 's/,"dropped":{.*}}$/}/' want.dropped | cat want - | sort > all
sort in > in.sorted
same all in.sorted
run 0 ac-dedup --scope all --measure precision --dropped dropped
mv out want; mv dropped want.dropped
run 0 ac-dedup --scope all --measure precision --dropped dropped \
    --engine brute \
    --threads 2
same out want
same dropped want.dropped
[ "$(wc -l < want)" -gt 9 ] && [ "$(wc -l < want.dropped)" -gt 99 ] && ok ||
    bad "a dull test"

begin grouped
# A root's records go out before the next root's last line has come.
{
	echo '{"id":"a","root":"1","question":"one"}'
	echo '{"id":"b","root":"2","question":"two"}'
	i=0
	while [ ! -s early ] && [ $i -lt 50 ]; do sleep 0.1; i=$((i + 1)); done
	echo '{"id":"c","root":"2","question":"two"}'
	echo $i > tenths
} | ac-dedup --grouped > early
printf '%s\n' '{"id":"a","root":"1","question":"one"}' \
    '{"id":"b","root":"2","question":"two"}' > want
same early want
[ "$(cat tenths)" -lt 50 ] && ok || bad "--grouped waits for the end"

begin odd
{
	awk 'BEGIN { printf "{\"id\":\"deep\",\"question\":\"one\",\"x\":"
		for (i = 0; i < 10000; i++) printf "["
		for (i = 0; i < 10000; i++) printf "]"; print "}" }'
	echo '{"id":"z","question":"two","x":1E400,"y":-0,"y":0}'
	printf '{"id":"long","question":"'
	head -c 50000000 /dev/zero | tr '\0' a
	printf '"}\n'
} > in
run 0 ac-dedup
same out in
{
	echo '{"id":"a","question":"one"}'
	head -c 70000000 /dev/zero | tr '\0' b
	echo
	echo '{"id":"b","question":"one"}'
} > in
cat in | ac-dedup > out 2> err
[ $? -eq 1 ] && ok || bad "a line over the cap is no error"
sed '$d' in > want
same out want
has err '(too_long)'

begin stop
# A stop does not wait until all is compared, which here takes a minute.
awk 'BEGIN { x = 1; for (i = 0; i < 30000; i++) { q = ""
	for (j = 0; j < 10; j++) {
		x = (x * 69069 + 12345) % 1048573; q = q " w" x % 9973 }
	printf "{\"id\":\"%d\",\"question\":\"%s\"}\n", i, q } }' > in
begun=$(date +%s)
ac-dedup --scope all --engine brute --dropped dropped in > out 2> err &
pid=$!
sleep 2
kill -TERM $pid
wait $pid
equal $? 143 "exit of a stopped run"
same out /dev/null
has err interrupted
check "a stop waits" [ $(($(date +%s) - begun)) -lt 15 ]

begin progress
# Until the end nothing is decided, but records are read.
{
	questions
	sleep 3
} | ac-dedup > out 2> err &
pid=$!
tries=0
until grep -q read err || [ $tries -ge 25 ]; do
	sleep 0.1
	kill -USR1 $pid
	tries=$((tries + 1))
done
wait $pid
has err "ac-dedup: 0 of 1200 read"

begin disk
if [ -c /dev/full ]; then
	questions > in
	ac-dedup in > /dev/full 2> err
	[ $? -eq 74 ] && ok || bad "a full disk is no error"
	run 74 ac-dedup --dropped /dev/full
	run 74 ac-dedup --dropped /dev/full --groups /dev/full
	equal "$(grep -o 'write error' err | wc -l | tr -d ' ')" 1 "words of it"
	rm out err
fi
# A start that fails leaves nothing that it began.
questions > in
for o in "--dropped absent/d" "--dropped d --groups absent/g" \
    "--embed --measure cosine"; do
	ac-dedup -o o $o in > out 2> err
	check "a start with $o" test $? -ge 2
	equal "$(echo *)" "err in out" "what is left of it"
done

begin stopped
# What was decided before a stop is there, kept and dropped.
{
	questions
	sleep 5
} | ac-dedup --grouped -o kept --dropped dropped > out 2> err &
pid=$!
wait_for 30 test -s kept.part
sleep 1
kill -TERM $pid
wait $pid
equal $? 143 "exit of a stopped run"
equal "$(cat kept.part dropped.part | wc -l | tr -d ' ')" 1160 \
    "lines of all roots but the last"
check "whole" jq -e .id dropped.part

begin squad
if [ -r "$data/questions-squad-dev.txt" ]; then
	head -4000 "$data/questions-squad-dev.txt" | sed 's/[\\"]//g' |
	    awk '{ printf "{\"id\":\"%d\",\"question\":\"%s\",\"score\":%d}\n",
		NR, $0, (NR * 7919) % 1009 }' > in
	run 0 ac-dedup --scope all --dropped dropped --threshold 0.7
	mv out want; mv dropped want.dropped
	run 0 ac-dedup --scope all --dropped dropped --threshold 0.7 \
	    --engine brute
	same out want
	same dropped want.dropped
else
	skip "no questions-squad-dev.txt"
fi

finish
