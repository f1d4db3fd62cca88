"""How much of the creators' sales hangs on how few of them, and on which kinds."""

from __future__ import annotations

import math

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
from factbook.records import Diagnosis

LABELS = ("core", "rising", "mismatch", "low", "unknown")
HEAD = 0.1
COLUMNS = (
    head("rank", "count"),
    head("creator"),
    *canvas.figures("creator_paid_cny"),
    head("cumulative", "fraction"),
)


@style.themed
def creator_concentration(dx: Diagnosis) -> Shown:
    """Creators' sales added up from the largest down, and the kinds of creators by number and by sales."""
    rows = canvas.known(dx.measures.select("creator_paid_cny", "creator"))
    rows = rows[rows["value"] > 0].sort_values("value", ascending=False, kind="stable")
    if not len(rows):
        return canvas.absent(dx, "creator_concentration", ("creator_paid_cny",), "no_report:live_sessions")
    frame = rows.rename(columns={"value": "creator_paid_cny"}).reset_index(drop=True)
    paid = frame["creator_paid_cny"].astype(float)
    frame = frame.assign(rank=frame.index + 1, cumulative=paid.cumsum() / paid.sum())
    kinds = _kinds(dx)
    fig = style.figure(900, 380)
    ax = style.axes(fig, 64, 34, 408 if len(kinds) else 40, canvas.FOOT + 24)
    _curve(ax, frame, dx.language)
    ruler.settle(fig)
    if len(kinds):
        _columns(style.axes(fig, 566, 34, 174, canvas.FOOT + 24), kinds, dx.language)
    key, values = _title(dx, len(frame))
    drawn = Drawn("creator_concentration", fig, frame, COLUMNS, key, values, frame["source"])
    return canvas.show(dx, drawn)


def _curve(ax: Axes, frame: pd.DataFrame, language: str) -> None:
    count = len(frame)
    ranks, shares = [0, *frame["rank"]], [0.0, *frame["cumulative"]]
    ax.fill_between(ranks, shares, color="#E3EFEF", lw=0)
    ax.plot(ranks, shares, color=style.FIELD["A"], lw=2)
    ax.set(xlim=(0, count), ylim=(0, 1.04))
    ruler.figures(ax.yaxis, "fraction", language, 5)
    ruler.figures(ax.xaxis, "count", language, 6)
    marks.note(ax, "creator_concentration.curve", language)
    rank = math.ceil(HEAD * count)
    share = float(frame["cumulative"].iloc[rank - 1])
    ax.plot([rank], [share], "o", color=style.FIELD["A"], ms=8)
    key = "head" if rank > 1 else "first"
    said = say(f"creator_concentration.{key}", language, count=rank, value=fmt.percent(share, language))
    marks.near(ax, (rank, share), said, (12, -8), va="top", weight="bold")


def _kinds(dx: Diagnosis) -> pd.DataFrame:
    """Each kind's share of the creators and of their sales."""
    grid = canvas.wide(dx, ("creators_by_label", "label_share"), "label").set_index("label")
    grid = grid.reindex([kind for kind in LABELS if kind in grid.index]).fillna(0.0)
    grid = grid[(grid > 0).any(axis=1)]
    parts = grid / grid.sum()
    return parts.dropna() if len(parts) and parts.notna().all(axis=None) else grid.iloc[:0]


def _columns(ax: Axes, kinds: pd.DataFrame, language: str) -> None:
    """Two columns of 100 %: by number, by sales; the names stand beside the second."""
    for n, name in enumerate(kinds):
        floors = kinds[name].cumsum() - kinds[name]
        colours = [style.LABEL[str(kind)] for kind in kinds.index]
        ax.bar([n] * len(kinds), kinds[name], bottom=floors, width=0.62, color=colours, edgecolor=style.PAPER)
    ax.set(xlim=(-0.5, 1.5), ylim=(0, 1), yticks=[])
    heads = [say(f"creator_concentration.{key}", language) for key in ("by_count", "by_sales")]
    ax.set_xticks([0, 1], heads, color=style.INK)
    ax.grid(visible=False)
    shares = kinds["label_share"]
    middles = shares.cumsum() - shares / 2
    words: Look = {
        kind: f"{label('label', kind, language)} {fmt.percent(shares[kind], language, 0)}" for kind in kinds.index
    }
    marks.ends(ax, [(float(middles[kind]), said, style.LABEL[str(kind)]) for kind, said in words.items()])
    marks.note(ax, "creator_concentration.kinds", language)


def _title(dx: Diagnosis, count: int) -> tuple[str, dict[str, object]]:
    top, first = (dx.measures.value(id) for id in ("creator_head_share", "creator_top1_share"))
    if top is None or first is None:
        return "title_plain", {"count": count}
    shares = {"head": fmt.percent(top, dx.language), "top": fmt.percent(first, dx.language)}
    return ("title" if HEAD * count > 1 else "title_first"), {**shares}
