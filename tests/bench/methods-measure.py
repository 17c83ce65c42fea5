#!/usr/bin/env python3
"""What the pipelines of methods.sh come to, in tables.

usage: methods-measure.py LANG FOLDER DATA
FOLDER has LANG.chunks, what each pipeline made (arm.NAME) and asked
(NAME.stats), questions by lambda (lambda.N, of those in
lambda.N.asked), and people's questions answered (human.with, human.without).
Columns of the first table:
  pairs, calls, tokens  of all chunks; a reply from the cache costs what one
              to the same prompt costs on average, by all runs (ledger)
  alone, grounded, faithful  ac-check's rules pass the pair, its chunk for
              context; faithful of those that have an answer
  covered     share of a chunk's sentences that a question is about: the one
              whose terms it shares, by their idf
  topics      the same of clusters of these sentences: the likest two are
              joined (cosine of terms by idf) until half as many are left
  distinct    different pairs of adjacent words in a chunk's questions, of all
  self        the largest ROUGE-L F of a question to another of its chunk
  detail, concept, macro  the context asked about is at most a fifth of its
              chunk, at most half, or more (code points)
  human       of the people's questions about the chunk, those whose answer
              stands in an answer (held.jq)
alone, grounded, faithful and the sizes are shares of the pairs; self is better
low.
A * says that the difference from main, chunk by chunk (each is a document's),
has p < 0.05 by itself, so that of a table of 100 comparisons five have one by
chance; ** that it has p < 0.05 of all comparisons of the table (flips.py).
Those with a * stand again below, with how many chunks are above main and how
many below.
"""
import collections
import glob
import json
import math
import os
import subprocess
import sys

from beside import HERE, script
from methods_cells import cells, compare, table, told

FILES = {"en": "en-wiki-nq.ndjson", "zh": "zh-wiki-cmrc-trial.ndjson"}
SIZES = ["detail", "concept", "macro"]
LAMBDAS = [20, 40, 80, 160]
GATES = ["standalone", "grounded", "faithful"]
COLUMNS = ["alone", "grounded", "faithful", "covered", "topics", "distinct",
           "self"] + SIZES + ["human"]
ask = script("select-questions.py")
rouge = script("select-measure.py").rouge


def read(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def asked(command, lines, most):
    """What a filter says of each; it may end with exit codes up to most."""
    said = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8",
                          input="".join(json.dumps(x) + "\n" for x in lines))
    if said.returncode > most:
        sys.exit(f"methods-measure.py: {command[0]} failed")
    return [json.loads(x) for x in said.stdout.splitlines()]


def held(pairs):
    """{exact, f1, holds} of each answer and what people answered (held.jq)."""
    return asked(["jq", "-c", "-L", HERE,
                  'include "held"; {exact: exact, f1: f1, holds: holds}'],
                 [{"answer": a, "answers": b} for a, b in pairs], 0)


def gates(pairs, text):
    """What ac-check says of each: {gate: True, False, or None: not said}.

    A pair that it refuses, such as one with a blank question, passes none.
    """
    lines = [{"id": str(i), "context": text, "question": p["question"],
              "answer": p.get("answer", "")} for i, p in enumerate(pairs)]
    checks = [r.get("checks", {}) for r in
              asked(["ac-check", "-q", "--gate", ",".join(GATES)], lines, 1)]
    return [{g: None if g in c and c[g] is None else c.get(g) == "ok"
             for g in GATES} for c in checks]


def cosine(a, b):
    dot = sum(x * b.get(w, 0) for w, x in a.items())
    size = math.sqrt(sum(x * x for x in a.values()) *
                     sum(x * x for x in b.values()))
    return dot / size if size else 0


def clusters(parts, idf):
    """The number of the cluster of each sentence; average linkage."""
    bags = [{w: idf.get(w, 0) for w in sorted(p)} for p in parts]
    groups = [[i] for i in range(len(parts))]
    while len(groups) > (len(parts) + 1) // 2:
        def near(pair):
            g, h = groups[pair[0]], groups[pair[1]]
            return sum(cosine(bags[i], bags[j]) for i in g
                       for j in h) / (len(g) * len(h))
        i, j = max(((i, j) for j in range(len(groups)) for i in range(j)),
                   key=near)
        groups[i] += groups.pop(j)
    return {i: k for k, g in enumerate(groups) for i in g}


# A chunk, and what a pipeline says of it.

