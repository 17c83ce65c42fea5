#!/bin/sh
# L6 for ac-dedup, over inputs made at random: in = kept + dropped, always,
# and --dropped, --groups and --stats agree on what was dropped for what.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

# random SEED: 150 lines of questions in few words, alike ones among them;
# roots are adjacent; some lines are no questions, some no records.
random() {
	awk -v seed="$1" 'BEGIN {
		srand(seed)
		words = 3 + int(rand() * 40)
		for (i = 1; i <= 150; i++) {
			q = ""
			for (n = 1 + int(rand() * 7); n > 0; n--)
				q = q (q ? " " : "") "w" int(rand() * words)
			root = int(i / 9)
			line = "\"id\":\"" i "\",\"question\":\"" q "\""
			if (root % 5)
				line = line ",\"root\":\"r" root "\""
			line = line ",\"root_chars\":" root * 13
			if (rand() < 0.8)
				line = line ",\"score\":" int(rand() * 5) - 2
			else if (rand() < 0.5)
				line = line ",\"score\":null"
			odd(int(rand() * 60))
			printf "%s%s", line, i < 150 || seed % 2 ? "\n" : ""
		}
	}
	function odd(k) {
		if (k == 0) sub(/"question":"/, "&\\ud800", line)
		if (k == 1) sub(/"question":"[^"]*"/, "\"question\":[]", line)
		if (k == 2) sub(/"question":"[^"]*"/, "\"question\":\" \"", line)
		if (k == 3) sub(/"question":"[^"]*",/, "", line)
		if (k == 4) line = line ",\"question\":\"again\""
		if (k == 5) sub(/"score":[^,]*/, "\"score\":1e999", line)
		if (k == 6) sub(/"score":[^,]*/, "\"score\":\"1\"", line)
		if (k == 7) sub(/"root":"r/, "\"root\":17,\"r\":\"", line)
		if (k == 8) sub(/"root_chars":/, "&-1", line)
		if (k == 9) sub(/"root_chars":/, "\"chars\":", line)
		if (k == 10) line = line ",\"error\":{\"by\":\"other\"}"
		if (k == 11) sub(/"question":"[^"]*"/, "\"state\":\"leaf\"", line)
		if (k == 12) line = line ",\"state\":\"open\""
		line = "{" line "}"
		if (k == 13) sub(/.$/, "", line)
		if (k == 14) line = "[" line "]"
		if (k == 15) sub(/"score":[^,}]*/, "\"score\":NaN", line)
		if (k == 16) line = line "\n\n \t"
	}'
}

# back FILE...: the lines as they came in.
back() {
	{
		grep -h '"raw":"' "$@" | jq -r .raw
		grep -hv '"raw":"' "$@"
	} | sed -E -e 's/,"error":\{"by":"ac-[^}]*\}//' \
	    -e 's/,"dropped":\{[^}]*\}\}$/}/' | sort
}

holds() {
	ac-dedup -q $options --dropped dropped --groups groups --stats stats \
	    --max-errors 100% < in > out 2> err
	equal "$? $(lines err)" "0 0" "exit and words of seed $seed $options"
	errors=
	case $options in *-e*) errors=errors ;; esac
	back out dropped $errors > got
	same got want
	equal "$(lines dropped) $(jq -s 'map(.dropped | length) | add // 0
	    ' groups) $(jq -s 'map(.size - 1) | add // 0' groups)" \
	    "$(jq -r '"\(.close + .full) \(.close) \(.close)"' stats)" \
	    "dropped, in groups, by size"
	equal "$(jq '.read - .kept - .close - .full - .failed - .passed' \
	    stats)" 0 "lines that are nowhere"
	jq -r 'select(.dropped.of) | [.dropped.of, .id, .question,
	    .dropped.rouge] | @json' dropped | sort > pairs
	jq -r '.id as $of | .dropped[] | [$of, .id, .question, .rouge] |
	    @json' groups | sort > got
	same got pairs
	# Groups are in the order of the output; no member is out of it.
	grep -v '"error":{"by":"ac-' out |
	    jq -r '[.id, .question] | @json' | grep -n '' > order
	jq -r '[.id, .question] | @json' groups > first
	awk -F: 'NR == FNR { at[$2] = $1; next } !($0 in at) { bad = 1 }
	    at[$0] <= last { bad = 1 } { last = at[$0] }
	    END { print bad + 0 }' order first > n
	equal "$(cat n)" 0 "groups out of order"
	cat stats >> "$work/all"
	# Kept questions are kept.
	ac-dedup -q $options --max-errors 100% < out > again 2> err
	same again out
}

for seed in 1 2 3; do
	begin seed$seed
	random $seed > in
	{ cat in; echo; } | grep -v '^[[:space:]]*$' | sort > want
	for options in "" --grouped "--scope all" "--keep 2" \
	    "--scope all --keep 30" "--quota 35" "--quota 20 --grouped" \
	    "--scope all --quota 35 --keep 40" "-e errors" \
	    "--grouped --keep 1 -e errors --threads 2" \
	    "--measure precision --threshold 0.5" "--compat augcon --quota 35"
	do
		holds
	done
done
# They were no dull inputs.
for n in close full failed passed; do
	check "$n" test "$(jq -s "map(.$n) | add" "$work/all")" -gt 50
done
finish
