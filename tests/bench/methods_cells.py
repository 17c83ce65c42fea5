"""The cells of methods-measure.py's tables, and what differs in them.

An arm is {chunk: {column: (sum, count)}}.
"""
import flips


def mean(arm, column):
    sums, counts = zip(*(arm[r][column] for r in sorted(arm)))
    return sum(sums) / sum(counts) if sum(counts) else None


def differences(arm, base, column):
    """By chunk, what arm has more; 0 where one of them has nothing."""
    out = []
    for r in sorted(base):
        (a, m), (b, n) = arm[r][column], base[r][column]
        out.append(a / m - b / n if m and n else 0)
    return out


def compare(arms, base, columns):
    """{(arm, column): (differences, p, p of all)}, as flips.py has them."""
    diffs = {(a, c): differences(arm, base, c) for a, arm in arms.items()
             if arm is not base for c in columns}
    tested = flips.tests(diffs)
    return {k: (d, *tested[k]) for k, d in diffs.items()}


def star(found):
    if not found:
        return ""
    return "**" if found[2] < 0.05 else "*" if found[1] < 0.05 else ""


def cells(name, arm, columns, found):
    out = []
    for c in columns:
        x = mean(arm, c)
        out.append("-" if x is None else
                   f"{x:.2f}" + star(found.get((name, c))))
    return out


def told(found):
    """Of each comparison with a star a row."""
    for (arm, column), (diffs, p, of_all) in found.items():
        if p < 0.05:
            yield [str(arm), column, f"{sum(diffs) / len(diffs):+.2f}",
                   str(sum(d > 0 for d in diffs)),
                   str(sum(d < 0 for d in diffs)),
                   f"{p:.3f}", f"{of_all:.3f}"]


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("| --- " * len(head) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()
