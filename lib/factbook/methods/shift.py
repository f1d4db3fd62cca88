"""Whether a daily level moved between the days before something and the days after it.

A difference of two windows, with weekdays held alike and the interval widened for days that resemble their
neighbours. It says that the level moved, not why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from factbook.errors import Refused

Array = NDArray[np.float64]
LEAST_DAYS = 10  # fewer, and the interval covers less than it says (tests/methods/test_shift.py)
LEVEL = 0.95
MOST_ALIKE = 0.85  # lag-1 correlation beyond which two short windows say nothing about the interval


@dataclass(frozen=True, slots=True)
class Shift:
    """Daily level before and after, and after ÷ before − 1 with its 95 % interval; `n` days were used."""

    before: float
    after: float
    change: float
    low: float
    high: float
    n: int


def shift(before: pd.Series, after: pd.Series, level: float = LEVEL) -> Shift:
    """Compare daily amounts (indexed by date) of two windows.

    Ordinary least squares of the amount on the window and the weekday; the variance is multiplied by (1+r)/(1−r) with
    r the lag-1 correlation of the residuals, corrected for short samples (Marriott & Pope 1954). The interval is
    taken on the log of the ratio with Student's t. Raises Refused `too_few` below ten known days on either side,
    `denominator_zero` where nothing was sold before or after.
    """
    before, after = before.dropna(), after.dropna()
    if min(len(before), len(after)) < LEAST_DAYS:
        raise Refused("too_few")
    amounts = pd.concat([before, after])
    later = np.r_[np.zeros(len(before)), np.ones(len(after))]
    design = _design(pd.DatetimeIndex(amounts.index), later)
    fitted, spread = _fit(amounts.to_numpy(float), design, later)
    old, new = float(fitted[0]), float(fitted[0] + fitted[1])
    if old <= 0 or new <= 0:
        raise Refused("denominator_zero")
    slope = np.zeros(design.shape[1])
    slope[:2] = 1 / new - 1 / old, 1 / new  # of log(new ÷ old), by the two levels
    df = max(len(amounts) - design.shape[1], 1)
    reach = float(stdtrit(df, (1 + level) / 2)) * float(np.sqrt(slope @ spread @ slope))
    low, high = (float(new / old * np.exp(side * reach) - 1) for side in (-1, 1))
    return Shift(old, new, new / old - 1, low, high, len(amounts))


def _design(days: pd.DatetimeIndex, later: Array) -> Array:
    """A level, what is added after, and six weekdays against their mean."""
    weekday = np.eye(7)[days.day_of_week.to_numpy()]
    against = weekday[:, :6] - weekday[:, 6:]
    return np.column_stack([np.ones(len(days)), later, against])


def _fit(amounts: Array, design: Array, later: Array) -> tuple[Array, Array]:
    """Coefficients and their covariance, widened for neighbours that resemble each other."""
    fitted: Array = np.asarray(np.linalg.lstsq(design, amounts, rcond=None)[0], float)
    left = amounts - design @ fitted
    df = max(len(amounts) - design.shape[1], 1)
    alike = _alike(left, later)
    noise = float(left @ left) / df * (1 + alike) / (1 - alike)
    return fitted, noise * np.linalg.pinv(design.T @ design)


def _alike(left: Array, later: Array) -> float:
    """Lag-1 correlation of residuals inside the windows, corrected for the levels that were taken out."""
    inside = later[1:] == later[:-1]
    total = float(left @ left)
    raw = float((left[1:] * left[:-1])[inside].sum()) / total if total > 0 else 0.0
    return float(np.clip(raw + (1 + 4 * raw) * 2 / len(left), 0.0, MOST_ALIKE))
