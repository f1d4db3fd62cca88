"""The merchant's own rooms: daily trends, hours of the week, the league of sessions, the service score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from factbook import fmt
from factbook.display import style
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.charts.hours import hour_heatmap
from factbook.display.charts.league import session_league
from factbook.display.charts.service import service_score
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.knowledge.metrics import metrics
from factbook.records import Diagnosis

__all__ = ["daily_trend", "hour_heatmap", "service_score", "session_league"]

TRENDS = (
    "views",
    "live_minutes_effective",
    "average_online",
    "peak_online",
    "watch_minutes_per_viewer",
    "room_price_per_item_cny",
    "gpm_views",
    "click_to_pay_users",
    "product_ctr_users",
    "view_to_pay_users",
)
HEAT = LinearSegmentedColormap.from_list("fb_heat", ["#EEF3F9", "#9DB8D6", "#3F6BA5", style.FIELD["F"]])
DARK = 0.5  # from here on a cell's figure is written in white
PANEL = 108  # pixels of height for a small chart
Title = tuple[str, dict[str, object]]


# ------------------------------------------------------------------ daily trends


@style.themed
def daily_trend(dx: Diagnosis) -> Shown:
    """The trend figures of live analysis (F5), a small panel each, by day."""
    frame = canvas.wide(dx, TRENDS, "date")
    present = [id for id in TRENDS if frame[id].notna().any()]
    if not present:
        return canvas.absent(dx, "daily_trend", TRENDS, "no_report:live_sessions")
    lines = -(-len(present) // 2)
    fig = style.figure(900, PANEL * lines + canvas.FOOT + 10)
    days = [date.fromisoformat(text) for text in frame["date"]]
    now = canvas.totals(dx, present)
    for n, id in enumerate(present):
        ax = _panel_axes(fig, n, lines)
        _line(ax, frame[id].astype(float), days, id, dx.language)
        _whole(ax, now.get(id), metrics()[id].unit, dx.language)
    for ax in fig.axes[-2:]:
        ax.tick_params(labelbottom=True)
    key, values = _trend_title(now, canvas.totals(dx, present, "previous"), len(present), dx.language)
    columns = (head("date", "day"), *canvas.figures(*present))
    sources = canvas.row_sources(dx, *present)
    return canvas.show(dx, Drawn("daily_trend", fig, frame, columns, key, values, sources))


def _panel_axes(fig: Figure, n: int, lines: int) -> Axes:
    line, side = divmod(n, 2)
    left, bottom = 70 + side * 450, canvas.FOOT + 24 + (lines - 1 - line) * PANEL
    width, height = style.size(fig)
    return style.axes(fig, left, height - bottom - 66, width - left - 290, bottom)


def _line(ax: Axes, line: pd.Series, days: Sequence[date], id: str, language: str) -> None:
    metric, spots = metrics()[id], [day.toordinal() for day in days]
    ax.plot(spots, line, color=style.FIELD["F"], lw=1.8)
    ax.set(xlim=(spots[0] - 0.5, spots[-1] + 0.5), ylim=_room(line))
    ruler.figures(ax.yaxis, metric.unit, language, 2)
    ruler.dates(ax, days, language)
    ax.tick_params(labelbottom=False)
    ax.set_title(metric.name[language], loc="left", size=style.SMALL, color=style.INK, pad=7)


def _whole(ax: Axes, value: float | None, unit: str, language: str) -> None:
    """The figure of the whole period as a dashed line, where it is on the scale of a day."""
    low, high = ax.get_ylim()
    if value is not None and low <= value <= high:
        ax.axhline(value, color=style.SOFT, lw=1, ls=(0, (3, 3)), zorder=1)
        said = say("common.period_at", language, value=fmt.figure(value, unit, language))
        marks.beside(ax, value, said, 6, size=style.TINY, color=style.SOFT)


def _room(line: pd.Series) -> tuple[float, float]:
    """The range a panel shows: a little more than its line, from zero up where the line is near it."""
    low, high = float(line.min()), float(line.max())
    pad = (high - low or abs(high) or 1.0) * 0.15
    return (max(low - pad, 0.0) if low >= 0 else low - pad), high + pad


def _trend_title(now: dict[str, float], then: dict[str, float], shown: int, language: str) -> Title:
    change = {id: value / then[id] - 1 for id, value in now.items() if then.get(id)}
    if not change:
        return "title_none", {"count": shown}
    most = max(change, key=lambda id: abs(change[id]))
    values: dict[str, object] = {
        "count": len(change),
        "better": sum(gain > 0 for gain in change.values()),
        "metric": metrics()[most].name[language],
        "change": fmt.percent(abs(change[most]), language, 0),
    }
    return ("title_up" if change[most] > 0 else "title_down"), values
