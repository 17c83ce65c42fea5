# What is taken for right, agreement and 0 or 1, of each answer: a row each for
# agreement.awk.  With -L, the folder of held.jq.
include "held";
.[] | select(.answer and .agreement) |
    ["holds it", .agreement, if holds then 1 else 0 end],
    ["F1 >= 0.5", .agreement, if f1 >= 0.5 then 1 else 0 end] | @tsv
