#!/bin/sh
# Where output goes: full devices, closed descriptors, -o and FILE.part, -e,
# --dropped, empty input.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer
server

begin full
if [ -c /dev/full ]; then
	for f in ask answer score cohesion dedup chunk; do
		input $f 3 > in
		[ $f = answer ] && questions 3 > in
		[ $f = chunk ] && contexts 3 > in
		filter $f < in > /dev/full 2> err
		equal $? 74 "exit of $f on a full device"
		has err "ac-"
		has err "No space left on device"
		[ $f = chunk ] && continue
		filter $f -o /dev/full < in > out 2> err
		equal $? 74 "exit of $f -o on a full device"
	done
	contexts 1 | sed 's/"context"/"text"/' > in
	filter ask -e /dev/full < in > out 2> err
	equal $? 74 "exit with a full -e"
	pairs 30 > in
	ac-train-scorer < in > /dev/full 2> err
	equal $? 74 "exit of train-scorer"
	humans 6 > in
	for what in answer ask; do
		ac-tune --for $what --trials 2 < in > /dev/full 2> err
		equal $? 74 "exit of tune"
	done
	jq -c '.doc = .id' in > docs
	ac-tune --for split --joins 8 --trials 2 docs > /dev/full 2> err
	equal $? 74 "exit of tune --for split"
	for c in ac-ask ac-chunk; do
		$c --help > /dev/full 2> err
		equal $? 74 "exit of $c --help"
	done
else
	skip "no /dev/full"
fi

begin closed
contexts 3 > in
for f in ask score cohesion dedup chunk; do
	filter $f <&- > out 2> err
	equal $? 0 "exit of $f without stdin"
	check "$f: nothing of nothing" test ! -s out
done
for f in ask cohesion; do
	filter $f < in >&- 2> err
	equal $? 74 "exit of $f without stdout"
	filter $f < in > out 2>&-
	equal $? 0 "exit of $f without stderr"
	check "$f: whole output" test "$(lines out)" -ge 3
	# No descriptor of ours becomes the output or the messages.
	filter $f -o got --stats stats --log log < in <&- >&- 2>&-
	equal $? 0 "exit of $f without any"
done
ac-ask --help >&- 2> err
equal $? 74 "exit of --help without stdout"

begin empty
: > in
server
for f in ask samples negatives answer score cut rewrite cohesion quota \
    dedup chunk; do
	run 0 filter $f
	check "$f: no output" test ! -s out
	check "$f: no words" test ! -s err
done
equal "$(asked)" 0 "requests"
run 0 ac-ask -o o -e e --stats s
check "empty -o" test -e o -a ! -s o
check "empty -e" test -e e -a ! -s e
equal "$(jq -c '[.exit, .read, .requests]' s)" '[0,0,0]' "stats"
# Not even an address is looked up.
AC_BASE_URL=http://nowhere.invalid/v1 run 0 ac-ask

begin part
server
contexts 4 > in
run 0 ac-ask
mv out want
run 0 ac-ask -o o in
check "nothing on stdout" test ! -s out
same o want
check "no part is left" test ! -e o.part
# -o f f: the file is replaced by what is made of it.
cp in f
run 0 ac-ask -o f f
same f want
# An older file stays as long as there is nothing better.
sed 's/"context":"/&@@refusal@@ /' in > bad
{ sed -n 1p bad; sed -n 2,4p in; } > mixed
echo old > o
run 1 ac-ask -o o mixed
echo old > old
same o old
equal "$(lines o.part)" 4 "lines of the part"
has o.part '"code":"refused"'
# The failed ones are healed from the part, in their place.
server
sed 's/@@refusal@@ //' o.part > x
mv x o.part
run 0 ac-ask -o o o.part
same o want
check "the part is gone" test ! -e o.part -a ! -e o.part.new
# A heal that does not succeed leaves a part again.
run 1 ac-ask -o h mixed
run 1 ac-ask -o h h.part
check "no h" test ! -e h -a ! -e h.part.new
equal "$(lines h.part)" 4 "lines of the part"
run 0 ac-ask --max-errors 1 -o h h.part
check "h" test -e h -a ! -e h.part
# Through a link, to a device, to where nothing can be written.
run 0 ac-ask -o /dev/null in
check "no part of a device" test ! -e /dev/null.part
if [ -d /dev/shm ] && o=$(mktemp /dev/shm/ac-test-XXXXXX 2> /dev/null); then
	rm -f "$o"
	run 0 ac-ask -o "$o" in
	same "$o" want
	rm -f "$o"
