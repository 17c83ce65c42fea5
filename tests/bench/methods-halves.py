#!/usr/bin/env python3
"""How independent the two halves of a split are, by mode of ac-split.

usage: methods-halves.py LANG FOLDER
FOLDER has trees of methods.sh, LANG.split.MODE.  The columns are means over
the nodes that are split:
  cosine   of the halves' embeddings, each of its own text
  terms    the share of the fewer terms that the other half has, too
  shorter  the shorter half's share of the length
Embeddings come from AC_BASE_URL and are kept in FOLDER/vectors.json.
"""
import collections
import importlib.util
import json
import os
import sys
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location(
    "measure", os.path.join(HERE, "methods-measure.py"))
measure = importlib.util.module_from_spec(spec)
spec.loader.exec_module(measure)


class Vectors:
    """Embeddings of texts, asked for once and kept in a file."""

    def __init__(self, path):
        self.path, self.known = path, {}
        if os.path.exists(path):
            with open(path) as f:
                self.known = json.load(f)

    def ask(self, text):
        key = ""
        if os.environ.get("AC_KEY_FILE"):
            with open(os.environ["AC_KEY_FILE"]) as f:
                key = f.read().strip()
        req = urllib.request.Request(
            os.environ["AC_BASE_URL"] + "/embeddings",
            json.dumps({"model": os.environ.get("AC_MODEL", ""),
                        "input": text}).encode(),
            {"Content-Type": "application/json",
             "Authorization": "Bearer " + key})
        with urllib.request.urlopen(req, timeout=600) as reply:
            return json.load(reply)["data"][0]["embedding"]

    def of(self, text):
        text = " ".join(text.split())
        if text not in self.known:
            self.known[text] = self.ask(text)
        return dict(enumerate(self.known[text]))

    def keep(self):
        with open(self.path, "w") as f:
            json.dump(self.known, f)


def halves(path):
    """Of each split node its two parts."""
    kids = collections.defaultdict(list)
    for r in measure.read(path):
        if r.get("parent"):
            kids[r["parent"]].append(r["context"])
    return [k for k in kids.values() if len(k) == 2]


def overlap(a, b):
    """Share of the fewer terms that the other part has, too."""
    a, b = set(measure.ask.terms(a)), set(measure.ask.terms(b))
    return len(a & b) / min(len(a), len(b)) if a and b else 0


def rows(base, vectors):
    for mode in ["middle", "cohesion", "embed", "cut"]:
        pairs = halves(f"{base}.split.{mode}")
        if not pairs:
            yield [mode, "0", "-", "-", "-"]
            continue
        alike = [measure.cosine(vectors.of(a), vectors.of(b)) for a, b in pairs]
        shared = [overlap(a, b) for a, b in pairs]
        even = [min(len(a), len(b)) / (len(a) + len(b)) for a, b in pairs]
        yield [mode, str(len(pairs))] + [
            f"{sum(x) / len(pairs):.3f}" for x in (alike, shared, even)]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    lang, folder = sys.argv[1:]
    vectors = Vectors(os.path.join(folder, "vectors.json"))
    try:
        measure.table(["ac-split --by", "splits", "cosine", "terms",
                       "shorter"], rows(os.path.join(folder, lang), vectors))
    finally:
        vectors.keep()


if __name__ == "__main__":
    main()
