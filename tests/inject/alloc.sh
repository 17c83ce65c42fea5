#!/bin/sh
# alloc.sh [NAME...]: the short runs of that name, else all.
# Each allocation of a short run of every command fails once: the run ends
# by itself, with all of its output or with a code and a message, and no line
# is lost without a word.  STEP: every how many are tried; `make check-inject`
# tries all.  libcurl's and OpenSSL's own always work, as they are not ours:
# their number depends on the timing (of all of them 553 in 593 did no harm,
# and none did more than ours do).
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
. "$top/tests/inject/inject.inc"
start
spared=libcurl,libssl,libcrypto
case=library
build_library || finish
make_data

# all_there: no line is missing; a node that fails is not split.
all_there() {
	rest="failed kept.part"
	# ac-dedup writes no more than what it keeps; ac-check drops in place.
	[ $name != check ] || rest=dropped
	whole out && [ "$(cat out $rest 2> /dev/null | wc -l)" -ge \
	    "$(case $name in
	    rewrite|embed) lines "$data/contexts" ;;
	    check) lines "$data/gated" ;;
	    *) lines want ;;
	    esac)" ]
}

# judge NAME N: what the run came to is one of the things it may come to.
judge() {
	case $code in
	0)	as_wanted && return
		# A reply that could not be read was asked for again.
		[ $(($(asked) - before)) -gt "$requests" ] && whole out &&
		    ! grep -q '"error"' out && again=$((again + 1)) && return
		bad "$1 $2: exit 0 and another output" ;;
	1|75|76|77) said && all_there && return
		bad "$1 $2: exit $code, lines lost or nothing said" ;;
	70|74)	said && prefix && return
		bad "$1 $2: exit $code, torn output or nothing said" ;;
	2)	grep -q memory err && [ ! -s out ] && return
		bad "$1 $2: exit 2"
		show err ;;
	124)	bad "$1 $2: does not end" ;;
	*)	bad "$1 $2: exit $code"
		show err ;;
	esac
}

for name in ${*:-$shorts}; do
	begin $name
	server -T 3000
	undisturbed $name
	requests=$(asked)
	all=$(count alloc)
	step=${STEP:-$((all / 30 + 1))}
	n=1 tried=0 again=0
	while [ $n -le $all ]; do
		rm -rf cache failed kept* dropped
		before=$(asked)
		disturbed $name alloc:$n:ENOMEM
		judge $name $n
		n=$((n + step))
		tried=$((tried + 1))
	done
	check "some were tried" test $tried -gt 10
	echo "$test: $name: $tried of $all allocations failed, $again replies" \
	    "asked for again"
done
finish
