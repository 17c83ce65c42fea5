# select-free.jq: training pairs for ac-train-scorer out of trees with questions,
# without a single call: the worse question of a context is one of another
# place in the same root (kind "near"), or of another root ("other").
#   jq -c -s -f select-free.jq questions.ndjson | ac-train-scorer -o scorer
# (Compares each record with the next that fits; for some 10,000 records.)
[.[] | select(.question and .context and (.error | not))] as $all
| range($all | length) as $i
| $all[$i] as $r
| def worse(fits; $kind):
    first($all[$i + 1:][], $all[:$i][] | select(fits))
    | {context: $r.context, question, label: 0, kind: $kind, root: $r.root};
  {context: $r.context, question: $r.question, label: 1, root: $r.root},
  worse(.root == $r.root and (.start >= $r.end or .end <= $r.start); "near"),
  worse(.root != $r.root; "other")
