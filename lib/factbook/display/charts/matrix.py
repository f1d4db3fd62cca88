"""A cell of the FACT matrix in each of its states: a score, a verdict, not scored, not measured, gate shut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Arc, FancyBboxPatch, Rectangle

from factbook import fmt
from factbook.display import style, typeset
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Score

ROW = 62.0  # pixels of height
EMPTY = "#F7F8FA"


@dataclass(frozen=True)
class Cell:
    """Where a cell stands and what it says."""

    score: Score
    x: float
    y: float
    wide: float
    language: str


def plate(ax: Axes, box: tuple[float, float, float, float], colour: str, round_: float = 6, **more: Any) -> None:
    x, y, wide, high = box
    shape = f"round,pad=0,rounding_size={round_}"
    ax.add_patch(FancyBboxPatch((x, y), wide, high, boxstyle=shape, facecolor=colour, **{"lw": 0, **more}))


def _ground(ax: Axes, cell: Cell, colour: str, **more: Any) -> None:
    plate(ax, (cell.x, cell.y, cell.wide, ROW), colour, **more)


def _scored(ax: Axes, cell: Cell) -> None:
    _say(ax, cell, fmt.decimal(cell.score.value, cell.language, 0), 20)
    if not _is_fit(cell):
        _track(ax, cell)


def _verdict(ax: Axes, cell: Cell) -> None:
    # a word is wider than a score: it stands below the basis, where there is neither track nor capability
    _say(ax, cell, label("verdict", cell.score.verdict or "none", cell.language), 15, 25 if _is_fit(cell) else 37)


def _say(ax: Axes, cell: Cell, said: str, size: float, down: float = 25) -> None:
    """The score or the verdict in large, its mark, what it is held against, and the capability that binds."""
    verdict = cell.score.verdict
    _ground(ax, cell, style.TINT[verdict])
    ax.text(cell.x + 12, cell.y + down, said, size=size, weight="bold", va="center")
    mark = cell.x + 18 + typeset.width(said, size, bold=True)
    ax.text(mark, cell.y + down + 1, style.MARK[verdict], size=11, color=style.VERDICT[verdict], va="center")
    _basis(ax, cell)
    if _is_fit(cell):
        _binding(ax, cell)


def _is_fit(cell: Cell) -> bool:
    return cell.score.id.endswith(".capability")


def _basis(ax: Axes, cell: Cell) -> None:
    if not cell.score.basis:
        return
    name = say(f"fact_matrix.basis_{cell.score.basis}", cell.language)
    about = say("fact_matrix.about", cell.language) if cell.score.approximate else ""
    said = typeset.fit(about + name, cell.wide / 2, style.TINY)
    ax.text(cell.x + cell.wide - 10, cell.y + 15, said, size=style.TINY, color=style.SOFT, ha="right", va="center")


def _track(ax: Axes, cell: Cell) -> None:
    """The score on a line from 0 to 100, with its interval."""
    value, low, high = cell.score.value, cell.score.low, cell.score.high
    if value is None:
        return
    start, room, y = cell.x + 12, cell.wide - 24, cell.y + ROW - 12
    ax.plot([start, start + room], [y, y], color=style.PAPER, lw=4, solid_capstyle="round")
    if low is not None and high is not None and high > low:
        ends = [start + room * end / 100 for end in (low, high)]
        ax.plot(ends, [y, y], color=style.FAINT, lw=4, solid_capstyle="round")
    ax.plot([start + room * value / 100], [y], "o", ms=7, color=style.INK, mec=style.PAPER, mew=1)


def _binding(ax: Axes, cell: Cell) -> None:
    names = [label("area", part, cell.language) for part in cell.score.parts[:1]]
    key = "binding" if names else "no_binding"
    said = say(f"fact_matrix.{key}", cell.language, capability="".join(names))
    line = typeset.fit(said, cell.wide - 22, style.SMALL)
    ax.text(cell.x + 12, cell.y + ROW - 14, line, size=style.SMALL, color=style.INK, va="center")


def _not_scored(ax: Axes, cell: Cell) -> None:
    _ground(ax, cell, style.PAPER, edgecolor=style.RULE, lw=1.0)
    _state_word(ax, cell, style.PAPER)


def figure(ax: Axes, cell: Cell, said: str, value: float) -> None:
    """A figure that is shown, not judged: bold on white, a loss on the tint of what is weak."""
    lost = value < 0
    _ground(ax, cell, style.TINT["poor"] if lost else style.PAPER, edgecolor=style.RULE, lw=1.0)
    fitted = typeset.fit(said, cell.wide - 12, style.BASE, bold=True)
    spot = (cell.x + cell.wide / 2, cell.y + ROW / 2)
    ax.text(*spot, fitted, size=style.BASE, weight="bold", ha="center", va="center")


def overlay(ax: Axes, cell: Cell) -> None:
    """Campaigns lie over the other fields: nothing of their own to add up."""
    ax.text(cell.x + cell.wide / 2, cell.y + ROW / 2, "–", size=style.BASE, color=style.FAINT, ha="center", va="center")


def not_measured(ax: Axes, cell: Cell) -> None:
    _ground(ax, cell, EMPTY, edgecolor="#C9D0D8", hatch=style.HATCH, lw=0.0)
    _state_word(ax, cell, EMPTY)


def _gated(ax: Axes, cell: Cell) -> None:
    _ground(ax, cell, style.GATED)
    said = label("state", "gated", cell.language)
    wide = typeset.width(said, style.SMALL) + 18
    x = cell.x + (cell.wide - wide) / 2
    _lock(ax, x + 5, cell.y + ROW / 2)
    ax.text(x + 18, cell.y + ROW / 2, said, size=style.SMALL, va="center")


def _lock(ax: Axes, x: float, y: float) -> None:
    ax.add_patch(Rectangle((x - 5.5, y - 1.5), 11, 8.5, color=style.INK, lw=0))
    ax.add_patch(Arc((x, y - 1.5), 7, 10, theta1=180, theta2=360, color=style.INK, lw=1.8))


def _state_word(ax: Axes, cell: Cell, paper: str) -> None:
    bbox = {"facecolor": paper, "lw": 0, "pad": 2}
    lines = typeset.wrap(label("state", cell.score.state, cell.language), cell.wide - 12, style.SMALL)
    for n, line in enumerate(lines):
        spot = (cell.x + cell.wide / 2, cell.y + ROW / 2 + (n - (len(lines) - 1) / 2) * 16)
        ax.text(*spot, line, size=style.SMALL, color=style.SOFT, ha="center", va="center", bbox=bbox)


STATES: dict[str, Callable[[Axes, Cell], None]] = {
    "scored": _scored,
    "verdict": _verdict,
    "not_scored": _not_scored,
    "not_measured": not_measured,
    "gated": _gated,
}
