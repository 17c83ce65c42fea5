#!/bin/sh
# tests/bench/held.jq: what the benches take for right.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
command -v jq > /dev/null || { case=held; skip "no jq"; finish; }

# held ANSWER HUMAN WANT: exact, holds, f1 to two places.
held() {
	got=$(jq -n -r -L "$top/tests/bench" --arg a "$1" --arg b "$2" '
	    include "held"; {answer: $a, answers: ["not this", $b]} |
	    "\(exact) \(holds) \(f1 * 100 | round)"')
	equal "$got" "$3" "$1 / $2"
}

begin held
held "The old mill." "Old Mill" "true true 100"
held "It was the old mill, by then." "an old mill" "false true 50"
held "Windmills" "mill" "false false 0"
held "In 1901" "190" "false false 0"
held "在一九〇一年。" "一九〇一年" "false true 91"
held "磨坊" "磨坊。" "true true 100"
finish
