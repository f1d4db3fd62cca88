"""Who came back within so many days, when some have not been followed for that long.

Everybody followed to the end gives a plain share with Wilson's interval; otherwise Kaplan and Meier's estimate of the
time to the event, with Greenwood's variance on the log(−log) scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from factbook.errors import Refused
from factbook.methods.quadrant import wilson

Array = NDArray[np.float64]
LEAST = 30  # people below which no share is given
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval: `events` of `n` people; `way` says how it was reckoned."""

    value: float
    low: float
    high: float
    events: int
    n: int
    way: Literal["wilson", "kaplan_meier"]


@dataclass(frozen=True, slots=True)
class Curve:
    """Kaplan and Meier's share that has come back by each day, as a step function; `days` ascend."""

    days: Array
    share: Array
    low: Array
    high: Array

    def at(self, day: float) -> tuple[float, float, float]:
        """Share, low and high on a day."""
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        if place < 0:
            return 0.0, 0.0, 0.0
        return float(self.share[place]), float(self.low[place]), float(self.high[place])


def kaplan_meier(waits: ArrayLike, followed: ArrayLike, level: float = LEVEL) -> Curve:
    """The share that has come back by each day on which somebody did.

    `waits` is the days to the event, NaN where none was seen; `followed` the days each was watched. A person leaves
    the count when the watch ends; one whose watch is unknown never enters it. Kaplan & Meier (1958); interval:
    log(−log) of Greenwood's variance, NaN from the day on which everybody still watched has come back.
    """
    waits, followed = _watched(waits, followed)
    seen = np.isfinite(waits) & (waits <= followed)
    times, events = np.unique(waits[seen], return_counts=True)
    ends = np.sort(np.where(seen, waits, followed))
    risk = len(ends) - np.searchsorted(ends, times, side="left")
    with np.errstate(divide="ignore", invalid="ignore"):
        stayed = np.cumprod(1 - events / risk)
        variance = np.cumsum(events / (risk * (risk - events)))
        width = float(ndtri((1 + level) / 2)) * np.sqrt(variance) / np.abs(np.log(stayed))
        high, low = (1 - stayed ** np.exp(sign * width) for sign in (1, -1))
    return Curve(times, np.asarray(1 - stayed, float), low, high)


def _watched(waits: ArrayLike, followed: ArrayLike) -> tuple[Array, Array]:
    """Waits and watches of those of whom it is known how long they were watched."""
    told, watched = np.asarray(waits, float), np.asarray(followed, float)
    known = np.isfinite(watched)
    return told[known], watched[known]


def returned(waits: ArrayLike, followed: ArrayLike, days: float, least: int = LEAST) -> Share:
    """The share of people who came back within `days`.

    Those followed for all of the days are counted plainly where they are `least` or more; else everybody enters a
    Kaplan-Meier estimate. Raises Refused: `follow_up_short` when nobody was watched that long, `too_few` otherwise.
    """
    waits, followed = _watched(waits, followed)
    whole = followed >= days
    back = np.isfinite(waits) & (waits <= days) & (waits <= followed)
    if not whole.any():
        raise Refused("follow_up_short" if len(waits) else "too_few")
    if whole.sum() >= least:
        events, n = int((back & whole).sum()), int(whole.sum())
        return Share(events / n, *wilson(events, n), events, n, "wilson")
    if len(waits) < least:
        raise Refused("too_few")
    value, low, high = kaplan_meier(waits, followed).at(days)
    return Share(value, low, high, int(back.sum()), len(waits), "kaplan_meier")
