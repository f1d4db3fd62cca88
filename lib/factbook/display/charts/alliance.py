"""The partner creators: who converts and who is seen, and how much hangs on how few."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.charts.concentration import creator_concentration
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis

__all__ = ["creator_concentration", "creator_quadrant"]

LABELS = ("core", "rising", "mismatch", "low", "unknown")
NAMED = ("core", "rising", "mismatch")  # the kinds one acts on carry names
NAMES_EACH = 2
LEAST_SURE = 0.6  # at this probability and below a dot is palest
MOST_LOW = 0.25  # intervals beyond this quantile may leave the picture
CORNERS = {"rising": (0.0, 1), "core": (1.0, 1), "low": (0.0, 0), "mismatch": (1.0, 0)}
EXPOSURE, RATE, PAID = "creator_exposures_per_product", "creator_conversion", "creator_paid_cny"
COLUMNS = (
    head("creator"),
    head("label", "word:label"),
    head("chance", "fraction"),
    *canvas.figures(PAID, RATE),
    head("low", "fraction"),
    head("high", "fraction"),
    *canvas.figures(EXPOSURE),
)


def labelled(dx: Diagnosis) -> pd.DataFrame:
    """The likeliest label of each creator and its probability, as measures weighed it; index: creator."""
    odds = canvas.known(dx.measures.select("creator_label", ("creator", "label")))
    best = odds.sort_values("value", kind="stable").drop_duplicates("creator", keep="last")
    return best.set_index("creator")[["label", "value"]].rename(columns={"value": "chance"})


@style.themed
def creator_quadrant(dx: Diagnosis) -> Shown:
    """Conversion against exposure of every creator, with intervals, the peers' line and the matrix median."""
    frame = _creators(dx)
    if not len(frame):
        return canvas.absent(dx, "creator_quadrant", (RATE, EXPOSURE), "no_report:live_sessions")
    fig = style.figure(900, 500)
    ax = style.axes(fig, 64, 34, 100, canvas.FOOT + 48)
    ax.set_xscale("log")
    ax.set(xlim=(frame[EXPOSURE].min() / 1.35, frame[EXPOSURE].max() * 1.35), ylim=_heights(frame))
    for kind in reversed(LABELS):
        _dots(ax, frame[frame["label"] == kind], kind, float(frame[PAID].max()))
    _scales(ax, dx.language)
    ruler.settle(fig)
    _crosshair(ax, dx, frame)
    corners = [_corner(ax, kind, frame, dx.language) for kind in CORNERS]
    dots = [(float(x), float(y)) for x, y in zip(frame[EXPOSURE], frame[RATE], strict=True)]
    marks.place(ax, _names(frame), corners, dots)
    key, values = _title(frame, dx.language)
    sources = canvas.row_sources(dx, RATE, EXPOSURE)
    return canvas.show(dx, Drawn("creator_quadrant", fig, frame, COLUMNS, key, values, sources))


def _creators(dx: Diagnosis) -> pd.DataFrame:
    """Creators of whom both axes are measured, largest first."""
    rates = canvas.known(dx.measures.select(RATE, "creator")).set_index("creator")
    others = canvas.wide(dx, (EXPOSURE, PAID), "creator").set_index("creator")
    frame = others.join(rates[["value", "low", "high"]], how="inner").rename(columns={"value": RATE})
    frame = frame[frame[EXPOSURE] > 0].astype(float)
    kinds = labelled(dx).reindex(frame.index)
    told = frame.assign(label=kinds["label"].fillna("unknown"), chance=kinds["chance"].astype(float))
    return told.sort_values(PAID, ascending=False, kind="stable").reset_index()


def _heights(frame: pd.DataFrame) -> tuple[float, float]:
    """The range of rates and of most intervals, with room above and below for the corners' names."""
    low = min(float(frame[RATE].min()), float(frame["low"].fillna(frame[RATE]).quantile(MOST_LOW)))
    high = max(float(frame[RATE].max()), float(frame["high"].fillna(frame[RATE]).quantile(1 - MOST_LOW)))
    room = max(high - low, high * 0.2, 0.001) * 0.3
    return max(low - room, 0.0), high + room


