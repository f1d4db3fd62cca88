"""Small samples of past events: the range of one more like them, and a straight line through a few points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from factbook.errors import Refused

Array = NDArray[np.float64]


def spread_of(values: Array, level: float = 0.8) -> tuple[float, float, float]:
    """Middle, low and high of one more value like these: the median, and Student's t prediction interval.

    Assumes that the next comes from the same law. Raises Refused `too_few` below two values.
    """
    if len(values) < 2:
        raise Refused("too_few")
    reach = float(stdtrit(len(values) - 1, (1 + level) / 2)) * float(values.std(ddof=1)) * np.sqrt(1 + 1 / len(values))
    return float(np.median(values)), float(values.mean() - reach), float(values.mean() + reach)


def slope(x: Array, y: Array, level: float = 0.95) -> tuple[float, float, float]:
    """Least-squares slope of y on x with its interval: association, not effect. Raises Refused `too_few`."""
    freedom = len(x) - 2
    if freedom < 1 or not np.ptp(x) > 0:
        raise Refused("too_few")
    centred = x - x.mean()
    found = float(centred @ (y - y.mean()) / (centred @ centred))
    left = y - y.mean() - found * centred
    error = float(np.sqrt(left @ left / freedom / (centred @ centred))) * float(stdtrit(freedom, (1 + level) / 2))
    return found, found - error, found + error


def at(x: Array, y: Array, place: float, level: float = 0.8) -> tuple[float, float, float]:
    """What the least-squares line says at `place`, with the prediction interval of one more such point.

    Association, not effect. Raises Refused `too_few` below three points or where x never changes.
    """
    found, _, _ = slope(x, y)
    off, centred = place - x.mean(), x - x.mean()
    left = y - y.mean() - found * centred
    freedom, spread = len(x) - 2, centred @ centred
    error = np.sqrt(left @ left / freedom * (1 + 1 / len(x) + off * off / spread))
    middle, reach = float(y.mean() + found * off), float(stdtrit(freedom, (1 + level) / 2) * error)
    return middle, middle - reach, middle + reach
