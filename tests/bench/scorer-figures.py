#!/usr/bin/env python3
"""Figures of scored pairs: the share of pairs whose better question scores
higher, by kind.

usage: scorer-figures.py NAME scored.ndjson
The input is scorer-pairs.py's output with the `score` of ac-score.  A line
names the set, the share by kind, the mean and the worst of the kinds, and
the share of near pairs whose lengths differ by one word (or letter, where
words are not separated) at most.
"""
import json
import re
import sys

KINDS = ["near", "other", "generic", "corrupted", "copied"]


def length(text):
    return len(re.findall("[\u3400-\u9fff]|[^\\W_\u3400-\u9fff]+", text))


def main():
    name, path = sys.argv[1:]
    pairs = {}
    for line in open(path, encoding="utf-8"):
        r = json.loads(line)
        pairs.setdefault(r["pair"], {})[r["label"]] = r
    right = {k: [] for k in KINDS + ["same length"]}
    for p in pairs.values():
        good, bad = p[1], p[0]
        d = good["score"] - bad["score"]
        ok = 1 if d > 0 else 0.5 if d == 0 else 0
        right[bad["kind"]].append(ok)
        if bad["kind"] == "near" and abs(
                length(good["question"]) - length(bad["question"])) <= 1:
            right["same length"].append(ok)
    rate = {k: sum(v) / len(v) for k, v in right.items() if v}
    kinds = [rate[k] for k in KINDS]
    print(f"| {name} | " + " | ".join(f"{x:.3f}" for x in kinds) +
          f" | {sum(kinds) / len(kinds):.3f} | {min(kinds):.3f} | "
          f"{rate['same length']:.3f} | {len(pairs)} |")


if __name__ == "__main__":
    main()
