#!/bin/sh
# Golden cases of ac-check: its member, dropping, odd input, and what a model
# says beside the rules.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

begin plain
cat > in <<'X'
{"id":"a","context":"The mill at Orle burned down in 1846.","question":"When did the mill at Orle burn down?","answer":"It burned down in 1846."}
{"id":"b","context":"The mill at Orle burned down in 1846.","question":"In the passage, when did it burn?","answer":"Based on the context, in 1864."}
{"id":"c","question":"谁写了《红楼梦》？"}
{"id":"d","context":"A leaf that nobody asked about.","state":"leaf"}
{ "id" : "e" ,"checks":null, "question":"Is \u00e9t\u00e9 in the text?", "answer":"" } 
X
cat > want <<'X'
{"id":"a","context":"The mill at Orle burned down in 1846.","question":"When did the mill at Orle burn down?","answer":"It burned down in 1846.","checks":{"standalone":"ok","grounded":"ok","faithful":"ok","answered":"ok","preamble":"ok","language":"ok","copied":"ok","truncated":"ok"}}
{"id":"b","context":"The mill at Orle burned down in 1846.","question":"In the passage, when did it burn?","answer":"Based on the context, in 1864.","checks":{"standalone":{"why":"refers to a text","in":"question","at":3,"found":"the passage"},"grounded":"ok","faithful":{"why":"number","in":"answer","at":25,"found":"1864"},"answered":"ok","preamble":{"why":"speaks of itself","in":"answer","at":0,"found":"Based on the context"},"language":"ok","copied":"ok","truncated":"ok"}}
{"id":"c","question":"谁写了《红楼梦》？","checks":{"standalone":"ok","grounded":null,"faithful":null,"answered":null,"preamble":null,"language":null,"copied":null,"truncated":null}}
{"id":"d","context":"A leaf that nobody asked about.","state":"leaf"}
{ "id" : "e" ,"checks":{"standalone":{"why":"refers to a text","in":"question","at":10,"found":"the text"},"grounded":null,"faithful":null,"answered":{"why":"empty","in":"answer"},"preamble":null,"language":null,"copied":null,"truncated":null}, "question":"Is \u00e9t\u00e9 in the text?", "answer":"" } 
X
run 0 ac-check
same out want
check "nothing on stderr" test ! -s err
cp out in
run 0 ac-check
same out want
# Any split of the input, any order.
for k in 1 2 3 4 5; do sed -n ${k}p in | ac-check; done > again
same again want
sed -n '5p;1p' in | ac-check > again
sed -n '1p;5p' want > first
same again first
run 0 ac-check --gate preamble,standalone -v
has out '"checks":{"standalone":{"why":"refers to a text","in":"question","at":3,"found":"the passage"},"preamble":{"why"'
has err 'ac-check: 4 ok, 1 passed; failed standalone 2, preamble 1'

