#!/bin/sh
# L1: what a filter does not own keeps its bytes and its place; new members
# are appended.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer
server

# Odd but valid JSON before, between and behind what a filter reads: blanks,
# numbers that no double holds, a member twice, escapes, a raw DEL, nesting.
tab=$(printf '\t')
nest=$(awk 'BEGIN {
	for (i = 0; i < 300; i++) printf "[{\"a\":"
	printf "null"
	for (i = 0; i < 300; i++) printf "}]"
}')
head="{ ${tab}\"big\" : 123456789012345678901234567890 , \"e\":[1e2,1E+400,-0,-0.0e-0],"
tail=",\"twice\":1, \"twice\" : 2,\"\\u0074wice\":3,\"u\":\"\\u00e9\\/\\ud83d\\uDE00\\u2028\",\"\\ud800\":\"\\udc00 \\u0000\",
\"\":{\"\":$nest} ,\"del\":\"$(printf '\177')\" ${tab}}  "
tail=$(printf '%s' "$tail" | tr -d '\n')
printf '%s\n' "$head" > "$work/head"
printf '%s\n' "$tail" > "$work/tail"

# odd: puts a record's members between head and tail.
odd() {
	awk -v headfile="$work/head" -v tailfile="$work/tail" '
	BEGIN { getline h < headfile; getline t < tailfile }
	{ print h substr($0, 2, length($0) - 2) t }'
}

# unstrip FILE: removes what filters append, wherever it stands.
unstrip() {
	sed -E -e 's/,"(question|answer)":"[^"]*"(,"(sample|label)":[0-9]+)?}  $/}  /' \
	    -e 's/(,"root":"[^"]*")?,"state":"[a-z]*","depth":[0-9]*(,"why":"[a-z]*")?(,"question":"[^"]*")?}  $/}  /' \
	    -e 's/,"(sample|label)":[0-9]+(,"question":"[^"]*")}  $/}  /' \
	    -e 's/,"checks":\{("[a-z]+":("ok"|null|\{[^}]*\}),?)*\}\}  $/}  /' \
	    -e 's/,"score":[-0-9.e+]+}  $/}  /' "$1"
}

for f in ask answer check score cut rewrite cohesion middle quota dedup; do
	begin $f
	input $f 12 | odd > in
	case $f in
	dedup)	run 0 filter $f --dropped dropped --threshold 1
		sort in > want
		sed 's/,"dropped":{[^}]*}}  $/}  /' dropped | cat out - | sort > got ;;
	quota)	run 0 filter $f
		cp in want
		grep -v '^[^~]*"id":"[^"]*[.~]' out > roots
		unstrip roots > got ;;
	cut|rewrite|cohesion|middle)
		run 0 filter $f
		cp in want
		grep '"depth":0' out > roots
		unstrip roots > got ;;
	*)	run 0 filter $f
		cp in want
		unstrip out > got ;;
	esac
	same got want
	# Children and samples carry the user's members as they are.
	grep -cF -e "$head" out > n
	equal "$(cat n)" "$(lines out)" "lines with the user's first members"
	middle=${tail%$tab*}
	grep -cF -e "$middle" out > n
	equal "$(cat n)" "$(lines out)" "lines with the user's last members"
done

for f in samples negatives; do
	begin $f
	input $f 4 | odd > in
	run 0 filter $f
	grep -cF -e "$head" out > n
	equal "$(cat n)" "$(lines out)" "lines with the user's first members"
	grep -cF -e "${tail%$tab*}" out > n
	equal "$(cat n)" "$(lines out)" "lines with the user's last members"
done

# A member that is there is replaced where it stands, the rest stays.
begin in-place
contexts 1 | sed 's/^{\(.*\)}$/{"question" : null , \1,"error" :{"by":"ac-ask","code":"http"} , "z":1 }/' > in
run 0 ac-ask
sed 's/"question" : "What[^"]*" ,/"question" : null ,/
    s/ , "z":1/,"error" :{"by":"ac-ask","code":"http"}&/' out > got
same got in

# The record fails: only the error is new.
begin failed
contexts 1 | sed 's/"context":"/"context":"@@refusal@@ /' | odd > in
run 1 ac-ask
sed 's/,"error":{"by":"ac-ask","code":"refused","message":"[^"]*"}}  $/}  /' out > got
same got in
has out '"code":"refused"'
finish
