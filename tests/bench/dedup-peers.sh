#!/bin/sh
# dedup-peers.sh [en|zh...]: ac-dedup beside what one finds in Python, on the
# same questions in one run (dedup-peers.py says what is measured): those of
# questions-grow.c, with F > 0.7 over all.  Figures, no verdict.
#
#	N=N		questions (100000)
#	LIMIT=N		seconds for each loop (60)
#
# A loop compares all pairs, so it is stopped, and what all questions would
# take is worked out: time goes with the square.  Of what it got to visit,
# the last column says how often it decides as ac-dedup does with the same
# tokens; of MinHash, which finds other pairs, how many of the questions that
# are too close it drops (recall), and how many of those it drops are too
# close (precision), by exact decisions.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
data=${AC_TEST_DATA:-$top/../shared/data}
. "$top/tests/bench/measure.sh"
at_client=
TMPDIR=$work
export TMPDIR
grow=${N:-100000} seconds=${LIMIT:-60}
python=$top/build/dedup-peers/bin/python

[ -r "$data/questions-squad-dev.txt" ] || {
	echo "$0: skipped: no $data/questions-squad-dev.txt"
	exit
}

# The packages, in a folder of their own.
install() {
	python3 -c 'import venv, ensurepip' 2>/dev/null || return
	[ -x "$python" ] || python3 -m venv "$top/build/dedup-peers" || return
	"$python" -m pip install -q --no-deps \
	    -r tests/bench/dedup-peers-requirements.txt >"$work/pip" 2>&1 ||
	    "$python" -c 'import jieba, rapidfuzz, datasketch, rouge_score,
rouge_chinese' 2>/dev/null
}

install || {
	echo "$0: skipped: no pip, or no packages"
	tail -2 "$work/pip" 2>/dev/null || :
	exit
}

peers() {
	"$python" tests/bench/dedup-peers.py "$@"
}

questions() {
	if [ "$1" = en ]; then
		questions-grow -n "$grow" "$data/questions-squad-dev.txt"
		return
	fi
	jq -r '.qas[].question' "$data/zh-wiki-cmrc-trial.ndjson" >"$work/zh"
	jq -r .text "$data/zh-wiki-cmrc-trial.ndjson" >"$work/zh.text"
	questions-grow -c -n "$grow" -m "$work/zh.text" "$work/zh"
}

# ours NAME FILE OPTION...: ac-dedup; the ids it keeps are in NAME.kept.
ours() {
	name=$1 file=$2 i=0
	shift 2
	while [ $i -lt "$runs" ]; do
		cost "$name" ac-dedup --scope all --threshold 0.7 "$@" "$file"
		i=$((i + 1))
	done
	jq -r .id "$work/out" >"$work/$name.kept"
}

# agreement KEPT NAME: of a peer's decisions with ac-dedup's.
agreement() {
	awk 'NR == FNR { kept[$1] = 1; next }
	    { n++; same += $2 == ($1 in kept) }
	    END { printf "%d of %d decisions\n", same, n }' \
	    "$work/$2.kept" "$1"
}

recall() {
	awk 'NR == FNR { kept[$1] = 1; next }
	    { close_ = !($1 in kept); all += close_; said += !$2
	      both += close_ && !$2 }
	    END { printf "recall %.3f, precision %.3f\n", both / all,
		both / said }' "$work/$2.kept" "$1"
}

# loop WAY FILE NAME: a peer beside ac-dedup's result NAME.
loop() {
	# shellcheck disable=SC2046 # three numbers
	set -- "$1" "$3" $(peers "$1" "$seconds" "$work/decided" <"$2")
	awk -v w="$1" -v v="$3" -v p="$4" -v s="$5" -v n="$n" 'BEGIN {
		printf "%-11s %7d visited %8.2f s", w, v, s
		if (p > 0)
			printf " %7.2f us a pair", 1e6 * s / p
		else
			printf " %17s", ""
		if (v < n)
			printf "  all: %.1f hours (worked out)",
			    s * (n / v) ^ 2 / 3600
		printf "  "
	}'
	case $1 in
	lsh*)	recall "$work/decided" "$2" ;;
	*)	agreement "$work/decided" "$2" ;;
	esac
}

language() {
	questions "$1" | peers some >"$work/raw"
	n=$(wc -l <"$work/raw")
	peers tokens jieba <"$work/raw" >"$work/jieba"
	peers tokens words <"$work/raw" >"$work/words"
	echo "$1: $n questions, F > 0.7"
	loops='augcon.raw.jieba google.raw.google rapidfuzz.raw.words
	    lsh-0.7.raw.words lsh-0.54.raw.words'
	rm -f "$work"/*.cost
	ours unicode "$work/raw"
	ours jieba "$work/jieba" --tokens space
	ours words "$work/words" --tokens space
	ours google "$work/raw" --tokens google
	printf '%-11s %7d visited %8.2f s, %.0f MB, %d kept\n' ac-dedup \
	    "$n" "$(median "$work/unicode.cost" '$1')" \
	    "$(median "$work/unicode.cost" '$3/1000')" \
	    "$(wc -l <"$work/unicode.kept")"
	for l in $loops; do
		tokens=${l##*.} rest=${l%.*}
		# Without Latin letters nothing is left for this one.
		[ "$1 $tokens" = 'zh google' ] ||
			loop "${rest%.*}" "$work/${rest##*.}" "$tokens"
	done
}

printf '%s cores, %s, load %s\n' "$(nproc)" "$(uname -sr)" \
    "$(cut -d' ' -f1 /proc/loadavg)"
"$python" - <<'END'
import sys
from importlib.metadata import version
print("Python %s" % sys.version.split()[0], *("%s %s" % (p, version(p))
      for p in ("rouge-chinese", "jieba", "rouge_score", "rapidfuzz",
                "datasketch")), sep=", ")
END
[ $# -gt 0 ] || set -- en zh
for l; do
	language "$l"
done