begin fields
cat > in <<'X'
{"id":"f","answer":"Yes."}
{"id":"g","question":" \t"}
{"id":"h","question":["When?"]}
{"id":"i","question":"When did it end?","answer":7}
{"id":"j","question":"When?","context":"a\ud800"}
{"id":"k","question":"When?","answer":"a\u0000b"}
{"id":"l","question":"When did the war end?","answer":null,"context":null}
[1]
{"torn
{"error":{"by":"ac-answer","code":"http"},"question":"In the text?"}
X
run 1 ac-check
equal "$(sed -E 's/.*"error":\{"by":"[a-z-]*","code":"([a-z_]*)".*/\1/
    t
    s/.*/none/' out | tr '\n' ' ')" \
    "missing_field missing_field missing_field missing_field missing_field missing_field none not_object bad_json http " \
    "codes"
has out '"id":"l","question":"When did the war end?","answer":null,"context":null,"checks":{"standalone":"ok","grounded":null,"faithful":null,'
sed -n 10p in > last
tail -1 out | cmp -s - last && ok || bad "another filter's error passes"
cp out in
cp out want
run 1 ac-check
same out want
printf '{"question":"\377"}\n' > in
run 1 ac-check
has out '"code":"bad_json"'

begin names
printf '%s\n' '{"q":"What does it mean?"}' > in
run 0 ac-check --in q --out gates --gate standalone
has out '{"q":"What does it mean?","gates":{"standalone":{"why":"nothing it stands for","in":"question","at":10,"found":"it"}}}'

begin usage
for o in "--gate nonsense" "--gate standalone," "--gate ''" "--dropped f" \
    "--gate copied --drop-for standalone" "--gate copied --judge -m x" \
    "--gate copied --rewrite -m x" "--dry-run" "--drop-for x" \
    "--drop --dropped f -o f" "--drop --dropped f -o f.part" \
    "--drop --dropped ./f.part -o f" "-e f.part -o f"; do
	run 2 ac-check $o
	check "$o: nothing is written" test ! -s out -a ! -e f
done
has err "--errors and --output: f.part is the other one until it is done"
run 2 ac-check --drop --dropped f -o f
has err "name one file"
run 2 ac-check --gate nonsense
has err "no gate 'nonsense'; there are standalone grounded faithful"

# in = kept + dropped, in order, whatever the lines are.
begin drop
jq -c --slurpfile contexts "$top/tests/gates/contexts.ndjson" '
    .context = (.of as $of | $contexts[] | select(.of == $of).context)' \
    "$top/tests/gates/cases.ndjson" | awk '
    NR % 37 == 5 { print "{\"torn" }
    NR % 41 == 7 { print "{\"state\":\"leaf\",\"id\":" NR "}" }
    NR % 43 == 9 { print "{\"id\":" NR ",\"answer\":1}" }
    { print }' > in
plain() {
	sed -E -e 's/,"checks":\{.*\}\}$/}/' -e 's/,"error":\{"by[^}]*\}//' \
	    -e 's/^\{,?"error".*"raw":"(.*)"\}$/{"torn/'
}
run 1 ac-check
cp out all
plain < all > got
same got in
run 1 ac-check --drop --dropped dropped --stats stats
cat out dropped | sort > got
sort all > want
same got want
equal "$(jq '[.kept, .dropped, .ok, .passed, .failed, .read] |
    .[0] + .[1] == .[2] and .[2] + .[3] + .[4] == .[5]' stats)" true "counts"
equal "$(lines dropped)" "$(jq .dropped stats)" "lines dropped"
equal "$(jq -s 'map(select([.checks[] | objects] == [])) | length' dropped)" \
    0 "dropped without a reason"
equal "$(jq -R 'fromjson? | select([.checks // {} | .[] | objects] != [])' \
    out)" "" "kept in spite of one"
has err "kept, $(lines dropped) dropped; failed "
# Both are in the order of the input.
grep -Fxf out all > got
grep -Fxf dropped all > got.dropped
sort -u got | wc -l > /dev/null
awk 'NR == FNR { n[$0]++; next } n[$0]-- > 0' out all > got
same got out
same got.dropped dropped
mv dropped first
run 1 ac-check --drop --dropped dropped
same dropped first
run 1 ac-check --drop-for copied,answered --dropped dropped
equal "$(jq -s 'map(select((.checks.copied | type) != "object" and
    (.checks.answered | type) != "object")) | length' dropped)" 0 "others"
equal "$(jq -R 'fromjson? | .checks? // {} | .copied, .answered | objects' \
    out)" "" "left"
run 1 ac-check --drop
awk 'NR == FNR { n[$0]++; next } n[$0]-- > 0' out all > got
same got out
run 1 ac-check --drop --gate truncated -e errors
equal "$(grep -c '"error"' out)" 0 "errors diverted"

# The rules are as good as the manual says, and a little below what was
# reached: gate, least precision, least recall, in hundredths.
begin figures
# at_least HALF: of the rows on stdin.
at_least() {
	sh "$top/tests/gates/measure" $1 > got
	while read -r gate precision recall; do
		awk -v g=$gate -v p=$precision -v r=$recall '
		    $2 == g && $3 == "all" {
			bad = $7 * 100 < p || $8 * 100 < r
			seen = 1
		    }
		    END { exit bad || !seen }' got && ok ||
		    bad "$gate on the $1 part: $(grep "$gate.*all" got)"
	done
}
for half in open held; do
	at_least $half <<'X'
