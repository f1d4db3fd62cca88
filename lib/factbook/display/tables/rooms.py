"""Tables of growth and own live: metrics with what they are held against, and the sessions that sold most."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from factbook.display.shown import Shown
from factbook.display.tables.common import Layout, Words, col, lay, sources, wide
from factbook.display.tables.figures import figures_words, metric_rows
from factbook.knowledge.metrics import Metric, metrics
from factbook.records import BASICS, Diagnosis

TOP_SESSIONS = 10

_JUDGED = (
    col("interval", "interval"),
    col("n", "optional:count"),
    col("previous", "figure:previous_unit"),
    col("compared", "figure:compared_unit"),
    col("verdict", "mark:verdict"),
    col("remark"),
)

BASICS_LAYOUT = Layout("basics", (col("area"), col("metric"), col("value", "figure"), *_JUDGED))

F5_LAYOUT = Layout(
    "f5_metrics",
    (
        col("metric"),
        col("value", "figure"),
        col("basis"),
        col("numerator", "figure:numerator_unit"),
        col("denominator", "figure:denominator_unit"),
        *_JUDGED,
    ),
)

_SESSION = {
    "live_minutes": "minutes",
    "viewers": "people",
    "room_paid_cny": "cny",
    "paid_per_hour_cny": "cny",
    "like_for_like": "optional:ratio",
    "entry_rate": "fraction",
    "gpm_views": "cny",
    "view_to_pay_users": "fraction",
}

SESSIONS = Layout(
    "sessions_top", (col("account"), col("started"), *(col(name, unit) for name, unit in _SESSION.items()))
)


def basics(dx: Diagnosis) -> Shown:
    """The figures of gather, convert and accumulate, each with its comparison and verdict."""
    chosen = (m for m in metrics().values() if m.area in BASICS)
    return _metric_table(dx, BASICS_LAYOUT, sorted(chosen, key=lambda m: BASICS.index(m.area)))


def f5_metrics(dx: Diagnosis) -> Shown:
    """Every metric of full data analysis (F5); real-time ones without a file say why they are missing."""
    return _metric_table(dx, F5_LAYOUT, (m for m in metrics().values() if m.f5))


def _metric_table(dx: Diagnosis, layout: Layout, chosen: Iterable[Metric]) -> Shown:
    frame = metric_rows(dx, chosen)
    measured = len(frame) and frame["value"].notna().any()
    return lay(dx, layout, frame if measured else frame.iloc[:0], figures_words(dx, frame))


def sessions_top(dx: Diagnosis) -> Shown:
    """The ten own sessions with the highest paid amount."""
    grid = wide(dx, tuple(_SESSION), "session").dropna(subset="room_paid_cny")
    best = grid.sort_values("room_paid_cny", ascending=False).head(TOP_SESSIONS)
    frame = pd.DataFrame(best).assign(
        account=[key.rpartition("@")[0] for key in best.index],
        started=[key.rpartition("@")[2].replace("T", " ") for key in best.index],
    )
    found = dx.measures.select("room_paid_cny", "session")["source"]
    return lay(dx, SESSIONS, frame, Words(sources(found, dx.language)))
