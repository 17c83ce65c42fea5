# Does an answer hold what people answered?  .answer, .answers; blanks, case
# and punctuation apart.
def plain: ascii_downcase | gsub("[\\s\\p{P}]"; "");
def holds: (.answer | plain) as $t | any(.answers[]; plain as $p |
    $t | contains($p));
