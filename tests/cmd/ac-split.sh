#!/bin/sh
# Golden cases of ac-split, against the scripted server.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
server -B

# The server's digests change with every word of a prompt.
plain() {
	sed -E 's/(What about|关于)( ?)[0-9a-f]{16}/\1\2#/' "${1:-out}"
}

mill='{"id":"r","context":"The mill at Orle burned down in 1846. It was built again, and it still stands.","doc":"d.txt","start":10,"end":88}'

begin cut
printf '%s\n' "$mill" > in
run 0 ac-split
plain > got
cat > want <<'E'
{"id":"r","context":"The mill at Orle burned down in 1846. It was built again, and it still stands.","doc":"d.txt","start":10,"end":88,"root":"r","state":"split","depth":0,"question":"What about # The mill at Orle burned down?"}
{"id":"r.1","context":"The mill at Orle burned down in 1846. ","doc":"d.txt","start":10,"end":48,"root":"r","state":"leaf","depth":1,"parent":"r","why":"unit","question":"What about # The mill at Orle burned down?"}
{"id":"r.2","context":"It was built again, and it still stands.","doc":"d.txt","start":48,"end":88,"root":"r","state":"leaf","depth":1,"parent":"r","why":"unit","question":"What about # It was built again, and it?"}
E
same got want
# One call a node; a node that can be cut sees its units, numbered.
equal "$(asked)" 3 "requests"
jq -r .text "$log" | jq -c 'select(.response_format.json_schema.schema.properties.cut)
    | [.messages[-1].content, .response_format.json_schema.schema.properties.cut.enum]' > got
cat > want <<'E'
["[1] The mill at Orle burned down in 1846.\n[2] It was built again, and it still stands.\n",[1]]
E
same got want

begin no-question
printf '%s\n' "$mill" > in
server -B
run 0 ac-split --no-question
lacks out '"question"'
equal "$(lines out)" 3 "nodes"
equal "$(asked)" 1 "requests: leaves are not asked about"

begin rewrite
printf '%s\n' "$mill" > in
run 0 ac-split --by rewrite
plain > got
cat > want <<'E'
{"id":"r","context":"The mill at Orle burned down in 1846. It was built again, and it still stands.","doc":"d.txt","start":10,"end":88,"root":"r","state":"split","depth":0,"question":"What about # The mill at Orle burned down?"}
{"id":"r.1","context":"The mill at Orle burned down in 1846. It","doc":"d.txt","root":"r","state":"leaf","depth":1,"parent":"r","why":"unit","question":"What about # The mill at Orle burned down?"}
{"id":"r.2","context":"was built again, and it still stands.","doc":"d.txt","root":"r","state":"leaf","depth":1,"parent":"r","why":"unit","question":"What about # was built again, and it still?"}
E
same got want
# Parts of another text are refused every time: a leaf that says so.
cat > other.txt <<'E'
--- user
{{context}}

Context:
Seven grey geese flew over the frozen lake towards a far and nameless shore.
E
server -B
run 0 ac-split --by rewrite -p ./other.txt --retries 2 --cache c
equal "$(jq -c '[.state, .why, has("question")]' out)" \
    '["leaf","guard",true]' "the leaf"
equal "$(asked)" 3 "tries"
run 0 ac-split --by rewrite -p ./other.txt --retries 2 --cache c
equal "$(asked)" 3 "tries: the reply is kept"

# Without JSON the same trees come out: labels in both languages, parts of
# several lines whole.
begin labels
printf '%s\n' "$mill" > in
for by in cut rewrite; do
	server
	run 0 ac-split --by $by
	mv out want
	for d in labels zhlabels; do
		server -c $d
		run 0 ac-split --by $by
		same out want
	done
done
cat > in <<'E'
{"id":"r","context":"The mill at Orle burned\ndown in 1846. The people were sad.\n\nIt was built again,\nand it still stands."}
E
server
run 0 ac-split --by rewrite
mv out want
server -c labels
run 0 ac-split --by rewrite
same out want

