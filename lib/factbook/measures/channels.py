"""Where the viewers of the sessions with a workbook came from, by 渠道名称."""

from __future__ import annotations

import pandas as pd

from factbook.knowledge.exports import exports
from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, source_of, tally
from factbook.measures.ground import Ground

CHANNEL = (Ratio("channel_views", "views"), Ratio("channel_gpm", "gmv_cny", "views", 1000))
SHARE, FROM_VIDEO = "channel_view_share", "video_entry_share"
VIDEO = ("短视频引流", "短视频")


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Views, share and sales per 1,000 views of each channel; the share that videos bring."""
    rows = channel_rows(ground)
    if rows.empty:
        missing = ground.case.table("session_channels").empty
        reason = "no_report:session_workbook" if missing else "no_rows"
        return [blanks([*(ratio.id for ratio in CHANNEL), SHARE, FROM_VIDEO], reason)]
    return [tally(rows, CHANNEL, ("channel",)), _shares(rows)]


def channel_rows(ground: Ground) -> pd.DataFrame:
    """Channels of own sessions in the period, the sheet's total left out."""
    table = ground.case.table("session_channels")
    if table.empty:
        return table
    names = set(ground.own["account"]) if len(ground.own) else set(table["account"])
    chosen = ground.case.period.contains(table["started_at"]) & table["account"].isin(names)
    return table[chosen & ~table["channel"].isin(exports().markers.totals) & table["channel"].notna()]


def video_rows(ground: Ground) -> pd.DataFrame:
    """The channels that are short videos."""
    rows = channel_rows(ground)
    return rows[rows["channel"].isin(VIDEO)] if len(rows) else rows


def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    views, source = column(rows, "views"), source_of(rows)
    whole, sessions = float(views.sum()), float(rows["started_at"].nunique())
    if not whole > 0:
        return blanks([SHARE, FROM_VIDEO], "denominator_zero")
    by = views.groupby(rows["channel"]).sum()
    video = float(by[by.index.isin(VIDEO)].sum())
    each = [
        Entry(SHARE, part / whole, part, whole, sessions, at=Place(source, ("channel",), (str(name),)))
        for name, part in by.items()
    ]
    return entries([*each, Entry(FROM_VIDEO, video / whole, video, whole, sessions, at=Place(source))])
