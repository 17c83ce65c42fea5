#!/usr/bin/env python3
"""How good what select.sh kept is, in each way of keeping.

usage: select-measure.py FOLDER
FOLDER has questions (of select-questions.py) and arm.NAME, what is kept.
The columns, but the first, are means over the questions kept:
  kept      how many
  answered, good, found, yes, usable, speaks  as select-questions.py says
and means over the roots:
  covered   the share of a root's sentences that a kept question is about
  distinct  different pairs of adjacent words in a root's questions, of all
  self      over the questions: the largest ROUGE-L F to another one kept of
            the root
speaks and self are better when low.  The interval is of the difference from
random choice with dedup, 95 %, roots drawn again 2,000 times; the random rows
are means over the seeds, with the standard deviation between these.
"""
import collections
import glob
import json
import os
import random
import re
import sys

NAMES = {"own": "scorer + dedup", "free": "scorer of free pairs + dedup",
         "people": "scorer of people's + dedup", "own-only": "scorer only",
         "random": "random + dedup", "random-only": "random only",
         "order": "dedup only, input order",
         "long": "longest context first + dedup", "pool": "all there are"}
BASE = "random"
EACH = ["answered", "good", "found", "yes", "usable", "speaks"]
COLUMNS = ["kept"] + EACH + ["covered", "distinct", "self"]
DRAWS = 2000


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def rouge(a, b):
    """ROUGE-L F of two lists of tokens."""
    row = [0] * (len(b) + 1)
    for x in a:
        left = 0
        for j, y in enumerate(b):
            up = row[j + 1]
            row[j + 1] = left + 1 if x == y else max(up, row[j])
            left = up
    return 2 * row[-1] / (len(a) + len(b)) if a or b else 1


def of_root(kept, sentences):
    """{column: (sum, count)} of what one root keeps."""
    out = {"kept": (len(kept), 1)}
    for c in EACH:
        known = [r[c] for r in kept if r[c] is not None]
        out[c] = sum(known), len(known)
    hit = {r["sentence"] for r in kept} - {None}
    out["covered"] = len(hit) / max(1, sentences), 1
    pairs = [p for r in kept for p in zip(r["tokens"], r["tokens"][1:])]
    out["distinct"] = (len(set(pairs)) / len(pairs), 1) if pairs else (0, 0)
    near = [max((rouge(r["tokens"], o["tokens"]) for o in kept if o is not r),
                default=0) for r in kept]
    out["self"] = sum(near), len(near)
    return out


def of_arm(kept, all_rows):
    """{root: {column: (sum, count)}} of what an arm keeps."""
    by = {r["root"]: [] for r in all_rows}
    for r in kept:
        by[r["root"]].append(r)
    of = {r["root"]: r["of"] for r in all_rows}
    return {root: of_root(rows, of[root]) for root, rows in by.items()}


def mean(arm, roots, column):
    total = sum(arm[r][column][0] for r in roots)
    count = sum(arm[r][column][1] for r in roots)
    return total if column == "kept" else total / count if count else None


def average(arms):
    """One arm of many: sums and counts are means over them."""
    return {root: {c: tuple(sum(a[root][c][k] for a in arms) / len(arms)
                            for k in (0, 1)) for c in COLUMNS}
            for root in arms[0]}


def interval(arm, base, column, draws):
    """95 % of the difference of the means, roots drawn again."""
    out = []
    for roots in draws:
        a, b = mean(arm, roots, column), mean(base, roots, column)
        if a is not None and b is not None:
            out.append(a - b)
    out.sort()
    return out[len(out) // 40], out[-1 - len(out) // 40]


def cell(runs, arm, base, column, draws):
    roots = sorted(arm)
    x = mean(arm, roots, column)
    if x is None:
        return "-"
    if column == "kept":
        return f"{x:.0f}"
    text = f"{x:.2f}"
    if len(runs) > 1:
        each = [mean(run, roots, column) for run in runs]
        mid = sum(each) / len(each)
        spread = sum((e - mid) ** 2 for e in each) / (len(each) - 1)
        text += f" ±{spread ** 0.5:.2f}"
    if arm is not base:
        text += " ({:+.2f} to {:+.2f})".format(
            *interval(arm, base, column, draws))
    return text


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    rows = read(os.path.join(folder, "questions"))
    known = {r["id"]: r for r in rows}
    runs = collections.defaultdict(list, pool=[of_arm(rows, rows)])
    for path in sorted(glob.glob(os.path.join(folder, "arm.*"))):
        name = re.sub(r"-\d+$", "", path.rsplit("arm.", 1)[1])
        runs[name].append(of_arm([known[r["id"]] for r in read(path)], rows))
    arms = {n: average(a) if len(a) > 1 else a[0] for n, a in runs.items()}
    rng = random.Random(1)
    roots = sorted(arms[BASE])
    draws = [rng.choices(roots, k=len(roots)) for _ in range(DRAWS)]
    print("| | " + " | ".join(COLUMNS) + " |")
    print("| --- " * (len(COLUMNS) + 1) + "|")
    for n in NAMES:
        print(f"| {NAMES[n]} | " + " | ".join(
            cell(runs[n], arms[n], arms[BASE], c, draws)
            for c in COLUMNS) + " |")


if __name__ == "__main__":
    main()
