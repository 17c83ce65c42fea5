#!/usr/bin/env python3
"""Is a scorer at the optimum?  Newton's method, here, and liblinear
(scikit-learn's), where it is, solve the same problem from the same features;
prints the largest difference of a weight, relative to the largest weight.
Exits with 1 when one is over 1e-4.

usage: scorer-oracle.py BIN scorer.txt pairs.ndjson
"""
import os
import sys

import scorer_pairs as sp


def liblinear(rows, lam):
    """|w|^2 / 2 + C sum of the losses is our sum at C = 1 / (n lambda); the
    mirrored rows double the losses, so half of it."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    z = np.array(rows)
    fit = LogisticRegression(
        solver="liblinear", C=1 / (2 * lam * len(z)), fit_intercept=False,
        tol=1e-12, max_iter=100000)
    fit.fit(np.vstack([z, -z]), np.r_[np.ones(len(z)), -np.ones(len(z))])
    return list(fit.coef_[0])


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    binary, model, data = sys.argv[1:]
    _, w, lam = sp.model_of(model)
    pairs = sp.scored(os.path.join(binary, "ac-score"), model, data)
    rows = [[a - b for a, b in zip(p.good["x"], p.bad["x"])] for p in pairs]
    worst = 0
    for name, how in (("Newton", sp.newton), ("liblinear", liblinear)):
        try:
            other = how(rows, lam)
        except ImportError:
            print(f"optimum: {name} skipped, scikit-learn (Debian: "
                  "python3-sklearn) is absent")
            continue
        apart = max(abs(a - b) for a, b in zip(w, other)) / \
            max(map(abs, w))
        worst = max(worst, apart)
        print(f"optimum: {len(rows)} pairs, largest |w - w_{name}| / "
              f"max |w| = {apart:.1e}")
    sys.exit(worst > 1e-4)


if __name__ == "__main__":
    main()
