#!/bin/sh
# Files that ac-answer reads beside its records: what cannot be used is said
# with file, line and reason, before anything is sent; provenance says what
# was used.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start
server

record() {
	printf '%s\n' '{"context":"The mill at Orle burned down.","question":"What burned?"}' > in
}

# refused TEXT OPTION...: exit 2 with the text in the message, no output.
refused() {
	text=$1
	shift
	run 2 ac-answer "$@"
	has err "$text"
	equal "$(lines out)" 0 "lines"
}

principles() {
	printf "$1" > mine
	refused "$2" --principles mine
}

example() {
	printf '%s\n' '{"context":"a","question":"b","answer":"c"}' > mine
	printf "$1\n" >> mine
	refused "$2" --examples mine
}

begin principles
record
principles '' 'mine: no principles in it'
principles ' \n\t\n' 'mine: no principles in it'
principles 'Be short.\nBe\0kind.\n' 'mine:2: a NUL byte'
principles 'Be short.\n\nBe \377.\n' 'mine:3: principles are not UTF-8'
principles 'Be short.\nUse {{context}}.\n' 'mine:2: nothing fills a hole'
principles 'Use {{tone}}.\n' 'mine:1: nothing fills a hole'
awk 'BEGIN { for (i = 0; i < 120000; i++) print "Be short." }' > mine
refused 'mine: larger than 1 MiB' --principles mine
refused '.: Is a directory' --principles .
refused 'none: No such file' --principles none
equal "$(asked)" 0 "requests"
# A pipe can be read once, and is.
printf 'Answer in verse.\n' > mine
mkfifo pipe
cat mine > pipe &
printf '%s\n' '{"context":"磨坊烧毁了。","question":"什么烧毁了？"}' >> in
server -B
run 0 ac-answer --principles pipe
equal "$(jq -r .text "$log" | grep -c 'Answer in verse')" 2 "requests with it"

begin examples
record
server
example '{"context":"a"' 'mine:2: the line is no JSON object: column'
example '{"context":"\377","question":"b","answer":"c"}' 'not UTF-8'
example '["a"]' 'mine:2: the line is no JSON object'
example '\n{"context":"a","question":"b","answer":" "}' \
    "mine:3: an example's 'answer' is missing, blank or no text"
example '{"context":"a","question":7,"answer":"c"}' \
    "mine:2: an example's 'question' is missing"
example '{"context":"a","question":"b","question":"b","answer":"c"}' \
    "mine:2: an example's 'question' is missing, blank or no text"
example '{"question":"b","answer":"c"}' "'context' is missing"
: > mine
refused 'mine: no examples in it' --examples mine
printf '\0\1\2\n' > mine
refused 'mine:1: the line is no JSON object' --examples mine
awk 'BEGIN { for (i = 0; i < 80000; i++) print "{\"context\":\"a\"," \
    "\"question\":\"b\",\"answer\":\"c\",\"x\":\"a longer line\"}" }' > mine
refused 'the examples have more than 4194304 bytes' --examples mine
refused 'Is a directory' --examples .
refused '--samples' --samples 0
refused '--samples: at most 1000' --samples 1001
refused 'consensus' --samples 2 --choose best
equal "$(asked)" 0 "requests"

# Standard input is the records', or a file's.
begin stdin
record
cp in records
printf 'Be short.\n' > in
server -B
refused 'can be read once' --principles -
refused 'can be read once' --examples - --principles - records
run 0 ac-answer --principles - records
jq -r .text "$log" > body
has body 'Be short.'
run 0 ac-answer -q --principles - --samples 2 -t 0 records
lacks err temperature
run 0 ac-answer --principles - --samples 2 -t 0 records
has err '--samples at --temperature 0'

hash() {
	if command -v sha256sum > /dev/null; then sha256sum "$1"
	else shasum -a 256 "$1"; fi | cut -c1-16
}

begin provenance
record
printf 'Be short.\n' > p
printf '%s\n' '{"context":"a","question":"b","answer":"c"}' > e
run 0 ac-answer --provenance
jq -r '.provenance | .principles, .examples' out > got
printf '%s\nnull\n' "$(hash "$top/prompts/principles.en.txt")" > want
same got want
run 0 ac-answer --provenance --principles p --examples e
jq -r '.provenance | .principles, .examples' out > got
{ hash p; hash e; } > want
same got want
printf '%s\n' '{"context":"磨坊烧毁了。","question":"什么烧毁了？"}' > in
run 0 ac-answer --provenance
jq -r '.provenance.principles' out > got
hash "$top/prompts/principles.zh.txt" > want
same got want
finish
