#!/usr/bin/env python3
"""People's questions about the chunks that methods.sh takes, as records.

usage: methods-human.py LANG DATA CHUNKS > questions.ndjson
Of each chunk the questions to which an answer stands in it.
"""
import json
import os
import sys

FILES = {"en": "en-wiki-nq.ndjson", "zh": "zh-wiki-cmrc-trial.ndjson"}


def questions(row):
    if "qas" in row:
        return [(q["question"], q["answers"]) for q in row["qas"]]
    return [(row["question"], row["answers"])]


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    lang, data, chunks = sys.argv[1:]
    of = {}
    with open(os.path.join(data, FILES[lang]), encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            of.setdefault(row["doc"], []).extend(questions(row))
    with open(chunks, encoding="utf-8") as f:
        for line in f:
            c = json.loads(line)
            for i, (question, answers) in enumerate(of.get(c["doc"], [])):
                if any(a in c["context"] for a in answers):
                    print(json.dumps({
                        "id": f"{c['id']}?{i}", "root": c["id"],
                        "context": c["context"], "question": question,
                        "human": answers}, ensure_ascii=False))


if __name__ == "__main__":
    main()
