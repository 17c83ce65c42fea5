# mix.jq: pairs out of $tree and $worse, as mix.sh says.
include "text";

def has_question:
  (.question | type) == "string" and (.context | type) == "string"
  and (.error | not);

# The question whose length is nearest to $n, or one unit off at most; of
# these the one that $turn points at.
def like($n; $turn):
  map({question: ., off: (size - $n | fabs)})
  | ([.[].off, 1e9] | min) as $least
  | map(select(.off <= ([$least, 1] | max)).question)
  | select(length > 0)
  | .[$turn % length];

def apart($of):
  .start != null and $of.start != null
  and (.start >= $of.end or .end <= $of.start);

# The two lines of a pair.
def pair($good; $kind; $question; $name):
  select($question != $good.question)
  | {context: $good.context, root: $good.root, pair: $name}
  | (. + {question: $good.question, label: 1}),
    (. + {question: $question, label: 0, kind: $kind});

# Every $from-th good question out of $step, with its number.
def every($step; $from):
  . as $all | range($from; length; $step) | {i: ., good: $all[.]};

[$tree[] | select(has_question and .label != 0) | .root //= .id
  | .self = (.question | speaks_of_text)
  | .copy = (.context as $c | .question | copies($c))] as $all
| [$all[] | select(.self or .copy | not)] as $good
| ($good | length) as $n
| ($good | group_by(.root) | map({key: .[0].root, value: .})
  | from_entries) as $of

# Half: each good question, and one of elsewhere in its root.
| ($good | every(1; 0) | .i as $i | .good as $g
  | [$of[$g.root][] | select(apart($g)).question]
  | like($g.question | size; $i) as $q
  | pair($g; "near"; $q; "near \($i)")),

# A fifth: those of the worse prompts.
  ([[$worse[] | select(has_question) | .root //= .id]
    | group_by(.context)[]
    | map(select(.label == 1)) as $better
    | select($better != [])
    | map(select(.label == 0)) | to_entries[]
    | {good: $better[.key % ($better | length)], bad: .value}]
  | .[:2 * $n / 5 | ceil] | to_entries[]
  | .key as $i | .value
  | pair(.good; .bad.kind; .bad.question; "weak \($i)")),

# A tenth: of another root.
  ($good | every(5; 0) | .i as $i | .good as $g
  | [$good[] | select(.root != $g.root).question]
  | like($g.question | size; $i) as $q
  | pair($g; "other"; $q; "other \($i)")),

# A tenth: what speaks of the text or copies it, where its context has a
# good question, too.
  ([$all[] | select(.self or .copy) | . as $bad
    | [$of[.root][]? | select(.context == $bad.context)][0] as $g
    | select($g) | {good: $g, bad: $bad}]
  | .[:$n / 5 | ceil] | to_entries[]
  | .key as $i | .value
  | pair(.good; if .bad.self then "self" else "copied" end;
      .bad.question; "reject \($i)")),

# And a tenth: good ones spoilt.
  ($good | every(5; 2) | .i as $i | .good as $g
  | ($g.question | spoilt(($i - 2) / 5 % 3)) as $s
  | pair($g; $s.kind; $s.question; "spoilt \($i)"))
