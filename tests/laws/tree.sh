#!/bin/sh
# The tree: leaves cover all bytes of their root, parts follow each other,
# start..end select the text in the document, ids and parents agree.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
server

# A document with what sentence edges and offsets may stumble over.
document() {
	contexts 14 | sed 's/.*"context":"//; s/"}$//' | awk '
	{ print }
	NR % 3 == 0 { print "" }
	NR == 2 { print "Dr. Alba paid 3.5 kr. to J. R. Holm… “Why?” she said. \tTabs,  two blanks; é as e\xcc\x81." }
	NR == 5 { printf "她说：“走吧！”然后，\r\n他走了……真的吗？真的。\r\n\r\n" }
	NR == 9 { print "👩‍🔬 lived here; 🇩🇰🇳🇴 flags, 👍🏽 too, and she counted them all one by one by one." }'
}

# tree FILE: the properties of all trees in it, as far as jq can see them.
tree() {
	jq -se '
	  (reduce .[] as $n ({}; .[$n.id] = $n)) as $at |
	  all(.[]; . as $n |
	    if $n.state == "split" then
	      $n.context == $at[$n.id + ".1"].context +
	          $at[$n.id + ".2"].context and
	      all($at[$n.id + ".1"], $at[$n.id + ".2"];
	          .parent == $n.id and .depth == $n.depth + 1 and
	          .root == ($n.root // $n.id) and (.context | length) > 0)
	    else $at[$n.id + ".1"] == null and
	      ($n.state == "leaf" or $n.error != null) end)' "$1" > jq.out 2>&1 &&
	jq -se '
	  group_by(.root // .id) |
	  all(.[]; (map(select(.state != "split") | .context) | join("")) ==
	      (map(select((.depth // 0) == 0)) | .[0].context))' "$1" > jq.out 2>&1 &&
	jq -se 'all(.[] | select(.start != null);
	    .end - .start == (.context | utf8bytelength))' "$1" > jq.out 2>&1 &&
	! jq -r .id "$1" | sort | uniq -d | grep -q .
}

# spans DOCUMENT FILE: start..end of every node are its context.
spans() {
	jq -r '"\(.start) \(.end)"' "$2" > spans
	jq -j '.context + "\u001e"' "$2" > texts
	while read -r from to; do
		tail -c +$((from + 1)) "$1" | head -c $((to - from))
		printf '\036'
	done < spans > selected
	cmp -s texts selected
}

begin document
document > doc.txt
ac-chunk --size 400 doc.txt > chunks
check "chunks" test "$(lines chunks)" -gt 5
check "spans of chunks" spans doc.txt chunks
for by in cut cohesion embed middle; do
	cp chunks in
	run 0 ac-split --by $by --min-length 10
	cp out $by
	check "tree by $by" tree $by
	check "nodes by $by" test "$(lines $by)" -gt $((3 * $(lines chunks)))
	check "spans by $by" spans doc.txt $by
	run 0 ac-split --by $by -d 2 --max-depth 9
	cat out > in
	run 0 ac-split --by $by --max-depth 3
	check "a shallow tree by $by" tree out
	equal "$(jq -s 'map(.depth) | max' out)" 3 "depth"
done
jq -se 'all(.[] | select(.depth > 0); .context | length >= 10)' cut > jq.out
equal "$(cat jq.out)" true "parts shorter than --min-length"

# Real text, English and Chinese, where it is.
for f in en-wiki-nq zh-wiki-cmrc-trial; do
	begin $f
	if [ ! -r "$data/$f.ndjson" ]; then
		skip "no $data/$f.ndjson"
		continue
	fi
	head -60 "$data/$f.ndjson" > docs.ndjson
	member=$(head -1 docs.ndjson |
	    jq -r 'to_entries | max_by(.value | tostring | length).key')
	ac-chunk --in "$member" docs.ndjson > in
	for by in cut cohesion middle; do
		run 0 ac-split --by $by
		check "tree by $by" tree out
		check "nodes by $by" \
		    test "$(lines out)" -gt $((2 * $(lines in)))
	done
done

# Where nodes fail, leaves and open nodes still cover the root.
begin failing
document | ac-chunk --size 400 > in
server -r 20:500
run 0 ac-split --retries 0 --give-up 1000 --max-errors 100%
check "some nodes are open" grep -q '"state":"open"' out
check "tree" tree out

# A reply whose cut is none: the node is a leaf that says so, kept as such.
begin guard
server -c other,notjson,other
contexts 1 > in
run 1 ac-split --retries 1
has out '"code":"bad_reply"'
server
document | ac-chunk --size 400 > in
run 0 ac-split --by rewrite
check "parents and depths" jq -se '
	(reduce .[] as $n ({}; .[$n.id] = $n)) as $at |
	all(.[]; . as $n | $n.depth == 0 or
	    ($at[$n.parent].context | length) > ($n.context | length))' out > jq.out
lacks out '"start":null'
check "no span below a rewritten root" test "$(jq -c \
    'select(.depth > 0 and has("start"))' out | wc -l)" -eq 0
finish
