#!/bin/sh
# ac-dedup --measure cosine: embeddings of a server, cached, in place.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/tests/lib.sh"
start

# The scripted server's vectors are bags of words: the same words in another
# order are near, whatever ROUGE-L says.
questions() {
	cat <<'E2'
{"id":"a","root":"r","question":"what was the height of the tower?","score":1}
{"id":"b","root":"r","question":"of the height the what was tower?","score":2}
{"id":"c","root":"r","question":"Who sold the boat to the keeper?","score":3}
{"id":"d","root":"r"}
{"id":"e","root":"s","question":"height of the what was the tower?","score":9}
{"id":"f","root":"r","question":"Who sold the boat to a merchant from the north?","score":0}
E2
}

begin meaning
questions > in
server
run 1 ac-dedup --measure cosine --embed --dropped dropped --groups groups \
    --cache cache in
equal "$(jq -r .id out | tr '\n' ' ')" "b c d e f " "kept, and in place"
equal "$(jq -r .error.code out | grep -v null)" missing_field "the failed one"
equal "$(jq -c '[.id, .dropped.of]' dropped)" '["a","b"]' "dropped"
check "a cosine" jq -e '.dropped.cosine > 0.95 and .dropped.cosine <= 1' \
    dropped
equal "$(jq -c '[.id, .size, .dropped[0].id]' groups)" '["b",2,"a"]' groups
equal "$(asked)" 5 "requests"
ac-dedup in > rouge 2> /dev/null
check "ROUGE-L keeps it" grep -q '"id":"a"' rouge

# What is cached is not asked for again, and one server does for all.
mv out first
run 1 ac-dedup --measure cosine --embed --cache cache --stats stats in
same out first
equal "$(asked)" 5 "requests of both runs"
equal "$(jq -c '[.requests, .cached]' stats)" '[0,5]' "--stats"
run 1 ac-dedup --measure cosine --embed --cache cache --offline -u \
    "$AC_BASE_URL" in
same out first
run 1 ac-dedup --measure cosine --embed --cache cache --grouped in
equal "$(jq -r .id out | tr '\n' ' ')" "b c d e f " "--grouped"
run 1 ac-dedup --measure cosine --embed --cache cache --scope all \
    --threshold 0.9 in
equal "$(jq -r .id out | tr '\n' ' ')" "c d e f " "--scope all"

# A question whose embedding fails has failed, in place; the others go on.
for d in 400 cut:60 empty null html; do
	begin "failed-$d"
	questions > in
	server -c "ok,$d,ok"
	run 1 ac-dedup --measure cosine --embed --no-cache -j 1 --retries 0 in
	equal "$(wc -l < out | tr -d ' ')" 6 "lines: b fails, so a stays"
	equal "$(jq -r 'select(.error) | .id' out | tr '\n' ' ')" "b d " failed
	equal "$(jq -r 'select(.id == "b") | .question' out)" \
	    "of the height the what was tower?" "its question stays"
	has err "record:2:"
done

# A server that is away ends the run before anything is decided.
begin away
questions > in
run 75 ac-dedup --measure cosine --embed --no-cache --retries 0 \
    --give-up 1 -u http://127.0.0.1:9/v1 in
check "nothing is written" test ! -s out

# -n shows the requests; as a batch, and back from one.
begin dry
questions > in
run 1 ac-dedup --measure cosine --embed -n in
equal "$(jq -r .url out | sort -u)" /v1/embeddings "url"
equal "$(jq -r .body.input out | head -1)" \
    "what was the height of the tower?" "input"

begin usage
: > in
run 2 ac-dedup --measure cosine in
has err "go together"
run 2 ac-dedup --embed in
has err "go together"
run 2 ac-dedup --measure cosine --embed --threshold 1.5 in
run 0 ac-dedup --measure cosine --embed --no-cache in
finish
