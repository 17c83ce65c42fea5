# What is wrong with answers, as a row: told by rules of its own, so that what
# ac-answer itself looks for can be measured.  --arg what NAME, and -L, the
# folder of held.jq.
include "held";
def any_of($re): test($re; "i");
def preamble: any_of("^\\W*((based on|according to|from|as (stated|mentioned|" +
    "described|per)|in) (in )?(the|this|that|your)( \\w+)? (context|passage|" +
    "text|information|article|paragraph|document|excerpt)|" +
    "(the|this) (context|passage|text|article|paragraph|document|excerpt) |" +
    "(sure|certainly|of course|great question)\\b|here('s| is| are) |" +
    "(the )?answer( is)?:)") or
    any_of("^\\s*(根据|依据|按照|从|基于|在)?(上述|以上|上面|上|本|该|这段|" +
    "所给|给出|提供)?的?(原文|上文|本文|文中|文章|文本|文字|内容|段落|资料|" +
    "材料|信息)|^\\s*(好的|当然|以下是|答案是|答案|回答|答)[：:，,]");
def mention: any_of("\\b(passage|the text(?! of)|this text|excerpt|the context|" +
    "this context|the article|the paragraph)\\b|文中|本文|上文|原文|" +
    "这段文字|文章中");
def unanswered: any_of("\\bi (do not|don't|cannot|can't)\\b|\\b(not|n't|no) " +
    "(\\w+ )?(mention|specif(y|ie)|provide|state|information)|" +
    "cannot be (determined|answered)|as an ai|没有(提到|提及|说明|信息)|" +
    "未(提到|提及|说明)|不知道|无法(回答|确定|得知)");
def han: [scan("\\p{Han}")] | length;
def words: [scan("[A-Za-z]{2,}")] | length;
def other_language: if .zh then (.answer | han) == 0 and
    (.answer | words) >= 3 else (.answer | han) > (.answer | words) end;
def count(f): map(select(f)) | length;

map(select(.question)) | length as $n | [.[] | select(.answer)] as $a |
[$what, $n, ($a | length), ($a | count(.answer | preamble)),
    ($a | count(.answer | mention)), ($a | count(.answer | unanswered)),
    ($a | count(other_language)),
    count(.error.code == "truncated"), count(.error.code == "bad_reply"),
    ($a | count(holds))] | @tsv
