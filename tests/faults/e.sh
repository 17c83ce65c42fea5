#!/bin/sh
# Fault matrix, part E: 200 with a bad body.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/faults/rows.inc"

# 401 inside of a 200 is as a 401: tried again once.
middle_err200() {
	server -B -k $key -c ok,ok,err200:401,ok
	records 6 > in
	go ac-answer -j 1
	all_ok -j 1
}

# Every third record's reply is cut at another byte; the others are whole, or
# the server would seem to be down.
cut_everywhere() {
	awk 'BEGIN {
		for (i = 0; i < 1200; i++)
			printf "{\"id\":\"r%d\",\"question\":\"What became of " \
			    "record r%d there?\",\"context\":\"%sIt was " \
			    "sold.\"}\n", i, i,
			    i % 3 ? "" : "@@cut:" i / 3 "@@ "
	}' > in
	server -B -k $key
	go ac-answer -j 64 --retries 0 --give-up 1000
	equal $code 1 "exit"
	oracle -j 64
	# Whole from some byte on, never before it.
	cat out e | jq -s 'def at: .context | capture("@@cut:(?<n>[0-9]+)").n |
	    tonumber;
	    map(select(.context | startswith("@@"))) |
	    {bad: map(select(.error)), good: map(select(.answer))} |
	    {codes: (.bad | map(.error.code) | unique),
	    last_bad: (.bad | map(at) | max),
	    first_good: (.good | map(at) | min // 9999)}' > cuts
	equal "$(jq -c .codes cuts)" '["malformed_response"]' "codes"
	equal "$(jq '.last_bad < .first_good' cuts)" true "cut replies fail"
	equal "$(cat out e | grep -v @@ | grep -c '"answer"')" 800 "whole ones"
	# Once: every eighth, half of them cut.
	awk 'NR % 8 == 1' in |
	    sed 's/@@ /,ok@@ /' > x
	mv x in
	server -B -k $key
	go ac-answer -j 16
	all_ok
}

half_json() {
	rm -f in
	printf '{"id":"r1","context":"@@length@@ %s"}\n' \
	    "The mill burned down in 1846, and nobody built it again." > in
	for grow in "" --grow-max-tokens; do
		server -B -k $key
		go ac-ask $grow
		equal "$(result r1)" 'E(truncated)' "always"
		equal $code 1 "exit"
		oracle
	done
	equal "$(asked)" 2 "requests with --grow-max-tokens"
	equal "$(jq -r '.text | fromjson | .max_tokens //
	    .max_completion_tokens' "$log" | tr '\n' ' ')" "1024 2048 " \
	    "tokens asked for"
	sed 's/@@length/&,ok/' in > x
	mv x in
	server -B -k $key
	go ac-ask --grow-max-tokens
	equal "$(result r1)" OK "once"
	has out '"question":"What about '
	equal $code 0 "exit"
	equal "$(asked)" 2 "requests"
}

# A server that cuts prompts silently counts fewer tokens than there are.
cut_prompt() {
	long=$(awk 'BEGIN { for (i = 0; i < 700; i++)
	    printf "In %d the mill near the old harbour was sold. ", i }')
	for d in fewtokens:2050 fewtokens:2050,ok; do
		printf '{"id":"r2","question":"%s","context":"@@%s@@ %s"}\n' \
		    "What became of record r2 there?" $d "$long" > in
		server -B -k $key
		go ac-answer
		ended OKx1 r2
		check "a warning" grep -qi prompt err
		oracle
		server -B -k $key
		go ac-answer --strict-prompt
		ended 'E(prompt_truncated)x1' r2
		oracle
	done
	# A plausible count is none.
	sed 's/@@fewtokens:2050,ok@@ //' in > x
	mv x in
	server -B -k $key
	go ac-answer --strict-prompt
	ended OKx1 r2
	check "no warning" test ! -s err
	oracle
}

# The oracle itself: an answer that belongs to another record is seen.
foreign() {
	server -B -k $key
	records 3 2 other > in
	go ac-answer
	equal $code 0 "exit"
	jq -nr --slurpfile in in --slurpfile out out --slurpfile e e \
	    --slurpfile log "$log" --slurpfile stats stats --argjson j 16 \
	    --arg wire exact -f "$faults/oracle.jq" > complaints
	equal "$(lines complaints)" 1 "complaints"
	has complaints "r2: has another's answer"
}

rows E "$@"
