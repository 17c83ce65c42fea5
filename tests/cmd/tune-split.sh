#!/bin/sh
# ac-tune --for split: joins, the cuts that need no model, the prompt written.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
if ! command -v jq > /dev/null; then
	skip "no jq: the test needs it"
	finish
fi

# docs N: English chunks of a document each.
docs() {
	contexts $((2 * $1)) | jq -c 'select(.context | test("^In"))
	    | {doc: "d\(.id)"} + .' | head -n "$1"
}

begin plain
docs 20 > in
server -B
run 0 ac-tune --for split --joins 16 --trials 6 --trials-log log
equal "$(jq -r 'select(has("trial")).kind' log | tr '\n' ' ')" \
    'middle cohesion prompt none random random random random ' "kinds"
equal "$(jq -s 'map(select(has("trial")) | .n) | unique | . == [12]' log)" \
    true "joins of the search"
equal "$(jq -s 'map(select(.final.n == 4) | .trial) | length' log)" \
    "$(jq -s '.[-1].winner | if . == 2 then 3 else 4 end' log)" "in the end"
equal "$(asked)" "$(jq -s '.[-1].calls' log)" requests
equal "$(jq -s '.[-1].winner as $w | map(select(has("trial"))) |
    (.[2:] | max_by([.hits, -.trial]) | .trial) == $w' log)" true "the best"
has err 'cut less cohesion, on 4 joins '
cp log first.log && mv out prompt.txt
# ac-split asks with the prompt as the winner was asked.
jq -r .text "$log" | jq -c .messages | sort -u > asked
server -B
docs 20 | head -3 > some
run 0 ac-split --by cut -d 1 -p prompt.txt some
jq -r .text "$log" | jq -c '.messages[:-1]' | sort -u > got
jq -s '.[-1].winner' first.log > winner
equal "$(lines got)" 1 "one set of examples"
jq -c '.[:-1]' asked | sort | uniq > all
check "it is one of those asked" grep -qFxf got all
equal "$(jq '(length - 1) / 2' got)" \
    "$(jq -s '.[-1].winner as $w | if $w == 2 then 5 else
    (.[$w].examples | length) end' first.log)" "examples"

# The same bytes each time, and nothing paid twice.
begin again
cp ../plain/in .
server
run 0 ac-tune --for split --joins 16 --trials 6 --trials-log log --cache c -j 3
same out ../plain/prompt.txt
same log ../plain/first.log
before=$(asked)
run 0 ac-tune --for split --joins 16 --trials 6 --trials-log log --cache c
same out ../plain/prompt.txt
equal "$(asked)" "$before" requests
run 0 ac-tune --for split --joins 16 --trials 6 --seed 2 --trials-log other

# The hits of cohesion are those of ac-split on texts joined by hand.
begin hits
cat > in <<'E2'
{"doc":"a","context":"The bee finds the flower. The bee dances for the other bees. The bees fly to the flower."}
{"doc":"b","context":"The old harbour was sold in March. The harbour had a crane. The crane of the harbour broke."}
E2
server
run 0 ac-tune --for split --joins 12 --trials 2 --holdout 0 --trials-log log
equal "$(jq 'select(.kind == "cohesion") | .hits == .n' log)" true "all hit"
equal "$(jq -s '.[-1].held_back' log)" 0 "held back"

begin budget
docs 20 > in
run 2 ac-tune --for split --joins 16 --max-calls 31
has err 'take 32'
for most in 32 50 90; do
	server
	run 0 ac-tune --for split --joins 16 --max-calls $most
	check "$(asked) of $most" [ "$(asked)" -le $most ]
done

begin odd
server -c other
docs 10 > in
run 0 ac-tune --for split --joins 8 --trials 2 --trials-log log --retries 0
equal "$(jq -s 'map(.no_cut // 0) | add' log)" 14 "replies without a cut"
equal "$(jq -s '.[2].hits' log)" 0 "hits"
server -c 400
run 76 ac-tune --for split --joins 8 --trials 2
equal "$(lines out)" 0 "lines"
server -r 30:400
run 1 ac-tune --for split --joins 8 --trials 2
check "a prompt all the same" [ -s out ]

begin bad
server
for line in x '{"context":"A b. C d."}' '{"doc":"a"}' '{"doc":1,"context":"a"}'; do
	docs 3 > in
	printf '%s\n' "$line" >> in
	run 2 ac-tune --for split -o kept in
	has err 'in:4: '
	check "nothing is begun" [ ! -e kept.part ]
done
docs 1 > in
run 2 ac-tune --for split
has err "two 'doc'"
docs 3 | jq -c '.doc = "one"' > in
run 2 ac-tune --for split
: > in
run 2 ac-tune --for split
equal "$(asked)" 0 requests
finish
