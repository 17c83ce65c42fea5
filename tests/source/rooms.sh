#!/bin/sh
# The directions of the house: calls go cmd -> augcon, llm -> rec -> text ->
# base and never back; one door a library; only cmd/ exits.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
cd "$top" || exit 1

# may ROOM: the rooms that its files may include.
may() {
	case $1 in
	base)	echo base ;;
	text)	echo base text ;;
	rec)	echo base text rec ;;
	augcon)	echo base text augcon ;;
	llm)	echo base text rec llm ;;
	esac
}

for room in base text rec augcon llm; do
	case=$room
	for f in lib/$room/*.[ch]; do
		wrong=
		for to in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$f"); do
			case " $(may $room) " in
			*" $to "*) ;;
			*) wrong="$wrong $to" ;;
			esac
		done
		equal "$wrong" "" "$f includes from"
	done
done

# door LIBRARY FILE: no other file includes it.
door() {
	case=$1
	equal "$(grep -lE "^#include <$1" lib/*/*.[ch] cmd/*.[ch] |
	    tr '\n' ' ')" "$2 " "the door to $1"
}
door utf8proc lib/text/uni.c
door cjson/ lib/rec/doc.c
door curl/ lib/llm/http_curl.h

case=exits
equal "$(grep -lE '(^|[^a-z_])(die|die_usage|die_quietly|exit|_exit|abort)\(' \
    lib/*/*.c | grep -v '^lib/base/die\.c$' | tr '\n' ' ')" "" \
    "library files that exit"

case=columns
wide=
for f in lib/*/*.[ch] cmd/*.[ch] tests/*/*.[ch]; do
	n=$(expand "$f" | LC_ALL=C.UTF-8 grep -nE '^.{81}' | cut -d: -f1)
	wide="$wide${n:+$f:$n }"
done
equal "$wide" "" "lines of more than 80 columns"

case=banned
equal "$(grep -nE '(^|[^a-z_])(sprintf|strcpy|strcat|strtok|atoi|atof|gets)\(' \
    lib/*/*.[ch] cmd/*.[ch] | tr '\n' ' ')" "" "banned functions"

case=pure
does='stdio|unistd|fcntl|time|sys/.*|signal|poll'
equal "$(grep -lE "^#include <($does)\.h>" lib/augcon/*.[ch] |
    tr '\n' ' ')" "" "files of lib/augcon that do I/O"
finish
