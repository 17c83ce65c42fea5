"""Ways to filter questions by ROUGE-L that one finds in Python, for
dedup-peers.sh.

dedup-peers.py some < questions > questions
dedup-peers.py tokens jieba|words < questions > questions
dedup-peers.py WAY SECONDS KEPT < questions

Questions are NDJSON with id, question and score, visited by score, highest
first.  `some` leaves out those without a word, `tokens` writes them with their tokens between blanks, for
ac-dedup --tokens space.  A WAY compares each with those kept before it until
one is too close, F > 0.7, and stops after SECONDS; it prints how many it
visited, how many pairs it compared and the seconds, and writes the ids of
those it visited and whether it kept them to KEPT.  Ways:

augcon      as AugCon's published code: jieba's words of both questions,
            joined, anew for each pair, and rouge-chinese's three measures
            of them, of which ROUGE-L counts
google      rouge_score's ROUGE-L of the two texts
rapidfuzz   the LCS of rapidfuzz over words made once
lsh-0.7     datasketch's MinHashLSH with its 128 permutations, over the set
lsh-0.54    of words: a question is dropped when a kept one is found, by a
            Jaccard of 0.7, and of 7/13, which is F = 0.7 for sets
"""

import json
import logging
import re
import sys
import time


def words(text):
    return re.findall(r"[^\W_\u4e00-\u9fff]+|[\u4e00-\u9fff]", text.lower())


def jieba_words(text):
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return [w for w in jieba.lcut(text) if w.strip()]


def visits():
    records = [json.loads(line) for line in sys.stdin]
    # sort() is stable: equal scores stay in the order of the input.
    records.sort(key=lambda r: -r["score"])
    return records


class Loop:
    """Compares with every kept question in turn."""

    def __init__(self):
        self.kept, self.pairs = [], 0

    def keep(self, text):
        text = self.prepare(text)
        for other in self.kept:
            self.pairs += 1
            if self.close(text, other):
                return False
        self.kept.append(text)
        return True

    def prepare(self, text):
        return text


class Augcon(Loop):
    def __init__(self):
        from rouge_chinese import Rouge

        super().__init__()
        self.rouge = Rouge()
        jieba_words("")

    def close(self, text, other):
        scores = self.rouge.get_scores(" ".join(jieba_words(text)),
                                       " ".join(jieba_words(other)))
        return scores[0]["rouge-l"]["f"] > 0.7


class Google(Loop):
    def __init__(self):
        from rouge_score import rouge_scorer

        super().__init__()
        self.scorer = rouge_scorer.RougeScorer(["rougeL"])

    def close(self, text, other):
        return self.scorer.score(other, text)["rougeL"].fmeasure > 0.7


class Rapidfuzz(Loop):
    def __init__(self):
        from rapidfuzz.distance import LCSseq

        super().__init__()
        self.lcs = LCSseq.similarity

    def prepare(self, text):
        return words(text)

    def close(self, text, other):
        need = 7 * (len(text) + len(other)) // 20 + 1
        return self.lcs(text, other, score_cutoff=need) >= need


class Lsh:
    def __init__(self, threshold):
        from datasketch import MinHash, MinHashLSH

        self.lsh = MinHashLSH(threshold=threshold, num_perm=128)
        self.minhash = MinHash
        self.pairs = self.n = 0

    def keep(self, text):
        m = self.minhash(num_perm=128)
        m.update_batch([w.encode() for w in words(text)])
        if self.lsh.query(m):
            return False
        self.lsh.insert(self.n, m)
        self.n += 1
        return True


def run(way, seconds, path):
    records = visits()
    begun = time.monotonic()
    n = 0
    with open(path, "w") as kept:
        for r in records:
            kept.write("%s %d\n" % (r["id"], way.keep(r["question"])))
            n += 1
            if time.monotonic() - begun > seconds:
                break
    print(n, way.pairs, "%.3f" % (time.monotonic() - begun))


if sys.argv[1] == "some":
    sys.stdout.writelines(line for line in sys.stdin
                          if words(json.loads(line)["question"]))
elif sys.argv[1] == "tokens":
    cut = jieba_words if sys.argv[2] == "jieba" else words
    for line in sys.stdin:
        record = json.loads(line)
        record["question"] = " ".join(cut(record["question"]))
        print(json.dumps(record, ensure_ascii=False))
else:
    ways = {"augcon": Augcon, "google": Google, "rapidfuzz": Rapidfuzz,
            "lsh-0.7": lambda: Lsh(0.7), "lsh-0.54": lambda: Lsh(7 / 13)}
    run(ways[sys.argv[1]](), float(sys.argv[2]), sys.argv[3])
