"""The service score (商家体验分): its days against the lines, its parts, its trend and what would lift it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, number, records, source_of
from factbook.measures.days import Window, calendar
from factbook.measures.ground import Ground

PARTS = ("product", "logistics", "service")
LINES = (60.0, 65.0, 70.0, 80.0)
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
    "service_part_drag",
    "service_days_below",
    "service_line_distance",
    "service_trend_per_week",
)
BELOW = Ratio("service_days_below", "below", "one")
# What the platform prints under the parts, in the report of the score; each covers the 30 days up to its day.
ITEMS = {
    "reply_minutes": ("reply_seconds", 1 / 60),
    "after_sale_in_time_rate": ("after_sale_in_time_rate", 1.0),
    "chat_unhappy_rate": ("chat_unhappy_rate", 1.0),
    "help_rate": ("help_rate", 1.0),
    "shop_quality_return_rate": ("quality_return_rate_printed", 1.0),
    "product_rating": ("product_rating", 1.0),
    "collected_in_time_rate": ("collected_in_time_rate", 1.0),
    "delivered_in_time_rate": ("delivered_in_time_rate", 1.0),
    "logistics_return_rate": ("logistics_return_rate", 1.0),
}
TREND_DAYS, TREND_LEAST = 28, 14


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Score by day; at the end of the period the total, parts, lines, trend and what the total needs."""
    found, rows = _items(ground), score_rows(ground)
    if rows.empty:
        return [*found, blanks(IDS, "no_service_scores")]
    before = Window("previous", ground.case.period.preceding())
    found += [_daily(rows, "history"), _totals(before.rows(rows), "previous")]
    inside = Window("current", ground.case.period).rows(rows)
    if inside.empty:
        return [*found, blanks(IDS, "no_service_scores")]
    return [
        *found,
        _daily(inside, "current"),
        _totals(inside, "current"),
        _lines(inside),
        _trend(rows[rows["day"] <= inside["day"].iloc[-1]]),
        *_parts(ground, records(inside.tail(1))[0]),
    ]


def score_rows(ground: Ground) -> pd.DataFrame:
    """The score by day, oldest first: as typed in, and from the platform's report on days nobody typed."""
    typed, printed = ground.case.table("service_scores"), ground.case.table("service_scores_export")
    names = {
        "service_score": "total",
        "product_score": "product",
        "logistics_score": "logistics",
        "care_score": "service",
    }
    tables = [table for table in (typed, printed.rename(columns=names)) if len(table)]
    if not tables:
        return pd.DataFrame()
    found = pd.concat(
        [table.reindex(columns=["date", "total", *PARTS, "_file", "_sheet", "_row"]) for table in tables],
        ignore_index=True,
    )
    rows = calendar(found, found["date"]).dropna(subset=["day", "total"])
    rows = rows.drop_duplicates("day").sort_values("day", ignore_index=True)
    return rows.assign(**{f"below_{line:.0f}": (rows["total"] < line) * 1.0 for line in LINES}, one=1.0)