class Chunk:
    def __init__(self, row, idf, human):
        self.text, self.idf = row["context"], idf
        self.parts = ask.sentences(self.text)
        self.cluster = clusters(self.parts, idf)
        self.human = human

    def size(self, context):
        share = len(context) / len(self.text)
        return SIZES[(share > 1 / 5) + (share > 1 / 2)]

    def measure(self, pairs):
        """{column: (sum, count)}"""
        hit = {ask.best_sentence(p["question"], self.parts, self.idf)
               for p in pairs} - {None}
        words = [ask.tokens(p["question"]) for p in pairs]
        twos = [x for w in words for x in zip(w, w[1:])]
        near = [max((rouge(w, o) for j, o in enumerate(words) if i != j),
                    default=0) for i, w in enumerate(words)]
        n = len(pairs)
        sizes = [self.size(p["context"]) for p in pairs]
        out = {s: (sizes.count(s), n) for s in SIZES}
        checks = gates(pairs, self.text)
        out["alone"] = sum(c["standalone"] is True for c in checks), n
        out["grounded"] = sum(c["grounded"] is True for c in checks), n
        out["covered"] = len(hit) / max(1, len(self.parts)), 1
        out["topics"] = (len({self.cluster[i] for i in hit}) /
                         max(1, len(set(self.cluster.values()))), 1)
        out["distinct"] = len(set(twos)) / max(1, len(twos)), bool(twos)
        out["self"] = sum(near), n
        pairs = [p for p in pairs if isinstance(p.get("answer"), str)]
        out["faithful"] = (sum(c["faithful"] is True for c in checks),
                           sum(c["faithful"] is not None for c in checks))
        said = [r["holds"] for r in held(
            (p["answer"], answers) for answers in self.human for p in pairs)]
        n = len(pairs)
        out["human"] = (sum(any(said[i * n:(i + 1) * n])
                            for i in range(len(self.human))), len(self.human))
        return out


def flat(rows):
    return [p for r in rows for p in r.get("pairs", [r])]


def of_arm(path, chunks):
    by = {root: [] for root in chunks}
    for p in flat(read(path)):
        by[p.get("root") or p["id"]].append(p)
    return {root: chunks[root].measure(pairs) for root, pairs in by.items()}


# What it cost.

def prices(folder):
    """Tokens of a request, by kind."""
    total = collections.defaultdict(lambda: [0, 0])
    for r in read(os.path.join(folder, "ledger")):
        total[r["kind"]][0] += r["tokens"]
        total[r["kind"]][1] += r["requests"]
    return {k: t / n for k, (t, n) in total.items()}


def cost(path, price):
    rows = read(path)
    calls = sum(r["requests"] + r["cached"] for r in rows)
    tokens = sum((r["requests"] + r["cached"]) * price.get(r["kind"], 0)
                 for r in rows)
    return calls, tokens


# Answers to people.

def human_row(path, name):
    rows = [r for r in read(path) if isinstance(r.get("answer"), str)]
    if not rows:
        return [name, "0", "-", "-", "-"]
    said = held((r["answer"], r["human"]) for r in rows)
    return [name, str(len(rows))] + [
        f"{sum(r[x] for r in said) / len(said):.2f}"
        for x in ("exact", "f1", "holds")]


# The tables.

TOLD = ["differs", "column", "by", "above", "below", "p", "p of all"]


def pipelines(base, chunks, price):
    names = [p.rsplit("arm.", 1)[1] for p in glob.glob(base + ".arm.*")]
    names.sort(key=lambda a: (a != "main", a))
    arms = {a: of_arm(f"{base}.arm.{a}", chunks) for a in names}
    found = compare(arms, arms.get("main"), COLUMNS) if "main" in arms else {}
    rows = []
    for a, arm in arms.items():
        calls, tokens = cost(f"{base}.{a}.stats", price)
        pairs = len(flat(read(f"{base}.arm.{a}")))
        rows.append([a, str(pairs), str(calls), f"{tokens:.0f}"] +
                    cells(a, arm, COLUMNS, found))
    table(["pipeline", "pairs", "calls", "tokens"] + COLUMNS, rows)
    table(TOLD, told(found))


def by_lambda(base, chunks):
    columns = ["covered", "topics", "distinct", "self"] + SIZES
    arms = {n: of_arm(f"{base}.lambda.{n}", chunks) for n in LAMBDAS}
    found = compare(arms, arms[LAMBDAS[0]], columns)
    rows = []
    for n, arm in arms.items():
        path = f"{base}.lambda.{n}"
        rows.append([str(n), str(len(read(path + ".asked"))),
                     str(len(read(path)))] + cells(n, arm, columns, found))
    table(["--min-length", "asked", "kept"] + columns, rows)
    table(TOLD, told(found))


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    lang, folder, data = sys.argv[1:]
    base = os.path.join(folder, lang)
    idf = ask.Passages(read(os.path.join(data, FILES[lang]))).idf
    human = collections.defaultdict(list)
    for r in read(base + ".human"):
        human[r["root"]].append(r["human"])
    chunks = {r["id"]: Chunk(r, idf, human[r["id"]])
              for r in read(base + ".chunks")}
    pipelines(base, chunks, prices(folder))
    by_lambda(base, chunks)
    table(["people's questions", "answered", "exact", "F1", "holds it"],
          [human_row(base + ".human.with", "principles"),
           human_row(base + ".human.without", "none")])


if __name__ == "__main__":
    main()
