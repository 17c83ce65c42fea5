#!/bin/sh
# L5: `ac-split -d all` is `ac-split -d 1` again and again, to the byte; with
# nodes that fail too, and after they are healed.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start

# is_open: nodes of t are still to be split (the loop of augcon(7)).
is_open() {
	jq -c 'select((.state // "open") == "open" and (.error | not))' t |
	    grep -q .
}

# by_levels N OPTION...: in to t, N levels at a time.
by_levels() {
	levels=$1
	shift
	cp in t
	passes=0
	while is_open; do
		eval "$before"
		ac-split -q -d $levels --max-errors 100% -o t "$@" t ||
		    { bad "a pass ends with $?"; return; }
		passes=$((passes + 1))
		[ $passes -gt 40 ] && { bad "the loop does not end"; return; }
	done
}
before=:

# Some records have no id, some a place in a document, some odd members.
trees() {
	contexts "${1:-12}" | awk '
	NR % 5 == 2 { sub(/"id":"[^"]*",/, "") }
	NR % 4 == 1 { sub(/}$/, ",\"doc\":\"d\",\"start\":1000,\"x\":1e2}") }
	{ print }'
	echo '{"id":"short","context":"Too short."}'
	echo '{"id":"mid","state":"open","error":{"by":"ac-split","code":"http"},"context":"A first part of it, and a second one, and a third one that ends it."}'
}

for by in cut rewrite cohesion embed middle; do
	begin $by
	trees > in
	server
	run 0 ac-split --by $by
	mv out want
	check "trees of some depth" grep -q '"depth":3' want
	by_levels 1 --by $by
	same t want
	check "more than three passes" test $passes -gt 3
	by_levels 2 --by $by
	same t want
done

begin options
trees 6 > in
server
for o in "--max-depth 2" "--min-length 60" "--no-question" \
    "--seed 5 --provenance" "--by cohesion --min-length 40 --max-depth 3"; do
	run 0 ac-split $o
	mv out want
	by_levels 1 $o
	same t want
done

# A server anew for every pass: what fails is a function of the request.
faulty='server -r 25:500'
for by in cut rewrite; do
	begin failing-$by
	trees > in
	server
	run 0 ac-split --by $by
	mv out clean
	eval "$faulty"
	run 0 ac-split --by $by --retries 0 --give-up 1000 --max-errors 100%
	mv out want
	check "nodes below a root fail" \
	    grep -q '"state":"open".*"depth":[1-9].*"error"' want
	before=$faulty
	# A failed node is tried again by every pass and fails again.
	by_levels 1 --by $by --retries 0 --give-up 1000
	same t want
	before=:
	server
	cp want in
	run 0 ac-split --by $by
	same out clean
	sed 's/,"error":{[^}]*}//' t > in
	by_levels 1 --by $by
	same t clean
done
finish
