#!/bin/sh
# Fault matrix, part G: process and pipe.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/faults/rows.inc"
. "$top/tests/faults/soak.inc"

# One cache for servers on other ports.
AC_CACHE_NS=test
export AC_CACHE_NS

# undisturbed N: in with N records, want with what becomes of them.
undisturbed() {
	records "$1" > in
	server -k $key
	ac-answer --no-cache < in > want 2> err || bad "undisturbed run: $?"
}

# running COMMAND...: < in > out 2> err in the background, as $pid.
running() {
	"$@" < in > out 2> err &
	pid=$!
}

asked_for() {
	[ "$(asked)" -ge "$1" ]
}

is_prefix() {
	head -c "$(wc -c < out)" want > head
	same out head
}

# Killed after so many requests, and a random while.  Whole lines, each once,
# and no more requests than those that were in flight when it died.
killed() {
	undisturbed 400
	server -B -k $key -d 20-60
	kills=6
	for i in $(awk -v n=$kills 'BEGIN { srand(7)
	    for (i = 1; i <= n; i++) print i * 50 ":" rand() / 10 }'); do
		running ac-answer -j 8 --cache c
		wait_for 20 asked_for ${i%:*}
		sleep "${i#*:}"
		kill -9 $pid
		wait $pid 2> dev.null
		is_prefix
	done
	sleep 0.2
	go ac-answer -j 8 --cache c
	cat out e > all
	same all want
	check "$(asked) requests" test "$(asked)" -le $((400 + kills * 8))
	check "some were kept" test "$(jq .cached stats)" -gt 200
	no_key
}

signalled() {
	undisturbed 200
	server -B -k $key -d 20-60
	running ac-answer -j 8 --cache c
	wait_for 10 test -s out
	kill -TERM $pid
	wait $pid 2> dev.null
	equal $? 143 "exit after SIGTERM"
	is_prefix
	has err "interrupted: "
	if command -v timeout > dev.null; then
		timeout --preserve-status -s INT 0.6 ac-answer -j 8 --cache c \
		    < in > out 2> err
		equal $? 130 "exit after SIGINT"
		is_prefix
	fi
	go ac-answer -j 8 --cache c
	same out want
	check "$(asked) requests" test "$(asked)" -le 216
	no_key
}

reader_leaves() {
	undisturbed 300
	server -B -k $key -d 20
	{
		ac-answer -j 4 --cache c < in 2> err
		echo $? > code
	} | head -1 > out
	wait_for 30 test -s code
	equal "$(cat code)" 141 "exit"
	check "no word" test ! -s err
	before=$(asked)
	check "it stops asking: $before" test "$before" -lt 100
	sleep 0.5
	equal "$(asked)" "$before" "requests after its end"
	go ac-answer -j 4 --cache c
	same out want
	# What it had received it has kept.
	check "$(asked) requests" test "$(asked)" -le 304
	no_key
}

# Replies of a megabyte, and nobody who reads.
reader_slow() {
	records 150 | sed 's/"context":"/&@@big@@ /' > in
	server -B -k $key
	: > e
	mkfifo pipe
	{ sleep 4; cat; } < pipe > out &
	reader=$!
	acrun -t 100 -m rss ac-answer --stats stats < in > pipe 2> err &
	pid=$!
	sleep 3.5
	n=$(asked)
	check "$n requests while nobody reads" test "$n" -lt 110
	wait $pid
	code=$?
	wait $reader
	! sanitized && cap=200000 || cap=1000000
	check "$(cat rss) kB of memory" test "$(cat rss)" -lt $cap
	equal $code 0 "exit"
	equal "$(grep -c '"answer"' out)" 150 "answers"
	oracle
}

