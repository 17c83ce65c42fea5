#!/usr/bin/env python3
"""record.py DATA: records what other ROUGE-L programs say of pairs of texts.

Writes, beside this file,
  google.ndjson      rouge_score, of pairs of english.ndjson
  words.ndjson       rouge-chinese, of pairs of chinese.ndjson, segmented
  augcon.ndjson      the same, of pairs of english.ndjson, as AugCon cuts
                     them, but without texts that are not all ASCII or hold
                     a word such as 3.14, which jieba does not cut
  ties.ndjson        both, of all L <= min(m, n), m, n <= 60, F = 7/10
  squad.ndjson       rouge_score, of pairs of lines of
                     DATA/questions-squad-dev.txt
  cmrc.ndjson        rouge-chinese, of pairs of questions of
                     DATA/zh-wiki-cmrc-trial.ndjson, segmented

The texts of english.ndjson and chinese.ndjson are our own.  Of those in DATA
(SQuAD 1.1 and CMRC 2018, CC BY-SA 4.0) only where they are is recorded: line
and, in CMRC, which of the line's questions, all from 0; and the lengths of
their words in code points.

Made with CPython 3.11, and
  pip install rouge-score==0.1.2 rouge-chinese==1.0.3 jieba==0.42.1

In all of them a is the candidate (m tokens) and b the reference (n tokens);
l is the length of their longest common subsequence, p, r, f ROUGE-L.
"""

import collections
import itertools
import json
import os
import sys

import jieba
from rouge_chinese import Rouge
from rouge_chinese import rouge_score as chinese
from rouge_score import rouge_scorer, tokenize

HERE = os.path.dirname(os.path.abspath(__file__))
scorer = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
jieba.setLogLevel(60)


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [line.rstrip("\n") for line in f]


def write(name, records):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as f:
        for r in records:
            f.write(json.dumps(r, ensure_ascii=False) + "\n")
    print(name, len(records))


def by_google(a, b):
    """What rouge_score says of candidate a against reference b."""
    m, n = (len(tokenize.tokenize(t, None)) for t in (a, b))
    s = scorer.score(b, a)["rougeL"]
    return {"m": m, "n": n, "l": round(s.precision * m),
            "p": s.precision, "r": s.recall, "f": s.fmeasure}


def by_chinese(a, b):
    """What rouge-chinese says of two texts segmented by blanks."""
    s = Rouge(metrics=["rouge-l"], return_lengths=True).get_scores(a, b)[0]
    m, n = s["lengths"]["hyp"], s["lengths"]["ref"]
    return {"m": m, "n": n, "l": round(s["rouge-l"]["p"] * m),
            **{k: s["rouge-l"][k] for k in "prf"}}


def words(text, cut):
    """The words of a text: by jieba as AugCon cuts, or its characters."""
    cut = jieba.lcut(text) if cut == "jieba" else list(text)
    return [w for w in cut if w.strip()]


def google():
    out = []
    for group in map(json.loads, lines(os.path.join(HERE, "english.ndjson"))):
        for a, b in itertools.combinations(group, 2):
            out.append({"a": a, "b": b, **by_google(a, b)})
    return out


def segmented():
    out = []
    for group in map(json.loads, lines(os.path.join(HERE, "chinese.ndjson"))):
        for cut in "jieba", "char":
            for a, b in itertools.combinations(group, 2):
                a, b = (" ".join(words(t, cut)) for t in (a, b))
                out.append({"a": a, "b": b, **by_chinese(a, b)})
    return out


def augcon():
    def plain(text):
        cut = words(text, "jieba")
        return cut and text.isascii() and all(
            len(w) == 1 or w.isalnum() for w in cut)

    out = []
    for group in map(json.loads, lines(os.path.join(HERE, "english.ndjson"))):
        for a, b in itertools.combinations(filter(plain, group), 2):
            cut = (" ".join(words(t, "jieba")) for t in (a, b))
            out.append({"a": a, "b": b, **by_chinese(*cut)})
    return out


def ties():
    out = []
    for m, n in itertools.product(range(1, 61), repeat=2):
        if 7 * (m + n) % 20 or 7 * (m + n) // 20 > min(m, n):
            continue
        l = 7 * (m + n) // 20
        a = " ".join(["s"] * l + ["x"] * (m - l))
        b = " ".join(["s"] * l + ["y"] * (n - l))
        out.append({"l": l, "m": m, "n": n, "chinese": by_chinese(a, b)["f"],
                    "google": by_google(a, b)["f"]})
    return out


def pairs(texts, want):
    """Numbers of pairs of token lists: the closest, those on both sides of
    the thresholds, and as many drawn at even steps."""
    where = collections.defaultdict(list)
    for i, t in enumerate(texts):
        for w in sorted(set(t)):
            where[w].append(i)
    found = []
    for i, t in enumerate(texts):
        shared = collections.Counter()
        for w in sorted(set(t)):
            if len(where[w]) <= 500:
                shared.update(j for j in where[w] if j > i)
        for j, _ in shared.most_common(3):
            l = chinese._len_lcs(t, texts[j])
            f = 2 * l / (len(t) + len(texts[j]))
            if 0 < f and t != texts[j]:
                found.append((f, i, j))
    out = {(i, j) for _, i, j in sorted(found, reverse=True)[:want]}
    for at in 0.7, 0.85:
        near = sorted(found, key=lambda x: (abs(x[0] - at), x[1:]))
        out |= {(i, j) for _, i, j in near[:want // 2]}
    step, n = 7919, len(texts)
    out |= {(k * step % n, (k * step * 31 + 17) % n) for k in range(want)}
    same = {}
    for j, t in enumerate(texts):
        i = same.setdefault(tuple(t), j)
        if i != j and len(out) < 5 * want // 2 + 100:
            out.add((i, j))
    return sorted((i, j) for i, j in out if i != j and texts[i] and texts[j])


def squad(data):
    texts = lines(os.path.join(data, "questions-squad-dev.txt"))
    tokens = [tokenize.tokenize(t, None) for t in texts]
    return [{"i": i, "j": j, **by_google(texts[i], texts[j])}
            for i, j in pairs(tokens, 150)]


def cmrc(data):
    where, texts, out = [], [], []
    path = os.path.join(data, "zh-wiki-cmrc-trial.ndjson")
    for i, line in enumerate(lines(path)):
        for k, q in enumerate(json.loads(line)["qas"]):
            where.append((i, k))
            texts.append(q["question"])
    for cut in "jieba", "char":
        cuts = [words(t, cut) for t in texts]
        for i, j in pairs(cuts, 120):
            r = {"cut": cut, "i": where[i][0], "iq": where[i][1],
                 "j": where[j][0], "jq": where[j][1]}
            if cut == "jieba":
                r["iw"], r["jw"] = (" ".join(str(len(w)) for w in cuts[k])
                                    for k in (i, j))
            out.append({**r, **by_chinese(" ".join(cuts[i]),
                                          " ".join(cuts[j]))})
    return out


write("google.ndjson", google())
write("words.ndjson", segmented())
write("augcon.ndjson", augcon())
write("ties.ndjson", ties())
write("squad.ndjson", squad(sys.argv[1]))
write("cmrc.ndjson", cmrc(sys.argv[1]))