def _dots(ax: Axes, rows: pd.DataFrame, kind: str, most: float) -> None:
    pale = kind == "unknown"
    ends = rows.dropna(subset=["low", "high"])
    bars = [[(x, low), (x, high)] for x, low, high in zip(ends[EXPOSURE], ends["low"], ends["high"], strict=True)]
    look: Look = {"colors": style.LABEL[kind], "lw": 0.8, "alpha": 0.35 if pale else 0.45, "zorder": 2}
    ax.add_collection(LineCollection(bars, **look))
    area = 14 + 190 * np.sqrt(rows[PAID].fillna(0).clip(lower=0) / max(most, 1.0))
    edge = style.FAINT if pale else style.PAPER
    full = (rows["chance"].fillna(0.0).clip(LEAST_SURE, 1.0) - LEAST_SURE) / (1 - LEAST_SURE)
    faces = [to_rgba(style.LABEL[kind], 0.5 + 0.5 * sure) for sure in full]  # surer verdicts are drawn fuller
    marker: Look = {"marker": style.LABEL_MARK[kind], "color": faces, "edgecolor": edge, "lw": 0.6}
    ax.scatter(rows[EXPOSURE], rows[RATE], s=area, zorder=2 if pale else 3, **marker)


def _scales(ax: Axes, language: str) -> None:
    low, high = ax.get_xlim()
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [step * 10.0**decade for decade in decades for step in (1, 2, 3, 5, 7)]
    inside = [tick for tick in ticks if low <= tick <= high]
    ax.xaxis.set_major_locator(FixedLocator(inside) if len(inside) > 2 else MaxNLocator(4, steps=[1, 2, 5, 10]))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: fmt.count(value, language)))
    ax.grid(visible=False)
    ruler.figures(ax.yaxis, "fraction", language, 5)
    ax.set_xlabel(say("creator_quadrant.x", language))
    marks.note(ax, "creator_quadrant.y", language)


def _crosshair(ax: Axes, dx: Diagnosis, frame: pd.DataFrame) -> None:
    """The peers' rate across and the median exposure of the matrix down."""
    line: Look = {"color": style.FAINT, "lw": 1, "ls": (0, (4, 3)), "zorder": 1}
    look: Look = {"size": style.TINY, "color": style.SOFT}
    middle, peer = float(frame[EXPOSURE].median()), canvas.peer(dx, "creator_click_to_pay_users")
    ax.axvline(middle, **line)
    said = say("creator_quadrant.median", dx.language, value=fmt.count(middle, dx.language))
    at: Look = {"xycoords": ("data", "axes fraction"), "ha": "center", "va": "bottom"}
    marks.near(ax, (middle, 1), said, (0, 4), **at, **look)
    if peer is not None and ax.get_ylim()[0] < peer < ax.get_ylim()[1]:
        ax.axhline(peer, **line)
        said = say("common.peers_at", dx.language, value=fmt.percent(peer, dx.language))
        marks.beside(ax, peer, said, 6, **look)


def _corner(ax: Axes, kind: str, frame: pd.DataFrame, language: str) -> marks.Box:
    """A kind's name and number in the corner where it belongs; the box they take."""
    count = int((frame["label"] == kind).sum())
    said = say("creator_quadrant.corner", language, label=label("label", kind, language), count=count)
    spot = (side, up) = CORNERS[kind]
    y, wide = -8 if up else 8, typeset.width(said, style.BASE, bold=True) + 6
    look: Look = {"xycoords": "axes fraction", "va": "top" if up else "bottom", "weight": "bold"}
    look["ha"] = "right" if side else "left"
    sign = style.LABEL_SIGN[kind]
    marks.near(ax, spot, sign, (-8 - wide if side else 8, y), color=style.LABEL[kind], **look)
    return marks.box(marks.near(ax, spot, said, (-8 if side else 26, y), **look))


def _names(frame: pd.DataFrame) -> list[marks.Spot]:
    chosen = pd.concat([frame[frame["label"] == kind].head(NAMES_EACH) for kind in NAMED])
    rows = zip(chosen[EXPOSURE], chosen[RATE], chosen["creator"], strict=True)
    return [marks.Spot(float(x), float(y), str(name)) for x, y, name in rows]


def _title(frame: pd.DataFrame, language: str) -> tuple[str, dict[str, object]]:
    counts = {kind: int((frame["label"] == kind).sum()) for kind in LABELS}
    kinds = [say(f"creator_quadrant.one_{kind}", language, count=counts[kind]) for kind in LABELS[:-1] if counts[kind]]
    unknown = counts["unknown"]
    if not kinds:
        return "title_unknown", {"count": unknown}
    return ("title" if unknown else "title_all"), {"kinds": canvas.listed(kinds, language), "unknown": unknown}