def _daily(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    source = _source(rows)
    return entries(
        Entry("service_score", row["total"], n=1, at=Place(source, ("date",), (row["date"],), period))
        for row in records(rows)
    )


def _totals(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Last day's total, its distance to 70, and how many days stood below."""
    if rows.empty:
        return entries(())
    total, n, at = column(rows, "total"), float(len(rows)), Place(_source(rows), period=period)
    last, below = float(total.iloc[-1]), float((total < LINE).sum())
    return entries(
        [
            Entry("service_score", last, n=n, at=at),
            Entry("service_score_distance", last - LINE, last, LINE, n=n, at=at),
            Entry("service_days_below_70", below, below, n, n=n, at=at),
        ]
    )


def _source(rows: pd.DataFrame) -> str:
    """The form's sheet where the score was typed in, else the report."""
    typed = rows["_file"].isna() | (rows["_file"] == "intake.xlsx")
    return SOURCE if typed.all() else source_of(rows[~typed] if not typed.any() else rows)


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    """For every line of the platform: days below it, and how far the last day stands from it."""
    n, last, source = float(len(rows)), float(rows["total"].iloc[-1]), _source(rows)
    return entries(
        entry
        for line in LINES
        for at in [Place(source, ("line",), (f"{line:.0f}",))]
        for below in [float(rows[f"below_{line:.0f}"].sum())]
        for entry in (
            Entry("service_days_below", below, below, n, n, at=at),
            Entry("service_line_distance", last - line, last, line, n, at=at),
        )
    )


def _trend(rows: pd.DataFrame) -> pd.DataFrame:
    """Points a week over the last 28 days: a straight line's slope; no interval, since a score is a mean of 30 days."""
    rows = rows[rows["day"] > rows["day"].iloc[-1] - pd.Timedelta(days=TREND_DAYS)]
    n, at = float(len(rows)), Place(_source(rows))
    if len(rows) < TREND_LEAST:
        return entries([Entry("service_trend_per_week", n=n, reason="too_few", at=at)])
    days = (rows["day"] - rows["day"].iloc[0]).dt.days.to_numpy(float)
    slope = round(float(np.polyfit(days, rows["total"].to_numpy(float), 1)[0]), 9)  # a level score is level
    return entries([Entry("service_trend_per_week", slope * 7, n=n, at=at)])


def item_rows(ground: Ground) -> pd.DataFrame:
    """The platform's report of the score, by day, oldest first, with every item in its own unit."""
    table = ground.case.table("service_scores_export")
    if table.empty:
        return table
    rows = calendar(table, table["date"]).dropna(subset="day").sort_values("day", kind="stable")
    return rows.assign(**{id: column(rows, name) * scale for id, (name, scale) in ITEMS.items()})


def _items(ground: Ground) -> list[pd.DataFrame]:
    """Each item on the last day of the period, and of the one before."""
    rows = item_rows(ground)
    if rows.empty:
        return [blanks(ITEMS, "no_report:service_score_export")]
    spans = (("current", ground.case.period), ("previous", ground.case.period.preceding()))
    return [_last(Window(name, span).rows(rows), name) for name, span in spans]


def _last(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    if rows.empty:
        return blanks(ITEMS, "no_rows", period) if period == "current" else entries(())
    at, last = Place(source_of(rows), period=period), records(rows.tail(1))[0]
    return entries(Entry(id, number(last, id), n=1, at=at) for id in ITEMS)


def _parts(ground: Ground, last: dict[str, Any]) -> list[pd.DataFrame]:
    """The parts on the last day, and the value of each at which the total reaches 72, the others held.

    Weights differ by industry, so they come from the form or not at all. What the weighted parts leave
    unexplained (bonus, deductions, rounding) is held as it is.
    """
    value = {part: number(last, part) for part in PARTS}
    weight = {part: ground.profile(f"score_weight_{part}") for part in PARTS}
    missing = SAFE - float(last["total"])
    rows, source = [], _source(pd.DataFrame([last]))
    for part in PARTS:
        at = Place(source, ("part",), (part,))
        rows.append(Entry("service_score_part", value[part], n=1, at=at))
        needed, reason = _needed(value[part], weight[part], max(missing, 0.0))
        rows.append(Entry("service_part_needed", needed, n=1, reason=reason, at=at))
        drag = weight[part] * (SAFE - value[part])
        rows.append(Entry("service_part_drag", drag, SAFE - value[part], reason=_undragged(drag), n=1, at=at))
    return [entries(rows)]


def _undragged(drag: float) -> str:
    return "no_weights" if np.isnan(drag) else ""


def _needed(value: float, weight: float, missing: float) -> tuple[float, str]:
    """The value a part must reach, or why there is none."""
    if not weight > 0 or np.isnan(value):
        return np.nan, "no_weights"
    needed = value + missing / weight
    return (needed, "") if needed <= FULL else (np.nan, "out_of_reach")
