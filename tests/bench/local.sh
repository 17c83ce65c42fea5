#!/bin/sh
# local.sh: what the filters cost without a model: size, start-up, speed.
# Each figure is the median of five runs (RUNS=N), on this machine.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
PATH=$top/bin:$top/build/tests:$PATH
unset AC_CACHE_NS AC_SEED AC_KEY_FILE
runs=${RUNS:-5}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill $server; rm -rf "$work"' EXIT

# seconds COMMAND...: the median of some runs, user and system time apart.
seconds() {
	i=0
	while [ $i -lt "$runs" ]; do
		{ command time -f '%e' "$@" >/dev/null; } 2>&1 | tail -1
		i=$((i + 1))
	done | sort -n | sed -n "$((runs / 2 + 1))p"
}
# row WHAT UNITS COMMAND...: units a second.
row() {
	what=$1 units=$2
	shift 2
	s=$(seconds "$@")
	awk -v w="$what" -v u="$units" -v s="$s" 'BEGIN {
		printf "%-44s %8.2f s  %12.0f a second\n", w, s,
		    u / (s + 1e-9) }'
}

command -v time >/dev/null || { echo "local.sh: skipped: no time(1)"; exit; }
strip -o "$work/stripped" bin/augcon
printf '%-44s %8.0f kB stripped, all commands\n' size \
    "$(($(wc -c <"$work/stripped") / 1000))"

text=examples/demo/tides.md
i=0
while [ $i -lt 8000 ]; do cat $text; i=$((i + 1)); done >"$work/long.txt"
bytes=$(wc -c <"$work/long.txt")
cat >"$work/start.sh" <<'END'
i=0
while [ $i -lt 100 ]; do ac-score --version; i=$((i + 1)); done
END
row "starts of ac-score" 100 sh "$work/start.sh"
row "ac-chunk, bytes of text" "$bytes" ac-chunk "$work/long.txt"
ac-chunk "$work/long.txt" | head -n 20000 >"$work/chunks"
row "ac-split --by cohesion, chunks" 20000 \
    ac-split --by cohesion "$work/chunks"

acserver -u "$work/url" -T 300 &
server=$!
while [ ! -s "$work/url" ]; do sleep 0.1; done
AC_BASE_URL=$(cat "$work/url") AC_MODEL=m AC_CACHE=$work/cache
export AC_BASE_URL AC_MODEL AC_CACHE
awk '{ sub(/"context":"/, "&" NR " "); print }' "$work/chunks" >"$work/many"
row "ac-ask -j 64, no cache, a server of 0 ms" 20000 \
    ac-ask -j 64 --no-cache "$work/many"
ac-ask -j 64 "$work/many" >"$work/asked"
row "ac-ask, all from the cache" 20000 ac-ask "$work/many"

jq -c --slurpfile contexts tests/gates/contexts.ndjson '
    .context = (.of as $of | $contexts[] | select(.of == $of).context)' \
    tests/gates/cases.ndjson >"$work/case"
i=0
while [ $i -lt 100 ]; do cat "$work/case"; i=$((i + 1)); done >"$work/cases"
row "ac-check, questions and answers" 54200 ac-check "$work/cases"
# So that no context comes twice in a row; 7919 is prime.
awk '{ print NR * 7919 % 542 " " $0 }' "$work/case" | sort -n |
    cut -d ' ' -f 2- >"$work/mixed"
i=0
while [ $i -lt 100 ]; do cat "$work/mixed"; i=$((i + 1)); done >"$work/cases"
row "ac-check, each of another context" 54200 ac-check "$work/cases"

data=${AC_TEST_DATA:-$top/../shared/data}/questions-squad-dev.txt
if [ -r "$data" ]; then
	jq -R -c '{question: ., root: (input_line_number / 60 | floor |
	    tostring), score: (length % 17)}' "$data" >"$work/questions"
	n=$(wc -l <"$work/questions")
	row "ac-dedup, real questions, roots of 60" "$n" \
	    ac-dedup "$work/questions"
	row "ac-dedup --scope all, real questions" "$n" \
	    ac-dedup --scope all "$work/questions"
else
	echo "local.sh: skipped: no $data for ac-dedup"
fi
