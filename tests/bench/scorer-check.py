#!/usr/bin/env python3
"""Goals of the scorer that are no table's.

usage: scorer-check.py siblings report.json
         query_only and shuffled are 0.50, within 0.03
       scorer-check.py times BIN pairs.ndjson N
         seconds to learn from the first N pairs, least of three; pairs that
         ac-score does a second on one core, both questions scored
"""
import json
import os
import resource
import subprocess
import sys
import tempfile
import time


def siblings(path):
    r = json.load(open(path, encoding="utf-8"))
    for name in ("query_only", "shuffled"):
        print(f"goal: siblings, {name} 0.50 +- 0.03: {r[name]:.3f}" +
              ("" if abs(r[name] - 0.5) <= 0.03 else ", missed"))


def spent(command):
    """Wall clock and processor seconds, the least of three."""
    runs = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        wall = time.monotonic() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        runs.append((wall, after.ru_utime + after.ru_stime -
                     before.ru_utime - before.ru_stime))
    return min(w for w, _ in runs), min(c for _, c in runs)


def times(binary, path, n):
    lines = open(path, encoding="utf-8").readlines()[:2 * int(n)]
    with tempfile.TemporaryDirectory() as folder:
        pairs = os.path.join(folder, "pairs")
        many = os.path.join(folder, "many")
        model = os.path.join(folder, "scorer")
        with open(pairs, "w", encoding="utf-8") as f:
            f.writelines(lines)
        with open(many, "w", encoding="utf-8") as f:
            f.writelines(lines * 20)
        train = os.path.join(binary, "ac-train-scorer")
        wall, cpu = spent([train, "-q", "-o", model, pairs])
        print(f"goal: learn from {n} pairs in 1 s: {wall:.2f} s, {cpu:.2f} "
              "s of CPU" + ("" if cpu <= 1 else ", missed"))
        score = [os.path.join(binary, "ac-score"), "-q", "-S", model]
        wall, cpu = spent(score + [many])
        rate = len(lines) * 20 / 2 / cpu
        print(f"goal: score 20,000 pairs a second and core: {rate:,.0f}" +
              ("" if rate >= 20000 else ", missed"))


def main():
    if sys.argv[1:2] == ["siblings"] and len(sys.argv) == 3:
        siblings(sys.argv[2])
    elif sys.argv[1:2] == ["times"] and len(sys.argv) == 5:
        times(*sys.argv[2:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
