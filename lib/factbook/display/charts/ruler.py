"""Ticks and margins: round figures, days that do not collide, axes that leave room for their labels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import marks
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.records import Period

HOUR = 60.0
GAP = 14  # pixels between neighbouring tick labels
EDGE = 10  # pixels between the widest tick label and the canvas's edge
DAY_STEPS = (1, 2, 3, 5, 7, 10, 14, 21, 28)
MONTH_STEPS = (1, 2, 3, 6, 12)
WHOLE = ("score", "people", "count", "times")  # units without halves
LONG_SPAN = 26 * 7  # days from which months are named instead of days
BAND = "#F1F5F9"  # behind the days under diagnosis


class HourLocator(MaxNLocator):
    """Round hours on an axis of minutes."""

    def tick_values(self, vmin: float, vmax: float) -> NDArray[np.float64]:  # type: ignore[override]
        return np.asarray(super().tick_values(vmin / HOUR, vmax / HOUR)) * HOUR


def figures(axis: Axis, unit: str, language: str, count: int = 4) -> None:
    """Round ticks, spelled like the rest of the report."""
    low, high = axis.get_view_interval()
    kind = HourLocator if unit == "minutes" and high - low >= HOUR else MaxNLocator
    axis.set_major_locator(kind(count, steps=[1, 2, 5, 10], integer=unit in WHOLE))
    axis.set_major_formatter(FuncFormatter(lambda value, _: fmt.figure(value, unit, language)))


def dates(ax: Axes, days: Sequence[date], language: str) -> None:
    """Ticks on an axis of ordinals: days or weeks while they are few, months when they are many."""
    long = (days[-1] - days[0]).days > LONG_SPAN
    ticks = _months(ax, days, language) if long else _days(ax, days, language)
    ax.xaxis.set_major_locator(FixedLocator([float(day.toordinal()) for day, _ in ticks]))
    ax.xaxis.set_ticklabels([text for _, text in ticks])


def _pixels_a_day(ax: Axes) -> float:
    low, high = ax.get_xlim()
    return float(ax.get_window_extent().width / (high - low))


def _days(ax: Axes, days: Sequence[date], language: str) -> list[tuple[date, str]]:
    """Every n-th day or week from the first one on, as many as fit."""
    unit = math.gcd(*((later - earlier).days for earlier, later in pairwise(days))) or 1
    needed = max(typeset.width(fmt.day(day, language), style.SMALL) for day in days) + GAP
    step = next((n for n in DAY_STEPS if n * unit * _pixels_a_day(ax) >= needed), len(days))
    chosen = every_day(days[0], days[-1])[:: step * unit]
    return [(day, fmt.day(day, language)) for day in chosen]


def _months(ax: Axes, days: Sequence[date], language: str) -> list[tuple[date, str]]:
    firsts = [day for day in every_day(days[0], days[-1]) if day.day == 1]
    needed = typeset.width(_month(date(2026, 1, 1), language, True), style.SMALL) + GAP
    step = next((n for n in MONTH_STEPS if n * 28 * _pixels_a_day(ax) >= needed), 12)
    return [(day, _month(day, language, n == 0 or day.month <= step)) for n, day in enumerate(firsts[::step])]


def every_day(first: date, last: date) -> list[date]:
    """All days of a span, both ends included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _month(day: date, language: str, with_year: bool) -> str:
    if language == "zh":
        return f"{day.year}年{day.month}月" if with_year else f"{day.month}月"
    return f"{day:%b %Y}" if with_year else f"{day:%b}"


def settle(fig: Figure) -> None:
    """Move the left edge of all axes to where the widest tick label needs it."""
    width, _ = style.size(fig)
    drawn = [ax for ax in fig.axes if ax.axison]
    boxes = [(ax.get_window_extent(), ax.yaxis.get_tightbbox(style.renderer(fig))) for ax in drawn]
    left = (max((frame.x0 - box.x0 for frame, box in boxes if box), default=0) + EDGE) / width
    for ax in drawn:
        spot = ax.get_position()
        ax.set_position((left, spot.y0, spot.x1 - left, spot.height))


def period(ax: Axes, span: Period, language: str) -> None:
    """A pale band over the days under diagnosis, named above it where there is anything beside it."""
    low, high = ax.get_xlim()
    first, last = max(span.start.toordinal() - 0.5, low), min(span.end.toordinal() + 0.5, high)
    ax.axvspan(first, last, color=BAND, zorder=0, lw=0)
    if last - first < 0.9 * (high - low):
        look: Look = {"xycoords": ("data", "axes fraction"), "size": style.TINY, "color": style.SOFT}
        marks.near(ax, (last, 1), say("common.period", language), (0, 4), ha="right", va="bottom", **look)
