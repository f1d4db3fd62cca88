"""Which days the files of a report speak for: those on which one of its rows stands, as runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

import pandas as pd

from factbook.intake.parts import CLOCKS
from factbook.records import Case, FileRecord, Period


def covered_days(case: Case, files: Iterable[FileRecord]) -> list[Period]:
    """Runs of days in a row that have at least one row of these files; empty where nothing is dated."""
    some = list(files)
    names = {file.name for file in some}
    tables = dict.fromkeys(table for file in some for table in file.tables)
    return runs({day for table in tables for day in _days(case.table(table), names)})


def _days(frame: pd.DataFrame, names: Collection[str]) -> list[date]:
    clock = next((column for column in CLOCKS if column in frame and frame[column].notna().any()), None)
    if clock is None or "_file" not in frame:
        return []
    moments = frame.loc[frame["_file"].isin(names), clock].dropna()
    return [day.date() for day in pd.DatetimeIndex(moments.dt.normalize().unique())]


def runs(days: Iterable[date]) -> list[Period]:
    """Days as spans without a gap."""
    found: list[Period] = []
    for day in sorted(days):
        follows = found and found[-1].end + timedelta(days=1) == day
        found[-1:] = [Period(found[-1].start, day)] if follows else [*found[-1:], Period(day, day)]
    return found
