#!/bin/sh
# main.sh: the whole method, from documents to pairs.  Each other script here
# is this one with one thing changed, and reads the steps from it.
# usage: main.sh FILE ... > pairs.ndjson
#   FILE    what ac-chunk reads: text, Markdown, or NDJSON by its name
#   KEEP=4  pairs to keep of a chunk, the best
#   DEPTH=2, LAMBDA=60  levels of a tree; shortest context asked about
#   SCORER=FILE  a scorer of ac-train-scorer; without, one is learnt from
#           what was asked, and no further call (examples/scorer/mix.sh)
# AC_BASE_URL and AC_MODEL say who is asked, and AC_SEED makes it repeatable.
here=$(cd "$(dirname "$0")" && pwd) || exit
keep=${KEEP:-4} depth=${DEPTH:-2} lambda=${LAMBDA:-60}
nodes=$(((2 << depth) - 1))	# of a whole tree
dir=$(mktemp -d) || exit
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

# What has no error and a question.
asked() { jq -c 'select(.question and (.error | not))'; }

# chunks FILE ...
chunks() { ac-chunk -q "$@"; }

# tree [HOW]: every context in two, and both halves again.
tree() {
	ac-split -q --by "${1:-cohesion}" --no-question \
	    --min-length "$lambda" --max-depth "$depth"
}

# ask [OPTION ...]: a question of every node.
ask() { ac-ask -q --max-tokens 160 "$@" | asked; }

# score: by the scorer.
score() {
	cat > "$dir/asked"
	if [ -z "${SCORER:-}" ]; then
		SCORER=$dir/scorer
		sh "$here/../scorer/mix.sh" "$dir/asked" /dev/null |
		    ac-train-scorer -q -o "$SCORER"
	fi
	ac-score -q -S "$SCORER" "$dir/asked"
}

# best: the best of each chunk, and none too much like a better one.
best() { ac-dedup -q --keep "$keep" "$@"; }

# answer [OPTION ...]
answer() {
	ac-answer -q "$@" | jq -c 'select(.answer and (.error | not))'
}

# at_once PROMPT MEMBER ...: these members in one reply about a chunk, as
# often as a tree has nodes.
at_once() {
	prompt=$here/$1
	shift
	form=$(jq -n -c '$ARGS.positional | {type: "json_schema",
	    json_schema: {name: "pair", schema: {type: "object",
	    properties: (map({key: ., value: (if . == "confidence" then
	        {type: "integer", enum: [1, 2, 3, 4, 5]} else
	        {type: "string"} end)}) | from_entries),
	    required: ., additionalProperties: false}}}' --args "$@")
	jq -c --argjson k "$nodes" '.root //= .id | .id as $id |
	    range($k) as $i | .id = "\($id)+\($i)" | .sample = $i |
	    .question = "-"' |
	    ac-answer -q -p "$prompt" -t 0.85 --out reply --max-tokens 240 \
	    --set "response_format=$form" |
	    jq -c 'select(.error | not) | (.reply | fromjson?) as $pair |
	    del(.reply, .question) + $pair |
	    select((.question | type) == "string" and
	        (.answer | type) == "string")'
}

case ${0##*/} in
main.sh) chunks "$@" | tree | ask | score | best | answer ;;
esac