fi
# What is being read is not wiped, nor one output by the other.
cp mixed m
run 2 ac-ask -e m m
ac-ask -e m < m > out 2> err
equal $? 2 "exit of -e on stdin's file"
same m mixed
run 2 ac-ask -o n -e n in
run 2 ac-ask -o n -e n.part in
check "nothing begun" test ! -e n -a ! -e n.part
cp mixed n.part
ac-ask -o n < n.part 2> err
equal $? 1 "exit of -o beside stdin's file"
equal "$(lines n.part)" 4 "lines of it"
run 74 ac-ask -o none/o in
has err none/o
mkfifo pipe
cat pipe > got &
reader=$!
run 0 ac-ask -o pipe in
wait $reader
same got want
check "the pipe is one still" test -p pipe
umask 027
run 0 ac-ask -o mode in
equal "$(ls -l mode | cut -c1-10)" -rw-r----- "mode"
umask 022

begin stops
# 75, 76 and 77 leave the part, with every line in it.
contexts 30 > in
run 0 ac-ask
mv out want
server -c 500
run 75 ac-ask -o o --retries 0 --give-up 3 in
check "no o" test ! -e o
equal "$(lines o.part)" 30 "lines of the part"
has o.part '"code":"not_attempted"'
server -c 404
run 76 ac-ask -o o in
equal "$(lines o.part)" 30 "lines of the part"
server -c 401
run 77 ac-ask -o o in
check "no o" test ! -e o
equal "$(lines o.part)" 30 "lines of the part"
server
run 77 ac-ask -o o --max-requests 7 -j 2 in
equal "$(asked)" 7 "requests"
equal "$(grep -c '"question"' o.part)" 7 "questions"
run 0 ac-ask -o o o.part
same o want
equal "$(asked)" 30 "requests"

begin errors
server
{ contexts 2; echo '{"id":"x"}'; contexts 2 8; } > in
run 1 ac-ask -e e
equal "$(lines out) $(lines e)" "4 1" "lines"
has e '"code":"missing_field"'
run 0 ac-ask -e e --max-errors 1
equal "$(lines e)" 1 "lines of the errors"
contexts 2 > in
run 0 ac-ask -e e
check "an empty file of errors" test -e e -a ! -s e
run 74 ac-ask -e none/e
for f in score cohesion dedup; do
	{ input $f 2; echo '[]'; } > in
	filter $f -e e < in > out 2> err
	equal $? 1 "exit of $f -e"
	has e '"code":"not_object"'
	lacks out not_object
done

begin max-errors
# Shares of the records written; exactly P passes.
{ contexts 8; echo 1; echo 2; } > in
for m in "0 1" "1 1" "2 0" "3 0" "19% 1" "20% 0" "19.99% 1" "100% 0"; do
	run ${m#* } ac-ask --max-errors ${m% *}
	equal "$(lines out)" 10 "lines"
done
# One record in, four out: the share is of what is written.
{ contexts 2; echo 1; } > in
run 0 ac-ask --samples 4 --max-errors 12%
run 1 ac-ask --samples 4 --max-errors 11%
for m in x -1 1x %; do
	run 2 ac-ask --max-errors=$m
done
AC_MAX_ERRORS=5 run 0 ac-ask

begin inputs
contexts 2 > a
contexts 2 3 > b
cat a b > in
run 0 ac-ask
mv out want
run 0 ac-ask a b
same out want
cp b in
run 0 ac-ask a -
same out want
run 0 ac-ask -- a b
same out want
run 2 ac-ask a none b
has err none
check "nothing was written" test ! -s out
run 2 ac-ask a "$work"
if [ "$(id -u)" -ne 0 ]; then
	chmod 000 b
	run 2 ac-ask a b
	chmod 600 b
fi
finish
