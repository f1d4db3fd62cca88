"""The next star deal: whether its buyers come back, and what fee it is worth."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis, Measure

HORIZONS = (30, 60, 90)
SOURCES = {"star": style.FIELD["T"], "own": style.FIELD["F"], "creator": style.FIELD["A"], "shop": "#8593A3"}
MOST_STARS = 6
RANGE, MIDDLE = "#A9B7C8", style.FIELD["F"]
Title = tuple[str, dict[str, object]]


# ------------------------------------------------------------------ who comes back


@style.themed
def star_buyers(dx: Diagnosis) -> Shown:
    """Repeat rates within 30, 60 and 90 days by the source of the first order, with intervals."""
    rows = [row for days in HORIZONS for source in SOURCES if (row := _rate(dx, days, source))]
    if not any(row.slice["source"] == "star" for row in rows):
        ids = ("star_known_buyer_share", *(f"repeat_rate_{days}d" for days in HORIZONS))
        return canvas.absent(dx, "star_buyers", ids, "no_star_buyers")
    fig = style.figure(900, 340)
    ax = style.axes(fig, 80, 34, 30, canvas.FOOT + 26)
    there = [source for source in SOURCES if any(row.slice["source"] == source for row in rows)]
    ax.set(xlim=(-0.5, len(HORIZONS) - 0.5), ylim=(0, max(row.high or row.value or 0.0 for row in rows) * 1.22 or 1.0))
    for row in rows:
        _dot(ax, row, there, dx.language)
    ax.set_xticks(range(len(HORIZONS)), [say("star_buyers.within", dx.language, days=days) for days in HORIZONS])
    ruler.figures(ax.yaxis, "fraction", dx.language)
    ruler.settle(fig)
    _key(ax, there, dx.language)
    frame = pd.DataFrame([_line(row, dx.language) for row in rows])
    columns = (head("name"), head("days", "count"), *(head(name, "fraction") for name in ("rate", "low", "high")))
    key, values = _buyers_title(dx)
    return canvas.show(dx, Drawn("star_buyers", fig, frame, columns, key, values, [row.source for row in rows]))


def _rate(dx: Diagnosis, days: int, source: str) -> Measure | None:
    return canvas.measured(dx, f"repeat_rate_{days}d", source=source)


def _days(row: Measure) -> int:
    return int(row.id.removeprefix("repeat_rate_").removesuffix("d"))


def _dot(ax: Axes, row: Measure, there: Sequence[str], language: str) -> None:
    source, value = row.slice["source"], row.value or 0.0
    x = HORIZONS.index(_days(row)) + (there.index(source) - (len(there) - 1) / 2) * 0.7 / max(len(there), 1)
    if row.low is not None and row.high is not None:
        ax.vlines(x, row.low, row.high, color=SOURCES[source], lw=2)
    ax.plot([x], [value], "o", ms=8, color=SOURCES[source], zorder=3)
    look: Look = {"size": style.SMALL, "ha": "left", "bbox": marks.PLATE}
    marks.near(ax, (x, value), fmt.percent(value, language), (9, 0), **look)


def _key(ax: Axes, there: Sequence[str], language: str) -> None:
    """Names of the sources in their colours, in a row above the picture."""
    frame = ax.get_window_extent()
    x = frame.x0
    for source in there:
        said = label("buyer_source", source, language)
        marks.pixel(ax, x, frame.y1 + 16, "■", color=SOURCES[source], size=style.SMALL)
        marks.pixel(ax, x + 16, frame.y1 + 16, said, size=style.SMALL)
        x += 16 + typeset.width(said, style.SMALL) + 24


def _line(row: Measure, language: str) -> dict[str, object]:
    name = label("buyer_source", row.slice["source"], language)
    return {"name": name, "days": _days(row), "rate": row.value, "low": row.low, "high": row.high}


def _buyers_title(dx: Diagnosis) -> Title:
    star, own = (_rate(dx, 60, source) for source in ("star", "own"))
    if star is None or own is None:
        return "title_known", {}
    values = {"star": fmt.percent(star.value, dx.language), "own": fmt.percent(own.value, dx.language)}
    apart = star.high is not None and own.low is not None and star.high < own.low
    return ("title_less" if apart else "title_both"), dict(values)


# ------------------------------------------------------------------ what fee is worth paying


@style.themed
def next_fee(dx: Diagnosis) -> Shown:
    """Per star the range of fees the next deal can bear, and the fee that was paid last."""
    stars = [(name, worth, canvas.measured(dx, "last_fee_cny", star=name)) for name, worth in _worth(dx).items()]
    if not stars:
        return canvas.absent(dx, "next_fee", ("next_fee_cny",), "no_star_deals")
    fig = style.figure(900, 100 + 58 * len(stars) + canvas.FOOT)
    ax = style.axes(fig, 150, 34, 240, canvas.FOOT + 28)
    ends = [edge for _, worth, last in stars for edge in _reach(worth, last)]
    ax.set(xlim=(0, max(ends) * 1.08 if max(ends) > 0 else 1.0), ylim=(len(stars) - 0.4, -0.6))
    for y, (_, worth, last) in enumerate(stars):
        _offer(ax, y, worth, last, dx.language)
    names = [typeset.fit(name, 110, style.SMALL) for name, _, _ in stars]
    ax.set_yticks(range(len(stars)), names, color=style.INK)
    ax.grid(visible=False)
    ruler.figures(ax.xaxis, "cny", dx.language, 5)
    ruler.settle(fig)
    marks.note(ax, "next_fee.scale", dx.language)
    frame = pd.DataFrame([_fee_row(*one) for one in stars])
    columns = (head("name"), *(head(name, "cny") for name in ("low", "fee", "high", "paid_fee")))
    key, values = _fee_title(stars, dx.language)
    return canvas.show(dx, Drawn("next_fee", fig, frame, columns, key, values, [worth.source for _, worth, _ in stars]))


Star = tuple[str, Measure, Measure | None]


def _worth(dx: Diagnosis) -> dict[str, Measure]:
    """Stars by the fee their next deal can bear, the largest first."""
    rows = canvas.known(dx.measures.select("next_fee_cny", "star"))
    names = list(rows.sort_values("value", ascending=False)["star"])[:MOST_STARS] if len(rows) else []
    found = {name: canvas.measured(dx, "next_fee_cny", star=name) for name in names}
    return {name: row for name, row in found.items() if row}


def _reach(worth: Measure, last: Measure | None) -> list[float]:
    figures = (worth.value, worth.high, last.value if last else None)
    return [figure for figure in figures if figure is not None]


def _offer(ax: Axes, y: int, worth: Measure, last: Measure | None, language: str) -> None:
    said = say("next_fee.middle", language, value=fmt.money(worth.value, language))
    if worth.low is not None and worth.high is not None:
        ax.barh(y, worth.high - worth.low, left=worth.low, height=0.34, color=RANGE)
        ends = {"low": fmt.money(worth.low, language), "high": fmt.money(worth.high, language)}
        said = say("next_fee.worth", language, **ends)
    ax.vlines(worth.value or 0.0, y - 0.17, y + 0.17, color=MIDDLE, lw=2.4)
    marks.beside(ax, y - 0.16, said)
    if last is not None and last.value is not None:
        ax.plot([last.value], [y], "D", ms=9, color=style.FIELD["T"], zorder=3, clip_on=False)
        marks.beside(
            ax, y + 0.2, say("next_fee.last", language, value=fmt.money(last.value, language)), color=style.FIELD["T"]
        )


def _fee_row(name: str, worth: Measure, last: Measure | None) -> dict[str, object]:
    paid = last.value if last else None
    return {"name": name, "low": worth.low, "fee": worth.value, "high": worth.high, "paid_fee": paid}


def _fee_title(stars: Sequence[Star], language: str) -> Title:
    """The star whose last fee is farthest above the range; else the first one."""
    over = [one for one in stars if one[2] and one[1].high is not None and (one[2].value or 0.0) > one[1].high]
    name, worth, last = max(over, key=lambda one: (one[2].value or 0.0) - (one[1].high or 0.0)) if over else stars[0]  # type: ignore[union-attr]
    ends = [fmt.money_said(end, language) for end in (worth.low, worth.high)]
    values: dict[str, object] = {"star": name, "low": ends[0], "high": ends[1]}
    values |= {
        "middle": fmt.money_said(worth.value, language),
        "paid": fmt.money_said(last.value if last else None, language),
    }
    if worth.high is None:
        return "title_middle", values
    return ("title_above" if over else "title_worth"), values
