#!/bin/sh
# L2: output order is input order, children follow their parent at once;
# replies that come late or at a second try change nothing.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer

for f in $maps; do
	begin $f
	input $f 24 > in
	server
	AC_JOBS=1
	export AC_JOBS
	run 0 filter $f
	mv out want
	unset AC_JOBS
	# A negative's id sorts by its kind.
	jq -r '.id | sub("!.*"; "")' want > ids
	check "ids in pre-order" sort -c ids
	server -d 0-50 -r 3:429ms:10
	run 0 filter $f
	same out want
	calls $f || continue
	has "$log" '"do":"429ms:10"'
	# Without order the same lines come, each one whole.
	[ $f != verify ] || continue
	run 0 filter $f --unordered
	sort out > a
	sort want > b
	same a b
done
finish
