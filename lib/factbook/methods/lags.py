"""How long after one series another moves: cross-correlation of detrended series, with intervals from blocks of time.

An association, never an effect: both series may follow a third.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from factbook.errors import Refused
from factbook.methods.turns import smooth

Array = NDArray[np.float64]
TREND = 20  # points on either side that make the slow sway, which is taken out before comparing
BLOCK = 20  # neighbouring points are alike, so blocks of this many are drawn together
LEAST = 120  # points below which nothing is said
ROUNDS = 300
LEVEL = 0.95
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Lag:
    """The lag of the strongest correlation, in points; positive: `after` moves later than `before`.

    `low` and `high` hold the lag in 95 % of resampled blocks, `weak` and `strong` the correlation at that lag.
    """

    lag: int
    low: int
    high: int
    correlation: float
    weak: float
    strong: float
    n: int


def response(pairs: Sequence[tuple[Array, Array]], most: int = 15, seed: int = 0) -> Lag:
    """The lag at which `after` follows `before`, over one or several series of (before, after).

    Raises Refused("series_too_short") below 120 points, Refused("no_lag_seen") where the correlation at the best lag
    is not clearly above what chance gives, or where the lag could be almost any.
    """
    parts = [_shifted(before, after, most) for before, after in pairs]
    first = np.concatenate([x for x, _ in parts]) if parts else np.empty(0)
    if len(first) < LEAST:
        raise Refused("series_too_short")
    later = np.concatenate([y for _, y in parts])
    whole = _correlations(first[None], later[None])[0]
    best = int(np.argmax(whole))
    drawn = _resampled(first, later, seed)
    places = np.argmax(drawn, axis=1)
    tails = (1 - LEVEL) / 2, (1 + LEVEL) / 2
    weak, strong = (float(part) for part in np.quantile(drawn[:, best], tails))
    if not weak > 0 or whole[best] <= _noise(first, later) or np.ptp(np.quantile(places, tails)) > most / 2:
        raise Refused("no_lag_seen")
    low, high = np.quantile(places, tails, method="nearest").astype(int) - most
    return Lag(best - most, int(low), int(high), float(whole[best]), weak, strong, len(first))


def _shifted(before: Array, after: Array, most: int) -> tuple[Array, Array]:
    """`before` at each point, and `after` at every lag from −most to most beside it."""
    x, y = (np.asarray(part, float) for part in (before, after))
    x, y = x - smooth(x, TREND), y - smooth(y, TREND)
    count = len(x) - 2 * most
    if count <= 0:
        return np.empty(0), np.empty((0, 2 * most + 1))
    y = np.lib.stride_tricks.sliding_window_view(y, 2 * most + 1)
    known = np.isfinite(x[most : most + count]) & np.isfinite(y).all(axis=1)
    return x[most : most + count][known], y[known]


def _correlations(x: Array, y: Array) -> Array:
    """Correlation of x (rounds × points) with every lag of y (rounds × points × lags)."""
    dx, dy = x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True)
    top = np.einsum("rt,rtl->rl", dx, dy)
    bottom = np.sqrt((dx**2).sum(axis=1)[:, None] * (dy**2).sum(axis=1))
    found: Array = np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)
    return found


def _resampled(x: Array, y: Array, seed: int) -> Array:
    """Correlations by lag of `ROUNDS` resamples made of whole blocks."""
    rng = np.random.default_rng(seed)
    starts = rng.integers(0, len(x) - BLOCK + 1, (ROUNDS, -(-len(x) // BLOCK)))
    places = (starts[:, :, None] + np.arange(BLOCK)).reshape(ROUNDS, -1)[:, : len(x)]
    return np.concatenate([_correlations(x[rows][None], y[rows][None]) for rows in places])


def _noise(x: Array, y: Array) -> float:
    """The highest correlation that unrelated series of this sway reach over all lags, nineteen times in twenty.

    Variance by Bartlett's formula: Σ of the products of both autocorrelations ÷ n; the line allows for many lags.
    """
    middle = y[:, y.shape[1] // 2]
    products = _own(x) * _own(middle)
    variance = max(1.0 + 2 * float(products[1:].sum()), 1.0) / len(x)
    return float(norm.isf(ALPHA / y.shape[1]) * np.sqrt(variance))


def _own(values: Array) -> Array:
    """Autocorrelation at lags 0 to TREND."""
    centred = values - values.mean()
    size = float((centred**2).sum()) or 1.0
    return np.array([float((centred[k:] * centred[: len(centred) - k]).sum()) / size for k in range(TREND + 1)])
