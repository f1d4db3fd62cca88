"""Own rooms now and before at the same mix of sessions: start, length, workday or weekend; short ones left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.measures.common import Array, Entry, Place, Ratio, column, entries, matrix, source_of
from factbook.measures.days import Window
from factbook.measures.ground import Ground
from factbook.measures.rooms import RATES
from factbook.measures.slots import BANDS, HOURS_A_BAND, LENGTHS
from factbook.records import Period

BEFORE = timedelta(weeks=8)  # sessions that make the earlier figure
LEAST = 4  # earlier sessions a kind needs
SHARED = 0.8  # of the period's weight that must lie in kinds known from before
WEEKEND = 5
UNLIKE = ("room_ad_roi", "room_ad_cost_ratio")  # spending is a choice of the day, not a property of a kind of session
SPECS = tuple(ratio for ratio in RATES if ratio.id not in UNLIKE)
KINDS = len(BANDS) * len(LENGTHS) * 2


def measure(ground: Ground) -> list[pd.DataFrame]:
    """For each rate its figure now and then over the kinds of sessions both have; nothing where too few are shared."""
    own = ground.own
    trend = own[~own["short"]] if len(own) else own
    if trend.empty:
        return []
    period = ground.case.period
    earlier = Period(period.start - BEFORE, period.start - timedelta(days=1))
    kinds = trend.assign(kind=kind_of(trend))
    now, then = (Window("", span).rows(kinds) for span in (period, earlier))
    if now.empty or then.empty:
        return []
    mine, before = (_sums(rows) for rows in (now, then))
    at = source_of(now)
    return [entries(row for n, ratio in enumerate(SPECS) for row in _pair(ratio, mine.of(n), before.of(n), at))]


def kind_of(rows: pd.DataFrame) -> pd.Series:
    """The kind of each session as a number below KINDS: when it starts, how long it is, workday or weekend."""
    band = rows["hour"].astype(int) // HOURS_A_BAND
    length = np.searchsorted([least for _, least in LENGTHS], column(rows, "live_minutes"), side="right") - 1
    return (band * len(LENGTHS) + length) * 2 + (rows["weekday"].astype(int) >= WEEKEND)


@dataclass(frozen=True, slots=True)
class Sums:
    """Σ numerator, Σ denominator and number of sessions, by kind (rows) and rate (columns)."""

    y: Array
    x: Array
    n: Array

    def of(self, rate: int) -> Sums:
        """The sums of one rate, by kind."""
        return Sums(self.y[:, rate], self.x[:, rate], self.n[:, rate])


def _sums(rows: pd.DataFrame) -> Sums:
    """Sums over sessions where both sides of a rate are known."""
    y, x = (matrix(rows, [getattr(ratio, side) for ratio in SPECS]) for side in ("numerator", "denominator"))
    known = np.isfinite(y) & np.isfinite(x)
    kinds = np.eye(KINDS)[rows["kind"].to_numpy(int)].T
    return Sums(kinds @ np.where(known, y, 0.0), kinds @ np.where(known, x, 0.0), kinds @ known.astype(float))


def _pair(ratio: Ratio, now: Sums, then: Sums, source: str) -> list[Entry]:
    """Two rows: Σ/Σ now, and the earlier rates of each kind at the weights of now, both over shared kinds."""
    shared = (then.n >= LEAST) & (then.x > 0) & (now.x > 0)
    weight, all_of_it = float(now.x[shared].sum()), float(now.x.sum())
    if not weight or weight < SHARED * all_of_it:
        return []
    expected = float((then.y[shared] / then.x[shared] * now.x[shared]).sum())
    rows = (("now", float(now.y[shared].sum()), now.n), ("then", expected, then.n))
    return [
        Entry(ratio.id, y / weight * ratio.scale, y, weight, float(n[shared].sum()), at=_place(source, like))
        for like, y, n in rows
    ]


def _place(source: str, like: str) -> Place:
    return Place(source, ("like",), (like,), "history")
