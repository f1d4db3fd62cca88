"""Three thousand creators over a year: how long the rates take, and how much nearer the truth the shrunk ones lie.

python -m benchmarks.creators [CREATORS [DAYS]]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import numpy as np
import pandas as pd

from factbook.methods.shrinkage import beta_binomial, effective_counts

QUADRANT_SECONDS = 0.3


def sessions(creators: int, days: int, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """A session every few days by each creator, and every creator's true rate."""
    rng = np.random.default_rng(seed)
    exposure = rng.normal(6, 1, creators)
    mean = 1 / (1 + np.exp(3.2 - 0.4 * (exposure - 6)))
    truth = rng.beta(60 * mean, 60 * (1 - mean))
    held = rng.random((creators, days)) < rng.beta(0.6, 8, creators)[:, None]
    creator, day = np.nonzero(held)
    clicks = rng.poisson(np.exp(rng.normal(exposure[creator] - 2, 0.6)))
    rate = rng.beta(truth[creator] * 150, (1 - truth[creator]) * 150)
    frame = {"creator": creator, "day": day, "clicks": clicks, "buyers": rng.binomial(clicks, rate)}
    return pd.DataFrame({**frame, "exposure": exposure[creator]}), truth


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    creators, days = (int(a) for a in (*arguments, *("3000", "365")[len(arguments) :]))
    rows, truth = sessions(creators, days)
    started = time.perf_counter()
    codes, names = pd.factorize(rows["creator"], sort=True)
    counts = effective_counts(rows["buyers"], rows["clicks"], codes)
    exposure = rows.groupby("creator")["exposure"].first().to_numpy()
    fit = beta_binomial(counts.successes, counts.trials, exposure)
    fitted = time.perf_counter() - started
    started = time.perf_counter()
    high = fit.probability_above(float(np.median(fit.mean)))
    quadrant = time.perf_counter() - started
    raw = np.bincount(codes, rows["buyers"]) / np.maximum(np.bincount(codes, rows["clicks"]), 1)
    error = [float(np.sqrt(np.mean((rate - truth[names]) ** 2))) for rate in (raw, fit.mean)]
    inside = (fit.low <= truth[names]) & (truth[names] <= fit.high)
    print(f"{len(rows):,} sessions of {len(names):,} creators over {days} days")
    print(f"  over-dispersion, prior with exposure, posteriors   {fitted:6.2f} s")
    print(f"  probability of beating the line, every creator     {quadrant:6.3f} s (at most {QUADRANT_SECONDS})")
    print(f"  error of the raw rates {error[0]:.4f}, of the shrunk ones {error[1]:.4f}")
    sure = ((high > 0.8) | (high < 0.2)).mean()
    print(f"  the 95 % interval holds the true rate of {inside.mean():.1%}; {sure:.0%} are sure of their side")


if __name__ == "__main__":
    main(sys.argv[1:])
