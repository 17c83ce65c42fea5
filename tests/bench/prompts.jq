# Counts usable records: {stage, n, usable}.  usable.jq says what is.
include "usable";
map(select(.depth == null or .depth == 0)) |
{stage: $stage, n: length, usable: (map(select(
    if $stage == "answer" then good_answer
    elif $stage == "ask" then good_question
    else good_question and .state == "split" end)) | length)}
| "\(.stage)\t\(.usable) of \(.n)\t\(.usable / (.n + 1e-9) * 100 | round) %"
