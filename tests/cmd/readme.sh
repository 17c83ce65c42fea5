#!/bin/sh
# The tour of README.md, run as it stands there: lines after `$ ` are typed
# (`> ` goes on), the others are what must come out.  The model's replies are
# the recorded ones.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
command -v jq > /dev/null || { case=tour; skip "no jq"; finish; }

AC_CACHE=$top/tests/recording/cache AC_CACHE_NS=demo AC_SEED=1
AC_MAX_TOKENS=160 AC_MODEL=SmolLM2-135M-Instruct
AC_BASE_URL=http://127.0.0.1:9/v1
export AC_CACHE AC_CACHE_NS AC_SEED AC_MAX_TOKENS AC_MODEL AC_BASE_URL
export LC_ALL=C.UTF-8
mkdir "$work/tour" && cd "$work/tour" && ln -s "$top/examples" examples

# step: runs what has been read and compares.
step() {
	[ -n "$typed" ] || return 0
	case=$(echo "$typed" | head -1 | cut -c1-40)
	(eval "$typed") > ../got 2>&1
	same ../want ../got
	typed=
	: > ../want
}

typed= inside=
while IFS= read -r line; do
	case $line in
	'```console') inside=1 ;;
	'```') step; inside= ;;
	'$ '*)	[ -n "$inside" ] || continue
		step
		typed=${line#'$ '} ;;
	'> '*)	[ -n "$inside" ] || continue
		typed="$typed
${line#'> '}" ;;
	*)	[ -z "$inside" ] || printf '%s\n' "$line" >> ../want ;;
	esac
	[ -e ../want ] || : > ../want
done < "$top/README.md"
case=tour
check "README.md has a tour" test $((passed + failed)) -gt 6
finish
