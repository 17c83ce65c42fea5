# What is taken for right, agreement and 0 or 1, of each answer: a row each for
# agreement.awk.  With -L, the folder of held.jq.
include "held";
def words: ascii_downcase | gsub("[\\p{P}]"; "") |
    [scan("\\p{Han}|[^\\s\\p{Han}]+")] |
    map(select(. != "a" and . != "an" and . != "the"));
def shared($a; $b): reduce $a[] as $w ({n: 0, left: $b};
    (.left | index([$w])) as $i |
    if $i == null then . else .n += 1 | del(.left[$i]) end) | .n;
# SQuAD's token F1, the best of what people answered.
def f1: (.answer | words) as $a | [.answers[] | words as $b |
    shared($a; $b) as $n | if $n == 0 then 0 else
    2 * $n / (($a | length) + ($b | length)) end] | max;

.[] | select(.answer and .agreement) |
    ["holds it", .agreement, if holds then 1 else 0 end],
    ["F1 >= 0.5", .agreement, if f1 >= 0.5 then 1 else 0 end] | @tsv
