"""Ratios of sums, with intervals that respect clusters (sessions, days) instead of a plain binomial."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

Array = NDArray[np.float64]
MIN_CLUSTERS = 5
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over clusters, one entry per ratio: of y, x, y², xy, x², and the number of clusters."""

    y: Array
    x: Array
    yy: Array
    xy: Array
    xx: Array
    n: Array


@dataclass(frozen=True, slots=True)
class RatioEstimate:
    """Σy ÷ Σx with its 95 % interval; NaN where there is none (fewer than five clusters, a zero)."""

    value: float
    low: float
    high: float
    n: int


def linearised(moments: Moments) -> tuple[Array, Array]:
    """Low and high of Σy ÷ Σx from the linearised variance over clusters, arrays as in `moments`.

    The interval is taken on the log scale with Student's t (clusters − 1 degrees of freedom), so it
    never falls below zero. NaN below five clusters and where either sum is not positive.
    """
    enough = (moments.n >= MIN_CLUSTERS) & (moments.x > 0) & (moments.y > 0)
    x, y, n = (np.where(enough, part, np.nan) for part in (moments.x, moments.y, moments.n))
    ratio = y / x
    residual = np.maximum(moments.yy - 2 * ratio * moments.xy + ratio**2 * moments.xx, 0.0)
    relative = np.sqrt(residual * n / (n - 1)) / y
    width = stdtrit(n - 1, (1 + LEVEL) / 2) * relative
    return ratio * np.exp(-width), ratio * np.exp(width)


def clustered_ratio(numerator: ArrayLike, denominator: ArrayLike, clusters: ArrayLike) -> RatioEstimate:
    """Σ numerator ÷ Σ denominator over rows, with a 95 % interval between clusters.

    Rows where either figure is missing are left out of both sums. The value is NaN when the
    denominator is zero.
    """
    y, x = np.asarray(numerator, float), np.asarray(denominator, float)
    known = np.isfinite(y) & np.isfinite(x)
    _, codes = np.unique(np.asarray(clusters)[known], return_inverse=True)
    y, x = np.bincount(codes, y[known]), np.bincount(codes, x[known])
    sums = (y.sum(), x.sum(), (y * y).sum(), (x * y).sum(), (x * x).sum(), float(len(y)))
    low, high = linearised(Moments(*(np.array([part]) for part in sums)))
    value = sums[0] / sums[1] if sums[1] > 0 else float("nan")
    return RatioEstimate(value, float(low[0]), float(high[0]), len(y))
