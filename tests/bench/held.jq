# What a model answered beside what people did, .answer and .answers, read as
# SQuAD does: words without case, punctuation and articles; each Han character
# is a word.
def squad: ascii_downcase | gsub("\\p{P}"; "") |
    [scan("\\p{Han}|[^\\s\\p{Han}]+")] |
    map(select(. != "a" and . != "an" and . != "the"));
def line: " " + (squad | join(" ")) + " ";
def exact: (.answer | squad) as $a | any(.answers[]; squad == $a);
# A human answer stands in the model's.
def holds: (.answer | line) as $a | any(.answers[]; line as $b |
    $a | contains($b));
def shared($a; $b): reduce $a[] as $w ({n: 0, left: $b};
    (.left | index([$w])) as $i |
    if $i == null then . else .n += 1 | del(.left[$i]) end) | .n;
# SQuAD's token F1, the best of what people answered.
def f1: (.answer | squad) as $a | [.answers[] | squad as $b |
    shared($a; $b) as $n | if $n == 0 then 0 else
    2 * $n / (($a | length) + ($b | length)) end] | max;
