"""A waterfall of rows: each part begins where the one before it ended, the last row is what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks

ROW, LEFT, RIGHT = 40.0, 16.0, 884.0
TOP = 34.0
THICK = 0.58  # of a row
NAME_ROOM, FIGURE_ROOM = 200.0, 190.0
TOTAL, OVERLAP = style.INK, "#F3F5F7"
Kind = Literal["part", "overlap", "total"]


@dataclass(frozen=True, slots=True)
class Stair:
    """One row: what it adds (or takes), what is written at its right, and for the total its range."""

    name: str
    value: float
    said: str
    kind: Kind = "part"
    colour: str = ""  # of its own, such as a field's; else by its sign
    low: float | None = None
    high: float | None = None


def signed(value: float, language: str) -> str:
    """Money with its sign: `+59.7万元`, `−9.9万元`."""
    return f"{'+' if value > 0 else ''}{fmt.money(value, language)}"


def floors(stairs: Sequence[Stair]) -> list[float]:
    """Where each row begins: at the end of the one before, the total at zero."""
    found, height = [], 0.0
    for stair in stairs:
        found.append(0.0 if stair.kind == "total" else height)
        height += 0.0 if stair.kind == "total" else stair.value
    return found


def draw(stairs: Sequence[Stair], heading: str, names: float = NAME_ROOM) -> Figure:
    """The picture: names (in `names` pixels) at the left, bars in the middle, figures at the right."""
    fig = style.figure(900, TOP + ROW * len(stairs) + canvas.FOOT + 10)
    ax = style.axes(fig, LEFT + names + 16, TOP, 900 - RIGHT + FIGURE_ROOM + 16, canvas.FOOT + 10)
    ax.set(ylim=(len(stairs) - 0.5, -0.5), yticks=[], xticks=[])
    ax.grid(visible=False)
    ax.spines.bottom.set_visible(False)
    starts = floors(stairs)
    ax.set_xlim(*_reach(stairs, starts))
    ax.axvline(0, color=style.FAINT, lw=1)
    for n, (stair, start) in enumerate(zip(stairs, starts, strict=True)):
        _bar(ax, n, stair, start)
        _words(ax, n, stair, names)
        if n + 1 < len(stairs):
            end = start + stair.value
            ax.plot([end, end], [n + THICK / 2, n + 1 - THICK / 2], color=style.FAINT, lw=1)
    top = style.size(fig)[1] - 10
    marks.pixel(ax, RIGHT, top, heading, ha="right", va="top", size=style.SMALL, color=style.SOFT)
    return fig


def _reach(stairs: Sequence[Stair], starts: Sequence[float]) -> tuple[float, float]:
    ends = [0.0, *starts, *(start + stair.value for start, stair in zip(starts, stairs, strict=True))]
    ends += [end for stair in stairs for end in (stair.low, stair.high) if end is not None]
    low, high = min(ends), max(ends)
    room = (high - low) * 0.03 or 1.0
    return low - room, high + room


def _bar(ax: Axes, n: int, stair: Stair, start: float) -> None:
    colour = stair.colour or style.VERDICT["good" if stair.value >= 0 else "poor"]
    if stair.kind == "total":
        ax.barh(n, stair.value, height=THICK, color=TOTAL)
    elif stair.kind == "overlap":
        ax.barh(n, stair.value, left=start, height=THICK, color=OVERLAP, edgecolor=style.FAINT, hatch=style.HATCH, lw=1)
    else:
        ax.barh(n, stair.value, left=start, height=THICK, color=colour)
    if stair.low is not None and stair.high is not None and stair.high > stair.low:
        base = start if stair.kind != "total" else 0.0
        ax.plot([base + stair.low, base + stair.high], [n, n], color=style.FAINT, lw=3, solid_capstyle="butt")


def _words(ax: Axes, n: int, stair: Stair, names: float) -> None:
    strong = "bold" if stair.kind == "total" else "normal"
    name = typeset.fit(stair.name, names, style.BASE, bold=stair.kind == "total")
    marks.pixel(ax, LEFT, n, name, row=True, weight=strong)
    said = typeset.fit(stair.said, FIGURE_ROOM, style.BASE, bold=True)
    marks.pixel(ax, RIGHT, n, said, row=True, weight="bold", ha="right")
