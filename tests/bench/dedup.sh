#!/bin/sh
# dedup.sh [PART...]: what ac-dedup takes, by the clock, of the processor and
# in memory, on questions grown from real ones (questions-grow.c says how);
# figures, no verdict.  Parts: all, measures, chinese, root, reading, odd;
# all of them without.  Texts: $AC_TEST_DATA, or ../shared/data, skipped
# without.  Two gigabytes of $TMPDIR are used and given back.
#
#	RUNS=N	runs of each, of which the median counts (3)
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
data=${AC_TEST_DATA:-$top/../shared/data}
RUNS=${RUNS:-3}
. "$top/tests/bench/measure.sh"
at_client=			# both cores
TMPDIR=$work
export TMPDIR

[ -r "$data/questions-squad-dev.txt" ] || {
	echo "$0: skipped: no $data/questions-squad-dev.txt"
	exit
}

# english N: a file of N questions.
english() {
	[ -e "$work/en.$1" ] || questions-grow -n "$1" \
	    "$data/questions-squad-dev.txt" >"$work/en.$1"
}

chinese() {
	[ -e "$work/zh.$1" ] && return
	jq -r '.qas[].question' "$data/zh-wiki-cmrc-trial.ndjson" \
	    >"$work/zh"
	jq -r .text "$data/zh-wiki-cmrc-trial.ndjson" >"$work/zh.text"
	questions-grow -c -n "$1" -m "$work/zh.text" "$work/zh" \
	    >"$work/zh.$1"
}

# row WHAT FILE OPTION...: ac-dedup on a file.
row() {
	what=$1 file=$2 i=0
	shift 2
	rm -f "$work/row.cost"
	while [ $i -lt "$runs" ]; do
		cost row ac-dedup "$@" "$file"
		i=$((i + 1))
	done
	printf '%-38s %7.2f s %7.2f s of CPU %6.0f MB %9d of %d kept\n' \
	    "$what" "$(median "$work/row.cost" '$1')" \
	    "$(median "$work/row.cost" '$2')" \
	    "$(median "$work/row.cost" '$3/1000')" \
	    "$(wc -l <"$work/out")" "$(wc -l <"$file")"
}

part_all() {
	english 145000
	english 1000000
	english 4000000
	for t in 1 2; do
		row "145,000, $t thread(s)" "$work/en.145000" --scope all \
		    --threads $t
		row "1 million, $t thread(s)" "$work/en.1000000" \
		    --scope all --threads $t
	done
	row "4 million, 2 threads" "$work/en.4000000" --scope all --threads 2
	rm -f "$work/en.4000000"
}

part_measures() {
	english 1000000
	row "1 million, F > 0.7, 2 threads" "$work/en.1000000" \
	    --scope all --threads 2 --threshold 0.7
	row "1 million, precision, 2 threads" "$work/en.1000000" \
	    --scope all --threads 2 --threshold 0.7 --measure precision
}

part_chinese() {
	chinese 1000000
	for t in 1 2; do
		row "1 million Chinese, $t thread(s)" "$work/zh.1000000" \
		    --scope all --threads $t
	done
}

# The selection alone, by phases.c.
part_root() {
	english 1000000
	row "1 million, roots of 60, 1 thread" "$work/en.1000000" --threads 1
	for t in 1 2; do
		phases -r "$runs" -t $t "$work/en.1000000" | jq -r '
		    "roots of 60, \(.questions / .select / 1e4 | floor / 100)" +
		    " million questions a second, '$t' thread(s), select alone"'
	done
}

part_reading() {
	english 1000000
	chinese 1000000
	for f in en zh; do
		phases -x -r "$runs" "$work/$f.1000000" | jq -r '
		    "reading, '$f': \(.mb / .read | floor) MB a second"'
	done
}

# words N SEED LINE: N questions, what LINE, a piece of awk, prints of each.
words() {
	awk -v n="$1" -v seed="$2" '
	    function word() { return "w" int(rand() * 20000) }
	    BEGIN {
		srand(seed)
		for (i = 0; i < n; i++) {
			printf "{\"id\":%d,\"question\":\"", i
			'"$3"'
			printf "\",\"score\":%.4f}\n", rand()
		}
	    }' >"$work/odd"
}

# Inputs made to be hard.
part_odd() {
	words 1000000 1 'printf "what is the name of the river in the town ?"'
	row "a million times the same" "$work/odd" --scope all --threads 2
	words 1000000 2 \
	    'printf "zq zx zj"; for (k = 0; k < 8; k++) printf " " word()'
	row "a million, the same rare beginning" "$work/odd" --scope all \
	    --threads 2
	words 200000 3 'for (k = i % 500; k >= 0; k--) printf "again "'
	row "one token, 1 to 500 times" "$work/odd" --scope all --threads 2
	row "the same, precision" "$work/odd" --scope all --threads 2 \
	    --measure precision
	for n in 1000 2000 4000; do
		words $n 4 'for (k = 0; k < 5000; k++) printf word() " "'
		row "$n of 5,000 tokens each" "$work/odd" --scope all \
		    --threads 2
	done
	# Nothing but L itself tells these apart: quadratic.
	for n in 5000 10000 20000; do
		words $n 5 'for (k = 0; k < 12; k++) a[k] = "t" k
			for (k = 11; k >= 0; k--) {
				j = int(rand() * (k + 1))
				printf a[j] " "
				a[j] = a[k]
			}'
		row "$n orders of 12 tokens" "$work/odd" --scope all \
		    --threads 2
	done
}

printf '%s cores, %s, load %s; medians of %s\n' "$(nproc)" "$(uname -sr)" \
    "$(cut -d' ' -f1 /proc/loadavg)" "$runs"
[ $# -gt 0 ] || set -- all measures chinese root reading odd
for part; do
	"part_$part"
done
