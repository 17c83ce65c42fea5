#!/bin/sh
# A server on a Unix socket, under all the names that a URL may give it.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

begin names
if [ ${#PWD} -gt 85 ]; then
	skip "the folder's name is too long for a socket"
	finish
fi
server -s s.sock
wait_for 30 test -S s.sock
echo '{"id":"a","context":"The mill at Orle burned down in 1846."}' > in
run 0 ac-ask
mv out want
escaped=$(pwd | sed 's,/,%2F,g')
for url in "unix:$PWD/s.sock:/v1" "unix://$PWD/s.sock:/v1" \
    "http+unix://$escaped%2Fs.sock/v1" "http+unix://$PWD/s.sock:/v1"; do
	run 0 ac-ask -u "$url"
	same out want
done
equal "$(asked)" 5 "requests"
# It is this machine: a key may go there, and no proxy is asked.
AC_API_KEY=sk-1234567890 http_proxy=http://127.0.0.1:1 \
    ALL_PROXY=http://127.0.0.1:1 run 0 ac-ask -u "unix:$PWD/s.sock:/v1"
same out want
equal "$(tail -1 "$log" | jq -r .auth)" given "the key"
run 0 ac-answer --api completions -u "unix:$PWD/s.sock:/v1" --in id
equal "$(tail -1 "$log" | jq -r .path)" /v1/completions "path"

# A reply is kept under the socket's name: another socket is another server.
begin cache
server -s one.sock
wait_for 30 test -S one.sock
echo '{"id":"a","context":"The mill at Orle burned down in 1846."}' > in
AC_CACHE=$PWD/cache
export AC_CACHE
run 0 ac-ask -u "unix:$PWD/one.sock:/v1"
run 0 ac-ask -u "unix:$PWD/one.sock:/v1" --offline
run 1 ac-ask -u "unix:$PWD/two.sock:/v1" --offline
has out '"code":"offline"'
AC_CACHE=

begin refused
echo '{"id":"a","context":"The mill at Orle burned down in 1846."}' > in
run 75 ac-ask -u "unix:$PWD/none.sock:/v1" --retries 0 --give-up 1
has out '"code":"transport"'
run 2 ac-ask -u unix:none.sock:/v1
has err 'unix:PATH'
run 2 ac-ask -u "unix:/$(printf '%0200d' 0)"
has err 'longer than'
finish
