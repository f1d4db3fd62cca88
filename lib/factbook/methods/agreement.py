"""Whether raters agree: r*wg of an item, Krippendorff's α and the intraclass correlation of a dimension."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import f as f_distribution

Array = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval", "ratio"]
RATERS = 3  # below this a coefficient says nothing
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient with its interval; NaN with a reason where it cannot be told.

    `reason`: "" · "insufficient" (fewer than three raters) · "too_few_units" · "no_variation" (all ratings are equal,
    or all units alike: nothing could be mixed up, and the coefficient is 0 ÷ 0).
    """

    value: float
    low: float
    high: float
    raters: int
    units: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Icc:
    """Intraclass correlation, two-way random, absolute agreement: of one rater, and of the mean of all."""

    single: Agreement
    mean: Agreement


def rwg(ratings: ArrayLike, points: int) -> Array:
    """r*wg of each item: 1 − s² ÷ the largest variance a scale of `points` allows ((points − 1)² ÷ 4).

    `ratings`: raters × items with NaN for no answer; s² is the sample variance. 1 is full
    agreement; two raters at opposite ends give −1. NaN for an item with fewer than two raters.
    """
    table = np.asarray(ratings, float)
    known = np.isfinite(table)
    n = known.sum(axis=0).astype(float)
    n[n < 2] = np.nan
    mean = np.where(known, table, 0).sum(axis=0) / n
    variance = np.where(known, (table - mean) ** 2, 0).sum(axis=0) / (n - 1)
    return np.asarray(1 - variance / ((points - 1) ** 2 / 4))


def alpha(ratings: ArrayLike, level: Level, draws: int = 2000, seed: int = 0) -> Agreement:
    """Krippendorff's α: 1 − observed ÷ expected disagreement, with a bootstrap interval over units.

    `ratings`: raters × units with NaN for no answer; units rated once are left out. 1 is full agreement, 0 what chance
    gives, below 0 systematic disagreement. The interval is the middle 95 % of `draws` resamples of units, seeded.
    Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability.
    """
    table = np.asarray(ratings, float)
    raters = int(np.isfinite(table).any(axis=1).sum())
    table = table[:, np.isfinite(table).sum(axis=0) >= 2]
    units, reason = table.shape[1], _short(raters, table.shape[1], 1)
    values = np.unique(table[np.isfinite(table)])
    if reason or len(values) < 2:
        return _untold(raters, units, reason or "no_variation")
    pairs = _coincidences(table, values)
    weights = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), draws)
    drawn = _coefficient(np.tensordot(weights.astype(float), pairs, 1), values, level)
    low, high = np.nanquantile(drawn, [(1 - SURE) / 2, (1 + SURE) / 2])
    value = _coefficient(pairs.sum(axis=0)[None], values, level)[0]
    return Agreement(float(value), float(low), float(high), raters, units)


def icc(ratings: ArrayLike) -> Icc:
    """ICC(A,1) and ICC(A,k) with 95 % intervals from F, over the units every rater answered.

    `ratings`: raters × units with NaN for no answer. Source: Shrout & Fleiss (1979), case 2; intervals as in McGraw &
    Wong (1996), table 7.
    """
    table = np.asarray(ratings, float)
    table = table[np.isfinite(table).any(axis=1)]
    table = table[:, np.isfinite(table).all(axis=0)]
    k, n = table.shape
    reason = _short(k, n, 2) or ("" if np.ptp(table) > 0 else "no_variation")
    if reason:
        return Icc(_untold(k, n, reason), _untold(k, n, reason))
    rows, columns, error = _mean_squares(table)
    if rows < 1e-12:
        return Icc(_untold(k, n, "no_variation"), _untold(k, n, "no_variation"))
    single = (rows - error) / (rows + (k - 1) * error + k / n * (columns - error))
    low, high = _icc_ends(single, (rows, columns, error), k, n)
    mean = Agreement(_of_mean(single, k), _of_mean(low, k), _of_mean(high, k), k, n)
    return Icc(Agreement(single, low, high, k, n), mean)


def _short(raters: int, units: int, wanted: int) -> str:
    return "insufficient" if raters < RATERS else "too_few_units" if units < wanted else ""


def _untold(raters: int, units: int, reason: str) -> Agreement:
    return Agreement(np.nan, np.nan, np.nan, raters, units, reason)


def _coincidences(table: Array, values: Array) -> Array:
    """Pairs of values within each unit, weighted so that a unit counts its number of ratings."""
    counts = (table[:, :, None] == values).sum(axis=0).astype(float)
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs[:, range(len(values)), range(len(values))] -= counts
    return np.asarray(pairs / (counts.sum(axis=1) - 1)[:, None, None])


def _coefficient(pairs: Array, values: Array, level: Level) -> Array:
    """α of each coincidence matrix (draws × values × values); NaN where a draw holds one value only."""
    totals = pairs.sum(axis=2)
    n = totals.sum(axis=1)
    distance = _DISTANCES[level](values, totals)
    observed = (pairs * distance).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2)) / (n - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(expected > 0, 1 - observed / expected, np.nan), float)


def _nominal(values: Array, totals: Array) -> Array:
    return np.asarray((values[:, None] != values).astype(float)[None])


def _interval(values: Array, totals: Array) -> Array:
    return np.asarray((values[:, None] - values) ** 2)[None]


def _ratio(values: Array, totals: Array) -> Array:
    total = values[:, None] + values
    share = np.divide(values[:, None] - values, total, out=np.zeros_like(total), where=total != 0)
    return np.asarray(share**2)[None]


def _ordinal(values: Array, totals: Array) -> Array:
    """Squared number of ratings between two ranks, half of each end counted; it depends on the draw's own totals."""
    middle = np.cumsum(totals, axis=1) - totals / 2
    return np.asarray((middle[:, :, None] - middle[:, None, :]) ** 2)


_DISTANCES: dict[Level, Callable[[Array, Array], Array]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


def _mean_squares(table: Array) -> tuple[float, float, float]:
    """Between units, between raters, and what is left."""
    k, n = table.shape
    grand = table.mean()
    units, raters = table.mean(axis=0), table.mean(axis=1)
    rest = table - units - raters[:, None] + grand
    between = (k * ((units - grand) ** 2).sum() / (n - 1), n * ((raters - grand) ** 2).sum() / (k - 1))
    return float(between[0]), float(between[1]), float((rest**2).sum() / ((n - 1) * (k - 1)))


def _icc_ends(single: float, squares: tuple[float, float, float], k: int, n: int) -> tuple[float, float]:
    rows, columns, error = squares
    if error == 0 and columns == 0:
        return 1.0, 1.0
    a, b = k * single / (n * (1 - single)), 1 + k * single * (n - 1) / (n * (1 - single))
    spread = (a * columns + b * error) ** 2
    free = spread / ((a * columns) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
    tail = (1 + SURE) / 2
    above, below = f_distribution.ppf(tail, n - 1, free), f_distribution.ppf(tail, free, n - 1)
    rest = k * columns + (k * n - k - n) * error
    low = n * (rows - above * error) / (above * rest + n * rows)
    return float(low), float(n * (below * rows - error) / (rest + n * below * rows))


def _of_mean(single: float, k: int) -> float:
    """Spearman and Brown: the reliability of the mean of k raters; −1 where that of one has no meaning any more."""
    below = 1 + (k - 1) * single
    return max(-1.0, single * k / below) if below > 0 else -1.0
