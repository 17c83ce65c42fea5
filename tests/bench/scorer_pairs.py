"""Pairs of questions as ac-score sees them, and an exact fit of the same
problem that ac-train-scorer solves, in plain Python: what the scripts of
`make bench-scorer` share."""
import json
import math
import re
import subprocess
import tempfile

KINDS = ["near", "other", "generic", "corrupted", "copied"]
WEIGHT = re.compile(r"^weight (\S+) (\S+)$", re.M)


def length(text):
    """Words, or letters of scripts without blanks."""
    return len(re.findall("[\u3400-\u9fff]|[^\\W_\u3400-\u9fff]+", text))


class Pair:
    """A better and a worse record, and the features of both, scaled."""

    def __init__(self, good, bad):
        self.good, self.bad = good, bad
        self.kind = bad.get("kind", "unnamed")
        self.longer = length(good["question"]) - length(bad["question"])

    def apart(self, name):
        return self.good[name] - self.bad[name]


def run(command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          encoding="utf-8", **more).stdout


def join(lines):
    pairs = {}
    for line in lines:
        r = json.loads(line)
        pairs.setdefault(r["pair"], {})[r["label"]] = r
    return [Pair(p[1], p[0]) for p in pairs.values()]


def scored(binary, model, path):
    """The pairs of a file with their scores, and their features in `x`."""
    text = open(model, encoding="utf-8").read()
    names = [n for n, _ in WEIGHT.findall(text)]
    # With every weight 1, --explain prints the scaled features themselves.
    ones = re.sub(r"^(weight \S+) \S+$", r"\1 0x1p+0", text, flags=re.M)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as f:
        f.write(ones)
        f.flush()
        seen = run([binary, "-S", f.name, "--explain", path]).splitlines()
    out = run([binary, "-S", model, path]).splitlines()
    pairs = join(out)
    for p, q in zip(pairs, join(seen)):
        for here, there in ((p.good, q.good), (p.bad, q.bad)):
            here["x"] = [there["explain"][n] for n in names]
    return pairs


def model_of(path):
    """Names, weights and lambda of a model file."""
    text = open(path, encoding="utf-8").read()
    found = WEIGHT.findall(text)
    lam = float.fromhex(re.search(r"^lambda (\S+)$", text, re.M).group(1))
    return [n for n, _ in found], [float.fromhex(w) for _, w in found], lam


def rotated(pairs):
    """The lines of the pairs, each with the context of another pair of its
    kind and of another root."""
    lines = []
    for kind in dict.fromkeys(p.kind for p in pairs):
        same = [p for p in pairs if p.kind == kind]
        for i, p in enumerate(same):
            for k in range(len(same)):
                q = same[(i + len(same) // 2 + k) % len(same)]
                if q.good["root"] != p.good["root"]:
                    break
            for r in (p.good, p.bad):
                r = {k: v for k, v in r.items() if k not in ("x", "score")}
                lines.append(json.dumps(dict(r, context=q.good["context"]),
                                        ensure_ascii=False))
    return lines


def solve(a, b):
    """x of a x = b by elimination; a is symmetric and positive definite."""
    n = len(b)
    a = [row[:] + [b[i]] for i, row in enumerate(a)]
    for i in range(n):
        for k in range(i + 1, n):
            by = a[k][i] / a[i][i]
            if by:
                for j in range(i, n + 1):
                    a[k][j] -= by * a[i][j]
    x = [0.0] * n
    for i in range(n - 1, -1, -1):
        x[i] = (a[i][n] - sum(a[i][j] * x[j] for j in range(i + 1, n))) \
            / a[i][i]
    return x


def value(w, rows, lam):
    sum_ = 0.0
    for z in rows:
        m = sum(a * b for a, b in zip(w, z))
        sum_ += math.log1p(math.exp(-m)) if m > 0 else \
            math.log1p(math.exp(m)) - m
    return sum_ / len(rows) + lam / 2 * sum(a * a for a in w)


def newton(rows, lam):
    """The w that minimises mean log(1 + exp(-w.z)) + lam/2 |w|^2, by
    Newton's method: exact to the last few bits."""
    n, d = len(rows), len(rows[0])
    w = [0.0] * d
    for _ in range(100):
        g = [lam * x for x in w]
        h = [[0.0] * d for _ in range(d)]
        for i in range(d):
            h[i][i] = lam
        for z in rows:
            m = sum(a * b for a, b in zip(w, z))
            p = 1 / (1 + math.exp(min(m, 700)))
            for i in range(d):
                if not z[i]:
                    continue
                g[i] -= p * z[i] / n
                c = p * (1 - p) * z[i] / n
                row = h[i]
                for j in range(i, d):
                    row[j] += c * z[j]
        for i in range(d):
            for j in range(i):
                h[i][j] = h[j][i]
        step = solve(h, g)
        size, at = 1.0, value(w, rows, lam)
        while size > 1e-6 and value([a - size * s for a, s in
                                     zip(w, step)], rows, lam) > at:
            size /= 2
        w = [a - size * s for a, s in zip(w, step)]
        if max(abs(s) for s in step) <= 1e-10 * max(1, max(map(abs, w))):
            break
    return w


def share(pairs, margin):
    """The share of pairs that come out right, a tie counting half."""
    right = [1 if m > 0 else 0.5 if m == 0 else 0
             for m in map(margin, pairs)]
    return sum(right) / len(right) if right else float("nan")


def row(name, pairs, margin):
    """A line of the table; the shares by kind, for who wants them."""
    by = {k: share([p for p in pairs if p.kind == k], margin)
          for k in KINDS}
    near = [p for p in pairs if p.kind == "near" and abs(p.longer) <= 1]
    by["mean"] = sum(by[k] for k in KINDS) / len(KINDS)
    by["worst"] = min(by[k] for k in KINDS)
    by["same length"] = share(near, margin)
    print(f"| {name} | " + " | ".join(f"{x:.3f}" for x in by.values()) +
          f" | {len(pairs)} |")
    return by
