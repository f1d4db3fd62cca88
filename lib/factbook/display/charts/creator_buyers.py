"""The buyers that creators brought: how many order again within 60 days, by the kind of creator, beside own rooms."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis, Measure

RATE = "repeat_rate_60d"
KINDS = ("core", "rising", "mismatch", "low", "unknown")
Title = tuple[str, dict[str, object]]
Named = tuple[str, str, Measure]  # what it is called, its colour, its rate


@style.themed
def creator_buyers(dx: Diagnosis) -> Shown:
    """Repeat rate within 60 days of buyers first won by own rooms, by all creators, and by each kind of creator."""
    rows = _rows(dx)
    if not any(row.slice.get("source") != "own" for _, _, row in rows):
        return canvas.absent(dx, "creator_buyers", ("creator_new_buyers", RATE), "no_report:buyer_orders")
    fig = style.figure(900, 96 + 36 * len(rows) + canvas.FOOT)
    ax = style.axes(fig, 150, 34, 210, canvas.FOOT + 28)
    ends = [row.high or row.value or 0.0 for _, _, row in rows]
    ax.set(xlim=(0, max(ends) * 1.08 or 1.0), ylim=(len(rows) - 0.4, -0.6))
    for y, (name, colour, row) in enumerate(rows):
        _dot(ax, y, row, colour, dx.language)
        near: Look = {"ha": "right", "size": style.SMALL, "xycoords": ("axes fraction", "data")}
        marks.near(ax, (0, y), name, (-12, 0), **near)
    ax.set_yticks([])
    ruler.figures(ax.xaxis, "fraction", dx.language, 6)
    marks.note(ax, "creator_buyers.scale", dx.language)
    frame = pd.DataFrame([_line(name, row) for name, _, row in rows])
    columns = (head("name"), head("n", "count"), *(head(name, "fraction") for name in ("rate", "low", "high")))
    key, values = _title(rows, dx)
    return canvas.show(dx, Drawn("creator_buyers", fig, frame, columns, key, values, [row.source for *_, row in rows]))


def _rows(dx: Diagnosis) -> list[Named]:
    """Own rooms first, then all creators, then their kinds; those without a rate are left out."""
    own, everyone = label("buyer_source", "own", dx.language), say("creator_channels.everyone", dx.language)
    sides = {"own": (own, style.FIELD["F"]), "creator": (everyone, style.FIELD["A"])}
    found = [(*said, canvas.measured(dx, RATE, source=source)) for source, said in sides.items()]
    found += [
        (label("label", kind, dx.language), style.LABEL[kind], canvas.measured(dx, RATE, label=kind)) for kind in KINDS
    ]
    return [(name, colour, row) for name, colour, row in found if row is not None]


def _dot(ax: Axes, y: int, row: Measure, colour: str, language: str) -> None:
    if row.low is not None and row.high is not None:
        ax.hlines(y, row.low, row.high, color=colour, lw=2.2)
    ax.plot([row.value or 0.0], [y], "o", ms=9, color=colour, zorder=3)
    told = {"rate": fmt.percent(row.value, language), "n": fmt.count(row.n, language)}
    marks.beside(ax, y, say("creator_buyers.of", language, **told))


def _line(name: str, row: Measure) -> dict[str, object]:
    return {"name": name, "n": row.n, "rate": row.value, "low": row.low, "high": row.high}


def _title(rows: Sequence[Named], dx: Diagnosis) -> Title:
    """The kind whose buyers surely return less than the own rooms'; else the two sides as they are."""
    own = canvas.measured(dx, RATE, source="own")
    theirs = canvas.measured(dx, RATE, source="creator")
    below = [
        (name, row)
        for name, _, row in rows
        if "label" in row.slice and own is not None and (row.high or 1.0) < (own.low or 0.0)
    ]
    if below and own is not None:
        name, row = min(below, key=lambda one: one[1].value or 0.0)
        values = {"kind": name, "rate": fmt.percent(row.value, dx.language), "own": fmt.percent(own.value, dx.language)}
        return "title_kind", dict(values)
    if own is None or theirs is None:
        return "title_known", {}
    return "title_both", {
        "theirs": fmt.percent(theirs.value, dx.language),
        "own": fmt.percent(own.value, dx.language),
    }
