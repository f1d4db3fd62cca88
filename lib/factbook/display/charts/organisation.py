"""What the team claims, what it can show, and what the data support, on one scale."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import label
from factbook.records import CAPABILITIES, Diagnosis

CLAIMED, LEVEL = "capability_claimed", "capability_level"
DATA, TARGET = "capability_data_level", "capability_target"
RATERS, AGREEMENT = "capability_raters", "capability_agreement"
SPREAD = "capability_item_claimed"
LEVELS = (CLAIMED, LEVEL, DATA, TARGET)
# What is drawn, back to front, so that figures which agree lie inside one another: metric, marker, size, fill, edge.
MARKS = (
    (TARGET, "|", 22, style.FAINT, style.FAINT),
    (CLAIMED, "o", 17, style.PAPER, style.INK),
    (LEVEL, "o", 11, "#7C93B5", "#7C93B5"),
    (DATA, "D", 6, style.VERDICT["poor"], style.VERDICT["poor"]),
)
COLUMNS = (head("name", key="capability"), *canvas.figures(*LEVELS, RATERS, AGREEMENT))


@style.themed
def capability_profile(dx: Diagnosis) -> Shown:
    """Five capabilities on 1-5: claimed, after the evidence cap, supported by data, and wanted."""
    ids = (*LEVELS, RATERS, AGREEMENT)
    grid = canvas.wide(dx, ids, "capability").set_index("capability").reindex(CAPABILITIES).astype(float)
    if grid[CLAIMED].isna().all():
        return canvas.absent(dx, "capability_profile", (CLAIMED, LEVEL), "no_survey")
    fig = style.figure(900, 90 + 58 * len(grid) + canvas.FOOT)
    ax = style.axes(fig, 120, 52, 250, canvas.FOOT + 26)
    ax.set(xlim=(0.8, 5.2), ylim=(len(grid) - 0.5, -0.5))
    names = [label("area", code, dx.language) for code in grid.index]
    _scale(ax, names)
    spans = _spans(dx)
    for n, code in enumerate(grid.index):
        _spread(ax, n, spans.get(code))
        _dots(ax, n, grid.loc[code])
        _words(ax, n, grid.loc[code], dx.language)
    _legend(ax, dx.language)
    frame = grid.reset_index(drop=True).assign(name=names)
    key, values = _title(grid, dx.language)
    sources = canvas.row_sources(dx, *ids)
    return canvas.show(dx, Drawn("capability_profile", fig, frame, COLUMNS, key, values, sources))


def _scale(ax: Axes, names: list[str]) -> None:
    ax.set_yticks(range(len(names)), names, color=style.INK, size=style.BASE)
    ax.set_xticks(range(1, 6))
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    ax.spines.bottom.set_visible(False)


def _spans(dx: Diagnosis) -> dict[str, tuple[float, float]]:
    """From the lowest to the highest rater, averaged over the items of a capability; who they are is not known."""
    rows = canvas.known(dx.measures.select(SPREAD, ("capability", "item")), "low", "high")
    if rows.empty:
        return {}
    means = rows.groupby("capability")[["low", "high"]].mean()
    return {str(code): (float(row["low"]), float(row["high"])) for code, row in means.iterrows()}


def _spread(ax: Axes, n: int, span: tuple[float, float] | None) -> None:
    """The raters' span as a thin line with two ends, below the dots."""
    if span:
        ax.plot(span, [n + 0.3] * 2, color=style.SOFT, lw=1.2, marker="|", ms=7, zorder=2)


def _dots(ax: Axes, n: int, row: pd.Series) -> None:
    levels = row[[CLAIMED, LEVEL, DATA]].dropna()
    if len(levels) > 1:
        ends = [levels.min(), levels.max()]
        ax.plot(ends, [n, n], color="#D9DEE4", lw=7, solid_capstyle="round", zorder=1)
    for id, marker, size, face, edge in MARKS:
        if pd.notna(row[id]):
            ax.plot([row[id]], [n], marker, ms=size, mfc=face, mec=edge, mew=2, zorder=3)


def _words(ax: Axes, n: int, row: pd.Series, language: str) -> None:
    """The row's figures in words, to its right."""
    if pd.isna(row[CLAIMED]):
        marks.beside(ax, n, fmt.NOT_MEASURED[language], 12, color=style.SOFT)
        return
    figures = {id.removeprefix("capability_"): fmt.decimal(float(row[id]), language, 1) for id in (*LEVELS, RATERS)}
    figures["agreement"] = fmt.decimal(float(row[AGREEMENT]), language, 2)
    marks.beside(ax, n - 0.14, say("capability_profile.said", language, **figures), 12)
    data = say(f"capability_profile.{'no_data' if pd.isna(row[DATA]) else 'data'}", language, **figures)
    raters = "" if pd.isna(row[AGREEMENT]) else say("capability_profile.raters", language, **figures)
    marks.beside(ax, n + 0.18, data + raters, 12, size=style.TINY, color=style.SOFT)


def _legend(ax: Axes, language: str) -> None:
    """The marks and their names in one line above the picture."""
    frame = ax.get_window_extent()
    x, y = frame.x0, frame.y1 + 26
    for id, marker, size, face, edge in reversed(MARKS):
        said = say(f"capability_profile.{id}", language)
        look: Look = {"marker": marker, "ms": min(size, 13), "mfc": face, "mec": edge, "mew": 2, "ls": ""}
        ax.plot([x + 8], [y], transform=None, clip_on=False, **look)
        marks.pixel(ax, x + 20, y, said, size=style.SMALL)
        x += 20 + typeset.width(said, style.SMALL) + 22


def _title(grid: pd.DataFrame, language: str) -> tuple[str, dict[str, object]]:
    gap, level = (grid[CLAIMED] - grid[DATA]).dropna(), grid[LEVEL].dropna()
    if len(gap) and gap.max() >= line("say_do_gap"):
        code = str(gap.idxmax())
        claimed, data = (fmt.decimal(float(grid[id][code]), language, 1) for id in (CLAIMED, DATA))
        return "title_gap", {"capability": label("area", code, language), "claimed": claimed, "data": data}
    if not len(level):
        return "title_plain", {}
    weakest = label("area", str(level.idxmin()), language)
    return "title_weakest", {"capability": weakest, "level": fmt.decimal(float(level.min()), language, 1)}
