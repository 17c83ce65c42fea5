# text.jq: what mix.jq asks of a text.

def asian: "\\p{Han}|\\p{Hiragana}|\\p{Katakana}";

# Words, or single letters of scripts without blanks.
def units:
  [match("\(asian)|(?:(?!\(asian))\\S)+"; "g").string];

# How long it is, punctuation aside.
def size:
  [match("\(asian)|(?:(?!\(asian))[\\p{L}\\p{N}])+"; "g")] | length;

def join_units($like):
  join(if $like | test(asian) then "" else " " end);

def bare: ascii_downcase | [match("[\\p{L}\\p{N}]+"; "g").string] | join(" ");

# It speaks of its source, which its reader will not have.
def speaks_of_text:
  test("\\b(passage|(this|the) (text|context|article|paragraph|document"
    + "|section|excerpt))\\b|文中|本文|文章|上文|这段|该段|材料"; "i");

# It is a piece of the context.
def copies($context):
  bare as $q | $q != "" and ($context | bare | contains($q));

# No word keeps its neighbours: the odd ones, then the even from behind.
def shuffled: [.[range(1; length; 2)]] + ([.[range(0; length; 2)]] | reverse);
def dropped: [to_entries[] | select(.key % 3 != 1) | .value];
def cut: .[:(3 * length + 4) / 5 | floor];

# A good question made worse in one of three ways, with its kind.  Its mark
# stays at the end, or goes with what is cut off.
def spoilt($how):
  . as $text | match("[\\p{P}\\s]*$").string as $mark
  | .[:length - ($mark | length)] | units | select(length > 3)
  | [{kind: "shuffled", by: shuffled, $mark}, {kind: "dropped", by: dropped,
      $mark}, {kind: "cut", by: cut, mark: ""}][$how]
  | {kind, question: ((.by | join_units($text)) + .mark)};
