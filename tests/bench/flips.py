"""Paired differences, tested by turning their signs.

Were two ways alike, a document's difference might as well have the other
sign.  So the signs are turned, those of a document in all comparisons at
once: every way for 12 documents or fewer, else 4,000 ways drawn.  The measure
is |sum of d| / sqrt(sum of d^2), which is Student's t but for a growing
function.  p is the share of the ways in which a comparison's measure is as
large as seen; p of all the share in which the largest of all comparisons is
(Westfall and Young, 1993, single step): it holds for the whole table.  With n
documents neither is less than 2 / 2^n, so five tell nothing at 0.05.
"""
import itertools
import math
import random

EXACT = 12
DRAWN = 4000
NEAR = 1e-9  # sums in another order are no larger


def signs(n):
    """Ways to turn n signs; one of each two that are mirrors, as seen first."""
    if n <= EXACT:
        return [(1,) + s for s in itertools.product((1, -1), repeat=n - 1)]
    rng = random.Random(1)
    return [(1,) * n] + [tuple(rng.choice((1, -1)) for _ in range(n))
                         for _ in range(DRAWN)]


def measure(diffs, way):
    return (abs(sum(s * d for s, d in zip(way, diffs))) /
            math.sqrt(sum(d * d for d in diffs)))


def tests(families):
    """{name: (p, p of all)} of {name: differences by document, 0 for none}.

    All lists are as long and in the same order of documents; a list of zeros
    has p 1.
    """
    some = {k: d for k, d in families.items() if any(d)}
    out = {k: (1.0, 1.0) for k in families}
    if not some:
        return out
    ways = signs(len(next(iter(some.values()))))
    turned = {k: [measure(d, w) for w in ways] for k, d in some.items()}
    largest = [max(t) for t in zip(*turned.values())]
    for k, t in turned.items():
        seen = t[0] - NEAR
        out[k] = (sum(x >= seen for x in t) / len(ways),
                  sum(x >= seen for x in largest) / len(ways))
    return out
