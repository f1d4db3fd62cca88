"""What one sheet brings: its rows as a table, and how many there were of each fate."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from factbook.knowledge.exports import Sheet
from factbook.records import Problem

ADDRESS = ("_file", "_sheet", "_row")
# The columns that place a row in time, by which it is told whether a table is dated; the first that a table has counts.
CLOCKS = ("date", "started_at", "ordered_at", "minute", "paid_at", "applied_at", "settled_at", "flow_at")


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
    """The rows one sheet brings to a table."""

    file: str
    report: str
    spec: Sheet
    frame: pd.DataFrame
    counts: Counts
    problems: tuple[Problem, ...] = ()