standalone 95 92
grounded 95 60
faithful 95 86
answered 98 98
preamble 98 98
language 98 98
copied 92 98
truncated 90 98
X
done
# Another hand's pairs, a little below the figures of the rules as they are.
at_least other <<'X'
standalone 83 88
faithful 72 69
answered 98 98
preamble 95 98
language 95 98
copied 98 98
truncated 92 87
X
# A third's, about paragraphs of the shared data.
if [ -r "$data/en-wiki-nq.ndjson" ] &&
    [ -r "$data/zh-wiki-cmrc-trial.ndjson" ]; then
	AC_TEST_DATA=$data
	export AC_TEST_DATA
	at_least wiki <<'X'
standalone 93 80
grounded 70 86
faithful 71 66
answered 98 93
preamble 79 93
language 98 98
copied 79 98
truncated 93 91
X
	unset AC_TEST_DATA
else
	skip 'the part about Wikipedia: no data folder'
fi
equal "$(jq -r '[(.fails - ["grounded"] == []) == has("near"),
    (.id | test("^(en|zh|xx)-o"))] | all' "$top/tests/gates/other.ndjson" | sort -u)" true "other's members"
# by_hash FILE LETTERS: a half for either bit.
by_hash() {
	equal "$(jq -r .id "$top/tests/gates/$1.ndjson" |
	    while read -r id; do
		printf '%s' "$id" | sha256sum | cut -c1
	    done | tr 0-789abcdef "$2" | tr -d '\n')" \
	    "$(jq -r '.half | sub("wiki-"; "") | .[:1]' \
	    "$top/tests/gates/$1.ndjson" | tr -d '\n')" \
	    "$1: halves by the hash of the id"
}
by_hash cases oooooooohhhhhhhh
by_hash wiki ssssssssuuuuuuuu

# A megabyte of what is slow to look at takes no time to speak of.
begin long
long() {
	jq -nc --arg s "$1" '($s * (1000000 / ($s | utf8bytelength) | floor))
	    as $t | {question: "When did the Northwest Passage open?",
	    context: $t, answer: $t}'
}
for s in "a " "the passage " "Northwest Passage the passage " "1846 " \
    "Orle " '"a" ' "(" "\`\`\`" "given " "it " "作者" "》作者" "一" "该" \
    "a b a b a " "twenty " "1, " "·一" "《a》" "this "; do
	long "$s" > in
	begun=$(date +%s)
	run 0 timeout 20 ac-check
	check "$s: in time" test $(($(date +%s) - begun)) -le 15
	has out '"checks":{"standalone":'
	long "$s" | jq -c '.question = .answer' > in
	run 0 timeout 20 ac-check
done

# A model's word, from replies as a batch engine gives them.
batch() {
	ac-check "$@" -m m -n --format batch < in 2> /dev/null
}
# replies CONTENT...: one for each request, in order.
replies() {
	n=0
	while read -r line; do
		n=$((n + 1))
		eval "content=\$$n"
		printf '%s\n' "$line" | jq -c --arg c "$content" '{custom_id,
		    response: {status_code: 200, body: {choices: [{index: 0,
		    finish_reason: "stop", message: {role: "assistant",
		    content: $c}}]}}}'
	done
}
begin judge
cat > in <<'X'
{"id":"a","context":"The mill at Orle burned down in 1846.","question":"When did the mill at Orle burn down?","answer":"In 1846."}
{"id":"b","context":"The mill at Orle burned down in 1846.","question":"What burned down at Orle in 1846?","answer":"The mill."}
{"id":"c","context":"The mill at Orle burned down in 1846.","question":"Why did the mill at Orle burn down?","answer":"For want of water."}
{"id":"d","context":"The mill at Orle burned down in 1846.","question":"Who built the mill at Orle?","answer":"In 1999 it was built."}
X
batch --judge > requests
equal "$(lines requests)" 3 "no request where the rules know"
jq -r '.body.messages[-1].content' requests | head -4 > got
has got 'Text: The mill at Orle burned down in 1846.'
replies '{"supported":"yes","quote":"the MILL  at Orle\nburned down"}' \
    '{"supported":"yes","quote":"the mill at Norra burned down"}' \
    '{"supported":"no","quote":""}' < requests > said
