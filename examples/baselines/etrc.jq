# Pairs, shortest first, joined until a conversation has $chars characters:
# {"messages": [...], "pairs": [{"root", "question", "answer"}, ...]}.
def size: (.question + .answer) | length;

[inputs] | sort_by(size)
| reduce .[] as $p ([];
    if length > 0 and (.[-1] | map(size) | add) + ($p | size) <= $chars
    then .[-1] += [$p] else . + [[$p]] end)
| .[]
| {messages: [.[] | {role: "user", content: .question},
    {role: "assistant", content: .answer}],
  pairs: [.[] | {id, root, doc, context, question, answer}]}
