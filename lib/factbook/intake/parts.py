"""What one sheet brings: its rows as a table, and how many there were of each fate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from factbook.knowledge.exports import Sheet
from factbook.records import Period, Problem

ADDRESS = ("_file", "_sheet", "_row")
# The columns that place a row in time, by which it is told whether a table is dated; the first that a table has counts.
CLOCKS = ("date", "started_at", "ordered_at", "minute", "paid_at", "applied_at", "settled_at", "flow_at")


def span(frame: pd.DataFrame) -> Period | None:
    """The first and the last day of a table; None where nothing in it is dated."""
    for first, last in (*((clock, clock) for clock in CLOCKS), ("period_start", "period_end")):
        if first in frame and last in frame:
            start, end = frame[first].min(), frame[last].max()
            if pd.notna(start) and pd.notna(end):
                return Period(start.date(), end.date())
    return None


def hull(periods: Iterable[Period | None]) -> Period | None:
    """The span from the earliest start to the latest end."""
    known = [period for period in periods if period]
    return Period(min(p.start for p in known), max(p.end for p in known)) if known else None


@dataclass(frozen=True)
class Counts:
    """What became of rows: `rows` is the sum of the others and of the rows kept."""

    rows: int = 0
    set_aside: int = 0
    duplicates: int = 0
    header: int = 0
    totals: int = 0
    blank: int = 0

    def __add__(self, other: Counts) -> Counts:
        mine, theirs = vars(self), vars(other)
        return Counts(**{name: mine[name] + theirs[name] for name in mine})


@dataclass(frozen=True)
class Part:
    """The rows one sheet brings to a table.

    `closing`: the lines of the sheet that add its rows up, which are no rows; once checked they are not kept.
    """

    file: str
    report: str
    spec: Sheet
    frame: pd.DataFrame
    counts: Counts
    problems: tuple[Problem, ...] = ()
    closing: pd.DataFrame = field(default_factory=pd.DataFrame)

    @cached_property
    def period(self) -> Period | None:
        """The first and the last day its rows speak of."""
        return span(self.frame)
