#!/bin/sh
# Fault matrix, part D: statuses.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/faults/rows.inc"

all_400() {
	server -B -k $key -c 400
	records 60 > in
	go ac-answer
	stopped 'S(76,bad_request)'
	check "$(asked) requests" test "$(asked)" -le 26
	oracle
}

# The rule is about a request that the endpoint never takes: not when it has
# answered one otherwise, be it with a refusal, and not when it has answered
# in an earlier run, as the cache shows.
some_400() {
	records 30 | sed '6s/"context":"/&@@refusal@@ /
	    6!s/"context":"/&@@400@@ /' > in
	server -B -k $key
	go ac-answer -j 1 --give-up 1000
	equal $code 1 "exit after a refusal"
	equal "$(cat out e | grep -c '"code":"bad_request"')" 29 "tried"
	oracle -j 1
	records 30 > in
	server -B -k $key
	go ac-answer --cache c --cache-ns test
	sed 's/"r[0-9]*","q/"x&/; s/"x"r/"x/; s/record r/record x/
	    s/"context":"/&@@400@@ /' in > more
	cat more >> in
	server -B -k $key
	go ac-answer --cache c --cache-ns test --give-up 1000
	equal $code 1 "exit, half of them in the cache"
	equal "$(cat out e | grep -c '"code":"bad_request"')" 30 "tried"
}

middle_401() {
	server -B -k $key -c ok,ok,401,ok
	records 6 > in
	go ac-answer -j 1
	all_ok -j 1
	equal "$(asked)" 7 "requests"
	server -B -k $key -c ok,ok,401
	records 30 > in
	go ac-answer -j 1
	stopped 'S(77,forbidden)'
	# Others may be asked meanwhile, none more than twice.
	equal "$(jq -r .body "$log" | sort | uniq -c | awk '$1 > 2' |
	    wc -l | tr -d ' ')" 0 "records asked more than twice"
	oracle -j 1
}

# What is in flight when the money is gone has been paid for.
money_out() {
	for d in 402 quota spend; do
		server -B -k $key -c slow:1000,slow:1000,slow:1000,$d
		records 30 > in
		go ac-answer -j 4
		stopped 'S(77,forbidden)'
		equal "$(cat out e | grep -c '"answer"')" 3 "answers in flight"
		equal "$(asked)" 4 "requests"
		oracle -j 4
	done
}

late_404() {
	server -B -k $key -c ok,404,ok
	records 3 > in
	go ac-answer -j 1
	ended 'E(http)x1' r2
	oracle -j 1
}

retry_after() {
	server -B -k $key -c 429:2,ok
	records 12 > in
	go ac-answer
	all_ok
	# What was under way may still come in.
	equal "$(jq -s '.[0].ms as $t | map(.ms - $t | select(. > 500 and
	    . < 1950)) | length' "$log")" 0 "requests while all should wait"
	server -B -k $key -c 429:2
	records 3 > in
	go ac-answer --deadline 3s
	for r in r1 r2 r3; do
		equal "$(result $r)" 'E(http)' "$r"
	done
	equal "$(cat out e | jq .error.status | sort -u)" 429 "status"
	equal $code 1 "exit"
	check "$seconds s" test $seconds -le 15
	check "$(asked) requests" test "$(asked)" -le 12
	oracle
}

# A form of hint, and the milliseconds between the tries at least and, on a
# busy machine, at most.
hints() {
	while read -r d least most; do
		begin "hint-$(echo $d | tr -c 'a-zA-Z0-9.\n-' _)"
		server -B -k $key
		records 1 1 "$d,ok" > in
		go ac-answer
		all_ok
		gap=$(arrivals r1 |
		    awk 'NR == 1 { t = $1 } END { print $1 - t }')
		check "$d: $gap ms, not $least to $most" \
		    test "$gap" -ge $least -a "$gap" -le $most
	done <<-X
	429ms:300 300 2300
	429:2 2000 4700
	429raw:1.5 1500 4200
	429date:2 1900 4700
	429date:-100 40 2500
	429raw:-1 40 2500
	429raw:NaN 40 2500
	429raw:inf 40 2500
	429raw:99999999999 40 2500
	429raw: 40 2500
	429raw:soon 40 2500
	429gem:1 1000 3600
	429reset:1.5s 1500 4200
	429reset:0m1s200ms 1200 3900
	429left:20s 40 2500
	X
}

# most_served: when 90 % of the records had been served, in milliseconds; the
# last ones leave slots idle, whoever asks.
most_served() {
	jq -s 'map(select(.do == "ok").ms) | .[length * 9 / 10 | floor] -
	    .[0] | floor' "$log"
}

# The same run without refusals tells what the machine can do just now; the
# best of three tries counts.
random_429() {
	records 1500 > in
	best=0
	for try in 1 2 3; do
		server -d 40 -k $key
		go ac-answer
		equal $code 0 "exit"
		plain=$(most_served)
		server -B -k $key -d 40 -r 30:slow:0:429
		go ac-answer
		all_ok
		share=$((plain * 100 / $(most_served)))
		[ "$share" -le $best ] || best=$share
		[ $best -lt 80 ] || break
	done
	refused=$(jq -s 'map(select(.do != "ok")) | length' "$log")
	check "refused: $refused" test "$refused" -gt 400
	! sanitized && least=80 || least=60
	check "goodput $best % of the undisturbed run" test $best -ge $least
}

same_500() {
	server -B -k $key -d 20
	records 300 2 500 > in
	go ac-answer -j 4 --retries 5
	ended 'E(http)x3' r2
	oracle -j 4
	# Not the same each time: all tries.
	server -B -k $key -d 20
	records 300 2 500vary > in
	go ac-answer -j 4 --retries 3
	ended 'E(http)x4' r2
	oracle -j 4
}

loading() {
	server -B -k $key -b 10:loading
	records 20 > in
	go ac-answer
	all_ok
	check "$seconds s" test $seconds -ge 10 -a $seconds -le 40
	check "$(asked) requests" test "$(asked)" -le 400
}

# It never ends: a record has http, or timeout when its deadline cuts a try.
loading_always() {
	server -B -k $key -c loading
	records 30 > in
	go ac-answer --deadline 2s --give-up 3
	stopped 'S(75,http)' timeout
	oracle
}

redirects() {
	acserver -u "$work/there" -l "$work/there.log" -T 100 &
	there=$!
	wait_for 30 test -s "$work/there"
	records 30 > in
	for status in 301 302 307 308; do
		for to in "$(cat "$work/there")/chat/completions" \
		    file:///etc/passwd self; do
			server -B -k $key -c "redir:$status:$to"
			go ac-answer
			stopped 'S(76,http)'
			check "$(asked) requests" test "$(asked)" -le 16
			equal "$(cat out e | jq '.error.status // empty' |
			    sort -u)" $status "status"
			oracle
		done
	done
	equal "$(lines "$work/there.log")" 0 "requests at the other host"
	kill $there
	wait $there 2> dev.null
}

rows D "$@"
