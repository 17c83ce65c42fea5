#!/bin/sh
# The manual pages: their form, their OPTIONS, and all their EXAMPLES run.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

begin lint
if command -v mandoc > /dev/null; then
	for page in "$top"/man/*.[157]; do
		mandoc -Tlint -W warning "$page" > out 2>&1
		check "$page is clean" [ ! -s out ]
		show out
		# Dq takes all of its line: a second one is a quote in a quote.
		mandoc -Tutf8 "$page" | tr '\n' ' ' |
		    LC_ALL=C.UTF-8 grep -oE '“[^”]*“.{20}' > out || :
		check "$page has no quote in a quote" [ ! -s out ]
		show out
	done
else
	skip "no mandoc"
fi

begin pages
for program in "$top"/bin/ac-*; do
	name=$(basename "$program")
	check "there is $name(1)" [ -f "$top/man/$name.1" ]
done
# Pages of ours that others speak of.
sed -n 's/^\.Xr \(ac-[a-z-]*\|augcon\) \([157]\).*/\1.\2/p' \
    "$top"/man/*.[157] | sort -u > named
while read -r page; do
	check "there is $page" [ -f "$top/man/$page" ]
done < named

begin options
run 0 sh "$top/man/sync.sh" -c
show out

# One configuration file serves all commands: the settings of the others are
# no mistakes (lib/base/optnames.h).
begin config
for program in "$top"/bin/ac-*; do
	"$program" --no-config --print-config
done | sed 's/ = .*//' | sort -u > all
for program in "$top"/bin/ac-*; do
	"$program" --no-config --print-config | sed 's/ = .*//' | sort > own
	comm -23 all own | sed 's/$/ = x/' > conf
	run 0 "$program" --config conf --print-config
done

# The closed list of error codes is the one in the page.
begin codes
sed -n 's/.*{ "\([a-z_]*\)", "[a-z ,].*" },.*/\1/p' \
    "$top/lib/llm/outcome.c" > codes
check 'codes are found in the source' [ "$(lines codes)" -ge 15 ]
while read -r code; do
	has "$top/man/ac-record.5" ".It Li $code"
done < codes

# blocks PAGE SECTION...: the literal blocks of these sections as one script.
blocks() {
	page=$1
	shift
	for section; do echo "$section"; done > sections
	awk '
		FILENAME == "sections" { wanted[$0] = 1; next }
		/^\.Sh / { on = substr($0, 5) in wanted; next }
		/^\.Ed/ && block { block = 0; next }
		/^\.Dl / && on { print substr($0, 5); next }
		/^\.Bd -literal/ && on {
			block = 1
			print "echo", FNR, "> line"
			next
		}
		block
	' sections "$page" | sed -e 's/\\e/\\/g' -e 's/\\&//g' \
	    -e 's/\\(dq/"/g' -e "s,http://127.0.0.1:8080/v1,$AC_BASE_URL,"
}

# works NAME SECTION...: they run in a folder with files of the usual names.
works() {
	name=$1
	shift
	begin "$name"
	cp -r "$work/files/"* .
	blocks "$top/man/$name" "$@" > script
	check 'there are examples' [ -s script ]
	if ! command -v parallel > /dev/null; then
		grep -q '^parallel ' script && skip 'no parallel'
		sed '/^parallel /d' script > less && mv less script
	fi
	if sh -eu script < /dev/null > out 2> err; then ok; else
		bad "exit $? in the block of line $(cat line)"
		show err
	fi
	# What fails on the left of a pipe fails without an exit status.
	lacks err "Try '"
}

begin files
if ! command -v jq > /dev/null; then
	skip "no jq: the examples need it"
	finish
fi
server
cat > book.txt <<'END'
The sea rises and falls twice a day. The moon pulls the water towards itself,
and a bulge forms below it. A second bulge forms on the far side of the earth.
As the earth turns, each coast passes through both bulges.

Rye dough is sour because bacteria live in it beside the yeast. The acid keeps
the bread from going mouldy. Wheat dough needs no acid, and is baked within a
day. A baker keeps a piece of the sour dough for the next morning.
END
{ echo '# Tides and bread'; echo; cat book.txt; } > manual.md
jq -Rsc '{body: .}' book.txt > pages.ndjson
mkdir docs && cp book.txt docs
ac-chunk --df df.txt book.txt > chunks.ndjson
ac-split chunks.ndjson > tree.ndjson
ac-ask --samples 2 tree.ndjson > asked.ndjson
ac-ask --negative instr,both chunks.ndjson > pairs.ndjson
ac-train-scorer -q -o scorer.txt pairs.ndjson
ac-score -S scorer.txt asked.ndjson > scored.ndjson
ac-dedup -q --quota 35 scored.ndjson > kept.ndjson
ac-answer kept.ndjson > answered.ndjson
check 'the pipeline ends in answers' [ -s answered.ndjson ]
# Joins need more than one document.
jq -c '.doc = "\(.start % 2)"' chunks.ndjson > other && mv other chunks.ndjson
# As people would have written them.
contexts 12 | jq -c '. + {question: "What was sold, \(.id)?",
    answer: "The \(.context | split(" ")[3])."}' > humans.ndjson

for page in "$top"/man/*.[15]; do
	works "$(basename "$page")" EXAMPLES
done

# The overview's tour and recipes; its cache is the user's.
unset AC_CACHE
works augcon.7 DESCRIPTION CACHE 'EXIT STATUS' \
    'MANY PROCESSES, MANY MACHINES' EXAMPLES
check 'the tour ends in training data' [ -s train.jsonl ]
check 'every shard was asked about' [ -s shard.aa.asked ]

begin make
if command -v make > /dev/null; then
	cp "$work/files/book.txt" .
	blocks "$top/man/augcon.7" MAKEFILES | sed '/^echo [0-9]/d' > Makefile
	mkdir prompts
	printf -- '--- user\n{{context}}\n' > prompts/ask.txt
	echo 'model = m' > ac.conf
	run 0 make
	check 'make asks' [ -s asked.ndjson ]
	check 'make is content' make -q
else
	skip "no make"
fi

finish
