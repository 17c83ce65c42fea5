# The trials of ac-tune as a table; on the records that no trial saw behind.
def percent($x; $n): if $n > 0 then "\(100 * $x / $n | round)" else "-" end;
def f: "\(100 * . | round / 100)";
def row($name; $t): "| \($name) | \(percent($t.right; $t.n)) | " +
    "\(percent($t.exact; $t.n)) | \($t.f1 | f) | " +
    (if $t.final then $t.final | "\(.right) of \(.n) | \(.exact) | \(.f1 | f)"
    else "- | - | -" end) + " |";
def mean($all; g): $all | map(g) | if length > 0 then add / length else 0 end;

map(select(has("trial"))) as $t | .[-1] as $last |
[$t[] | select(.kind == "random" and .n > 0)] as $random |
"| examples | right, % | exact, % | F1 | at the end: right | exact | F1 |",
"| --- | --- | --- | --- | --- | --- | --- |",
row("none"; $t[0]),
row("first"; $t[1]),
row("mean of \($random | length) random"; {n: 1, right: mean($random;
    .right / .n), exact: mean($random; .exact / .n), f1: mean($random; .f1)}),
row("winner (\($t[$last.winner].examples | join(", ")))"; $t[$last.winner])
