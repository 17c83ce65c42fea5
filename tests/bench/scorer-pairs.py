#!/usr/bin/env python3
"""Builds training pairs for ac-train-scorer from the optional test data.

usage: scorer-pairs.py SET PART DATA > pairs.ndjson
  SET   en     English passages with one real question each; the positive
        zh     halves of Chinese passages, with the questions whose answer
               lies in that half
  PART  train, dev or test (40, 30 and 30 % of the documents, by hash), or
        all; near: train with the near negatives alone; tree: zh alone, all as
        records of a tree, a node a half, for ac-train-scorer --siblings
  DATA  the folder with en-wiki-nq.ndjson and zh-wiki-cmrc-trial.ndjson

Kinds of negatives, all for the context of the positive:
  near       en: the question of the other passage of the same document where
             there is one, else of the passages nearest by tf-idf cosine
             (the first and the second); zh: of the passage's other half
  other      the question of a passage drawn at random
  generic    a question that fits any text
  corrupted  the positive's words shuffled, every third one dropped, or the
             last two fifths cut off
  copied     a sentence of the context, or eight to fourteen words of it
Set train has two near negatives and one of the four others a passage; the
rest has all of them.  No document is in two parts, and a question comes from
the same part as its context.
"""
import collections
import hashlib
import json
import math
import os
import random
import re
import sys

GENERIC = {
    "en": """what is this about
what happened
who is he
what is the main idea
what can you tell me about this
why is it important
what does it mean
where is it
when did this happen
how does it work
what is the topic
what are the details
what else is known
who was involved
what is an example of this
how did it begin
what is the name
can you explain this
what is the most important point here
what should people know about it
what are some facts
what is described
how many are there
what is the history of it
which one is it
what was the result
who did this
what is said
what do experts think about the subject
is this true""".split("\n"),
    "zh": """这是什么？
主要内容是什么？
发生了什么事？
他是谁？
这件事在什么时候发生？
为什么重要？
有哪些特点？
这里讲的是什么？
结果怎么样？
有什么影响？
在哪里？
请介绍一下。
有多少个？
它叫什么名字？
人们怎么看这件事？
有什么例子？""".split("\n"),
}
HAN = re.compile("[\u3400-\u9fff]")


def terms(text):
    """Words of at least four letters cut to six, or pairs of Han letters."""
    out = [w[:6] for w in re.findall(r"[^\W_\u3400-\u9fff]{4,}", text.lower())]
    for run in re.findall("[\u3400-\u9fff]+", text):
        out += [run[i:i + 2] for i in range(len(run) - 1)]
    return out


def nearest(texts):
    """For each text the others, by tf-idf cosine, the nearest first."""
    bags = [collections.Counter(terms(t)) for t in texts]
    df = collections.Counter(w for b in bags for w in b)
    vecs = []
    for b in bags:
        v = {w: (1 + math.log(n)) * math.log(len(texts) / df[w])
             for w, n in b.items()}
        norm = math.sqrt(sum(x * x for x in v.values())) or 1
        vecs.append({w: x / norm for w, x in v.items()})
    index = collections.defaultdict(list)
    for i, v in enumerate(vecs):
        for w, x in v.items():
            index[w].append((i, x))
    out = []
    for i, v in enumerate(vecs):
        sim = collections.Counter()
        for w in sorted(v):
            for j, x in index[w]:
                sim[j] += v[w] * x
        del sim[i]
        out.append([j for j, _ in sorted(sim.items(),
                                         key=lambda p: (-p[1], p[0]))[:8]])
    return out


def units(question):
    """What a question is shuffled by: words, or Han letters."""
    return re.findall("[\u3400-\u9fff]|[^\\s\u3400-\u9fff]+", question)


def join(parts, question):
    return ("" if HAN.search(question) else " ").join(parts)