# What the system says of a full disk: ENOSPC, and EFBIG at the limit of a
# file's size, which is the way to fill a folder without being root.
disk_full() {
	records 5 > in
	server -B -k $key
	if [ -c /dev/full ]; then
		ac-answer < in > /dev/full 2> err
		equal $? 74 "exit, full output"
		has err "No space left on device"
		check "the count" grep -qE '[0-9]+ (records )?written' err
		records 5 2 400 > in
		ac-answer -e /dev/full < in > out 2> err
		equal $? 74 "exit, full -e"
		has err "No space left on device"
		check "the count" grep -qE '[0-9]+ (records )?written' err
	fi
	records 5 > in
	mkfifo po pe
	cat po > out &
	a=$!
	cat pe > err &
	b=$!
	(
		trap '' XFSZ
		ulimit -f 0
		exec ac-answer --cache c < in > po 2> pe
	)
	code=$?
	wait $a $b
	equal $code 0 "exit, full cache"
	equal "$(grep -c '"answer"' out)" 5 "answers"
	equal "$(grep -c . err)" 1 "warnings"
}

cache_damage() {
	undisturbed 6
	server -B -k $key
	go ac-answer --cache c
	same out want
	set -- $(find c -type f | sort)
	equal $# 6 "entries"
	head -c 100 "$1" > x && cp x "$1"
	sed 's/record r/record s/' "$2" > x && cp x "$2"
	cp "$3" x && cp "$4" "$3" && cp x "$4"
	echo "no entry of ours" > "$5"
	go ac-answer --cache c
	cat out e > all
	same all want
	equal "$(asked)" 11 "requests after five damages"
	go ac-answer --cache c
	cat out e > all
	same all want
	equal "$(asked)" 11 "requests when all is healed"
	# Where nobody can write, not even root.
	if [ -d /proc/self ]; then
		go ac-answer --cache /proc
		cat out e > all
		same all want
		equal "$(grep -c . err)" 1 "warnings"
		go ac-answer --cache /proc/none
		equal $code 74 "exit, no folder to be made"
	fi
	: > file
	go ac-answer --cache file/x
	equal $code 74 "exit, no folder to be made"
	no_key
}

