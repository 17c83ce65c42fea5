#!/bin/sh
# The whole pipeline from a recording of a real model's replies (make
# record), byte for byte, and with no request.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

case=replay
want=$top/tests/recording/want
unset AC_CACHE
if MODE=replay OUT="$work/out" sh "$top/examples/demo/demo.sh" \
    > "$work/log" 2>&1; then ok; else
	bad "the pipeline"
	show "$work/log"
fi
for f in "$want"/*; do
	same "$f" "$work/out/$(basename "$f")"
done
equal "$(tail -1 "$work/log")" "demo: replayed" "the last line"
has "$work/log" "Ten pairs"
equal "$(ls "$want" | wc -l | tr -d ' ')" 7 "files to compare"
finish
