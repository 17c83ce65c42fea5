#!/bin/sh
# L6: every input line but an empty one is on stdout, in --errors or in
# --dropped, exactly once.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer
server

# Good records, odd ones, bad lines and empty ones, the last line torn.
mixture() {
	input "$1" 30 | awk '
	NR % 10 == 4 { sub(/"context":"/, "&@@refusal@@ ") }
	NR % 6 == 2 { print ""; print " \t" }
	NR % 6 == 3 { printf "{\"cut\":\"%d\n", NR; print "[" NR ",{}]"; print NR }
	NR % 6 == 4 { printf "{\"id\":\"no%d\"}\n{\"context\":[],\"question\":%d}\n", NR, NR }
	NR % 6 == 5 { printf "{\"id\":\"x%d\",\"error\":{\"by\":\"other\"}}\n", NR }
	{ print }'
	printf '{"k":"\377"}\n"torn'
}

# back FILE...: the lines as they came in, one a line.
back() {
	{
		grep -ah '"raw":"' "$@" | jq -r .raw
		grep -ah '"raw64":"' "$@" | sed 's/.*/{"k":"X"}/' |
		    tr X '\377'
		grep -ahv '"raw\(64\)\{0,1\}":"' "$@"
	} | sed -E -e 's/,"error":\{"by":"ac-[^}]*\}//' \
	    -e 's/,"dropped":\{[^}]*\}//' \
	    -e 's/,"(question|answer)":"(What about|Answer|关于|回答)[^"]*"\}$/}/' \
	    -e 's/,"score":[-0-9.e+]*\}$/}/' \
	    -e 's/(,"root":"[^"]*")?,"state":"[a-z]*","depth":0(,"why":"[a-z]*")?(,"question":"(What|关于)[^"]*")?\}$/}/'
}

for f in ask answer score cut rewrite cohesion middle quota dedup; do
	begin $f
	mixture $f > in
	grep -av '^[[:space:]]*$' in | sort > want
	tail -c 1 want | od -c | grep -q '\\n' || echo >> want
	more=
	[ $f = dedup ] && more='--dropped dropped --threshold 0.6'
	: > dropped
	filter $f $more --max-errors 100% < in > out 2> err
	equal $? 0 "exit"
	cp out inband
	: > errors
	# Children and further trees are new lines.
	back out dropped | grep -av '"depth":[1-9]' |
	    grep -av '"id":"[^"]*~' | sort > got
	same got want
	filter $f $more --max-errors 100% -e errors < in > out 2> err
	equal $? 0 "exit with --errors"
	back out dropped errors | grep -av '"depth":[1-9]' |
	    grep -av '"id":"[^"]*~' | sort > got
	same got want
	lacks out '"error":{"by":"ac-'
	grep -c '"error":{"by":"ac-' errors > n
	equal "$(cat n)" "$(lines errors)" "lines with an error of ours"
	sort out errors > a
	sort inband > b
	[ $f = dedup ] || same a b
done

# 1:n filters: every line is there as itself or as its samples.
for f in samples negatives; do
	begin $f
	mixture $f > in
	run 0 filter $f --max-errors 100% -e errors
	cat out errors > all
	for i in $(sed -n 's/^{"id":"\([a-z]*[0-9]*\)".*/\1/p' in); do
		echo "$i $(grep -c "^{\"id\":\"$i[\"+!]" all)"
	done | awk '{ print $1 ~ /^r/ ? $2 : 1 }' | sort -u > n
	[ $f = samples ] && printf '1\n3\n' > want || printf '1\n4\n' > want
	same n want
	equal "$(grep -c '"raw' all)" "$(grep -ac '^{"cut\|^\[\|^[0-9]\|^{"k"\|^"' in)" "wrapped lines"
done

# Documents: what is in no chunk is in --dropped; together they are the
# document but for blank lines.
begin chunk
{
	echo '# Title'
	contexts 9 | sed 's/.*"context":"//; s/"}$//'
	printf '\n\n----\n\n* * *\n\nx\n\n'
	contexts 2 20 | sed 's/.*"context":"//; s/"}$//'
} > doc.md
for o in "" "--min 1 --size 60" "--size 300 --by paragraph" "--by line"; do
	run 0 ac-chunk $o --dropped dropped doc.md
	jq -j .context out > got
	jq -j '.context // .raw' dropped >> got
	tr -d '[:space:]' < got | fold -w 1 | sort > a
	tr -d '[:space:]' < doc.md | fold -w 1 | sort > b
	same a b
	cat out dropped | jq -r '"\(.start) \(.end)"' | sort -n |
	    awk '$1 < last { bad = 1 } { last = $2 } END { print bad + 0 }' > n
	equal "$(cat n)" 0 "overlap"
done
finish
