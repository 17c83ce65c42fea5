#!/bin/sh
# Keys: where they may come from and go to, and that they are seen nowhere.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
key=sk-Test0123456789abcdefSECRET

# auth: what the last request to the server carried.
auth() {
	tail -1 "$log" | jq -r .auth
}

begin sources
contexts 1 > in
server -k $key
run 77 ac-ask
equal "$(auth)" none "no key"
AC_API_KEY=$key run 0 ac-ask
equal "$(auth)" ok "AC_API_KEY"
(umask 077; printf '%s\r\nmore\n' $key > key; echo wrong > wrong)
run 0 ac-ask --key-file key
equal "$(auth)" ok "--key-file"
AC_API_KEY=other run 0 ac-ask --key-file key
AC_KEY_FILE=key AC_API_KEY=other run 0 ac-ask
AC_KEY_FILE=wrong run 0 ac-ask --key-file key
AC_API_KEY=$key run 0 ac-ask --api azure --model m
equal "$(auth)" ok "api-key: of Azure"
printf 'key-file = key\n' > conf
run 0 ac-ask --config conf
AC_KEY_FILE=wrong run 77 ac-ask --config conf
chmod 644 key
run 0 ac-ask --key-file key
has err 'can be read by others'
for bad in none empty blank long "$work"; do
	: > empty
	printf ' \n' > blank
	head -c 5000 /dev/zero | tr '\000' k > long
	run 2 ac-ask --key-file $bad
done
AC_API_KEY="x y" run 2 ac-ask
for bad in http://127.0.0.1:99999/v1 http://127.0.0.1:x/v1 "http://a b/v1" \
    127.0.0.1 ftp://127.0.0.1/v1 http:///v1; do
	run 2 ac-ask -u "$bad"
done
# A proxy never sees what goes to this machine, by whatever of its names.
http_proxy=${AC_BASE_URL%/v1} run 1 ac-ask --retries 0 -u http://127.0.0.2:9/v1
has err "Failed to connect"
AC_API_KEY="$(printf 'a\nb')" run 2 ac-ask
lacks err "x y"

begin seen
contexts 12 > in
server -k $key -B
AC_API_KEY=$key AC_CACHE=cache
export AC_API_KEY AC_CACHE
run 0 ac-ask -vv --stats stats --log log --provenance
run 0 ac-ask -n
run 0 ac-ask --print-config
# A server that quotes the key in its errors, whole or starred out.
server -c echo401
run 77 ac-ask -vv --no-cache --stats stats2 --log log2 -o o -e e
has err 'stopping: '
server -c 500,echo401,500,400
ac-ask -vv --no-cache --log log3 -o o3 -e e3 < in > out3 2> err3
unset AC_API_KEY
AC_CACHE=
if grep -rqF $key .; then
	bad "the key is in $(grep -rlF $key . | tr '\n' ' ')"
else
	ok
fi
if grep -rqF sk-Test0 .; then
	bad "a part of the key is in $(grep -rlF sk-Test0 . | tr '\n' ' ')"
else
	ok
fi
lacks "$log" $key

begin openai
# OPENAI_API_KEY goes to api.openai.com or the host in OPENAI_BASE_URL.
contexts 1 > in
server -k $key
OPENAI_API_KEY=$key
export OPENAI_API_KEY
run 77 ac-ask
equal "$(auth)" none "to the host of -u"
(
	OPENAI_BASE_URL=$AC_BASE_URL
	export OPENAI_BASE_URL
	unset AC_BASE_URL
	ac-ask < in > out 2> err
)
equal $? 0 "exit with OPENAI_BASE_URL"
equal "$(auth)" ok "to the host of OPENAI_BASE_URL"
OPENAI_BASE_URL=http://127.0.0.1:1/v1 run 77 ac-ask
equal "$(auth)" none "to another port"
(
	OPENAI_BASE_URL=http://api.example.invalid/v1
	export OPENAI_BASE_URL
	unset AC_BASE_URL
	ac-ask < in > out 2> err
)
equal $? 2 "exit for a key over http"
has err https
lacks err $key
unset OPENAI_API_KEY

begin plain-http
for u in http://192.0.2.1/v1 http://example.invalid \
    http://127.0.0.1.example.invalid/v1 \
    http://localhost.example.invalid http://127.evil.invalid; do
	AC_API_KEY=$key run 2 ac-ask -u $u
	has err https
	check "no output" test ! -s out
done
for u in http://user:pass@127.0.0.1/v1 https://me@example.invalid/ ftp://x/ \
    127.0.0.1:80 http:// 'http://:80/' ''; do
	AC_API_KEY=$key run 2 ac-ask -u "$u"
done

begin redirect
# No key follows a redirect, nor does the text.
contexts 12 > in
server -k $key
here=$log there=$AC_BASE_URL
acserver -u "$work/from" -l "$work/from.log" -T 60 \
    -c "redir:307:$there/chat/completions" &
from=$!
wait_for 30 test -s "$work/from"
AC_API_KEY=$key run 76 ac-ask -u "$(cat "$work/from")"
kill $from
wait $from 2> dev.null
equal "$(lines "$here")" 0 "requests at the other place"

begin option
contexts 1 > in
for o in "--key $key" "--api-key=$key" "--api-key $key"; do
	run 2 ac-ask $o
	has err 'use --key-file or AC_API_KEY'
	lacks err $key
done
finish
