#!/usr/bin/env python3
"""How the scores of select.sh rank questions that were read.

usage: select-ranks.py FOLDER
FOLDER has questions (of select-questions.py), NAME.scored, and real.judged:
questions of people, with label 1 about their passage and 0 about another, and
what the model says of them in `judge`.
A pair is two questions of one root (or of one context) of which one is
answered (or good) and the other is not; the table has the share of those that
a score ranks right, a tie counting half, and its 95 % interval, roots drawn
again 2,000 times.
"""
import collections
import json
import os
import random
import sys

DRAWS = 2000
SCORED = {"own": "scorer", "free": "scorer of free pairs",
          "people": "scorer of people's", "long": "length of the context"}


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def node(r):
    return r["id"].split("+")[0]


def right(rows, score, mark, of):
    """{root: [pairs right, pairs]}, of questions that are alike in `of`."""
    by = collections.defaultdict(list)
    for r in rows:
        by[r["root"], of(r)].append((score(r), r[mark]))
    out = collections.defaultdict(lambda: [0, 0])
    for (root, _), group in by.items():
        better = [s for s, ok in group if ok]
        worse = [s for s, ok in group if not ok]
        out[root][0] += sum(1 if a > b else 0.5 if a == b else 0
                            for a in better for b in worse)
        out[root][1] += len(better) * len(worse)
    return out


def rate(by, roots):
    return sum(by[r][0] for r in roots) / max(1, sum(by[r][1] for r in roots))


def table(rows, scores):
    rng = random.Random(1)
    roots = sorted({r["root"] for r in rows})
    draws = [rng.choices(roots, k=len(roots)) for _ in range(DRAWS)]
    kinds = [("answered", lambda r: r["root"]), ("good", lambda r: r["root"]),
             ("answered", node)]
    print(f"| {len(rows)} read, pairs ranked right | answered, of a root | "
          "good, of a root | answered, of a context |")
    print("| --- " * (len(kinds) + 1) + "|")
    print("| pairs | " + " | ".join(
        str(sum(n for _, n in right(rows, len, mark, of).values()))
        for mark, of in kinds) + " |")
    for name, score in scores.items():
        line = []
        for mark, of in kinds:
            by = right(rows, score, mark, of)
            drawn = sorted(rate(by, d) for d in draws)
            line.append(f"{rate(by, roots):.2f} ({drawn[DRAWS // 40]:.2f} to "
                        f"{drawn[-1 - DRAWS // 40]:.2f})")
        print(f"| {name} | " + " | ".join(line) + " |")


def judge(rows):
    """How often the model's yes and no is right on real questions."""
    said = {0: [0, 0], 1: [0, 0]}
    for r in rows:
        if isinstance(r.get("judge"), str):
            yes = r["judge"].strip().lower().startswith("yes")
            said[r["label"]][0] += yes
            said[r["label"]][1] += 1
    print(f"\nOf people's questions the model says yes to {said[1][0]} of "
          f"{said[1][1]} about their passage and to {said[0][0]} of "
          f"{said[0][1]} about a near one.")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    rows = [r for r in read(os.path.join(folder, "questions"))
            if r["answered"] is not None]
    scores = {}
    for who, name in SCORED.items():
        of = {r["id"]: r["score"] for r in
              read(os.path.join(folder, who + ".scored"))}
        scores[name] = lambda r, of=of: of[r["id"]]
    scores["length of the question"] = lambda r: len(r["tokens"])
    for name in ("found", "yes", "usable"):
        scores[name] = lambda r, name=name: bool(r[name])
    if rows:
        print()
        table(rows, scores)
    judge(read(os.path.join(folder, "real.judged")))


if __name__ == "__main__":
    main()
