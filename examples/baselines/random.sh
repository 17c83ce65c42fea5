#!/bin/sh
# Numbers drawn in the place of scores.
# usage: random.sh FILE ... > pairs.ndjson	(settings as main.sh)
#   SEED=1
. "$(dirname "$0")/main.sh"

# Park and Miller's generator: the same numbers by every awk.
draw() {
	awk -v x="${SEED:-1}" 'BEGIN { for (i = 0; i < 9; i++) draw() }
	    function draw() { return x = x * 16807 % 2147483647 }
	    { sub(/}$/, ",\"score\":" draw() "}"); print }'
}
chunks "$@" | tree | ask | draw | best | answer