begin local
printf '%s\n' "$mill" > in
server
run 0 ac-split --by cohesion --min-length 5
cat > want <<'E'
{"id":"r","context":"The mill at Orle burned down in 1846. It was built again, and it still stands.","doc":"d.txt","start":10,"end":88,"root":"r","state":"split","depth":0}
{"id":"r.1","context":"The mill at Orle burned down in 1846. ","doc":"d.txt","start":10,"end":48,"root":"r","state":"leaf","depth":1,"parent":"r","why":"unit"}
{"id":"r.2","context":"It was built again, and it still stands.","doc":"d.txt","start":48,"end":88,"root":"r","state":"split","depth":1,"parent":"r"}
{"id":"r.2.1","context":"It was built again, ","doc":"d.txt","start":48,"end":68,"root":"r","state":"leaf","depth":2,"parent":"r.2","why":"unit"}
{"id":"r.2.2","context":"and it still stands.","doc":"d.txt","start":68,"end":88,"root":"r","state":"leaf","depth":2,"parent":"r.2","why":"unit"}
E
same out want
equal "$(asked)" 0 "requests"
# Neither a server nor a model is needed.
(unset AC_MODEL AC_BASE_URL; ac-split --by middle < in > out 2> err)
equal $? 0 "exit without endpoint"
equal "$(lines out)" 3 "nodes"
# A topic that changes is where the cut is.
cat > in <<'E'
{"id":"t","context":"Bees dance in the hive. The dance of the bees tells where flowers are. Other bees watch the dance and fly to the flowers. The castle had four towers. Each tower of the castle was built of granite. A king lived in the highest tower of the castle."}
E
run 0 ac-split --by cohesion -d 1
equal "$(jq -r 'select(.id == "t.2").context | .[0:10]' out)" "The castle" \
    "the second part"
ac-chunk --df df --size 60 < in > chunks 2> err
run 0 ac-split --by cohesion --idf df -d 1
equal "$(jq -r 'select(.id == "t.2").context | .[0:10]' out)" "The castle" \
    "the second part with term weights"

# The scripted server's embeddings are bags of words.  Each unit is asked for
# once, however many nodes have it, and no question is asked.
begin embed
cat > in <<'E'
{"id":"t","context":"The castle of the king had a tower, and the tower of the castle had a king. The king of the castle had the tower. Bees fly out to find flowers, and bees dance when they find them. Bees dance out where flowers are."}
E
server
run 0 ac-split --by embed --cache cache --stats stats
equal "$(jq -r 'select(.id == "t.2").context | .[0:8]' out)" "Bees fly" \
    "the second part"
equal "$(jq -r 'select(.id == "t.2.1.2").context | .[0:8]' out)" "and bees" \
    "clauses, too"
lacks out '"question"'
# Four sentences; of the two long ones two clauses each.
equal "$(asked)" 8 "requests"
mv out want
run 0 ac-split --by embed --cache cache --stats stats -j 1
same out want
equal "$(jq -c '[.requests, .cached]' stats)" '[0,8]' "the second time"
# A unit without an embedding: its node has failed, and the rest of the tree
# is as it was; again over the output, it is healed.
server -c ok,ok,ok,ok,400,ok
run 1 ac-split --by embed --no-cache -j 1 --retries 0
equal "$(jq -r 'select(.error) | .error.code' out)" bad_request "the failed node"
check "the others stand" test "$(lines out)" -gt 3
mv out in
server
run 0 ac-split --by embed --no-cache
same out want
# An endpoint that has no embeddings says so, and nothing else is tried.
server -c 501
head -1 want > in
run 76 ac-split --by embed --no-cache -f
has err 'ac-split: stopping: '
equal "$(jq -c '[.context[:10], .error.code]' out)" '["The castle","http"]' \
    "the record stands"
# Nobody is asked about what cannot be cut; no quota of questions.
echo '{"id":"s","context":"The mill at Orle burned down in 1846."}' > in
server
run 0 ac-split --by embed
equal "$(jq -c '[.state, .why]' out)$(asked)" '["leaf","unit"]0' "a leaf"
run 2 ac-split --by embed --quota 35
run 2 ac-split --by embed --idf none
(unset AC_MODEL; ac-split --by embed < in > out 2> err)
equal $? 2 "exit without a model"