run 0 ac-check --judge -m m --replies said --gate faithful --stats stats
jq -c '[.id, (.checks.faithful | .why? // .)]' out | tr -d '\n' > got
printf '["a","ok"]["b","no evidence"]["c","not supported"]["d","number"]' > want
same got want
equal "$(jq -c '[.judged, .unclear, .gates.faithful.failed]' stats)" \
    '[3,0,3]' "counts"

# Two words prove nothing; what is neither yes nor no is asked for again.
begin unclear
head -2 ../judge/in > in
server -c notjson
run 0 ac-check --judge --retries 0 --stats stats --drop
equal "$(jq -c '.checks.faithful' out | tr '\n' ' ')" '"unknown" "unknown" ' \
    "unknown drops nothing"
equal "$(asked) $(jq -c '[.judged, .unclear, .gates.faithful.unknown]' stats)" \
    "4 [2,4,2]" "requests"
AC_CACHE=$PWD/cache run 0 ac-check --judge --stats stats
cp out want
AC_CACHE=$PWD/cache run 0 ac-check --judge --offline
same out want
server -c 500
run 1 ac-check --judge --retries 0
has out '"error":{"by":"ac-check","code":"http"'
cp out in
server -c notjson
run 0 ac-check --judge
same out want

begin rewrite
cat > in <<'X'
{"id":"a","context":"The mill at Orle burned down in 1846.","question":"When did it burn down?","answer":"In 1846."}
{"id":"b","context":"The mill at Orle burned down in 1846.","question":"According to the text, what burned down?","answer":"The mill."}
{"id":"c","context":"The mill at Orle burned down in 1846.","question":"Where was it?","answer":"At Orle."}
{"id":"d","context":"The mill at Orle burned down in 1846.","question":"When did the mill at Orle burn down?","answer":"In 1846."}
{"id":"e","question":"When did it burn down?"}
X
batch --rewrite > requests
equal "$(lines requests)" 3 "requests"
replies '{"question":"When did the mill at Orle burn down?"}' \
    '{"question":"What burned down, according to the author?"}' \
    '{"question":"Where was the mill of Jonas Feld?"}' < requests > said
run 0 ac-check --rewrite -m m --replies said --gate standalone --stats stats
jq -c '[.id, .question, .question_was, .checks.standalone == "ok"]' out > got
cat > want <<'X'
["a","When did the mill at Orle burn down?","When did it burn down?",true]
["b","According to the text, what burned down?",null,false]
["c","Where was it?",null,false]
["d","When did the mill at Orle burn down?",null,true]
["e","When did it burn down?",null,false]
X
same got want
equal "$(jq .rewritten stats)" 1 "rewritten"
# Once more: nothing changes, and only those that failed are asked about.
cp out in
cp out want
run 0 ac-check --rewrite -m m --replies said --gate standalone
same out want
server -c notjson
run 0 ac-check --rewrite --retries 1 --gate standalone
same out want
equal "$(asked)" 4 "requests for two records, each tried twice"

# With a model, too, what is dropped goes out in the order of the input.
begin order
contexts 60 | sed 's/}$/,"question":"When was the old mill sold?","answer":"In the year 1846 it was sold."}/' |
    awk '{ if (NR % 3) sub(/1846/, "the old"); print }' > in
server -d 0-30 -c notjson
run 0 ac-check --judge --gate faithful --drop --dropped dropped -j 8
jq -r .id in | awk 'NR % 3 == 0' > want
jq -r .id dropped > got
same got want
jq -r .id in | awk 'NR % 3' > want
jq -r .id out > got
same got want
finish