# 200 kB a record, and no line torn.  The rate, which is of all of them
# together and begins with what a second allows, is measured with records that
# the server sees at once.
eight_processes() {
	records 160 | awk '
		BEGIN { for (i = 0; i < 4000; i++)
			s = s "The mill near the old harbour was sold to a copper. " }
		{ sub(/"}$/, ""); print $0 " " substr(s, 1, 200000) "\"}" }' > in
	eight_at_once long
	records 400 > in
	# The last 200 at 80 a second, 5 % faster at most; a busy machine
	# blurs when they arrive.
	for try in 1 2 3; do
		eight_at_once $try
		took=$(jq -s 'map(.ms) | sort | .[399] - .[199] | floor' \
		    "$log")
		[ "$took" -lt 2375 ] || break
	done
	check "$took ms for 200 requests at 80/s" test "$took" -ge 2375
	no_key
}

eight_at_once() {
	server -k $key
	go ac-answer -j 8 --no-cache
	cat out e | sort > want
	rm -rf shard
	mkdir -m 700 shard run.$1
	awk '{ print > ("shard/" NR % 8) }' in
	server -k $key
	ls shard/* | XDG_RUNTIME_DIR=$PWD/run.$1 xargs -P 8 -n 1 ac-answer \
	    -j 4 --cache c.$1 --rate 80/s 2> err | cat > all
	sort all > got
	check "lines torn or lost" cmp -s got want
	equal "$(asked)" "$(lines in)" "requests"
}

# What a line is, and what becomes of it.
odd_input() {
	q='"question":"What became of record r1 there?"'
	good="{\"id\":\"r1\",$q,\"context\":\"It was sold.\"}"
	{
		printf '\357\273\277%s\n\n \t\n' "$good"
		printf '%s\r\n' "$good"
		printf '{"a":1\n[1]\n"text"\n{"id":"x"}\n'
		printf '{"context":17,%s}\n' "$q"
		printf '{"a":"x\000y"}\n{"a":"\377"}\n'
		printf '%s\n{"id":"torn","context":"It ends in' "$good"
	} > in
	server -B -k $key
	go ac-answer -j 1
	equal $code 1 "exit"
	equal "$(cat out e | jq -r '.error.code // "OK"' | sort | uniq -c |
	    awk '{ printf "%s=%s ", $2, $1 }')" \
	    "OK=3 bad_json=4 missing_field=2 not_object=2 " "codes"
	equal "$(jq '.requests' stats)" "$(asked)" "requests"
	{
		echo "$good"
		printf '{"id":"m","x":"'
		head -c 68000000 /dev/zero | tr '\000' x
		printf '"}\n'
		echo "$good"
	} > in
	sed -n 2p in > want
	go ac-answer -e long -j 1
	equal $code 1 "exit"
	equal "$(jq -c .errors stats)" '{"too_long":1}' "codes"
	cat long e > x
	check "the line as it came" cmp -s x want
	equal "$(grep -c '"answer"' out)" 2 "answers"
}

numbers() {
	cat > in <<-'X'
	{"id":"r1","a":9007199254740993,"question":"What became of record r1 there?","b":[1e400,-0.0,1E+2],"context":"It was sold.","c":{"d":0.30000000000000004,"e":0.1000000000000000055511151231257827}}
	X
	server -B -k $key
	go ac-answer
	sed 's/,"answer":"[^"]*"}$/}/' out > got
	same got in
	has out '"answer":"Answer '
}

little_input() {
	: > in
	server -B -k $key
	go ac-answer
	equal $code 0 "exit"
	equal "$(asked)" 0 "requests"
	check "nothing" test ! -s out
	records 1 > in
	go ac-answer
	all_ok
	server -B -k $key
	mkfifo pipe
	acrun -t 60 ac-answer < pipe > out 2> err &
	pid=$!
	exec 4> pipe
	cat in >&4
	check "a line before the input ends" wait_for 10 test -s out
	check "and it goes on" kill -0 $pid
	exec 4>&-
	wait $pid
	equal $? 0 "exit"
	equal "$(asked)" 1 "requests"
}

few_descriptors() {
	records 400 > in
	server -B -k $key -d 50-100
	go sh -c 'ulimit -n 64; exec ac-answer -j 1000 "$@"' -
	all_ok -j 64
	equal "$(grep -c . err)" 1 "warnings"
	check "some at once" test "$(jq -s 'map(.inflight) | max' "$log")" \
	    -gt 8
}

clock_jumps() {
	[ "$(uname)" = Linux ] || { skip "the shim is for Linux"; return; }
	while read -r d least most; do
		records 1 1 "$d,ok" > in
		server -B -k $key
		go env LD_PRELOAD="$top/build/tests/shim.so" \
		    ASAN_OPTIONS=verify_asan_link_order=0 FAULT_CLOCK=1 \
		    ac-answer --deadline 20s --timeout 3s
		all_ok
		gap=$(arrivals r1 |
		    awk 'NR == 1 { t = $1 } END { print $1 - t }')
		check "$d: $gap ms, not $least to $most" \
		    test "$gap" -ge $least -a "$gap" -le $most
	done <<-X
	429:2 2000 4700
	429ms:300 300 2300
	429date:2 1900 4700
	hang 3000 6000
	X
}

keys() {
	records 12 > in
	server -B -k $key -c echo401
	AC_API_KEY="$(printf 'sk-a\nb')" go ac-answer
	equal $code 2 "exit with a key of two lines"
	equal "$(asked)" 0 "requests"
	go ac-answer -vv
	stopped 'S(77,forbidden)'
	oracle
	has err "Incorrect API key"
	unset AC_API_KEY
	server -B -k $key
	echo $key > "$work/key"
	chmod 644 "$work/key"
	go ac-answer --key-file "$work/key"
	equal $code 0 "exit"
	has err "can be read by others"
	chmod 600 "$work/key"
	go ac-answer --key-file "$work/key"
	check "no warning" test ! -s err
	no_key
}

rows G "$@"
