"""Two axes cut in four: the probability of each quarter, and when the data may be said to outweigh the prior."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import beta as beta_law

Array = NDArray[np.float64]
LEVEL = 0.95


def rate_above(successes: ArrayLike, trials: ArrayLike, prior: tuple[float, float], target: float) -> Array:
    """Probability that a rate exceeds `target`, after `successes` of `trials` under a Beta(α, β) prior.

    NaN where successes exceed trials: such a rate needs another model.
    """
    s, n = np.asarray(successes, float), np.asarray(trials, float)
    fits = s <= n
    alpha, beta = prior
    above = beta_law.sf(target, alpha + np.where(fits, s, 0.0), beta + np.where(fits, n - s, 0.0))
    return np.where(fits, above, np.nan)


def quarters(up: ArrayLike, right: ArrayLike) -> Array:
    """Probabilities of (up, right), (up, left), (down, right), (down, left): one row a unit, each adding up to 1.

    The two axes are taken as independent given the unit's own data; a missing axis leaves the row missing.
    """
    u, r = np.asarray(up, float), np.asarray(right, float)
    return np.column_stack([u * r, u * (1 - r), (1 - u) * r, (1 - u) * (1 - r)])


def wilson(successes: float, trials: float) -> tuple[float, float]:
    """95 % interval of a share of independent units (Wilson 1927); NaN without trials.

    It reaches 0 where nothing succeeded and 1 where everything did, exactly.
    """
    if not trials > 0:
        return float("nan"), float("nan")
    z = float(ndtri((1 + LEVEL) / 2))
    share, weight = successes / trials, z * z / trials
    centre = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * float(np.sqrt(share * (1 - share) / trials + weight / (4 * trials)))
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return low if successes > 0 else 0.0, high if successes < trials else 1.0
