#!/bin/sh
# What `ac-dedup --measure cosine` drops that ROUGE-L keeps, and the reverse,
# by the model that $AC_BASE_URL and $AC_MODEL name, else the demo's: on pairs
# of questions written for it (paraphrases.ndjson: the same in other words, or
# another question in the same words), and on real ones.
# usage: cosine.sh [QUESTIONS]	(1500 of questions-squad-dev.txt)
set -eu
cd "$(dirname "$0")/../.."
PATH=$PWD/bin:$PATH
data=${AC_TEST_DATA:-../shared/data}
. tests/bench/demo-model.sh
tmp=$(mktemp -d)
trap 'stop_server; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
ask_demo "$tmp/server" --embedding

# dedup MEASURE OPTION...: what is dropped, to $tmp/MEASURE.
dedup() {
	to=$tmp/$1
	shift
	ac-dedup -q --dropped "$to" "$@" > /dev/null
}

# Each pair is a root; at such a threshold its second question is dropped.
jq -c '{root: "p\(input_line_number)", question: .a, score: 1, same},
    {root: "p\(input_line_number)", question: .b, score: 0, same}' \
    tests/bench/paraphrases.ndjson > "$tmp/pairs"
dedup cosine --measure cosine --embed --threshold 0.000001 "$tmp/pairs"
dedup rouge --threshold 0.000001 "$tmp/pairs"
echo "$AC_MODEL"
echo "| pairs of one meaning against others | ranked right (AUC) | best threshold | right there |"
echo "| --- | --- | --- | --- |"
for m in cosine rouge; do
	jq -rs --arg m $m --slurpfile pairs "$tmp/pairs" '
		(map({(.root): .dropped[$m]}) | add) as $x |
		[$pairs[] | select(.score == 1) |
		    {x: ($x[.root] // 0), same}] |
		[.[] | select(.same)] as $s | [.[] | select(.same | not)] as $o |
		([$s[] as $a | $o[] as $b | if $a.x > $b.x then 1
		    elif $a.x == $b.x then 0.5 else 0 end] |
		    add / length) as $auc |
		. as $all | [$all[].x] | unique | map(. as $t |
		    {t: $t, n: ([$all[] | select((.x >= $t) == .same)] |
		    length)}) | max_by(.n) |
		"| \($m) | \($auc * 1000 | round / 1000) | \(.t * 1000 |
		    round / 1000) | \(.n) of \($all | length) |"' "$tmp/$m"
done

[ -r "$data/questions-squad-dev.txt" ] || exit 0
head -n "${1:-1500}" "$data/questions-squad-dev.txt" |
    jq -Rc '{id: input_line_number, question: .}' > "$tmp/real"
dedup rouge --scope all --threshold 0.7 "$tmp/real"
n=$(wc -l < "$tmp/rouge")
echo
echo "| $(wc -l < "$tmp/real") real questions | dropped | by ROUGE-L F 0.7, too |"
echo "| --- | --- | --- |"
echo "| rouge 0.7 | $n | $n |"
for t in 0.999 0.995 0.99 0.98 0.95 0.9; do
	dedup cosine --measure cosine --embed --scope all --threshold $t \
	    "$tmp/real"
	jq -r .id "$tmp/rouge" | sort > "$tmp/a"
	jq -r .id "$tmp/cosine" | sort > "$tmp/b"
	echo "| cosine $t | $(wc -l < "$tmp/b") | $(comm -12 "$tmp/a" "$tmp/b" |
	    wc -l) |"
done
