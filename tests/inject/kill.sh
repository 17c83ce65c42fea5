#!/bin/sh
# kill -9 at twenty moments of a run over 2,000 records, and of a search of
# some 2,000 calls, each time the same command again: in the end the output is
# the undisturbed one, and no reply that was there in full was asked for again.
# SEED chooses the moments.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
KILLS=20 JOBS=8
contexts 2000 > "$work/in"
humans 32 > "$work/people"

# moments: one a line, seconds; short ones too, that hit the start.
moments() {
	awk -v n=$KILLS -v seed="${SEED:-4}" 'BEGIN {
		srand(seed)
		while (n-- > 0)
			printf "%.3f\n", 0.01 + 0.45 * rand() * rand()
	}'
}

# go: the command, to a file of its own or to the shell's.
go() {
	case $how in
	file)	exec ac-ask -j $JOBS --cache cache -o out "$work/in" ;;
	stdout)	exec ac-ask -j $JOBS --cache cache < "$work/in" > out ;;
	search)	exec ac-tune -q -j $JOBS --trials 43 --cache cache -o out \
		    "$work/people" ;;
	esac
}

# settle: what was on its way when the client died comes to the log, too.
settle() {
	seen=
	while [ "$seen" != "$(asked)" ]; do
		seen=$(asked)
		sleep 0.1
	done
}

# asked_again: runs and bodies of the log as "KILL N": after that kill so
# many bodies were asked for again which were last asked for before it.  `0`
# stands for a body that one run asked for twice.
asked_again() {
	awk -v ends="$*" 'BEGIN { k = split(ends, end, " ") }
	{
		run = 1
		while (run <= k && NR > end[run])
			run++
		match($0, /"body":"[^"]*"/)
		body = substr($0, RSTART, RLENGTH)
		if (body in last)
			again[last[body] == run ? 0 : last[body]]++
		last[body] = run
	}
	END { for (r in again) print r, again[r] }' "$log"
}

for how in file stdout search; do
	begin $how
	server
	(go) 2> err
	equal $? 0 "exit of the undisturbed run"
	mv out want
	all=$(asked)
	rm -rf cache
	server -d 10-40
	ends= killed=0
	for t in $(moments); do
		go 2> err &
		pid=$!
		sleep "$t"
		kill -9 $pid 2> /dev/null
		wait $pid 2> /dev/null
		[ $? -eq 137 ] && killed=$((killed + 1))
		if [ $how = stdout ]; then
			check "a prefix after $t s" sh -c \
			    'head -c $(wc -c < out) want | cmp -s - out'
		else
			check "no file yet" test ! -e out
		fi
		settle
		ends="$ends $(asked)"
	done
	check "$killed of $KILLS were killed" test $killed -ge $((KILLS - 2))
	(go) 2> err
	equal $? 0 "exit of the last run"
	same out want
	check "no part" test ! -e out.part
	asked_again $ends > again
	check "no kill costs more than $JOBS: $(sort -n again | tr '\n' ';')" \
	    awk -v j=$JOBS '$1 == 0 || $2 > j { exit 1 }' again
	check "requests: $(asked)" test "$(asked)" -le \
	    $((all + killed * JOBS))
	check "each was asked about" test "$(asked)" -ge $all
	# A later run sends nothing.
	before=$(asked)
	(go) 2> err
	equal "$(($(asked) - before))" 0 "requests of a further run"
	same out want
	check "few pieces are left" test \
	    "$(find cache -name '.new*' | wc -l)" -le $killed
	echo "$test: $how: $killed kills, $(asked) requests for $all"
done
finish
