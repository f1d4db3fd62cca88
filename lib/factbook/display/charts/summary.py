"""The one picture that carries the report: the FACT matrix."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, matrix
from factbook.display.charts.canvas import Drawn, head
from factbook.display.charts.matrix import ROW
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import FIELDS, Diagnosis

WIDTH = 900.0
TOP, GAP, BOTTOM = 40.0, 7.0, 62.0


@dataclass(frozen=True)
class Column:
    """A column of the matrix: its key in words.toml and its place in pixels."""

    key: str
    left: float
    width: float


COLUMNS = (
    Column("share", 146, 152),
    Column("traffic", 306, 132),
    Column("conversion", 446, 132),
    Column("accumulation", 586, 132),
    Column("capability", 726, 166),
)
JUDGED = COLUMNS[1:]
VERDICTS = ("good", "normal", "poor")
MATRIX = (
    head("field", "word:field"),
    head("column", "word:column"),
    head("share", "fraction"),
    head("state", "word:state"),
    head("score", "score"),
    head("low", "score"),
    head("high", "score"),
    head("verdict", "word:verdict"),
    head("basis", "word:basis"),
    head("binding", "word:area"),
)


@style.themed
def fact_matrix(dx: Diagnosis) -> Shown:
    """Fields by share, traffic, conversion, accumulation and fit; a cell is a score, a verdict or a state."""
    shares = canvas.by_slice(dx, "field_share", "field")
    scores = [dx.score(f"{code}.{column.key}") for code in FIELDS for column in JUDGED]
    if not shares and all(score.state == "not_measured" for score in scores):
        return canvas.absent(dx, "fact_matrix", ("field_share",), "no_report:trade_analysis")
    height = TOP + len(FIELDS) * (ROW + GAP) + BOTTOM
    fig = style.figure(WIDTH, height)
    ax = style.axes(fig, 0, 0, 0, 0)
    ax.set(xlim=(0, WIDTH), ylim=(height, 0))
    ax.axis("off")
    for column in COLUMNS:
        name = label("column", column.key, dx.language)
        ax.text(column.left + 2, TOP - 10, name, size=style.BASE, color=style.SOFT, va="baseline")
    for n, code in enumerate(FIELDS):
        y = TOP + n * (ROW + GAP)
        _badge(ax, code, y, dx.language)
        _share(ax, matrix.Cell(dx.score(f"{code}.share"), COLUMNS[0].left, y, COLUMNS[0].width, dx.language), shares)
        for column in JUDGED:
            score = dx.score(f"{code}.{column.key}")
            matrix.STATES[score.state](ax, matrix.Cell(score, column.left, y, column.width, dx.language))
    _legend(ax, dx.language, height - BOTTOM + 20)
    frame = pd.DataFrame([_cell(dx, code, column.key, shares) for code in FIELDS for column in COLUMNS], dtype=object)
    key, values = _title(frame, shares, dx.language)
    sources = canvas.row_sources(dx, "field_share")
    return canvas.show(dx, Drawn("fact_matrix", fig, frame, MATRIX, key, values, sources))


def _badge(ax: Axes, code: str, y: float, language: str) -> None:
    matrix.plate(ax, (14, y + 14, 34, 34), style.FIELD[code])
    ink = style.INK if code in ("S", "C") else style.PAPER
    ax.text(31, y + ROW / 2 + 0.5, code, size=17, weight="bold", color=ink, ha="center", va="center")
    name = typeset.fit(label("field", code, language), 84, style.BASE, bold=True)
    ax.text(56, y + ROW / 2, name, weight="bold", va="center")


def _share(ax: Axes, cell: matrix.Cell, shares: Mapping[str, float]) -> None:
    """A bar for the share of sales; campaigns have none, since they lie over the other fields."""
    code = cell.score.id[0]
    if code not in shares:
        _overlay(ax, cell) if code == "C" else matrix.not_measured(ax, cell)
        return
    full = cell.wide - 54
    matrix.plate(ax, (cell.x, cell.y + 19, full, 24), "#EEF1F4", 3)
    if shares[code] > 0:
        wide = max(full * min(shares[code], 1.0), 1.5)
        ax.add_patch(Rectangle((cell.x, cell.y + 19), wide, 24, color=style.FIELD[code], lw=0))
    said = fmt.percent(shares[code], cell.language)
    ax.text(cell.x + full + 8, cell.y + ROW / 2, said, weight="bold", va="center")


def _overlay(ax: Axes, cell: matrix.Cell) -> None:
    lines = typeset.wrap(say("fact_matrix.overlay", cell.language), cell.wide - 4, style.SMALL)
    for n, line in enumerate(lines):
        y = cell.y + ROW / 2 + (n - (len(lines) - 1) / 2) * 15
        ax.text(cell.x + 2, y, line, size=style.SMALL, color=style.SOFT, va="center")


# ------------------------------------------------------------------ legend, data, title


def _legend(ax: Axes, language: str, y: float) -> None:
    """What the colours mean, in one line; what the figures rest on, in a second."""
    left, room = COLUMNS[0].left, WIDTH - COLUMNS[0].left - 100
    verdicts = [(style.TINT[v], "", f"{style.MARK[v]} {label('verdict', v, language)}") for v in VERDICTS]
    states = [(matrix.EMPTY, style.HATCH, "not_measured"), (style.GATED, "", "gated")]
    entries = [*verdicts, *((colour, hatch, label("state", key, language)) for colour, hatch, key in states)]
    x = left
    for colour, hatch, said in entries:
        matrix.plate(ax, (x, y - 7, 18, 14), colour, 3, edgecolor="#B4BDC8", hatch=hatch)
        ax.text(x + 24, y, said, size=style.SMALL, va="center")
        x += 24 + typeset.width(said, style.SMALL) + 18
    scale = typeset.fit(say("fact_matrix.scale", language), room, style.SMALL)
    ax.text(left, y + 22, scale, size=style.SMALL, color=style.SOFT, va="center")


def _cell(dx: Diagnosis, code: str, column: str, shares: Mapping[str, float]) -> dict[str, object]:
    score = dx.score(f"{code}.{column}")
    return {
        "field": code,
        "column": column,
        "share": shares.get(code) if column == "share" else None,
        "state": score.state,
        "score": score.value,
        "low": score.low,
        "high": score.high,
        "verdict": score.verdict or None,
        "basis": score.basis or None,
        "binding": score.parts[0] if column == "capability" and score.parts else None,
    }


def _title(frame: pd.DataFrame, shares: Mapping[str, float], language: str) -> tuple[str, dict[str, object]]:
    leader = max((code for code in FIELDS if code in shares), key=lambda code: shares[code], default="")
    if not leader:
        return "title_none", {}
    values: dict[str, object] = {
        "field": label("field", leader, language),
        "share": fmt.percent(shares[leader], language),
    }
    gated = list(dict.fromkeys(frame["field"][frame["state"] == "gated"]))
    if gated:
        return "title_gated", {**values, "gated": canvas.listed((label("field", c, language) for c in gated), language)}
    poor = frame[(frame["verdict"] == "poor") & frame["state"].isin(["scored", "verdict"])]
    if not len(poor):
        return "title_lead", values
    weak = min(poor.to_dict("records"), key=lambda cell: _urgency(cell, shares))
    names = {"weak": label("field", weak["field"], language), "column": label("column", weak["column"], language)}
    return "title_weak", {**values, **names}


def _urgency(cell: Mapping[Hashable, Any], shares: Mapping[str, float]) -> tuple[float, bool, float]:
    """What to name first among weak cells: the field that sells most, its figures before its team, the lowest."""
    score = cell["score"]
    return -shares.get(cell["field"], 0.0), cell["column"] == "capability", 0.0 if score is None else score