def corrupted(question, rng):
    parts = units(question)
    how = rng.randrange(3)
    if how == 1 and len(parts) > 3:
        parts = [p for i, p in enumerate(parts) if i % 3 != 1]
    elif how == 2 and len(parts) > 3:
        parts = parts[:(3 * len(parts) + 4) // 5]
    else:
        was = list(parts)
        while parts == was and len(set(parts)) > 1:
            rng.shuffle(parts)
    return join(parts, question)


def copied(text, rng):
    sentences = re.findall("[^。！？]+[。！？]?", text) if HAN.search(text) \
        else re.split(r"(?<=[.!?]) ", text)
    if rng.randrange(2):
        return rng.choice(sentences).strip()
    parts = units(text)
    n = rng.randrange(8, 15)
    at = rng.randrange(max(1, len(parts) - n))
    return join(parts[at:at + n], text)


def english(data):
    """(root, context, positives, questions of the same document)"""
    rows = [json.loads(s) for s in
            open(os.path.join(data, "en-wiki-nq.ndjson"), encoding="utf-8")]
    same = collections.defaultdict(list)
    for r in rows:
        same[r["doc"]].append(r["question"])
    return [(r["doc"], r["text"], [r["question"]],
             [q for q in same[r["doc"]] if q != r["question"]])
            for r in rows]


def chinese(data):
    rows = [json.loads(s) for s in
            open(os.path.join(data, "zh-wiki-cmrc-trial.ndjson"),
                 encoding="utf-8")]
    out = []
    for r in rows:
        text = r["text"]
        stops = [m.end() for m in re.finditer("[。！？]", text)]
        stops = [s for s in stops if s < len(text)]
        if not stops:
            continue
        cut = min(stops, key=lambda s: abs(s - len(text) / 2))
        halves = ([], [])
        for qa in r["qas"]:
            first = [a in text[:cut] for a in qa["answers"]]
            second = [a in text[cut:] for a in qa["answers"]]
            if all(first) and not any(second):
                halves[0].append(qa["question"])
            elif all(second) and not any(first):
                halves[1].append(qa["question"])
        for k in range(2):
            if halves[k] and halves[1 - k]:
                out.append((r["doc"], text[:cut] if k == 0 else text[cut:],
                            halves[k], halves[1 - k]))
    return out


def print_tree(rows):
    """Two rows, the halves of a passage, are the children of one node."""
    for i, (root, context, good, _) in enumerate(rows):
        for k, question in enumerate(good):
            print(json.dumps({
                "id": f"{i // 2}.{i % 2 + 1}" + (f"+{k}" if k else ""),
                "root": root, "parent": str(i // 2), "context": context,
                "sample": k, "question": question}, ensure_ascii=False))


def part_of(doc):
    n = int(hashlib.sha256(doc.encode()).hexdigest()[:8], 16) % 10
    return "train" if n < 4 else "dev" if n < 7 else "test"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    lang, part, data = sys.argv[1:]
    rows = english(data) if lang == "en" else chinese(data)
    if part == "tree":
        return print_tree(rows)
    only_near = part == "near"
    part = "train" if only_near else part
    if part != "all":
        rows = [r for r in rows if part_of(r[0]) == part]
    near = nearest([r[1] for r in rows]) if lang == "en" else None
    for i, (root, context, good, siblings) in enumerate(rows):
        rng = random.Random(hashlib.sha256(
            (root + context).encode()).hexdigest())
        far = rows[(i + rng.randrange(1, len(rows))) % len(rows)]
        while far[0] == root:
            far = rng.choice(rows)
        close = list(siblings)
        if near:
            close += [rows[j][2][0] for j in near[i]
                      if rows[j][2][0] not in close]
            close = close[:2]
        bad = [("near", q) for q in close]
        rest = [("other", rng.choice(far[2])),
                ("generic", rng.choice(GENERIC[lang])),
                ("corrupted", corrupted(rng.choice(good), rng)),
                ("copied", copied(context, rng))]
        if not only_near:
            bad += [rest[i % 4]] if part == "train" else rest
        n = 0
        for kind, q in bad:
            pair = f"{lang}-{part}-{i}-{n}"
            pos = good[n % len(good)]
            n += 1
            for label, text in ((1, pos), (0, q)):
                rec = {"context": context, "question": text, "label": label,
                       "kind": kind, "root": root, "pair": pair}
                if label:
                    del rec["kind"]
                print(json.dumps(rec, ensure_ascii=False))


if __name__ == "__main__":
    main()
