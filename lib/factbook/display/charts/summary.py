"""The one picture that carries the report: the FACT matrix."""

from __future__ import annotations

from dataclasses import dataclass

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
    Column("share", 142, 164),
    Column("traffic", 312, 136),
    Column("conversion", 456, 136),
    Column("accumulation", 600, 136),
    Column("capability", 744, 146),
)
JUDGED = COLUMNS[1:]
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
    shares = {code: canvas.measured(dx, "field_share", field=code) for code in FIELDS}
    scores = [dx.score(f"{code}.{column.key}") for code in FIELDS for column in JUDGED]
    if not any(shares.values()) and all(score.state == "not_measured" for score in scores):
        return canvas.absent(dx, "fact_matrix", ("field_share",), "no_report:trade_analysis")
    height = TOP + len(FIELDS) * (ROW + GAP) + BOTTOM
    fig = style.figure(WIDTH, height)
    ax = style.axes(fig, 0, 0, 0, 0)
    ax.set(xlim=(0, WIDTH), ylim=(height, 0))
    ax.axis("off")
    for column in COLUMNS:
        name = label("column", column.key, dx.language)
        ax.text(column.left + 2, TOP - 14, name, size=style.SMALL, color=style.SOFT, va="center")
    for n, code in enumerate(FIELDS):
        _row(ax, dx, code, TOP + n * (ROW + GAP))
    _legend(ax, dx.language, height - BOTTOM + 20)
    frame = _frame(dx)
    key, values = _title(dx, frame)
    sources = canvas.row_sources(dx, "field_share")
    return canvas.show(dx, Drawn("fact_matrix", fig, frame, MATRIX, key, values, sources))


# ------------------------------------------------------------------ a row: the field, its share, its cells


def _row(ax: Axes, dx: Diagnosis, code: str, y: float) -> None:
    _badge(ax, code, y, dx.language)
    _share(ax, dx, code, y)
    for column in JUDGED:
        score = dx.score(f"{code}.{column.key}")
        matrix.STATES[score.state](ax, matrix.Cell(score, column.left, y, column.width, dx.language))


def _badge(ax: Axes, code: str, y: float, language: str) -> None:
    matrix.plate(ax, (14, y + 14, 34, 34), style.FIELD[code])
    ink = style.INK if code in ("S", "C") else style.PAPER
    ax.text(31, y + ROW / 2 + 0.5, code, size=17, weight="bold", color=ink, ha="center", va="center")
    name = typeset.fit(label("field", code, language), 84, style.BASE, bold=True)
    ax.text(56, y + ROW / 2, name, weight="bold", va="center")


def _share(ax: Axes, dx: Diagnosis, code: str, y: float) -> None:
    column = COLUMNS[0]
    row = canvas.measured(dx, "field_share", field=code)
    score = dx.score(f"{code}.share")
    if row is None or row.value is None:
        overlay = score.reason == "overlay" or code == "C"
        cell = matrix.Cell(score, column.left, y, column.width, dx.language)
        _overlay(ax, cell) if overlay else matrix.not_measured(ax, cell)
        return
    full = column.width - 54
    matrix.plate(ax, (column.left, y + 19, full, 24), "#EEF1F4", 3)
    if row.value > 0:
        ax.add_patch(
            Rectangle((column.left, y + 19), max(full * min(row.value, 1.0), 1.5), 24, color=style.FIELD[code], lw=0)
        )
    said = fmt.percent(row.value, dx.language)
    ax.text(column.left + full + 8, y + ROW / 2, said, weight="bold", va="center")


def _overlay(ax: Axes, cell: matrix.Cell) -> None:
    lines = typeset.wrap(say("fact_matrix.overlay", cell.language), cell.wide - 12, style.TINY)
    for n, line in enumerate(lines):
        y = cell.y + ROW / 2 + (n - (len(lines) - 1) / 2) * 15
        ax.text(cell.x + 2, y, line, size=style.TINY, color=style.SOFT, va="center")


# ------------------------------------------------------------------ legend, data, title


def _legend(ax: Axes, language: str, y: float) -> None:
    """What the colours mean, in one line; what the figure rests on, in a second."""
    x = COLUMNS[0].left
    for verdict in ("good", "normal", "poor"):
        matrix.plate(ax, (x, y - 7, 18, 14), style.TINT[verdict], 3)
        said = f"{style.MARK[verdict]} {label('verdict', verdict, language)}"
        ax.text(x + 24, y, said, size=style.TINY, color=style.INK, va="center")
        x += 24 + typeset.width(said, style.TINY) + 18
    for key, colour, hatch in (("not_measured", matrix.EMPTY, style.HATCH), ("gated", style.GATED, "")):
        matrix.plate(ax, (x, y - 7, 18, 14), colour, 3, edgecolor="#B4BDC8", hatch=hatch)
        said = label("state", key, language)
        ax.text(x + 24, y, said, size=style.TINY, color=style.INK, va="center")
        x += 24 + typeset.width(said, style.TINY) + 18
    said = typeset.fit(say("fact_matrix.scale", language), WIDTH - COLUMNS[0].left - 100, style.TINY)
    ax.text(COLUMNS[0].left, y + 22, said, size=style.TINY, color=style.SOFT, va="center")


def _frame(dx: Diagnosis) -> pd.DataFrame:
    rows = []
    for code in FIELDS:
        for column in COLUMNS:
            score = dx.score(f"{code}.{column.key}")
            share = dx.measures.value("field_share", field=code) if column.key == "share" else None
            binding = score.parts[0] if column.key == "capability" and score.parts else None
            rows.append(
                {
                    "field": code,
                    "column": column.key,
                    "share": share,
                    "state": score.state,
                    "score": score.value,
                    "low": score.low,
                    "high": score.high,
                    "verdict": score.verdict or None,
                    "basis": score.basis or None,
                    "binding": binding,
                }
            )
    return pd.DataFrame(rows, dtype=object)


def _title(dx: Diagnosis, frame: pd.DataFrame) -> tuple[str, dict[str, str]]:
    shares = {code: row.value for code in FIELDS if (row := canvas.measured(dx, "field_share", field=code))}
    gated = [code for code in FIELDS if any(frame["state"][frame["field"] == code] == "gated")]
    leader = max(shares, key=lambda code: shares[code] or 0.0, default="")
    values = {
        "field": label("field", leader, dx.language),
        "share": fmt.percent(shares.get(leader), dx.language),
        "gated": canvas.listed((label("field", code, dx.language) for code in gated), dx.language) if gated else "",
    }
    if not leader:
        return "title_none", values
    if gated:
        return "title_gated", values
    weak = _weakest(frame)
    if weak is None:
        return "title_lead", values
    return "title_weak", {
        **values,
        "weak": label("field", weak[0], dx.language),
        "column": label("column", weak[1], dx.language),
    }


def _weakest(frame: pd.DataFrame) -> tuple[str, str] | None:
    """The poorest cell: the lowest score, else the first poor verdict."""
    poor = frame[(frame["verdict"] == "poor") & frame["state"].isin(["scored", "verdict"])]
    if not len(poor):
        return None
    row = poor.assign(rank=poor["score"].astype(float).fillna(50.0)).sort_values("rank", kind="stable").iloc[0]
    return str(row["field"]), str(row["column"])
