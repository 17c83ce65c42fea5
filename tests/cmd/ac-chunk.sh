#!/bin/sh
# Golden cases of ac-chunk, each in a folder of its own.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

# chunk CODE ARGUMENT...
chunk() {
	code=$1
	shift
	run "$code" ac-chunk "$@"
}

begin text
printf 'First one. Second one.\n\n他说：“好。”她走了。\n' > in
cat > want <<'E'
{"id":"3b881acb514dcbd1","root":"3b881acb514dcbd1","root_chars":22,"doc":"-","start":0,"end":22,"context":"First one. Second one."}
{"id":"2feb6640de413af2","root":"2feb6640de413af2","root_chars":11,"doc":"-","start":24,"end":57,"context":"他说：“好。”她走了。"}
E
chunk 0 --min 5
same out want
check 'err is empty' [ ! -s err ]
cp in doc.txt
chunk 0 --min 5 doc.txt
sed 's/"doc":"-"/"doc":"doc.txt"/' want > want2
same out want2
# The id is the text's own, whatever document it stands in.
if command -v sha256sum > /dev/null; then
	id=$(printf %s 'First one. Second one.' | sha256sum | cut -c1-16)
	has out "\"id\":\"$id\""
fi

begin small
chunk 0
check 'out is empty' [ ! -s out ]
printf '\n \t\r\n' > in
chunk 0
check 'out is empty' [ ! -s out ]
printf 'No newline at the end' > in
chunk 0
has out '"start":0,"end":21,'
printf 'One.\r\n\r\nTwo.\r\n' > in
chunk 0 --min 1
has out '"start":8,"end":12,"context":"Two."'
printf '\357\273\277Mark.' > in
chunk 0
has out '"start":3,"end":8,"context":"Mark."'

begin markdown
cat > in.md <<'E'
---
title: A page
---

# Guide

Some words to begin with.

## Install

Run the installer. It asks three questions.

```sh
make
# not a heading
make install
```

Notes
-----

The end.
E
chunk 0 --min 44 --dropped dropped in.md
has out '"section":"Guide","context":"Some words to begin with."'
has out '"section":"Guide > Install","context":"Run the installer. It asks three questions.\n\n```sh\nmake\n# not a heading\nmake install\n```"'
has out '"section":"Guide > Notes","context":"The end."'
cat > want <<'E'
{"doc":"in.md","start":0,"end":21,"rule":"front_matter","raw":"---\ntitle: A page\n---"}
{"doc":"in.md","start":23,"end":30,"rule":"heading","raw":"# Guide"}
{"doc":"in.md","start":59,"end":69,"rule":"heading","raw":"## Install"}
{"doc":"in.md","start":161,"end":172,"rule":"heading","raw":"Notes\n-----"}
E
same dropped want
chunk 0 --format text --dropped dropped in.md
check 'dropped is empty' [ ! -s dropped ]
has out '"context":"---\ntitle: A page'
# What cannot be written is told before, and nothing of the output is left.
chunk 74 -o chunks --dropped none/dropped in.md
check 'no output is left' [ ! -e chunks.part ]
cp in.md in
chunk 0 --format markdown
has out '"section":"Guide > Notes"'

begin ndjson
cat > in.ndjson <<'E'
{"doc":"d1","text":"One two. Three four.","tags":["a", "b"],"big":123456789012345678901234567890}
{"id":"x7","text":"Five.\u0020Six \"seven\".\n","question":"old","state":"leaf"}

{"text":"Nine \ud83d\ude00."}
{"doc":"d2","text":"  "}
{"doc":"d3","context":"no text here"}
{"doc":"d4","text":17}
not json
[1]
{"doc":"d5","text":"Ten.","error":"of another filter"}
E
cat > want <<'E'
{"id":"1f2db69c9116df87","root":"1f2db69c9116df87","root_chars":20,"doc":"d1","start":0,"end":20,"context":"One two. Three four.","tags":["a", "b"],"big":123456789012345678901234567890}
{"id":"f86e68ae5a3bbbe3","root":"f86e68ae5a3bbbe3","root_chars":18,"doc":"x7","start":0,"end":18,"context":"Five. Six \"seven\"."}
{"id":"263a5cc2e25e6cdd","root":"263a5cc2e25e6cdd","root_chars":7,"doc":"in.ndjson:4","start":0,"end":10,"context":"Nine 😀."}
{"doc":"d3","context":"no text here","error":{"by":"ac-chunk","code":"missing_field","message":"no member 'text'"}}
E
chunk 1 --dropped dropped in.ndjson
head -4 out > first
same first want
has out '{"doc":"d4","text":17,"error":{"by":"ac-chunk","code":"missing_field"'
has out '"code":"bad_json"'
has out '"raw":"not json"'
has out '"code":"not_object"'
has out '{"doc":"d5","text":"Ten.","error":"of another filter"}'
echo '{"doc":"d2","start":0,"end":0,"rule":"empty","raw":""}' > want
same dropped want
printf '{"body":"Hi there.","text":"no"}\n' > in
chunk 0 --format ndjson --in body
has out '"context":"Hi there.","text":"no"}'

