#!/usr/bin/env python3
"""Is a scorer at the optimum?  liblinear (scikit-learn's) solves the same
problem from the same features; prints the largest difference of a weight,
relative to the largest weight.

usage: scorer-oracle.py AC-SCORE scorer.txt pairs.ndjson
"""
import json
import re
import subprocess
import sys
import tempfile

try:
    import numpy as np
    from sklearn.linear_model import LogisticRegression
except ImportError:
    print("oracle: skipped, scikit-learn (Debian: python3-sklearn) is absent")
    sys.exit(0)


def main():
    program, model, data = sys.argv[1:]
    text = open(model, encoding="utf-8").read()
    weights = re.findall(r"^weight (\S+) (\S+)$", text, re.M)
    w = np.array([float.fromhex(x) for _, x in weights])
    lam = float.fromhex(re.search(r"^lambda (\S+)$", text, re.M).group(1))
    # With every weight 1, --explain prints the scaled features themselves.
    ones = re.sub(r"^(weight \S+) \S+$", r"\1 0x1p+0", text, flags=re.M)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as f:
        f.write(ones)
        f.flush()
        out = subprocess.run([program, "-S", f.name, "--explain", data],
                             capture_output=True, text=True, check=True)
    pairs = {}
    for line in out.stdout.splitlines():
        r = json.loads(line)
        pairs.setdefault(r["pair"], {})[r["label"]] = \
            [r["explain"][n] for n, _ in weights]
    z = np.array([np.subtract(p[1], p[0]) for p in pairs.values()])
    n = len(z)
    both = np.vstack([z, -z])
    label = np.r_[np.ones(n), -np.ones(n)]
    fit = LogisticRegression(solver="liblinear", C=1 / (2 * lam * n),
                             fit_intercept=False, tol=1e-12,
                             max_iter=100000).fit(both, label)
    apart = np.max(np.abs(fit.coef_[0] - w)) / np.max(np.abs(w))
    print(f"oracle: {n} pairs, largest |w - w_liblinear| / max |w| = "
          f"{apart:.1e}")
    sys.exit(apart > 1e-4)


if __name__ == "__main__":
    main()
