#!/bin/sh
# Fault matrix, part A: connect, name, TLS, proxy.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/faults/rows.inc"
. "$top/tests/faults/tls.inc"

# with_shim NAME=VALUE COMMAND...: go, behind the shim.
with_shim() {
	setting=$1
	shift
	go env LD_PRELOAD="$top/build/tests/shim.so" \
	    ASAN_OPTIONS=verify_asan_link_order=0 "$setting" "$@"
}

has_shim() {
	[ "$(uname)" = Linux ] && return 0
	skip "the shim is for Linux"
	return 1
}

free_port() {
	server
	port=$(port_of "$AC_BASE_URL")
	server_stop
}

# later SECONDS OPTION...: a server at $port, so much later.
later() {
	wait=$1
	shift
	log=$work/log.later
	: > "$log"
	(sleep "$wait"; exec acserver -p "$port" -u "$work/url.later" \
	    -l "$log" -T 170 "$@") &
	server_pid=$!
	AC_BASE_URL=http://127.0.0.1:$port/v1
}

refused() {
	free_port
	records 5 > in
	later 1 -B -k $key
	go ac-answer --retries 5
	all_ok
	free_port
	records 30 > in
	go ac-answer --retries 1 --give-up 3
	stopped 'S(75,transport)'
	: > "$log"
	oracle
}

unresolved() {
	has_shim || return
	unset AC_API_KEY
	records 5 > in
	server -B
	AC_BASE_URL=http://model.invalid:$(port_of "$AC_BASE_URL")/v1
	(sleep 1; : > there) &
	with_shim FAULT_NAME=later:there ac-answer --retries 5
	all_ok
	records 30 > in
	for kind in none hang; do
		server -B
		AC_BASE_URL=http://model.invalid:$(port_of "$AC_BASE_URL")/v1
		with_shim FAULT_NAME=$kind ac-answer --retries 0 --give-up 3 \
		    --connect-timeout 2s
		stopped 'S(75,transport)'
		check "$kind: $seconds s" test $seconds -le 12
		equal "$(asked)" 0 "requests"
		oracle
	done
}

black_hole() {
	[ "$(uname)" = Linux ] || { skip "only Linux drops a SYN"; return; }
	records 5 > in
	server -B -k $key -X 2
	go ac-answer --connect-timeout 1s --retries 5
	all_ok
	records 30 > in
	server -B -k $key -X 100
	go ac-answer --connect-timeout 1s --retries 0 --give-up 3
	stopped 'S(75,transport)'
	equal "$(asked)" 0 "requests"
	check "$seconds s" test $seconds -le 12
	oracle
}

hangs_up() {
	records 3 > in
	server -B -k $key -x 2
	go ac-answer
	all_ok -w
	records 30 > in
	server -B -k $key -x -1
	go ac-answer --retries 0 --give-up 3
	stopped 'S(75,transport)'
	equal "$(asked)" 0 "requests"
	oracle -w
}

# Connections fail after the first success: everything waits for a probe
# that succeeds, and no record pays for it.
outage() {
	records 500 > in
	free_port
	later 0 -B -k $key -d 50-150
	(
		# One that was never there is given up.
		wait_for 60 test -s "$log"
		sleep 2
		kill $server_pid
		cp "$log" before
		sleep 20
		exec acserver -p "$port" -u "$work/url.2" -l after -B \
		    -k $key -d 20 -T 100
	) &
	again=$!
	wait_for 30 test -s "$work/url.later"
	go ac-answer -j 8 --retries 2
	equal $code 0 "exit"
	equal "$(grep -c '"answer"' out)" 500 "answers"
	check "$seconds s" test $seconds -ge 20
	server_stop
	log=$work/both
	cat before after > "$log"
	check "not all before it" test "$(lines before)" -lt 500
	oracle -j 8 -w
	kill $again
	wait $again 2> dev.null
}

