"""The merchant's own rooms: daily trends, hours of the week, the league of sessions, the service score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure

from factbook import fmt
from factbook.display import style
from factbook.display.charts import bands, canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.charts.service import service_score
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.metrics import metrics
from factbook.knowledge.words import label
from factbook.measures.ground import MIN_SESSION_MINUTES
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


# ------------------------------------------------------------------ hours of the week


@style.themed
def hour_heatmap(dx: Diagnosis) -> Shown:
    """Sales per 1,000 views by weekday and hour of a session's start."""
    rows = canvas.known(dx.measures.select("gpm_views", ("weekday", "hour")))
    if not len(rows):
        return canvas.absent(dx, "hour_heatmap", ("gpm_views",), "no_report:live_sessions")
    rows = rows.assign(weekday=rows["weekday"].astype(int), hour=rows["hour"].astype(int))
    frame = rows.sort_values(["weekday", "hour"]).rename(columns={"n": "sessions"})
    frame["gpm_views"] = frame["value"]
    frame["day_name"] = [label("weekday", day, dx.language) for day in frame["weekday"]]
    hours = range(frame["hour"].min(), frame["hour"].max() + 1)
    grid = frame.pivot_table(index="weekday", columns="hour", values="value", aggfunc="first")
    fig = style.figure(900, 350)
    ax = style.axes(fig, 70, 34, 16, canvas.FOOT + 26)
    _heat(ax, grid.reindex(index=range(7), columns=hours), dx.language)
    key, values = _hour_title(frame, dx.language)
    columns = (
        head("day_name"),
        head("hour", "count"),
        *canvas.figures("gpm_views"),
        head("sessions", "count"),
    )
    return canvas.show(dx, Drawn("hour_heatmap", fig, frame, columns, key, values, frame["source"]))


def _heat(ax: Axes, grid: pd.DataFrame, language: str) -> None:
    ax.set_facecolor("#F7F8FA")
    low, top = float(grid.min().min()), float(grid.max().max())
    scale = Normalize(low - 0.4 * (top - low or 1.0), top)
    sns.heatmap(grid, ax=ax, cmap=HEAT, norm=scale, cbar=False, linewidths=2, linecolor=style.PAPER)
    ax.set(xlabel="", ylabel="")
    ax.grid(visible=False)
    size = style.SMALL if grid.shape[1] <= 16 else 9.5
    for row, column in np.argwhere(grid.notna().to_numpy()):
        value = float(grid.to_numpy()[row, column])
        look: Look = {"size": size, "color": style.PAPER if scale(value) >= DARK else style.INK}
        said = fmt.count(value, language).replace(" ", "")
        ax.text(column + 0.5, row + 0.5, said, ha="center", va="center", **look)
    ax.set_yticks(np.arange(7) + 0.5, [label("weekday", day, language) for day in range(7)], rotation=0)
    spots = list(range(0, grid.shape[1], 1 if grid.shape[1] <= 18 else 2))
    ax.set_xticks([n + 0.5 for n in spots], [f"{grid.columns[n]}:00" for n in spots], rotation=0)
    marks.note(ax, "hour_heatmap.scale", language)


def _hour_title(frame: pd.DataFrame, language: str) -> Title:
    rows = frame.assign(band=[bands.band(hour) for hour in frame["hour"]], n=frame["sessions"])
    compared = bands.message(bands.pooled(rows), language)
    if compared:
        return compared
    best = frame.iloc[int(frame["value"].argmax())]
    value = fmt.money(float(best["value"]), language)
    return "title_spot", {"day": best["day_name"], "hour": f"{best['hour']}:00", "value": value}


# ------------------------------------------------------------------ the league of sessions


@style.themed
def session_league(dx: Diagnosis) -> Shown:
    """Every session as a dot: sales per hour, in bands of its start, so that like is compared with like."""
    rows = canvas.known(dx.measures.select("paid_per_hour_cny", "session"))
    if not len(rows):
        return canvas.absent(dx, "session_league", ("paid_per_hour_cny",), "no_report:live_sessions")
    frame, least = _started(rows), _least(dx)
    minutes = canvas.by_slice(dx, "live_minutes", "session")
    frame = frame[[minutes.get(session, least) >= least for session in frame["session"]]]
    if not len(frame):
        return canvas.absent(dx, "session_league", (), "too_few")
    parts = bands.pooled(frame)
    fig = style.figure(900, 76 + 62 * len(parts) + canvas.FOOT)
    ax = style.axes(fig, 70, 34, 190, canvas.FOOT + 26)
    most = max(float(frame["value"].max()), 1.0)
    ax.set(ylim=(len(parts) - 0.5, -0.5), xlim=(-0.01 * most, 1.06 * most))
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    for n, part in enumerate(parts.to_dict("records")):
        _band(ax, n, float(part["value"]), frame[frame["band"] == part["band"]], dx.language)
    names = [say(f"bands.{name}", dx.language) for name in parts["band"]]
    ax.set_yticks(range(len(parts)), names, color=style.INK)
    ruler.figures(ax.xaxis, "cny", dx.language, 6)
    ruler.settle(fig)
    marks.note(ax, "session_league.scale", dx.language)
    key, values = _league_title(parts, dx.language)
    values["minutes"] = fmt.decimal(least, dx.language, 0)
    frame = frame.rename(columns={"value": "paid_per_hour_cny"})
    columns = (head("account"), head("started"), *canvas.figures("paid_per_hour_cny"))
    return canvas.show(dx, Drawn("session_league", fig, frame, columns, key, values, frame["source"]))


def _least(dx: Diagnosis) -> float:
    """Shorter sessions are tests and drop-outs; the form's profile may set another number of minutes."""
    set_by_form = dx.merchant.profile.get("min_session_minutes")
    return float(set_by_form) if isinstance(set_by_form, (int, float)) else MIN_SESSION_MINUTES


def _started(rows: pd.DataFrame) -> pd.DataFrame:
    parts = rows["session"].str.rpartition("@")
    started = [datetime.fromisoformat(text) for text in parts[2]]
    found = rows.assign(account=parts[0], started=[moment.isoformat(" ", "minutes") for moment in started])
    return found.assign(band=[bands.band(moment.hour) for moment in started]).sort_values("started")


def _band(ax: Axes, n: int, value: float, frame: pd.DataFrame, language: str) -> None:
    spots = [n + (k * 0.618034 % 1 - 0.5) * 0.5 for k in range(len(frame))]  # spread evenly, the same every time
    ax.scatter(frame["value"], spots, s=26, color=style.FIELD["F"], alpha=0.55, lw=0)
    ax.plot([value, value], [n - 0.36, n + 0.36], color=style.FIELD["T"], lw=3, solid_capstyle="butt")
    per_hour = say("session_league.per_hour", language, value=fmt.money(value, language))
    marks.beside(ax, n - 0.14, per_hour, 12, weight="bold", size=style.BASE)
    count = say("session_league.count", language, count=len(frame))
    marks.beside(ax, n + 0.2, count, 12, size=style.TINY, color=style.SOFT)


def _league_title(parts: pd.DataFrame, language: str) -> Title:
    compared = bands.message(parts, language)
    if compared:
        return compared
    only = parts.iloc[int(parts["n"].argmax())]
    value = fmt.money(float(only["value"]), language)
    return "title_only", {"best": say(f"bands.{only['band']}", language), "value": value}
