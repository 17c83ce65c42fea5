#!/bin/sh
# endpoint.sh [PART...]: what the endpoint layer costs and how busy it keeps
# a server, beside the least that libcurl can do (bare.c); figures, no
# verdict.  Parts: cpu, start, goodput, cached; all of them without.
#
#	RUNS=N		runs of each (5)
#	ASK=OPTIONS	more options for ac-ask
#	JOBS=N		in flight against servers of 16 slots (32)
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$top/tests/bench/measure.sh"
more=${ASK:-} jobs=${JOBS:-32}

# row WHAT FORMAT VALUE...
row() {
	what=$1 format=$2
	shift 2
	# shellcheck disable=SC2059 # the format is the caller's
	printf "%-34s $format\n" "$what" "$@"
}

# client NAME J N FILE: one run of a client against the server.
client() {
	case $1 in
	bare)	cost "$4.bare" bare "$url/chat/completions" "$work/body" \
		    "$3" "$2" ;;
	ask)	head -n "$3" "$work/in" >"$work/some"
		# shellcheck disable=SC2086 # words
		cost "$4.ask" ac-ask --no-cache --fixed -j "$2" -u "$url" \
		    $more "$work/some" ;;
	esac
}

# profile WHAT DELAY J N: both clients in turn; N requests each.
profile() {
	f=p$3.$2 i=0
	while [ $i -lt "$runs" ]; do
		for c in bare ask; do
			server -d "$2"
			client $c "$3" "$4" "$f"
			served "$f.$c"
		done
		i=$((i + 1))
	done
	for c in bare ask; do
		row "$1, $c" '%7.0f req/s %7.1f us/req %6.1f MB  server %3.0f %%' \
		    "$(median "$work/$f.$c.cost" "$4/\$1")" \
		    "$(median "$work/$f.$c.cost" "1e6*\$2/$4")" \
		    "$(median "$work/$f.$c.cost" '$3/1000')" \
		    "$(paste "$work/$f.$c.cost" "$work/$f.$c.stats" |
		    sed 's/{.*"cpu"://; s/}//' >"$work/both"
		    median "$work/both" '100*$4/$1')"
	done
	paste "$work/$f.bare.cost" "$work/$f.ask.cost" >"$work/both"
	row "$1, ask / bare" '%7.2f x CPU' "$(median "$work/both" '$5/$2')"
}

part_cpu() {
	echo "requests of $(wc -c <"$work/body") bytes, replies of 1.2 kB"
	profile '0 ms x 64' 0 64 20000
	profile '50-150 ms x 256' 50-150 256 10000
	profile '1-3 s x 1000' 1000-3000 1000 4000
}

# starts NAME COMMAND...: the median of many starts, in ms.
starts() {
	what=$1 i=0
	shift
	rm -f "$work/start.cost"
	while [ $i -lt $((runs * 10)) ]; do
		cost start "$@" </dev/null
		i=$((i + 1))
	done
	row "start: $what" '%7.2f ms %7.2f ms of CPU' \
	    "$(median "$work/start.cost" '1000*$1')" \
	    "$(median "$work/start.cost" '1000*$2')"
}

part_start() {
	server -d 0
	head -n 1 "$work/in" >"$work/one"
	ac-ask --cache "$work/kept" -u "$url" "$work/one" >/dev/null
	served start
	starts 'true' true
	starts 'bare, no request' bare "$url" "$work/body" 0 1
	starts 'ac-ask, no record' ac-ask -u "$url"
	starts 'ac-ask, a cached record' ac-ask --cache "$work/kept" \
	    -u "$url" "$work/one"
	starts 'ac-score --version' ac-score --version
	starts 'ac-score, no record' ac-score -S tests/recording/want/scorer
	starts 'ac-chunk, no text' ac-chunk
	starts 'ac-dedup, no record' ac-dedup
}

# busy WHAT SLOTS J N OPTION...: how much of a server ac-ask uses.
busy() {
	what=$1 slots=$2 j=$3 n=$4 f=g$#.$2$3$4 i=0
	shift 4
	f=$(echo "$f$*" | tr -d ' ')
	while [ $i -lt "$runs" ]; do
		server "$@"
		head -n "$n" "$work/in" >"$work/some"
		# shellcheck disable=SC2086 # words
		cost "$f" ac-ask --no-cache -j "$j" -u "$url" $more \
		    "$work/some"
		served "$f"
		i=$((i + 1))
	done
	b=$(of "$f" busy)
	row "$what" '%6.1f of %d busy %5.1f %%  %5.2f refusals an answer' \
	    "$b" "$slots" "$(echo "$b $slots" | awk '{ print 100*$1/$2 }')" \
	    "$(of "$f" 'refusals/.answers')"
}

part_goodput() {
	busy "16 x 100 ms, queues, -j $jobs" 16 "$jobs" 2000 -q 16 -d 100
	busy "16 x 100 ms, refuses, -j $jobs" 16 "$jobs" 2000 -m 16 -d 100
	busy "16 x 100 ms, 30 % 429, -j $jobs" 16 "$jobs" 2000 -q 16 -d 100 \
	    -r 30
	busy "16 x 100 ms, 30 % 429, -j 16" 16 16 2000 -q 16 -d 100 -r 30
	busy "64 x 5-200 ms, -j 64" 64 64 8000 -q 64 -d 5-200
}

part_cached() {
	i=0
	server -d 0
	ac-ask -j 64 --cache "$work/warm" -u "$url" "$work/in" >/dev/null
	while [ $i -lt "$runs" ]; do
		# shellcheck disable=SC2086 # words
		cost cached ac-ask --cache "$work/warm" -u "$url" $more \
		    "$work/in"
		i=$((i + 1))
	done
	served cached
	row 'all from the cache' '%7.0f rec/s %7.1f us/rec %6.1f MB' \
	    "$(median "$work/cached.cost" '20000/$1')" \
	    "$(median "$work/cached.cost" '1e6*$2/20000')" \
	    "$(median "$work/cached.cost" '$3/1000')"
	[ "$(jq .requests <"$work/cached.stats")" -eq 20000 ] ||
		echo "$0: not all came from the cache" >&2
}

records 20000 >"$work/in"
body "$work/body"
about
[ $# -gt 0 ] || set -- cpu start goodput cached
for part; do
	"part_$part"
done
