#!/usr/bin/env python3
"""Documents for select.sh: one passage each, of one part of the data.

usage: select-docs.py SET PART N DATA > docs.ndjson
  SET, PART, DATA  as scorer-pairs.py, whose parts these are: no document is
                   in two of them
The order is that of a hash of the document's name, so that more documents
are the same ones and others.  A passage shorter than 300 characters (150 in
Chinese) is left out.
"""
import hashlib
import importlib.util
import json
import os
import sys

LEAST = {"en": 300, "zh": 150}
FILES = {"en": "en-wiki-nq.ndjson", "zh": "zh-wiki-cmrc-trial.ndjson"}


def load(name):
    """A script beside this one whose name is no identifier."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    spec = importlib.util.spec_from_file_location("pairs", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    lang, part, n, data = sys.argv[1:]
    part_of = load("scorer-pairs.py").part_of
    docs = {}
    for line in open(os.path.join(data, FILES[lang]), encoding="utf-8"):
        r = json.loads(line)
        if part_of(r["doc"]) == part and len(r["text"]) >= LEAST[lang]:
            docs.setdefault(r["doc"], r["text"])
    order = sorted(docs, key=lambda d: hashlib.sha256(d.encode()).digest())
    for doc in order[:int(n)]:
        print(json.dumps({"doc": doc, "text": docs[doc]}, ensure_ascii=False))


if __name__ == "__main__":
    main()
