#!/bin/sh
# L8: no record depends on time, host, folder, process, number of jobs or
# tries, or on what the cache holds.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
. "$top/tests/laws/filters.inc"
start
make_scorer

# elsewhere COMMAND...: another folder, home, zone, language and minute.
elsewhere() {
	(
		mkdir -p "$work/home.$case/sub" && cd "$work/home.$case/sub" ||
		    exit 1
		HOME=$work/home.$case TZ=Asia/Tokyo LC_ALL=C.UTF-8 USER=other
		COLUMNS=40 TERM=xterm
		export HOME TZ LC_ALL USER COLUMNS TERM
		"$@" < "$work/$case/in" > "$work/$case/out" \
		    2> "$work/$case/err"
	)
	equal $? 0 "exit of $*"
}

for f in $maps dedup; do
	begin $f
	input $f 16 > in
	server
	more=
	calls $f && more='--provenance --seed 3'
	[ $f != verify ] || more=
	AC_JOBS=1
	export AC_JOBS
	run 0 filter $f $more
	mv out want
	unset AC_JOBS
	server -d 0-20 -r 4:503
	[ $f != dedup ] || more='--threads 3'
	elsewhere filter $f $more
	same out want
	calls $f || continue
	# An empty cache, a full one, another server's port.
	server
	elsewhere filter $f $more --cache "$work/cache.$f"
	same out want
	elsewhere filter $f $more --cache "$work/cache.$f" -j 3
	same out want
	elsewhere filter $f $more --no-cache -j 2
	same out want
done

begin train-scorer
pairs 40 > in
run 0 ac-train-scorer -o model
mv model want
elsewhere ac-train-scorer -o "$work/$case/model"
same model want

begin tune
humans 8 > in
humans 8 | jq -c '.doc = .id' > docs
server
for what in answer ask split; do
	[ $what != split ] || mv docs in
	set -- ac-tune -q --for $what --trials 4 --joins 8 --seed 3
	run 0 "$@" --trials-log log
	mv out want
	mv log want.log
	elsewhere "$@" --trials-log "$work/$case/log" -j 3
	same out want
	same log want.log
done

begin chunk
contexts 40 | sed 's/.*"context":"//; s/"}$//' > in
run 0 ac-chunk --df df
mv out want
mv df want.df
elsewhere ac-chunk --df "$work/$case/df"
same out want
same df want.df
# In pieces that come late it is the same document.
awk '{ print; if (NR % 9 == 0) { fflush(); system("sleep 0.02") } }' in |
    ac-chunk > out
same out want

# An error does not say when, where or at which try it came about.
begin errors
contexts 6 | sed 's/"context":"/&@@500@@ /' > in
server
run 0 ac-ask --retries 0 --max-errors 100%
mv out want
server -d 0-9
mkdir sub
(cd sub && ac-ask --retries 1 --max-errors 100% 2> err) < in > out
same out want
finish
