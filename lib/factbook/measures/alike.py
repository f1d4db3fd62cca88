"""Own rooms now and before at the same mix of sessions: start, length, workday or weekend; short ones left out."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, column, entries, source_of
from factbook.measures.days import Window
from factbook.measures.ground import Ground
from factbook.measures.rooms import RATES
from factbook.measures.slots import HOURS_A_BAND, LENGTHS
from factbook.records import Period

BEFORE = timedelta(weeks=8)  # sessions that make the earlier figure
LEAST = 4  # earlier sessions a kind needs
SHARED = 0.8  # of the period's weight that must lie in kinds known from before
WEEKEND = 5
UNLIKE = ("room_ad_roi", "room_ad_cost_ratio")  # spending is a choice of the day, not a property of a kind of session


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
    at = source_of(now)
    return [entries(row for ratio in RATES if ratio.id not in UNLIKE for row in _pair(ratio, now, then, at))]


def kind_of(rows: pd.DataFrame) -> pd.Series:
    """The kind of each session: when it starts, how long it is, workday or weekend."""
    band = rows["hour"].astype(int) // HOURS_A_BAND
    length = np.searchsorted([least for _, least in LENGTHS], column(rows, "live_minutes"), side="right") - 1
    weekend = rows["weekday"].astype(int) >= WEEKEND
    return (band * len(LENGTHS) + length) * 2 + weekend


def _pair(ratio: Ratio, now: pd.DataFrame, then: pd.DataFrame, source: str) -> list[Entry]:
    """Two rows: Σ/Σ now, and the earlier rates of each kind at the weights of now, both over shared kinds."""
    mine, before = _sums(now, ratio), _sums(then, ratio)
    known = before[(before["n"] >= LEAST) & (before["x"] > 0)]
    shared = mine[mine.index.isin(known.index) & (mine["x"] > 0)]
    weight = shared["x"].sum()
    if not weight or weight < SHARED * mine["x"].sum():
        return []
    expected = float((known["y"] / known["x"]).reindex(shared.index).mul(shared["x"]).sum())
    rows = (("now", float(shared["y"].sum()), shared["n"].sum()), ("then", expected, known["n"].sum()))
    return [
        Entry(ratio.id, y / weight * ratio.scale, y, float(weight), float(n), at=_place(source, like))
        for like, y, n in rows
    ]


def _place(source: str, like: str) -> Place:
    return Place(source, ("like",), (like,), "history")


def _sums(rows: pd.DataFrame, ratio: Ratio) -> pd.DataFrame:
    """Σ numerator, Σ denominator and number of sessions by kind, over rows where both are known."""
    y, x = column(rows, ratio.numerator), column(rows, ratio.denominator)
    known = y.notna() & x.notna()
    frame = pd.DataFrame({"y": y[known], "x": x[known], "n": 1.0})
    return frame.groupby(rows.loc[known, "kind"]).sum()