begin bad
printf 'Good text. More.\n\nBad \377 byte.' > bad.txt
printf 'Fine.' > good.txt
chunk 1 --min 0 bad.txt good.txt
cat > want <<'E'
{"doc":"bad.txt","start":22,"error":{"by":"ac-chunk","code":"bad_json","message":"byte 22 is not UTF-8; nothing behind it was cut"}}
E
has out '"context":"Good text. More."'
has out '"context":"Bad"'
sed -n 3p out > third
same third want
has out '"doc":"good.txt","start":0,"end":5,"context":"Fine."'
has err 'bad.txt:3: byte 22'
chunk 2 good.txt missing.txt
check 'out is empty' [ ! -s out ]
has err missing.txt
chunk 2 .
check 'out is empty' [ ! -s out ]

begin options
printf 'One. Two. Three.' > in
chunk 0 --size 10 --min 0
equal "$(lines out)" 2 chunks
chunk 0 --size 12 --min 0 --overlap 5
has out '"start":0,"end":9,"context":"One. Two."'
has out '"start":5,"end":16,"context":"Two. Three."'
chunk 2 --size 0
chunk 2 --size 10 --min 11
has err '--min'
chunk 2 --overlap 500
chunk 2 --by word
chunk 2 --size 1000001
chunk 2 --model m
chunk 0 --help
has out 'usage: ac-chunk'
chunk 0 -o file
check 'out is empty' [ ! -s out ]
has file '"context":"One. Two. Three."'
chunk 74 -o /dev/full
printf 'One. Two.' > in
chunk 0 --by char --size 3
equal "$(lines out)" 3 'chunks of three characters'

begin df
printf 'The dog ran. A dog sat.\n\nDogs run. 中文\n' > in
chunk 0 --min 5 --size 30 --df table
printf '2\ndog\t1\ndogs\t1\nran\t1\nrun\t1\nsat\t1\n中\t1\n中文\t1\n文\t1\n' > want
same table want

# What comes in pieces is cut as what comes whole.
begin pieces
i=0
while [ $i -lt 300 ]; do
	echo "Sentence number $i of Dr. Who, e.g. this one. And more!"
	[ $((i % 7)) -eq 0 ] && echo
	[ $((i % 31)) -eq 0 ] && echo "# Head $i"
	i=$((i + 1))
done > in.md
chunk 0 --dropped d1 in.md
sed 's/"doc":"in.md"/"doc":"-"/' out > want
dd if=in.md bs=37 2>/dev/null | ac-chunk --format markdown --dropped d2 > out
same out want
sed 's/"doc":"in.md"/"doc":"-"/' d1 > d3
same d2 d3

# Real text: all of it is there, and no more.
begin real
if [ -r "$data/en-wiki-nq.ndjson" ] && command -v jq > /dev/null; then
	for lang in en-wiki-nq zh-wiki-cmrc-trial; do
		jq -r .text "$data/$lang.ndjson" > all.txt
		chunk 0 --size 300 --min 60 all.txt
		jq -r .context out | tr -d ' \n' > got
		tr -d ' \n' < all.txt > want
		same got want
		over=$(jq '.context | length | select(. > 300)' out | wc -l)
		equal "$over" 0 'chunks over the size'
		jq -c '[.start, .end, (.context | utf8bytelength)] |
		    select(.[1] - .[0] != .[2])' out > wrong
		check 'spans are lengths' [ ! -s wrong ]
	done
else
	skip 'no data folder, or no jq'
fi

finish
