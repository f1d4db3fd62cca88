"""The service score (商家体验分): its last day, its parts, the days under 70 and what would lift it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from factbook.measures.common import Entry, Place, blanks, column, entries, number, records
from factbook.measures.days import Window, calendar
from factbook.measures.ground import Ground

PARTS = ("product", "logistics", "service")
LINE = 70.0  # alliance entry and festival sign-up
SAFE = 72.0  # a little above the line, so that one bad day does not close it again
FULL = 100.0
SOURCE = "intake.xlsx › service_scores"
IDS = (
    "service_score",
    "service_score_part",
    "service_days_below_70",
    "service_score_distance",
    "service_part_needed",
)


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Score by day; at the end of the period the total, parts, distance to 70 and part needed for 72."""
    table = ground.case.table("service_scores")
    if table.empty:
        return [blanks(IDS, "no_service_scores")]
    rows = calendar(table, table["date"]).dropna(subset=["day", "total"]).sort_values("day")
    before = Window("previous", ground.case.period.preceding())
    found = [_daily(rows, "history"), _totals(before.rows(rows), "previous")]
    inside = Window("current", ground.case.period).rows(rows)
    if inside.empty:
        return [*found, blanks(IDS, "no_service_scores")]
    return [
        *found,
        _daily(inside, "current"),
        _totals(inside, "current"),
        *_parts(ground, records(inside.tail(1))[0]),
    ]


def _daily(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    return entries(
        Entry("service_score", row["total"], n=1, at=Place(SOURCE, ("date",), (row["date"],), period))
        for row in records(rows)
    )


def _totals(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Last day's total, its distance to 70, and how many days stood below."""
    if rows.empty:
        return entries(())
    total, n, at = column(rows, "total"), float(len(rows)), Place(SOURCE, period=period)
    last, below = float(total.iloc[-1]), float((total < LINE).sum())
    return entries(
        [
            Entry("service_score", last, n=n, at=at),
            Entry("service_score_distance", last - LINE, last, LINE, n=n, at=at),
            Entry("service_days_below_70", below, below, n, n=n, at=at),
        ]
    )


def _parts(ground: Ground, last: dict[str, Any]) -> list[pd.DataFrame]:
    """The parts on the last day, and the value of each at which the total reaches 72, the others held.

    Weights differ by industry, so they come from the form or not at all. What the weighted parts leave
    unexplained (bonus, deductions, rounding) is held as it is.
    """
    value = {part: number(last, part) for part in PARTS}
    weight = {part: ground.profile(f"score_weight_{part}") for part in PARTS}
    missing = SAFE - float(last["total"])
    rows = []
    for part in PARTS:
        at = Place(SOURCE, ("part",), (part,))
        rows.append(Entry("service_score_part", value[part], n=1, at=at))
        needed, reason = _needed(value[part], weight[part], max(missing, 0.0))
        rows.append(Entry("service_part_needed", needed, n=1, reason=reason, at=at))
    return [entries(rows)]


def _needed(value: float, weight: float, missing: float) -> tuple[float, str]:
    """The value a part must reach, or why there is none."""
    if not weight > 0 or np.isnan(value):
        return np.nan, "no_weights"
    needed = value + missing / weight
    return (needed, "") if needed <= FULL else (np.nan, "out_of_reach")
