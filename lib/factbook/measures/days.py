"""Days, weeks and periods: what the data cover, and the spans that are measured."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from factbook.records import Case, Period


@dataclass(frozen=True, slots=True)
class Window:
    """A named span: `current` is the period to diagnose, `previous` the one of equal length before it."""

    name: str
    period: Period

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame with a `day` column that fall inside."""
        return frame[self.period.contains(frame["day"])] if len(frame) else frame


def covered(case: Case, report: str, days: pd.Series) -> pd.DatetimeIndex:
    """Every day the files of a report speak for: their periods, else first to last day of rows."""
    spans = [
        pd.date_range(record.period.start, record.period.end)
        for record in case.files
        if record.report == report and record.period is not None and record.kept
    ]
    known = days.dropna()
    if not spans and len(known):
        spans = [pd.date_range(known.min(), known.max())]
    return pd.DatetimeIndex(sorted({day for span in spans for day in span}))


def windows(case: Case, days: pd.DatetimeIndex) -> tuple[Window, ...]:
    """The current period, and the preceding one where the data cover every day of it."""
    before = case.period.preceding()
    current = Window("current", case.period)
    whole = pd.date_range(before.start, before.end).isin(days).all()
    return (current, Window("previous", before)) if whole else (current,)


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
    unique = days.dropna().unique()
    spelled = {day: pd.Timestamp(day).date().isoformat() for day in unique}
    return days.map(spelled).astype(object)


def calendar(frame: pd.DataFrame, moments: pd.Series) -> pd.DataFrame:
    """The frame with `day` (midnight), `date` and `week` (Monday) as ISO text."""
    day = moments.dt.normalize()
    monday = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
    return frame.assign(day=day, date=iso(day), week=iso(monday))