bad_certificate() {
	has_tls || return
	certificates
	certs=$PWD
	records 30 > in
	server -B -k $key
	front good
	go ac-answer -u "$url" --cacert ca.pem
	all_ok
	for c in self wrong expired; do
		server -B -k $key
		front $c
		go ac-answer -u "$url" --cacert ca.pem
		stopped 'S(76,transport)'
		equal "$(asked)" 0 "requests with a certificate that is $c"
		oracle
	done
	# Not the system's authorities, ours is unknown to them.
	server -B -k $key
	front good
	go ac-answer -u "$url"
	stopped 'S(76,transport)'
	equal "$(asked)" 0 "requests"
	oracle
}

no_handshake() {
	has_tls || return
	certificates
	certs=$PWD
	records 5 > in
	server -B -k $key
	front good -H 3
	go ac-answer -u "$url" --cacert ca.pem --connect-timeout 1s
	all_ok
	# Plain HTTP where TLS will be.
	server -B -k $key
	plain=$AC_BASE_URL
	free_port
	acserver -p "$port" -T 1 -u "$work/plain" 2> dev.null &
	wait_for 30 test -s "$work/plain"
	server -B -k $key
	(sleep 2; exec actls -p "$port" -u "$work/tls" -C good.pem \
	    -K good.key -t "$(port_of "$AC_BASE_URL")") &
	go ac-answer -u "https://127.0.0.1:$port/v1" --cacert ca.pem \
	    --connect-timeout 1s --retries 8
	all_ok
	records 30 > in
	server -B -k $key
	front good -H -1
	go ac-answer -u "$url" --cacert ca.pem --connect-timeout 1s \
	    --retries 0 --give-up 3
	stopped 'S(75,transport)'
	equal "$(asked)" 0 "requests"
	oracle
	server -B -k $key 2> dev.null
	go ac-answer -u "https${AC_BASE_URL#http}" --cacert ca.pem \
	    --connect-timeout 1s --retries 0 --give-up 3
	stopped 'S(75,transport)'
	equal "$(asked)" 0 "requests"
	oracle
}

proxy_refuses() {
	records 30 > in
	for status in 403 407; do
		server -B -c $status
		https_proxy=${AC_BASE_URL%/v1} go ac-answer \
		    -u https://model.invalid/v1
		stopped 'S(76,transport)'
		equal "$(jq -r .method "$log" | sort -u)" CONNECT "methods"
		equal "$(jq -r .auth "$log" | sort -u)" none "keys sent"
		check "$(asked) tries" test "$(asked)" -le 20
		oracle
	done
	has_tls || return
	# Nor is it told to a proxy that does its work.
	certificates
	certs=$PWD
	server -B -k $key
	front good
	actls -u "$work/purl" -l "$work/plog" -t "$(port_of "$url")" &
	wait_for 30 test -s "$work/purl"
	records 5 > in
	https_proxy=$(cat "$work/purl") go ac-answer --cacert ca.pem \
	    -u https://model.invalid/v1
	all_ok
	has "$work/plog" "CONNECT model.invalid:443 HTTP/1.1"
	lacks "$work/plog" $key
	lacks "$work/plog" sk-Fault
	lacks "$work/plog" uthorization
}

proxy_unused() {
	records 5 > in
	acserver -u "$work/purl" -l "$work/plog" -T 100 &
	proxy=$!
	wait_for 30 test -s "$work/purl"
	p=$(sed 's|/v1||' "$work/purl")
	server -B -k $key
	for host in 127.0.0.1 localhost; do
		: > "$log"
		server -B -k $key
		http_proxy=$p https_proxy=$p all_proxy=$p HTTP_PROXY=$p \
		    HTTPS_PROXY=$p ALL_PROXY=$p go ac-answer \
		    -u "http://$host:$(port_of "$AC_BASE_URL")/v1"
		all_ok
	done
	equal "$(lines "$work/plog")" 0 "requests at the proxy"
	kill $proxy
	wait $proxy 2> dev.null
}

two_addresses() {
	has_shim || return
	unset AC_API_KEY
	records 5 > in
	server -B
	AC_BASE_URL=http://model.invalid:$(port_of "$AC_BASE_URL")/v1
	with_shim FAULT_NAME=two ac-answer
	all_ok
}

rows A "$@"
