"""Whether a creator's prior should follow exposure: rates come nearer the truth, and rising stars are lost.

    python -m benchmarks.creator_prior [MATRICES]

Planted matrices whose creators convert the better the more they are shown, from not at all to closely. Each is labelled
twice from the same sessions: with one prior for all, and with a prior that follows log exposure
(`beta_binomial(..., covariate)`). A rising star converts well and is shown little: the very creator whom a prior that
believes the little shown to convert badly takes for a poor one. So labels keep one prior for all.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factbook.methods.shrinkage import (
    BetaBinomial,
    EffectiveCounts,
    beta_binomial,
    effective_counts,
    pooled_spread,
    probability_above,
)

Array = NDArray[np.float64]
CREATORS, LINE, SURE = 186, 0.09, 0.8
FOLLOWS = (0.0, 0.3, 0.6, 0.85)  # correlation of log exposure and the log odds of converting
NAMES = np.array(["core", "rising", "low"])


@dataclass(frozen=True)
class Seen:
    """A planted matrix as it is seen: effective counts, exposure and the probability that it is high; and the truth."""

    counts: EffectiveCounts
    exposure: Array
    shown: Array
    rate: Array
    label: NDArray[np.str_]


@dataclass(frozen=True)
class Outcome:
    """Of one way of labelling: error of the rates, shares of all creators, and what became of the rising stars."""

    error: float
    given: float
    right: float
    wrong: float
    found: float
    called_low: float


def matrix(follows: float, seed: int) -> Seen:
    """Creators of one matrix and one to a dozen sessions of each."""
    rng = np.random.default_rng([20261124, seed])
    seen = rng.standard_normal(CREATORS)
    odds = follows * seen + np.sqrt(1 - follows**2) * rng.standard_normal(CREATORS)
    rate = 1 / (1 + np.exp(-np.log(LINE / (1 - LINE)) - 0.35 * odds))
    exposure = 5_000 * np.exp(0.7 * seen)
    count = rng.integers(1, 13, CREATORS)
    who = np.repeat(np.arange(CREATORS), count)
    clicks = np.rint(np.exp(rng.normal(np.log(300), 0.6, len(who)))).clip(20)
    tight = 1 / 0.004 - 1  # correlation within a session: 0.004
    buyers = rng.binomial(clicks.astype(int), rng.beta(rate[who] * tight, (1 - rate[who]) * tight))
    logs = np.log(exposure[who]) + rng.normal(-0.03, 0.25, len(who))
    middle = np.log(np.bincount(who, np.exp(logs)) / count)
    error = pooled_spread(logs, who) / np.sqrt(count)
    shown = probability_above(middle, error, float(np.median(middle)))
    truth = np.where(rate >= LINE, np.where(exposure > np.median(exposure), "core", "rising"), "low")
    return Seen(effective_counts(buyers.astype(float), clicks, who), middle, shown, rate, truth)


def outcome(seen: Seen, fit: BetaBinomial) -> Outcome:
    """Labels from 80 % on, where the data outweigh the prior, against the truth."""
    high = fit.probability_above(LINE)
    chances = np.column_stack([high * seen.shown, high * (1 - seen.shown), 1 - high])
    given = (chances.max(axis=1) >= SURE) & (seen.counts.trials >= fit.alpha + fit.beta)
    said, rising = NAMES[chances.argmax(axis=1)], seen.label == "rising"
    right = given & (said == seen.label)
    return Outcome(
        error=float(np.sqrt(np.mean((fit.mean - seen.rate) ** 2))),
        given=float(given.mean()),
        right=float(right.sum() / given.sum()),
        wrong=float((given & ~right).mean()),
        found=float(right[rising].mean()),
        called_low=float((given & (said == "low"))[rising].mean()),
    )


def compared(follows: float, matrices: int) -> Iterator[tuple[str, Outcome]]:
    """One prior for all, and one that follows exposure: means over the matrices."""
    seen = [matrix(follows, seed) for seed in range(matrices)]
    for name in ("one prior for all", "prior follows exposure"):
        fits = [
            beta_binomial(m.counts.successes, m.counts.trials, m.exposure if "follows" in name else None) for m in seen
        ]
        parts = np.array([list(vars(outcome(m, fit)).values()) for m, fit in zip(seen, fits, strict=True)])
        yield name, Outcome(*(float(part) for part in parts.mean(axis=0)))


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    matrices = int(arguments[0]) if arguments else 40
    heads = ("rate error", "labelled", "right", "wrong", "rising found", "rising called low")
    print(f"{matrices} matrices of {CREATORS} creators; right: of the labels given; wrong: of all creators")
    print(f"{'exposure and conversion':<50}" + "".join(f"{head:>{len(head) + 2}}" for head in heads))
    for follows in FOLLOWS:
        for name, found in compared(follows, matrices):
            cells = (f"{found.error:.4f}", *(f"{share:.1%}" for share in list(vars(found).values())[1:]))
            row = "".join(f"{cell:>{len(head) + 2}}" for cell, head in zip(cells, heads, strict=True))
            print(f"  correlation {follows:.2f}, {name:<31}{row}")


if __name__ == "__main__":
    main(sys.argv[1:])
