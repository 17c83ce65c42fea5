#!/bin/sh
# peers.sh: ac-ask beside other clients, in one run on one machine: the bare
# libcurl loop (bare.c), a plain aiohttp client and the OpenAI Python client
# (peers.py).  Same request bodies, same number in flight, connections kept
# open, HTTP/1.1; all but the bare one read NDJSON, parse each reply and
# write NDJSON.  Figures, no verdict.
#
#	RUNS=N		runs of each, the clients taking turns (5)
#	N=N		requests a run (5000; of the OpenAI client a fifth)
#
# Rates are the server's, from the first request to the last answer.  The
# processor time and memory are the client's; the time of a start (no request
# at all) is taken off and told apart.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$top/tests/bench/measure.sh"
n=${N:-5000}
python=$top/build/peers/bin/python

# The packages, in a folder of their own.
install() {
	python3 -c 'import venv, ensurepip' 2>/dev/null || return
	[ -x "$python" ] || python3 -m venv "$top/build/peers" || return
	"$python" -m pip install -q --no-deps \
	    -r tests/bench/peers-requirements.txt >"$work/pip" 2>&1 ||
	    "$python" -c 'import aiohttp, openai' 2>/dev/null
}

clients='bare ask aiohttp openai'
install || {
	echo "$0: skipped: aiohttp and openai: no pip, or no packages"
	tail -2 "$work/pip" 2>/dev/null || :
	clients='bare ask'
}

# client NAME J N COST: a run of N requests, J in flight.
client() {
	head -n "$3" "$work/in" >"$work/some"
	case $1 in
	bare)	cost "$4" bare "$url/chat/completions" "$work/body" "$3" \
		    "$2" ;;
	ask)	cost "$4" ac-ask --no-cache --fixed -j "$2" -u "$url" \
		    "$work/some" ;;
	*)	head -n "$3" "$work/requests" >"$work/some"
		cost "$4" "$python" tests/bench/peers.py "$1" "$url" "$2" \
		    <"$work/some"
		[ "$(wc -l <"$work/out")" -eq "$3" ] ||
			echo "$0: $1 lost answers" >&2 ;;
	esac
}

# starts: what it costs to begin and end; $work/NAME.start is the seconds of
# processor time.
starts() {
	server -d 0
	for c in $clients; do
		i=0
		while [ $i -lt $((runs * 2)) ]; do
			client "$c" 1 0 "s.$c"
			i=$((i + 1))
		done
		median "$work/s.$c.cost" '$2' >"$work/$c.start"
		printf '%-18s %-8s %7.1f ms %24.1f MB\n' start "$c" \
		    "$(median "$work/s.$c.cost" '1000*$1')" \
		    "$(median "$work/s.$c.cost" '$3/1000')"
	done
	served start
}

# many NAME: requests of a run.
many() {
	[ "$1" = openai ] && echo $((n / 5)) || echo "$n"
}

# profile DELAY J
profile() {
	i=0
	while [ $i -lt "$runs" ]; do
		for c in $clients; do
			server -d "$1"
			client "$c" "$2" "$(many "$c")" "$1.$c"
			served "$1.$c"
		done
		i=$((i + 1))
	done
	for c in $clients; do
		printf '%-18s %-8s %7.0f req/s %7.1f us/req %6.1f MB\n' \
		    "$1 ms x $2" "$c" "$(of "$1.$c" "answers/.span")" \
		    "$(median "$work/$1.$c.cost" \
		    "1e6*(\$2-$(cat "$work/$c.start"))/$(many "$c")")" \
		    "$(median "$work/$1.$c.cost" '$3/1000')"
	done
}

records "$n" >"$work/in"
body "$work/body"
ac-ask -n -u http://127.0.0.1:1/v1 "$work/in" >"$work/requests" 2>/dev/null
about
[ "$clients" = 'bare ask' ] || "$python" -c 'import aiohttp, openai, sys
print("Python %s, aiohttp %s, openai %s" % (sys.version.split()[0],
    aiohttp.__version__, openai.__version__))'
starts
profile 0 64
profile 50-150 256
