# Tasks of a chunk, in the order of AdaptLLM's list (arXiv 2309.09530): what
# it is about, words to text, inference, cause, and how it goes on.
def sentences: [match("[^.!?。！？]+(?:[.!?](?![ \n]|$)[^.!?。！？]*)*"
    + "[.!?。！？]*[\"”’)]*[ \n]*"; "g").string | gsub("\\s+$"; "")
    | gsub("\\s+"; " ") | select(length >= 20)];

def terms: [match("[A-Z]?[a-z]{6,}|\\p{Han}{3,6}"; "g").string]
  | unique_by(ascii_downcase) | sort_by(-length, .) | .[:3];

# What it is about is the context: the sentences it was made of.
def task($kind; $context; $question; $answer):
  {kind: $kind, context: $context, question: $question, answer: $answer};

. as $r | (.root // .id) as $root | (.context | sentences) as $s
| [ (($r.section // $r.doc // empty)
      | task("summary"; $r.context;
          "What is this text about? " + $r.context; .)),
    ($s[] | select(length <= 200) | . as $text | terms
      | select(length == 3)
      | task("word-to-text"; $text; "Write a sentence with the words "
          + join(", ") + "."; $text)),
    (range(1; $s | length) as $i | $s[$i]
      | select(test("^((However|But|Therefore|Thus|As a result|Hence"
          + "|Moreover|In addition)\\b|但|然而|因此|所以)"))
      | task("inference"; $s[$i - 1] + " " + $s[$i];
          "What can be said after this? " + $s[$i - 1]; $s[$i])),
    ($s[] | . as $text
      | capture("^(?<what>.{15,}?),? (?:because|since|due to|因为) "
          + "(?<why>.{10,})$")
      | task("cause"; $text; "Why is it so: " + .what + "?"; .why)),
    (range(1; $s | length) as $i
      | task("completion"; $s[$i - 1] + " " + $s[$i];
          "How does this go on? " + $s[$i - 1]; $s[$i])) ]
| to_entries[] | .key as $k | .value as $t
| $r + {id: "\($r.id)+\($k)", root: $root} + $t
