#!/bin/sh
# Every input of the corpus, and a second of seeded changes of them, through
# each fuzz target.  `make fuzz` goes on from there.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

for dir in "$top"/tests/fuzz/corpus/*/; do
	name=$(basename "$dir")
	begin "$name"
	check "the target" test -x "$top/build/fuzz/$name"
	run 0 env TMPDIR=. "$top/build/fuzz/$name" -t 1 -s 7 "$dir"
	lacks out ': 0 inputs'
	[ ! -e crash-"$name" ] || cp crash-"$name" "$top/build"
done
begin size
equal "$(($(cat "$top"/tests/fuzz/corpus/*/* | wc -c) <= 100000))" 1 \
    "corpus of at most 100 kB"
finish
