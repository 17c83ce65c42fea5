#!/bin/sh
# The cache, a recording of it without a server, and -n.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start

# A cache folder with --cache-ns is a recording: it makes the same bytes
# again with no server, and another server's port does not matter.
for f in ask samples negatives answer cut rewrite quota; do
	begin $f
	input $f 12 > in
	server -r 5:429ms:10
	AC_CACHE=record AC_CACHE_NS=test
	export AC_CACHE_NS
	run 0 filter $f
	mv out want
	server
	run 0 filter $f --stats stats
	same out want
	equal "$(asked)" 0 "requests of a second run"
	equal "$(jq .requests stats)" 0 "requests in --stats"
	run 0 filter $f --offline
	same out want
	(unset AC_BASE_URL; filter $f --offline < in > out 2> err)
	equal $? 0 "exit without a server's name"
	same out want
	AC_BASE_URL=http://nowhere.invalid run 0 filter $f --offline
	same out want
	# Read by another user, written by none.
	chmod -R a-w record
	run 0 filter $f --offline
	same out want
	chmod -R u+w record
	# What is not there is a failed record, and nobody is asked.
	contexts 2 90 | sed 's/}$/,"question":"Why?"}/' > more
	[ $f = answer ] || sed 's/,"question":.*/}/' more > x
	[ $f = answer ] || mv x more
	cat more >> in
	run 1 filter $f --offline
	equal "$(asked)" 0 "requests"
	has out '"code":"offline"'
	grep -v '"code":"offline"' out > got
	same got want
	# And is asked when there is someone to ask.
	mv out in
	run 0 filter $f
	lacks out '"error"'
	AC_CACHE=
	unset AC_CACHE_NS
done

begin damage
contexts 6 > in
server
run 0 ac-ask --cache c
mv out want
i=0
for file in $(find c -type f | sort); do
	i=$((i + 1))
	case $i in
	1)	: > "$file" ;;
	2)	head -c 100 "$file" > x; cp x "$file" ;;
	3)	tr n N < "$file" > x; cp x "$file" ;;
	4)	rm -f "$file"; mkdir "$file" ;;
	5)	echo '{"choices":[]}' > "$file" ;;
	esac
done
equal "$i" 6 "replies kept"
run 0 ac-ask --cache c
same out want
equal "$(asked)" 11 "requests"
run 0 ac-ask --cache c --fresh
same out want
equal "$(asked)" 17 "requests after --fresh"
run 0 ac-ask --cache c --no-cache
equal "$(asked)" 23 "requests after --no-cache"

begin where
server
contexts 1 > in
unset AC_CACHE
run 0 ac-ask
check "in the home folder" test -d "$HOME/.cache/ac"
equal "$(ls -ld "$HOME/.cache/ac" | cut -c1-10)" drwx------ "mode"
XDG_CACHE_HOME=$work/where/xdg run 0 ac-ask
check "in \$XDG_CACHE_HOME" test -d xdg/ac
equal "$(asked)" 2 "requests"
# No home: quietly none.
run 0 env -u HOME ac-ask
check "no words" test ! -s err
run 0 env HOME=/nonexistent/x ac-ask --no-cache
: > file
run 74 ac-ask --cache file/x
AC_CACHE=
export AC_CACHE
before=$(asked)
run 0 ac-ask
equal "$(asked)" $((before + 1)) "requests with an empty AC_CACHE"
# Two models, two settings, two samples: no reply is shared.
server
for o in "" "-m other" "-t 0.5" "--max-tokens 99" "--seed 1" "--set top_k=3" \
    "--samples 2"; do
	run 0 ac-ask --cache c $o
done
# The first of two samples is the plain question.
equal "$(asked)" 7 "requests"

# Two processes at once, one cache: both get the same bytes.
begin shared
contexts 30 > in
server -d 5-20
ac-ask --cache c in > a &
pid=$!
ac-ask --cache c in > b
wait $pid
same a b

ended() {
	! kill -0 $1 2> /dev/null
}

# One request at a time for equal ones.
begin twins
server -d 50
contexts 1 | awk '{ for (i = 0; i < 8; i++) print }' > in
run 0 ac-ask --cache c
equal "$(asked)" 1 "requests for eight equal records"
equal "$(sort -u out | wc -l | tr -d ' ')" 1 "answers"
# One with a twin that is tried again while a third has been sent.
server -c 429:1,slow:1000:ok,ok
contexts 1 > one
{ cat one one; sleep 0.5; cat one; } | ac-ask --cache c2 > out 2> err &
pid=$!
check "an end" wait_for 20 ended $pid
kill $pid 2> /dev/null
wait $pid
equal "$?" 0 "exit"
equal "$(sort out | uniq -c | awk '{ print $1 }')" 3 "the same answer"

# What is asked goes out while records that need no answer keep coming.
begin flood
server
{
	contexts 1
	yes '{"context":"some text that has one","question":"Has it?"}' |
	    head -400000
} | ac-ask --unordered > out 2> err
check "the answer is not the last line" test \
    "$(grep -n 'What about' out | cut -d: -f1)" -lt 400000

# -n: the requests as they would be sent, in input order, and no contact.
for f in ask samples negatives answer cut; do
	begin dry-$f
	input $f 8 > in
	{ echo '{"torn'; echo '{}'; } >> in
	server -B
	run 0 filter $f -n
	equal "$(asked)" 0 "requests"
	check "no folder" test ! -e "$work/dry-$f/.cache"
	jq -c .body out > bodies
	equal "$(jq -c 'select((.custom_id and .method and .url) | not)' out)" \
	    "" "lines without one of custom_id, method, url"
	check "some words about how many" \
	    grep -qE '^ac-[a-z]*: [0-9]+ requests' err
	ids=$(jq -r .custom_id out | sort | uniq -d)
	equal "$ids" "" "ids twice"
	[ $f = cut ] && more='-d 1' || more=
	filter $f --max-errors 100% -j 1 $more < in > real 2> err
	jq -rc .text "$log" > sent
	same bodies sent
done
unset AC_BASE_URL
AC_API_KEY=sk-seen run 0 ac-ask -n
lacks out sk-seen
# No reader of the dry run's lines, no device for them.
if [ -c /dev/full ]; then
	ac-ask -n < in > /dev/full 2> err
	equal $? 74 "exit on a full device"
fi
finish
