#!/bin/sh
# Reads, writes, sockets and folders that fail or do half: the output is
# complete, or the exit code is 74 and the words say how far it got; a cache
# that cannot be written is one warning.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
. "$top/tests/inject/inject.inc"
start
spared=
case=library
build_library || finish
make_data

# fresh NAME INJECT: the run, with nothing left of the last one.
fresh() {
	rm -rf cache failed log stats kept* dropped df
	disturbed "$@"
}

# unharmed NAME INJECT...: with each of these the run is as without.
unharmed() {
	run=$1
	shift
	for rule; do
		fresh $run "$rule"
		if [ $code -eq 0 ] && as_wanted; then ok; else
			bad "$run $rule: exit $code, or another output"
			show err
		fi
	done
}

# each NAME CALL ERROR CODE...: at each such call; the codes that may be.
each() {
	run=$1 call=$2 error=$3 n=1
	shift 3
	all=$(count $call)
	while [ $n -le "$all" ]; do
		fresh $run $call:$n:$error
		case " 0 $* " in
		*" $code "*) ;;
		*)	bad "$run $call $n $error: exit $code"
			show err ;;
		esac
		case $code in
		0)	as_wanted && ok || bad "$run $call $n $error:" \
			    "exit 0 and another output" ;;
		*)	said && prefix && ok || bad "$run $call $n $error:" \
			    "torn, or nothing said" ;;
		esac
		n=$((n + 1))
	done
}

for name in ask file answer rewrite chunk records score dedup check verify \
    train; do
	begin $name
	server
	undisturbed $name
	unharmed $name write:%1:short write:%2:EINTR read:%1:short \
	    read:%2:EINTR "write:%2:short read:%3:short"
	each $name write ENOSPC 74
	each $name write EIO 74
	each $name read EIO 2 74
	each $name open EMFILE 2 70 74
	each $name close EIO 74
	each $name rename EIO 74
	each $name mkdir EACCES 74
	each $name fsync EIO 74
done

# Sockets: bytes one by one, not now, cut off.
begin sockets
server
for name in ask answer verify; do
	undisturbed $name
	unharmed $name recv:%1:short send:%1:short recv:%2:EAGAIN \
	    send:%2:EAGAIN recv:%2:EINTR "recv:%3:short send:%2:short"
	each $name recv ECONNRESET
	each $name send ECONNRESET
done

# What the words say, and what is left.
begin words
server
undisturbed ask
fresh ask write:1+:ENOSPC
equal $code 74 "exit on a full disk"
has err 'write error: No space left on device (0 records written)'
undisturbed chunk
writes=$(count write)
check "it writes" test "$writes" -gt 0

begin output
undisturbed file
fresh file rename:1+:EIO
equal $code 74 "exit without a rename"
check "the part is kept" test -e kept.part
check "no file of the name" test ! -s out
has err 'cannot rename'

# The cache: one warning, whatever fails and however often.
begin cache
server
undisturbed file
equal "$(asked)" 3 "requests"
# A file system without hard links.
fresh file link:1+:EPERM
equal $code 0 "exit without links"
same out want
check "no words" test ! -s err
equal "$(find cache -type f -name '[0-9a-f]*' | wc -l)" 3 "replies kept"
# Half a write is finished.
fresh file write:%1:short
check "no words" test ! -s err
equal "$(find cache -type f -name '[0-9a-f]*' | wc -l)" 3 "replies kept"
# No folder in the cache, nor a name.  Keys hold the server's port: two may
# share a folder.
sub=$(($(count mkdir) + 1 - $(find cache -mindepth 1 -type d | wc -l)))
for rule in mkdir:$sub+:EACCES "link:1+:EIO rename:1+:EIO"; do
	before=$(asked)
	fresh file "$rule"
	equal "$(grep -c 'cache cache: .*going on without' err)" 1 \
	    "warnings: $rule"
	equal "$(find cache -name '.new*' | wc -l)" 0 "files left: $rule"
	equal "$(($(asked) - before))" 3 "requests: $rule"
done
# The next run asks for what could not be kept, the one after it nothing.
for n in 3 0; do
	before=$(asked)
	rm -f kept*
	short file
	equal $? 0 "exit of a further run"
	equal "$(($(asked) - before))" $n "requests of a further run"
done
finish
