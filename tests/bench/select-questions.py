#!/usr/bin/env python3
"""What can be said of each question alone, for select.sh.

usage: select-questions.py FOLDER PASSAGES LABELS > questions.ndjson
FOLDER has pool (the questions), pool.roots, and notes (judge and usable of
each); LABELS what a reader said of some: {"id": of the node, "question",
"mark": 0 its context does not answer it, 1 does, 2 does and it can stand
alone and says nothing wrong}.  One line a question:
  id, root, context_chars, tokens  (as ac-dedup's)
  answered, good   by reading: mark 1 or 2, and mark 2
  found            of the data's passages, its own comes first when it is
                   looked up (BM25)
  yes              the model itself says that the context answers it
  usable           usable.jq's good_question, which knows English alone
  speaks           speaks of "the passage", "the text"
  sentence, of     which sentence of its root it is about, by the idf of the
                   terms they share (null: none), and how many there are
An unknown answered, good, yes or usable is null.
"""
import collections
import json
import math
import os
import re
import sys
import unicodedata

from beside import script

SPEAKS = re.compile(
    r"\b(passage|(the|this) (text|excerpt|context|article|paragraph|section|"
    r"document|author)|according to the|mentioned)\b|"
    "本文|文中|上文|这段|该文|原文", re.I)
terms = script("scorer-pairs.py").terms


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def tokens(text):
    """ac-dedup's: runs of letters and digits, a Han letter alone."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.findall("[\u3400-\u9fff]|[^\\W_\u3400-\u9fff]+", text)


class Passages:
    """The data's passages, to look a question up in."""

    def __init__(self, rows):
        self.bags = [collections.Counter(terms(r["text"])) for r in rows]
        self.docs = [r["doc"] for r in rows]
        self.size = [sum(b.values()) for b in self.bags]
        self.mean = sum(self.size) / len(rows)
        df = collections.Counter(w for b in self.bags for w in b)
        self.idf = {w: math.log(1 + (len(rows) - n + 0.5) / (n + 0.5))
                    for w, n in df.items()}
        self.has = collections.defaultdict(list)
        for i, b in enumerate(self.bags):
            for w in b:
                self.has[w].append(i)

    def first(self, question):
        """The document of the passage that comes first by BM25, or None."""
        value = collections.defaultdict(float)
        for w in sorted(set(terms(question))):
            for i in self.has.get(w, ()):
                n, size = self.bags[i][w], self.size[i] / self.mean
                value[i] += self.idf[w] * n * 2.2 / (
                    n + 1.2 * (0.25 + 0.75 * size))
        if not value:
            return None
        return self.docs[max(value, key=lambda i: (value[i], -i))]


def sentences(text):
    parts = re.split(r"(?<=[.!?]) +(?=[A-Z0-9\"“(])|(?<=[。！？])", text)
    return [set(terms(p)) for p in parts if p and terms(p)]


def best_sentence(question, parts, idf):
    """The number of the sentence it is about, or None."""
    asked = set(terms(question))
    value = [sum(idf.get(w, 0) for w in sorted(asked & p)) for p in parts]
    top = max(value, default=0)
    return value.index(top) if top > 0 else None


def yes(note):
    said = note["judge"]
    if not isinstance(said, str):
        return None
    return said.strip().lower().startswith("yes")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    folder, data, labels = sys.argv[1:]
    passages = Passages(read(data))
    parts = {r["root"]: sentences(r["context"])
             for r in read(os.path.join(folder, "pool.roots"))}
    notes = {r["id"]: r for r in read(os.path.join(folder, "notes"))}
    marks = {(r["id"], r["question"]): r["mark"] for r in
             (read(labels) if os.path.exists(labels) else [])}
    for r in read(os.path.join(folder, "pool")):
        q, root = r["question"], r["root"]
        mark = marks.get((r["id"].split("+")[0], q))
        print(json.dumps({
            "id": r["id"], "root": root, "tokens": tokens(q),
            "answered": None if mark is None else mark >= 1,
            "good": None if mark is None else mark >= 2,
            "found": passages.first(q) == r["doc"],
            "yes": yes(notes[r["id"]]), "usable": notes[r["id"]]["usable"],
            "speaks": bool(SPEAKS.search(q)),
            "sentence": best_sentence(q, parts[root], passages.idf),
            "of": len(parts[root])}, ensure_ascii=False))


if __name__ == "__main__":
    main()
