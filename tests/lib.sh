# Helpers of the shell tests.  A test begins with
#	top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
#	. "$top/tests/lib.sh"
# works in folders of its own (begin), and ends with `finish`, which prints
# the line that tests/run adds up.

# clean: nothing of the user's settings reaches a test.  $AC_TEST_DATA says
# where the optional texts are.
clean() {
	data=${AC_TEST_DATA:-$top/../shared/data}
	for v in $(env | sed -nE \
	    's/^(AC_[A-Z_]*|OPENAI_[A-Z_]*|[A-Z_]*_PROXY|[a-z_]*_proxy)=.*/\1/p')
	do
		unset "$v"
	done
	unset MAKEFLAGS MAKELEVEL XDG_CACHE_HOME NO_COLOR
	LC_ALL=C XDG_CONFIG_HOME=$1/none XDG_CONFIG_DIRS=$1/none HOME=$1
	XDG_RUNTIME_DIR=$1 PATH=$top/bin:$top/build/tests:$PATH
	export LC_ALL XDG_CONFIG_HOME XDG_CONFIG_DIRS HOME XDG_RUNTIME_DIR PATH
}

# start: for a test by itself; tests/run does the cleaning alone.
start() {
	umask 022
	work=$(mktemp -d) || exit 1
	trap 'server_stop; rm -rf "$work"' EXIT
	trap 'exit 130' HUP INT TERM
	clean "$work"
	test=$(basename "$0")
	case=start passed=0 failed=0 server_pid=
	# No cache unless a test asks for one.
	AC_CACHE= AC_PROGRESS=never
	export AC_CACHE AC_PROGRESS
}

# begin NAME: a fresh folder to work in.
begin() {
	case=$1
	mkdir "$work/$case" && cd "$work/$case" || exit 1
}

ok() {
	passed=$((passed + 1))
}

bad() {
	failed=$((failed + 1))
	echo "$test: $case: failed: $*"
}

skip() {
	echo "$test: $case: skipped: $*"
}

show() {
	sed 's/^/	/' "$1" | cut -c1-300 | head -8
}

# check WHAT COMMAND...: WHAT holds if the command succeeds.
check() {
	what=$1
	shift
	if "$@"; then ok; else bad "$what"; fi
}

# run CODE COMMAND...: the command < in > out 2> err ends with CODE.
run() {
	want=$1
	shift
	[ -e in ] || : > in
	"$@" < in > out 2> err
	code=$?
	if [ $code -eq "$want" ]; then ok; else
		bad "exit $code, not $want: $*"
		show err
	fi
}

# same FILE FILE: equal to the byte.
same() {
	if cmp -s "$1" "$2"; then ok; else
		bad "$1 is not $2"
		diff "$1" "$2" | cut -c1-300 | sed 's/^/	/' | head -8
	fi
}

# has FILE TEXT: a line holds the text; lacks: none does.
has() {
	if grep -qF -e "$2" "$1"; then ok; else
		bad "$1 lacks: $2"
		show "$1"
	fi
}

lacks() {
	if grep -qF -e "$2" "$1"; then bad "$1 has: $2"; else ok; fi
}

# equal A B WHAT: two short texts or numbers.
equal() {
	if [ "$1" = "$2" ]; then ok; else bad "$3: $1, not $2"; fi
}

# server [OPTION...]: a scripted server, in the place of the last one; its
# requests come to $log, one line each.
server() {
	server_stop
	servers=$((${servers:-0} + 1))
	log=$work/log.$servers
	acserver -u "$work/url.$servers" -l "$log" -T 170 "$@" &
	server_pid=$!
	wait_for 30 test -s "$work/url.$servers"
	AC_BASE_URL=$(cat "$work/url.$servers") AC_MODEL=m
	export AC_BASE_URL AC_MODEL
}

server_stop() {
	[ -z "$server_pid" ] || kill "$server_pid" 2> /dev/null
	[ -z "$server_pid" ] || wait "$server_pid" 2> /dev/null
	server_pid=
}

# asked: how many requests the server has seen.
asked() {
	wc -l < "$log" | tr -d ' '
}

# lines FILE: how many lines.
lines() {
	wc -l < "$1" | tr -d ' '
}

# wait_for SECONDS COMMAND...: until the command succeeds.
wait_for() {
	tries=$(($1 * 20))
	shift
	while [ $tries -gt 0 ]; do
		"$@" && return 0
		sleep 0.05
		tries=$((tries - 1))
	done
	return 1
}

# contexts N [FIRST]: records of three to seven sentences, the same each time.
contexts() {
	awk -v n="$1" -v first="${2:-1}" 'BEGIN {
		k = split("river harbour lantern orchard engine copper " \
		    "meadow glacier archive violin bishop market canal " \
		    "lighthouse quarry printer cellar observatory", w)
		z = split("河流 港口 灯塔 果园 铜矿 草地 冰川 档案 提琴 集市", c)
		for (i = first; i < first + n; i++) {
			printf "{\"id\":\"r%03d\",\"context\":\"", i
			for (s = 0; s < 3 + i % 5; s++)
				if (i % 9 == 4)
					printf "%s在%d年，人们在%s旁边修了一座%s，后来它毁了。",
					    "", 1200 + i * 7 + s,
					    c[(i + s * 3) % z + 1],
					    c[(i * 7 + s) % z + 1]
				else
					printf "%sIn %d the old %s near the %s was " \
					    "sold to a %s, and it paid for the %s.",
					    s ? " " : "", 1200 + i * 7 + s,
					    w[(i + s * 5) % k + 1],
					    w[(i * 3 + s) % k + 1],
					    w[(i * 5 + s * 7) % k + 1],
					    w[(i * 11 + s) % k + 1]
			print "\"}"
		}
	}'
}

finish() {
	echo "$test: $passed passed, $failed failed"
	[ $failed -eq 0 ]
	exit
}
