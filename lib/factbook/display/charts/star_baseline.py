"""The hit test in a picture: a product's daily sales, and its level before and after each star session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.display.tables.common import typed
from factbook.knowledge.captions import say
from factbook.records import Diagnosis

DAILY, RAISED = "star_product_daily_cny", "star_product_raised"
BEFORE, AFTER = "star_product_before_cny", "star_product_after_cny"
WINDOW = 28  # days of a level, as measures/star_products.py looks at
LINE, EARLIER, LATER = "#B9C6D6", "#6B7785", style.FIELD["T"]
Title = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Level:
    """One appearance of a product, and its level on either side where that is known."""

    deal: str
    start: date
    end: date
    before: float | None
    after: float | None


# ------------------------------------------------------------------ the product before and after


@style.themed
def star_baseline(dx: Diagnosis) -> Shown:
    """Daily sales of the product stars carried most, with its level before and after each appearance."""
    rows = canvas.known(dx.measures.select(DAILY, ("product", "date"), "history"))
    product = _carried_most(dx, rows) if len(rows) else ""
    levels = _levels(dx, product)
    if not _comparable(levels):
        return canvas.absent(dx, "star_baseline", (RAISED, DAILY), "no_star_products")
    mine = rows[rows["product"] == product].sort_values("date")
    frame = pd.DataFrame({"date": mine["date"], "product_cny": mine["value"].astype(float)}).reset_index(drop=True)
    fig = style.figure(900, 360)
    ax = style.axes(fig, 80, 48, 30, canvas.FOOT + 24)
    days = [date.fromisoformat(text) for text in frame["date"]]
    starred = _starred(dx)
    _line(ax, frame, days, starred)
    _steps(ax, levels)
    ruler.figures(ax.yaxis, "cny", dx.language)
    ruler.settle(fig)
    ruler.dates(ax, days, dx.language)
    _bands(ax, levels, dx.language)
    marks.pixel(
        ax, ax.get_window_extent().x0, 346, say("star_baseline.scale", dx.language), size=style.SMALL, color=style.SOFT
    )
    columns = (head("date", "day"), head("product_cny", "cny"))
    key, values = _hit_title(dx, product)
    drawn = Drawn("star_baseline", fig, frame, columns, key, values, mine["source"])
    return canvas.show(dx, drawn)


def _comparable(levels: Sequence[Level]) -> bool:
    """Whether there is a level before one appearance and one after the same or a later one."""
    first = next((n for n, one in enumerate(levels) if one.before is not None), len(levels))
    return any(one.after is not None for one in levels[first:])


def _carried_most(dx: Diagnosis, rows: pd.DataFrame) -> str:
    times = canvas.by_slice(dx, "star_product_appearances", "product")
    names = [str(name) for name in dict.fromkeys(rows["product"])]
    return max(names, key=lambda name: times.get(name, 0.0))


def _starred(dx: Diagnosis) -> set[date]:
    """Every day of a star deal."""
    spans = [_span(row) for row in typed(dx, "star_deals").to_dict("records")]
    return {start + timedelta(days=n) for start, end in filter(None, spans) for n in range((end - start).days + 1)}


def _span(row: Mapping[Any, Any]) -> tuple[date, date] | None:
    start, end = (str(row.get(name) or "")[:10] for name in ("start", "end"))
    return (date.fromisoformat(start), date.fromisoformat(end or start)) if start else None


def _levels(dx: Diagnosis, product: str) -> list[Level]:
    """Each appearance with its span and the level on either side, oldest first."""
    spans = {str(row["deal"]): _span(row) for row in typed(dx, "star_deals").to_dict("records")}
    rows = dx.measures.select([BEFORE, AFTER], ("product", "deal"))
    mine = rows[rows["product"] == product] if len(rows) else rows
    found = []
    for deal, sides in mine.groupby("deal", sort=False) if len(mine) else ():
        known = canvas.known(sides)
        level = dict(zip(known["id"], known["value"].astype(float), strict=True))
        if span := spans.get(str(deal)):
            found.append(Level(str(deal), *span, level.get(BEFORE), level.get(AFTER)))
    return sorted(found, key=lambda one: one.start)


def _line(ax: Axes, frame: pd.DataFrame, days: Sequence[date], starred: set[date]) -> None:
    """The days themselves; those of a star deal are left out, or nothing else could be seen."""
    spots = [day.toordinal() for day in days]
    plain = frame["product_cny"].where(pd.Series([day not in starred for day in days]))
    ax.plot(spots, plain, color=LINE, lw=1.3)
    ax.set_xlim(spots[0] - 0.7, spots[-1] + 0.7)
    ax.set_ylim(0, max(float(plain.max()) * 1.12, 1.0) if plain.notna().any() else 1.0)


def _steps(ax: Axes, levels: Sequence[Level]) -> None:
    """Levels as bars over the days they stand for: never across the neighbouring appearance."""
    low, high = (round(edge) for edge in ax.get_xlim())
    for n, one in enumerate(levels):
        start, end = one.start.toordinal(), one.end.toordinal()
        first = max(start - WINDOW, levels[n - 1].end.toordinal() if n else low)
        last = min(end + WINDOW, levels[n + 1].start.toordinal() if n + 1 < len(levels) else high)
        for level, left, right, colour in ((one.before, first, start, EARLIER), (one.after, end, last, LATER)):
            if level is not None and right - left > 1:
                ax.hlines(level, left + 0.6, right - 0.6, color=colour, lw=3)


def _bands(ax: Axes, levels: Sequence[Level], language: str) -> None:
    """A line for each appearance, its name above the picture where there is room."""
    low, high = ax.get_xlim()
    wide = ax.get_window_extent().width
    taken = -wide
    for one in levels:
        spot = (one.start.toordinal() - low) / (high - low) * wide
        ax.axvspan(one.start.toordinal() - 0.5, one.end.toordinal() + 0.5, color=LATER, alpha=0.25, lw=0)
        name = typeset.fit(one.deal, marks.NAME_ROOM, style.TINY)
        half = typeset.width(name, style.TINY) / 2
        if max(taken, 0.0) < spot - half and spot + half < wide:
            look: Look = {"xycoords": ("data", "axes fraction"), "size": style.TINY, "color": style.SOFT}
            marks.near(ax, (one.start.toordinal(), 1), name, (0, 3), ha="center", va="bottom", **look)
            taken = spot + half + 8


def _hit_title(dx: Diagnosis, product: str) -> Title:
    row = dx.measures.row(RAISED, product=product)
    values: dict[str, object] = {"product": product}
    if row is None or row.value is None or row.low is None or row.high is None:
        return "title_short", values
    spelled = {name: fmt.percent(getattr(row, name), dx.language) for name in ("low", "high")}
    values |= {**spelled, "change": fmt.percent(abs(row.value), dx.language)}
    return ("title_up" if row.low > 0 else "title_down" if row.high < 0 else "title_same"), values
