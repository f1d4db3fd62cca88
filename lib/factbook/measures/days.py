"""Days, weeks and periods: what the data cover, and the spans that are measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.intake.files import period_in
from factbook.records import Case, FileRecord, Period


@dataclass(frozen=True, slots=True)
class Window:
    """A named span: `current` is the period to diagnose, `previous` the one of equal length before it."""

    name: str
    period: Period

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame with a `day` column that fall inside."""
        return frame[self.period.contains(frame["day"]).to_numpy()] if len(frame) else frame


def covered(case: Case, report: str, days: pd.Series) -> pd.DatetimeIndex:
    """Every day the files of a report speak for: periods and names, else first to last day."""
    files = [record for record in case.files if record.report == report and record.kept]
    spans = [span for record in files for span in (record.period, _named(record)) if span is not None]
    known = days.dropna()
    if not spans and len(known):
        spans = [Period(known.min().date(), known.max().date())]
    return pd.DatetimeIndex(sorted({day for span in spans for day in pd.date_range(span.start, span.end)}))


def files_of_days(case: Case, report: str, days: pd.Series) -> pd.Series:
    """For each day the first file of a report that speaks for it; missing where none says so."""
    names = pd.Series(None, index=days.index, dtype=object)
    for record in (record for record in case.files if record.report == report and record.kept):
        for span in (span for span in (record.period, _named(record)) if span is not None):
            names = names.mask(names.isna() & span.contains(days), record.name)
    return names


def _named(record: FileRecord) -> Period | None:
    """The span in a file's name, where its rows lie inside: a file may begin or end with days off air."""
    named, read = period_in(record.name), record.period
    inside = named and (read is None or (named.start <= read.start and read.end <= named.end))
    return named if inside else None


def windows(case: Case, days: pd.DatetimeIndex) -> tuple[Window, ...]:
    """The current period, and the preceding one where the data cover every day of it."""
    before = case.period.preceding()
    current = Window("current", case.period)
    whole = pd.date_range(before.start, before.end).isin(days).all()
    return (current, Window("previous", before)) if whole else (current,)


def current(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a frame with a `day` column in the period to diagnose."""
    return Window("current", case.period).rows(frame)


def whole_weeks(days: pd.DatetimeIndex) -> set[str]:
    """Mondays (ISO) of the weeks of which all seven days are covered."""
    mondays = pd.Series(days - pd.to_timedelta(days.day_of_week, unit="D"))
    counts = mondays.value_counts()
    return {day.date().isoformat() for day in counts.index[counts == 7]}


def days_inside(period: Period, days: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """The covered days of a period."""
    return days[(days >= pd.Timestamp(period.start)) & (days <= pd.Timestamp(period.end))]


def iso(days: pd.Series) -> pd.Series:
    """Days as ISO text, each distinct day spelled once; missing days stay missing."""
    codes, known = pd.factorize(days.to_numpy("datetime64[D]"))
    spelled = np.array([*np.datetime_as_string(known), np.nan], dtype=object)  # the code of nothing is −1
    return pd.Series(spelled[codes], index=days.index, dtype=object)


def calendar(frame: pd.DataFrame, moments: pd.Series) -> pd.DataFrame:
    """The frame with `day` (midnight), `date` and `week` (Monday) as ISO text."""
    day = moments.dt.normalize()
    monday = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
    return frame.assign(day=day, date=iso(day), week=iso(monday))
