"""The one picture that carries the report: the FACT matrix."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from factbook import fmt
from factbook.display import cells, style, typeset
from factbook.display.charts import canvas, matrix, stairs
from factbook.display.charts.canvas import Drawn, head
from factbook.display.charts.matrix import ROW
from factbook.display.charts.stairs import Stair
from factbook.display.shown import Shown
from factbook.judgement.worth import Bridge, bridge
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import FIELDS, Diagnosis, Finding

WIDTH = 900.0
TOP, GAP, BOTTOM = 40.0, 7.0, 62.0


@dataclass(frozen=True)
class Column:
    """A column of the matrix: its key in words.toml and its place in pixels."""

    key: str
    left: float
    width: float


COLUMNS = (
    Column("share", 142, 104),
    Column("traffic", 252, 92),
    Column("conversion", 350, 92),
    Column("accumulation", 448, 92),
    Column("contribution", 546, 104),
    Column("capability", 656, 140),
    Column("change", 802, 90),
)
JUDGED = tuple(column for column in COLUMNS if column.key not in ("share", "contribution", "change"))
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
    head("cny", "optional:cny", "contribution"),
    head("change", "optional:fraction", "change_share"),
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
        for column in COLUMNS:
            if column.key in AMOUNTS:
                _amount(ax, dx, column, code, y)
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


def _amount(ax: Axes, dx: Diagnosis, column: Column, code: str, y: float) -> None:
    """What a field leaves, or how its sales moved: a figure with its sign as colour, never a score."""
    value = amount(dx, code, column.key)
    cell = matrix.Cell(dx.score(f"{code}.{column.key}"), column.left, y, column.width, dx.language)
    if value is None:
        matrix.overlay(ax, cell) if code == "C" else matrix.not_measured(ax, cell)
    else:
        matrix.figure(ax, cell, AMOUNTS[column.key](value, dx.language), value)


def amount(dx: Diagnosis, code: str, key: str) -> float | None:
    """Contribution in yuan, or the relative change of a field's sales against the period before."""
    if key == "contribution":
        return dx.measures.value("field_contribution_cny", field=code)
    now, moved = (dx.measures.value(id, field=code) for id in ("field_paid_cny", "change_by_field_cny"))
    if now is None or moved is None:
        return None
    before = now - moved
    return moved / before if before > 0 else (math.inf if now > 0 else None)


def _moved(value: float, language: str) -> str:
    """A change as percent, as a multiple once it has more than doubled, as new where nothing was sold before."""
    if math.isinf(value):
        return say("fact_matrix.new", language)
    if value >= 1:
        return say("fact_matrix.times", language, times=fmt.decimal(1 + value, language, 1))
    return f"{'+' if value > 0 else ''}{fmt.percent(value, language, 0)}"


AMOUNTS = {"contribution": fmt.money, "change": _moved}


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
        "state": "measured" if column in AMOUNTS and amount(dx, code, column) is not None else score.state,
        "score": score.value,
        "low": score.low,
        "high": score.high,
        "verdict": score.verdict or None,
        "basis": score.basis or None,
        "binding": score.parts[0] if column == "capability" and score.parts else None,
        "cny": amount(dx, code, column) if column == "contribution" else None,
        "change": amount(dx, code, column) if column == "change" else None,
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


# ------------------------------------------------------------------ what it is worth, alone and together


MOST_ITEMS = 6
WORTH_NAMES = 340.0  # pixels: titles of findings are sentences
WORTH = (head("name"), head("cny", "cny"), head("worth_low", "cny"), head("worth_high", "cny"))


@style.themed
def worth_waterfall(dx: Diagnosis) -> Shown:
    """Each priced finding alone, less what would be counted twice, and what all come to together."""
    found = bridge(dx.findings, dx.totals)
    if found is None:
        return canvas.absent(dx, "worth_waterfall", (), "nothing_priced")
    rows = _worth_rows(found, dx.language)
    fig = stairs.draw(rows, say("worth_waterfall.scale", dx.language), WORTH_NAMES)
    frame = pd.DataFrame(
        {
            "name": [row.name for row in rows],
            "cny": [row.value for row in rows],
            "worth_low": [row.low for row in rows],
            "worth_high": [row.high for row in rows],
        }
    )
    key, values = _worth_title(found, dx.language)
    named = [item.source for priced in found.items for item in priced.finding.evidence]
    return canvas.show(dx, Drawn("worth_waterfall", fig, frame, WORTH, key, values, named))


def _worth_rows(found: Bridge, language: str) -> list[Stair]:
    """The largest findings, the others as one, the overlap where there is any, and the total."""
    rows = [_priced(item.finding, item.middle, language) for item in found.items[:MOST_ITEMS]]
    rest = found.items[MOST_ITEMS:]
    if rest:
        amount = sum(item.middle for item in rest)
        name = say("worth_waterfall.others", language, n=len(rest))
        rows.append(Stair(name, amount, fmt.money(amount, language), colour=style.FAINT))
    if found.overlap:
        words = say("worth_waterfall.overlap", language)
        rows.append(Stair(words, found.overlap, fmt.money(found.overlap, language), "overlap"))
    ends = (found.together.low_cny, found.together.high_cny)
    said = cells.interval(ends, "cny", language)
    return [*rows, Stair(say("worth_waterfall.total", language), sum(ends) / 2, said, "total", "", *ends)]


def _priced(finding: Finding, middle: float, language: str) -> Stair:
    ends = (finding.worth_low_cny, finding.worth_high_cny)
    said = cells.interval(ends, "cny", language)
    colour = style.FIELD.get(finding.area, style.FIELD["F"])
    return Stair(finding.title[language], middle, said, "part", colour, *ends)


def _worth_title(found: Bridge, language: str) -> tuple[str, dict[str, object]]:
    ends = (found.together.low_cny, found.together.high_cny)
    values: dict[str, object] = {
        "range": cells.interval(ends, "cny_said", language),
        "basis": label("worth", found.basis, language),
        "overlap": fmt.money_said(-found.overlap, language),
    }
    if len(found.items) == 1:
        return "title_one", values
    return ("title_overlap" if found.overlap else "title"), values