begin chinese
cat > in <<'E'
{"id":"z","context":"奥尔勒的磨坊在一八四六年被一场大火烧毁了，损失很大。第二年它由同一个家族重新建造起来，今天还在河边。","start":0,"end":144}
E
run 0 ac-split --by cohesion
jq -c '[.id, .start, .end, .state]' out | tr -d '\n' > got
printf '["z",0,144,"split"]["z.1",0,75,"leaf"]["z.2",75,150,"leaf"]' > want
jq -r .context out | head -3 | tail -2 | tr -d '\n' > joined
jq -j .context in > whole
same joined whole

begin bounds
# Short contexts, single units, the deepest level: leaves that say why.
cat > in <<'E'
{"id":"a","context":"The mill."}
{"id":"b","context":"The mill at Orle burned down in 1846."}
{"id":"c","context":"  "}
{"id":"d"}
E
run 1 ac-split
plain > got
cat > want <<'E'
{"id":"a","context":"The mill.","root":"a","state":"leaf","depth":0,"why":"short"}
{"id":"b","context":"The mill at Orle burned down in 1846.","root":"b","state":"leaf","depth":0,"why":"unit","question":"What about # The mill at Orle burned down?"}
{"id":"c","context":"  ","root":"c","state":"leaf","depth":0,"why":"short"}
E
head -3 got > got3
same got3 want
has out '"code":"missing_field"'
contexts 1 > in
run 0 ac-split --max-depth 1
equal "$(jq -c '[.depth, .state, .why]' out | tr -d '\n')" \
    '[0,"split",null][1,"leaf","depth"][1,"leaf","depth"]' "nodes"
run 0 ac-split -d 1
equal "$(jq -c '[.depth, .state]' out | tr -d '\n')" \
    '[0,"split"][1,"open"][1,"open"]' "nodes"
run 0 ac-split --max-depth 0
equal "$(jq -c '[.depth, .why, has("question")]' out)" '[0,"depth",true]' "node"

begin members
# A child has the user's members, and none that says what its parent became.
cat > in <<'E'
{"id":"r","mine":[1, 2],"question":null,"score":3,"answer":"x","context":"The mill at Orle burned down in 1846. It was built again, and it still stands.","sample":2,"label":1,"kind":"k","why":"w","explain":{},"root_chars":78}
E
run 0 ac-split --by middle
tail -1 out | jq -c 'keys' > got
echo '["context","depth","end","id","mine","parent","root","root_chars","sample","start","state","why"]' > want
same got want

begin force
printf '%s\n' "$mill" > in
run 0 ac-split --by middle
head -1 out > in
run 0 ac-split --by middle
same out in
run 0 ac-split --by middle -f
equal "$(lines out)" 3 "nodes"

begin quota
cat > in <<'E'
{"id":"r","root":"r","context":"The mill at Orle burned down in 1846. It was built again, and it still stands."}
{"id":"s","root":"s","context":"A rye loaf stays good for a week. Its acid keeps the mould away for so long."}
E
# 78 code points: 2.6 questions wanted at 35, one tree has 3; at 20, 4.5.
run 0 ac-split --quota 35
equal "$(jq -r .id out | tr '\n' ' ')" "r r.1 r.2 s s.1 s.2 " "nodes"
run 0 ac-split --quota 20
equal "$(jq -r .id out | tr '\n' ' ')" \
    "r r.1 r.2 r~1 r~1.1 r~1.2 s s.1 s.2 s~1 s~1.1 s~1.2 " "nodes"
equal "$(jq -r '.sample // 0' out | tr '\n' ' ')" "0 0 0 1 1 1 0 0 0 1 1 1 " \
    "samples"
mv out in
run 0 ac-split --quota 20
same out in
# Too much to ask for: it stops after the rounds and says what is missing.
run 0 ac-split --quota 1 --max-rounds 2
equal "$(lines out)" 18 "nodes of three trees a root"
has err 'root r: 9 of '
has err '2 roots stay short of the quota'

# No further tree while a node has failed; the heal tops up.
begin quota-fails
cat > in <<'E'
{"id":"r","root":"r","context":"The mill at Orle burned down in 1846. It was built again, and it still stands."}
E
run 0 ac-split --quota 20
mv out want
server -c ok,500
run 1 ac-split --quota 20 -j 1 --retries 0
equal "$(jq -r .id out | tr '\n' ' ')" "r r.1 r.2 " "nodes"
has err 'run again over the output'
mv out in
server
run 0 ac-split --quota 20
same out want
finish
