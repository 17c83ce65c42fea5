# What the benches call a usable question or answer of a model.  A content
# word has four letters or more; a text that speaks of "the passage" cannot
# stand alone.
def words: ascii_downcase | [scan("[a-z]{4,}")] | unique;
def shared(a; b): (a | words) as $a | (b | words) as $b | ($a - ($a - $b));
def alone: test("\\b(passage|the text|this text|excerpt|the context|" +
    "according to the|mentioned|the article)\\b"; "i") | not;
def good_question: .question as $q | ($q | type) == "string" and
    ($q | endswith("?")) and ($q | alone) and
    ($q | split(" ") | length) <= 40 and
    (shared($q; .context) | length) >= 2;
def good_answer: .answer as $a | ($a | type) == "string" and ($a | alone) and
    ($a | test("^(based on|as an ai|i don't|i do not|sorry)"; "i") | not) and
    (($a | words) as $w | ($w | length) == 0 or
    (shared($a; .context + " " + .question) | length) / ($w | length) >= 0.6);
