#!/bin/sh
# Signals and readers that leave: death by the signal, whole lines, no
# further request.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer
# One cache for servers on other ports.
AC_CACHE_NS=test
export AC_CACHE_NS

# start_slow COMMAND...: < in > out 2> err in the background, as $pid.
start_slow() {
	"$@" < in > out 2> err &
	pid=$!
}

ends_by() {	# ends_by SIGNAL NUMBER SECONDS
	begun=$(date +%s)
	kill -"$1" $pid
	wait $pid 2> wait.err
	equal $? $((128 + $2)) "exit after SIG$1"
	check "gone at once" test $(($(date +%s) - begun)) -le 2
}

whole() {
	check "whole lines" sh -c 'test ! -s out ||
	    test "$(tail -c 1 out | od -An -c | tr -d " ")" = "\\n"'
	jq -c . out > jq.out 2>&1 || bad "a line is no JSON"
}

# A call that takes half a minute must not hold a signal up.
begin term
contexts 60 > in
server
run 0 ac-ask
mv out want
server -c ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,slow:30000
for s in "TERM 15" "HUP 1"; do
	start_slow ac-ask --cache cache --stats stats
	wait_for 30 test -s out
	# The replies that came are written, the next ones are far.
	sleep 0.3
	ends_by $s
	whole
	check "a prefix" sh -c 'head -c $(wc -c < out) want | cmp -s - out'
	check "some lines" test -s out
	has err "interrupted: "
	has err "run again to go on"
	equal "$(grep -c . err)" 1 "lines on stderr"
done
server
run 0 ac-ask --cache cache
same out want
equal "$(asked)" 50 "requests of the next run"

# SIGINT reaches a foreground job only; sh gives its children none to catch
# in the background, and we leave it ignored, as nohup's HUP.
begin int
contexts 60 > in
server -c ok,ok,ok,slow:30000
if command -v timeout > /dev/null; then
	# timeout sends it from outside to what it runs in the foreground.
	timeout -s INT 1 ac-ask < in > out 2> err
	equal $? 124 "exit of timeout"
	has err "interrupted: "
	whole
	timeout --preserve-status -s INT 1 ac-ask < in > out 2> err
	equal $? 130 "exit after SIGINT"
	# A second one, and one while nothing is there to read.
	mkfifo pipe
	sleep 3 > pipe &
	timeout --preserve-status -s INT 0.5 ac-ask < pipe > out 2> err
	equal $? 130 "exit after SIGINT at an empty pipe"
	timeout --preserve-status -s TERM 0.5 \
	    ac-score -S "$work/scorer" < pipe > out 2> err
	equal $? 143 "exit of ac-score at an empty pipe"
	timeout --preserve-status -s TERM 0.5 ac-dedup < pipe > out 2> err
	equal $? 143 "exit of ac-dedup at an empty pipe"
	timeout --preserve-status -s TERM 0.5 ac-chunk < pipe > out 2> err
	equal $? 143 "exit of ac-chunk at an empty pipe"
else
	skip "no timeout(1)"
fi

# FILE.part stays and the next run goes on from the cache.
begin part
contexts 30 > in
server
run 0 ac-ask
mv out want
server -c ok,ok,ok,ok,ok,ok,slow:30000
start_slow ac-ask --cache cache -o o
wait_for 30 test -s o.part
sleep 0.2
ends_by TERM 15
check "no o" test ! -e o
check "a part" test -s o.part
server
run 0 ac-ask --cache cache -o o
same o want
check "less than all was asked" test "$(asked)" -le 24

# A line that is there goes out while the next is awaited.
begin live
server -d 30
contexts 3 > in
mkfifo pipe
ac-ask < pipe > out 2> err &
pid=$!
exec 4> pipe
for i in 1 2 3; do
	sed -n ${i}p in >&4
	check "line $i before the next comes" wait_for 30 sh -c \
	    "test \$(wc -l < out) -eq $i"
done
exec 4>&-
wait $pid
equal $? 0 "exit"

# The reader leaves: SIGPIPE, no word, no more requests.
begin head
contexts 400 > in
server -d 20
{
	ac-ask -j 4 < in 2> err
	echo $? > code
} | head -1 > out
equal "$(lines out)" 1 "lines"
wait_for 30 test -s code
equal "$(cat code)" 141 "exit"
check "no word" test ! -s err
check "it stops asking: $(asked)" test "$(asked)" -lt 60
before=$(asked)
sleep 0.3
equal "$(asked)" "$before" "requests after the end"

# The reader leaves while no reply comes: the pipe itself tells.
server -c ok,slow:30000
begun=$(date +%s)
{
	ac-ask -j 1 < in 2> err
	echo $? > code2
} | head -1 > out
wait_for 30 test -s code2
equal "$(cat code2)" 141 "exit while waiting"
check "gone at once" test $(($(date +%s) - begun)) -le 3

# Filters without a model.
for f in score cohesion dedup chunk; do
	input $f 3000 > in
	{
		filter $f < in 2> err
		echo $? > code.$f
	} | head -1 > out
	wait_for 30 test -s code.$f
	equal "$(cat code.$f)" 141 "exit of $f"
	check "$f: no word" test ! -s err
done

# A reader that reads nothing holds no stop up; what it got is whole lines.
begin stalled
contexts 400 > in
server
mkfifo pipe
for c in "ac-ask" "ac-split --by cohesion" "ac-dedup --in id" ac-chunk; do
	{ sleep 2; cat; } < pipe > got &
	reader=$!
	$c < in > pipe 2> err &
	pid=$!
	sleep 0.7
	ends_by TERM 15
	wait $reader
	check "whole lines of $c" sh -c \
	    'test "$(tail -c 1 got | od -An -c | tr -d " ")" = "\\n"'
	jq -c . got > jq.out 2>&1 || bad "a line of $c is no JSON"
done

# Stopped and going on: what timed out meanwhile is tried again.
begin stop
contexts 10 > in
server
run 0 ac-ask
mv out want
server -d 100-200
start_slow ac-ask -j 2
sleep 0.2
kill -STOP $pid
sleep 0.5
kill -CONT $pid
wait $pid
equal $? 0 "exit"
same out want

# USR1 prints where it is and stops nothing.
begin usr1
contexts 10 > in
server -d 300
start_slow ac-ask -j 4
sleep 0.3
kill -USR1 $pid
wait $pid
equal $? 0 "exit"
has err "ac-ask: "
check "whole output" test "$(lines out)" -eq 10
finish
