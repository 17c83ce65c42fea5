#!/bin/sh
# Asks more about the roots that have too few questions, and ends after a
# stated number of rounds.  A round scores and dedups what there is; roots
# that miss the quota get one more sample of every node.
# usage: topup.sh SCORER QUOTA ROUNDS ASKED > KEPT
# ac-ask takes endpoint and model from AC_BASE_URL and AC_MODEL.
scorer=$1 quota=$2 rounds=$3 asked=$4
dir=$(mktemp -d) || exit
trap 'rm -rf "$dir"' EXIT

cp "$asked" "$dir/all" || exit
k=$(jq -s 'map(.sample // 0) | (max // 0) + 1' "$dir/all") || exit
end=$((k + rounds))
while :; do
	ac-score -q -S "$scorer" -o "$dir/scored" "$dir/all" || exit
	ac-dedup -q --quota "$quota" --short "$dir/short" -o "$dir/kept" \
	    "$dir/scored" || exit
	[ -s "$dir/short" ] && [ "$k" -lt "$end" ] || break
	jq -c --slurpfile short "$dir/short" '
		INDEX($short[]; .root) as $short |
		select($short[.root // ""] and (.sample // 0) == 0) |
		del(.sample, .question, .score, .error)
	' "$dir/all" > "$dir/nodes" || exit
	ac-ask --samples 1 --first-sample "$k" --max-errors 100% \
	    -o "$dir/more" "$dir/nodes" || exit
	cat "$dir/more" >> "$dir/all" || exit
	k=$((k + 1))
done
if [ -s "$dir/short" ]; then
	echo "topup.sh: $(wc -l < "$dir/short") roots stay short" >&2
fi
cat "$dir/kept"
