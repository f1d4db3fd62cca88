"""Ticks, margins and labels that neither collide nor leave the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from factbook import fmt
from factbook.display import style, typeset
from factbook.knowledge.captions import say
from factbook.records import Period

GAP = 14  # pixels between neighbouring tick labels
EDGE = 10  # pixels between the widest tick label and the canvas's edge
DAY_STEPS = (1, 2, 3, 5, 7, 10, 14, 21, 28)
MONTH_STEPS = (1, 2, 3, 6, 12)
LONG_SPAN = 26 * 7  # days from which months are named instead of days


def figures(axis: Axis, unit: str, language: str, count: int = 4) -> None:
    """Round ticks, spelled like the rest of the report."""
    axis.set_major_locator(MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: fmt.figure(value, unit, language)))


def dates(ax: Axes, days: Sequence[date], language: str) -> None:
    """Ticks on an axis of ordinals: days or weeks while they are few, months when they are many."""
    span = (days[-1] - days[0]).days
    spots = _months(ax, days, language) if span > LONG_SPAN else _days(ax, days, language)
    ax.xaxis.set_major_locator(FixedLocator([float(day.toordinal()) for day, _ in spots]))
    ax.xaxis.set_ticklabels([text for _, text in spots])


def _pixels_a_day(ax: Axes) -> float:
    low, high = ax.get_xlim()
    return float(ax.get_window_extent().width / (high - low))


def _days(ax: Axes, days: Sequence[date], language: str) -> list[tuple[date, str]]:
    unit = (days[1] - days[0]).days if len(days) > 1 else 1
    needed = max(typeset.width(fmt.day(day, language), style.SMALL) for day in days) + GAP
    step = next((n for n in DAY_STEPS if n * unit * _pixels_a_day(ax) >= needed), len(days))
    return [(day, fmt.day(day, language)) for day in days[::step]]


def _months(ax: Axes, days: Sequence[date], language: str) -> list[tuple[date, str]]:
    firsts = [day for day in _every_day(days[0], days[-1]) if day.day == 1]
    needed = typeset.width(_month(date(2026, 1, 1), language, True), style.SMALL) + GAP
    step = next((n for n in MONTH_STEPS if n * 28 * _pixels_a_day(ax) >= needed), 12)
    chosen = firsts[::step]
    return [(day, _month(day, language, n == 0 or day.month <= step)) for n, day in enumerate(chosen)]


def _every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _month(day: date, language: str, with_year: bool) -> str:
    month = f"{day.month}月" if language == "zh" else f"{day:%b}"
    year = (f"{day.year}年{month}" if language == "zh" else f"{month} {day.year}") if with_year else month
    return year


def settle(fig: Figure) -> None:
    """Move the left edge of all axes to where the widest tick label needs it."""
    renderer = fig.canvas.get_renderer()  # type: ignore[attr-defined]
    width, _ = style.size(fig)
    shown = [ax for ax in fig.axes if ax.axison]
    boxes = [(ax.get_window_extent(), ax.yaxis.get_tightbbox(renderer)) for ax in shown]
    left = (max((frame.x0 - box.x0 for frame, box in boxes if box), default=0) + EDGE) / width
    for ax in shown:
        spot = ax.get_position()
        ax.set_position((left, spot.y0, spot.x1 - left, spot.height))


def spread(spots: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The positions nearest to `spots` that keep `gap` between neighbours and stay within the bounds."""
    order = sorted(range(len(spots)), key=lambda n: (spots[n], n))
    placed: dict[int, float] = {}
    floor = low
    for n in order:
        placed[n] = max(spots[n], floor)
        floor = placed[n] + gap
    ceiling = high
    for n in reversed(order):
        placed[n] = min(placed[n], ceiling)
        ceiling = placed[n] - gap
    return [placed[n] for n in range(len(spots))]


def ends(ax: Axes, items: Sequence[tuple[float, str, str]], size: float = style.SMALL) -> None:
    """Labels to the right of the axes, each at its height in data, with a square of its colour."""
    pixels = [float(ax.transData.transform((0, y))[1]) for y, _, _ in items]
    frame = ax.get_window_extent()
    low, high = frame.y0 + size / 2, frame.y1 - size / 2
    for spot, (_, text, colour) in zip(spread(pixels, size * 1.7, low, high), items, strict=True):
        at = {"xycoords": "figure pixels", "va": "center", "annotation_clip": False}
        ax.annotate("■", (frame.x1 + 8, spot), color=colour, size=size, **at)
        ax.annotate(text, (frame.x1 + 10 + size, spot), color=style.INK, size=size, **at)


def note(ax: Axes, key: str, language: str, **values: object) -> None:
    """A small heading above the axes, at its left edge: what the scale counts."""
    ax.set_title(say(key, language, **values), loc="left", size=style.SMALL, color=style.SOFT, pad=8)


def period(ax: Axes, span: Period, language: str) -> None:
    """A pale band over the days under diagnosis, named above it where there is anything beside it."""
    low, high = ax.get_xlim()
    first, last = max(span.start.toordinal() - 0.5, low), min(span.end.toordinal() + 0.5, high)
    ax.axvspan(first, last, color="#F1F5F9", zorder=0, lw=0)
    if last - first < 0.9 * (high - low):
        spot = {"xytext": (0, 4), "textcoords": "offset points", "ha": "right", "va": "bottom"}
        ax.annotate(say("common.period", language), (last, 1), xycoords=("data", "axes fraction"),
                    size=style.TINY, color=style.SOFT, **spot)
