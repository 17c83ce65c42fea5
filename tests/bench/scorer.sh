#!/bin/sh
# The scorer on real questions: trained on one part of the documents,
# measured on others, English and Chinese (scorer-pairs.py says how the pairs
# are made).  The features were chosen on the parts train and dev; test took
# no part.  Needs python3 and the data folder; liblinear where it is.
# usage: scorer.sh [BIN [DATA]]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=${1:-$here/../../bin}
data=${2:-${AC_TEST_DATA:-$here/../../../shared/data}}
if [ ! -r "$data/en-wiki-nq.ndjson" ]; then
	echo "bench-scorer: skipped, no data folder (AC_TEST_DATA=DIR)"
	exit 0
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

for lang in en zh; do
	for part in train dev test all; do
		python3 "$here/scorer-pairs.py" $lang $part "$data" \
			> "$tmp/$lang-$part.ndjson"
	done
	"$bin/ac-train-scorer" -o "$tmp/$lang.txt" "$tmp/$lang-train.ndjson"
done

# figures NAME SCORER PAIRS
figures() {
	"$bin/ac-score" -S "$tmp/$2.txt" -o "$tmp/scored" "$tmp/$3.ndjson"
	python3 "$here/scorer-figures.py" "$1" "$tmp/scored"
}

echo "| trained on, tested on | near | other | generic | corrupted | copied" \
	"| mean | worst | near, same length | pairs |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
figures "English, English dev" en en-dev
figures "English, English test" en en-test
figures "English, Chinese (all)" en zh-all
figures "English, Chinese test" en zh-test
figures "Chinese, Chinese test" zh zh-test
figures "Chinese, English test" zh en-test

python3 "$here/scorer-oracle.py" "$bin/ac-score" "$tmp/en.txt" \
	"$tmp/en-train.ndjson"
