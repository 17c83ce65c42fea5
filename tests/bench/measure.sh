# Helpers of the measurements of the endpoint layer: a work folder, a clean
# environment, the load server on one core and the clients on another, and
# medians.  The caller sets $top.
#
#	RUNS=N	runs of each, the clients taking turns (5)
cd "$top" || exit 1
PATH=$top/bin:$top/build/bench:$PATH
for v in $(env | sed -nE \
    's/^(AC_[A-Z_]*|OPENAI_[A-Z_]*|[A-Za-z_]*_(PROXY|proxy))=.*/\1/p'); do
	unset "$v"
done
runs=${RUNS:-5}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill $server; rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
HOME=$work XDG_CONFIG_HOME=$work/none LC_ALL=C AC_MODEL=m AC_CACHE=
AC_PROGRESS=never
export HOME XDG_CONFIG_HOME LC_ALL AC_MODEL AC_CACHE AC_PROGRESS

[ "$(uname)" = Linux ] || { echo "$0: skipped: epoll is of Linux"; exit; }
at_server='' at_client=''
if [ "$(nproc)" -gt 1 ] && command -v taskset >/dev/null; then
	at_server='taskset -c 1' at_client='taskset -c 0'
fi
ulimit -n "$(ulimit -Hn)"

# records N: contexts of about 450 characters, all different.
records() {
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++) {
			printf "{\"id\":\"r%05d\",\"context\":\"", i
			for (s = 0; s < 5; s++)
				printf "%sIn %d the keeper of lighthouse %d " \
				    "sold it to a merchant of the harbour, " \
				    "who paid for the market.",
				    s ? " " : "", 1200 + s * 97 + i % 90,
				    i * 5 + s
			print "\"}"
		}
	}'
}

# server OPTION...: starts the load server; $url is where it listens.
server() {
	rm -f "$work/url"
	$at_server load -T 280 -u "$work/url" "$@" >"$work/stats" &
	server=$!
	while [ ! -s "$work/url" ]; do
		kill -0 "$server" 2>/dev/null || {
			echo "$0: no load server: make build/bench/load" >&2
			exit 1
		}
		sleep 0.02
	done
	url=$(cat "$work/url")
}

# served: ends it; what it has seen is appended to $work/NAME.stats.
served() {
	kill "$server"
	wait "$server" || :
	server=
	cat "$work/stats" >>"$work/$1.stats"
}

# cost NAME COMMAND...: runs it on the clients' core; what it took is
# appended to $work/NAME.cost.
cost() {
	name=$1
	shift
	$at_client spent "$work/$name.cost" "$@" >"$work/out" \
	    2>"$work/err" || {
		echo "$0: $name failed:" >&2
		tail -3 "$work/err" >&2
	}
}

# median FILE EXPRESSION: of awk's expression over the lines.
median() {
	awk "{ print $2 }" "$1" | sort -g | awk '{ v[NR] = $1 }
	    END { print v[int((NR + 1) / 2)] }'
}

# of NAME MEMBER: the median of a member of the server's counts.
of() {
	jq ".$2" "$work/$1.stats" >"$work/column"
	median "$work/column" '$1'
}

# body NAME: a request as ac-ask sends it, for clients that only send.
body() {
	records 1 | ac-ask -n -u http://127.0.0.1:1/v1 2>/dev/null |
	    jq -cj .body >"$1"
}

# about: what all figures depend on.
about() {
	printf '%s cores, %s, %s, load %s; medians of %s\n' "$(nproc)" \
	    "$(uname -sr)" "$(curl-config --version)" \
	    "$(cut -d' ' -f1 /proc/loadavg)" "$runs"
}

