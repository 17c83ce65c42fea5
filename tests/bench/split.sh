#!/bin/sh
# Prints how often each mode that needs no model cuts where two passages were
# joined (tests/bench/split.c says how joins are made).
# usage: split.sh [JOINS]
# Texts: $AC_TEST_DATA, or ../shared/data; programs: $B/bench, or build/bench.
set -eu
joins=${1:-1000}
data=${AC_TEST_DATA:-../shared/data}
split=${B:-build}/bench/split
tab=$(printf '\t')

if ! [ -r "$data/en-wiki-nq.ndjson" ]; then
	echo "bench-split: skipped, $data has no en-wiki-nq.ndjson"
	exit 0
fi

# row LANGUAGE SENTENCES FILE
row() {
	"$split" -n "$joins" -k "$2" "$3" | {
		IFS=$tab read -r _ n chance middle plain weighted unseen
		echo "| $1, $2 sentences | $n | $chance | $middle |" \
		    "$plain | $weighted | $unseen |"
	}
}

echo "| joins | number | chance | middle | cohesion | with table | no unit |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for k in 1-4 2-6; do
	row English $k "$data/en-wiki-nq.ndjson"
	row Chinese $k "$data/zh-wiki-cmrc-trial.ndjson"
done
