"""How steadily the shop is on air: live days, sessions, hours and the longest gap."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, blanks, entries, source_of, tally
from factbook.measures.days import calendar, whole_weeks
from factbook.measures.ground import Ground

RHYTHM = (
    Ratio("live_days_per_week", "live_day", "weeks"),
    Ratio("sessions_per_week", "sessions", "weeks"),
    Ratio("live_hours_per_week", "live_hours", "weeks"),
)
GAP = "longest_gap_days"
VIDEOS = "videos_per_week"


def live_calendar(ground: Ground) -> pd.DataFrame:
    """One row per covered day, on air or not: sessions and hours without the short ones, 1/7 of a week."""
    days = ground.live_days
    trend = ground.own[~ground.own["short"]] if len(ground.own) else ground.own
    index = pd.DatetimeIndex(days, name="day")
    if trend.empty:
        counts = pd.DataFrame({"sessions": 0, "live_hours": 0.0}, index=index)
    else:
        grouped = trend.groupby("day")["live_hours"]
        counts = pd.DataFrame({"sessions": grouped.size(), "live_hours": grouped.sum()}).reindex(index, fill_value=0)
    rows = counts.reset_index()
    rows = rows.assign(live_day=(rows["sessions"] > 0).astype(float), weeks=1 / 7)
    return calendar(rows, rows["day"])


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Live days, sessions and hours per week at the period and by week; the longest gap in days; videos per week."""
    if ground.live_days.empty or ground.own.empty:
        reason = ground.no_sessions(ground.partner, "no_own_sessions")
        return [blanks([*(ratio.id for ratio in RHYTHM), GAP], reason), _videos(ground)]
    rows = live_calendar(ground)
    source = source_of(ground.own)
    weeks = rows[rows["week"].isin(whole_weeks(ground.live_days))]
    found = [tally(weeks, RHYTHM, ("week",), "history", source)]
    for window in ground.live_windows():
        inside = window.rows(rows)
        found += [tally(inside, RHYTHM, (), window.name, source), _gap(inside, window.name, source)]
    return [*found, _videos(ground)]


def own_videos(ground: Ground) -> pd.DataFrame:
    """Own videos published in the period, each once however many reports list it."""
    table = ground.case.table("videos")
    if table.empty or "published_at" not in table:
        return pd.DataFrame()
    mine = (table["party"] == "self") & ground.case.period.contains(table["published_at"])
    ids = table["video_id"].astype(object) if "video_id" in table else pd.Series(None, index=table.index, dtype=object)
    names = ids.where(ids.notna(), table["video_title"].astype(object))
    return table[mine & ~names.where(mine).duplicated()].assign(one=1.0)


def _videos(ground: Ground) -> pd.DataFrame:
    """Own videos published a week; a list of videos that holds none of this period says nothing about it."""
    if ground.case.table("videos").empty:
        return blanks([VIDEOS], "no_report:videos")
    rows = own_videos(ground)
    if rows.empty:
        return blanks([VIDEOS], "no_rows")
    n, weeks = float(len(rows)), ground.case.period.days / 7
    return entries([Entry(VIDEOS, n / weeks, n, weeks, n, at=Place(source_of(rows)))])


def _gap(rows: pd.DataFrame, period: str, source: str) -> pd.DataFrame:
    """The longest run of covered days without a session."""
    if rows.empty:
        return blanks([GAP], "no_rows", period)
    live = rows["live_day"].to_numpy() > 0
    runs = np.diff(np.flatnonzero(np.concatenate(([True], live, [True])))) - 1
    return entries([Entry(GAP, float(runs.max()), n=float(len(rows)), at=Place(source, period=period))])
