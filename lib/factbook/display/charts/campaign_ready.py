"""Whether better prepared campaigns sold more: past ones as dots, the line through them, and the next one on it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.records import Diagnosis, Measure

READY, RATIO = "campaign_readiness", "campaign_uplift_ratio"
SLOPE, FIT, NEXT = "campaign_readiness_slope", "campaign_readiness_fit", "campaign_readiness_outlook"
COLUMNS = (head("campaign"), *canvas.figures(READY, RATIO, FIT), head("low", "fraction"), head("high", "fraction"))
EDGE = 0.06
NAME_ROOM = 220


@style.themed
def campaign_preparation(dx: Diagnosis) -> Shown:
    """Past campaigns by readiness and by what they sold above expected, with the line and the next campaign."""
    slope = canvas.measured(dx, SLOPE)
    if slope is None:
        return canvas.absent(dx, "campaign_preparation", (SLOPE, RATIO), "few_prepared_events")
    frame = past(dx)
    fig = style.figure(900, 400)
    ax = style.axes(fig, 80, 34, 40, canvas.FOOT + 48)
    coming = _next(dx)
    _frame(ax, frame, coming, dx.language)
    spots = _line(ax, frame)
    _dots(ax, frame)
    taken = [_coming(ax, coming, dx.language)] if coming else []
    names = [marks.Spot(row[READY], row[RATIO], row["campaign"]) for row in frame.to_dict("records")]
    marks.place(ax, names, taken, dots=[*spots, *zip(frame[READY], frame[RATIO], strict=True)])
    ruler.settle(fig)
    key, values = _title(slope, dx.language)
    sources = canvas.row_sources(dx, RATIO, READY)
    return canvas.show(dx, Drawn("campaign_preparation", fig, frame, COLUMNS, key, values, sources))


def past(dx: Diagnosis) -> pd.DataFrame:
    """The campaigns the line was drawn through, the least ready first, with the line's height at each."""
    ready, fit = (canvas.by_slice(dx, id, "campaign") for id in (READY, FIT))
    rows = canvas.known(pd.concat([dx.measures.select(RATIO, "campaign", period) for period in ("history", "current")]))
    rows = rows[rows["campaign"].isin(fit)].drop_duplicates("campaign")
    figures = {READY: rows["campaign"].map(ready), RATIO: rows["value"], FIT: rows["campaign"].map(fit)}
    frame = pd.DataFrame({"campaign": rows["campaign"], **figures, "low": rows["low"], "high": rows["high"]})
    return frame.astype(dict.fromkeys(frame.columns[1:], float)).sort_values(READY, ignore_index=True)


def _frame(ax: Axes, frame: pd.DataFrame, coming: Mapping[str, object] | None, language: str) -> None:
    """Axes that hold every range, the next campaign's too."""
    ends = pd.concat([frame["low"], frame["high"], pd.Series([coming["low"], coming["high"]] if coming else [0.0])])
    low, high = min(float(ends.astype(float).min()), 0.0), float(ends.astype(float).max())
    ax.set_xlim(-0.03, 1.18)  # room for the names of the best prepared
    ax.set_ylim(low - EDGE, high + EDGE)
    ax.axhline(0, color=style.SOFT, lw=1)
    ax.xaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    ax.set_xticklabels([fmt.percent(share, language, 0) for share in (0, 0.25, 0.5, 0.75, 1)])
    ax.set_xlabel(say("campaign_preparation.ready", language), size=style.SMALL)
    ruler.figures(ax.yaxis, "fraction", language)
    marks.note(ax, "campaign_preparation.above", language)


def _line(ax: Axes, frame: pd.DataFrame) -> list[tuple[float, float]]:
    """The line over the readiness that was seen, not beyond it; points of it that names should leave free."""
    ends = frame[[READY, FIT]].iloc[[0, -1]].to_numpy(float)
    ax.plot(ends[:, 0], ends[:, 1], color=style.SOFT, lw=1.6, ls=(0, (4, 2)), zorder=2)
    return [tuple(ends[0] + share * (ends[1] - ends[0])) for share in np.linspace(0, 1, 12)]


def _dots(ax: Axes, frame: pd.DataFrame) -> None:
    ax.vlines(frame[READY], frame["low"], frame["high"], color=style.FIELD["C"], lw=1.4, alpha=0.7, zorder=3)
    ax.plot(frame[READY], frame[RATIO], "o", ms=8, color=style.FIELD["C"], mec=style.PAPER, zorder=4)


def _next(dx: Diagnosis) -> Mapping[str, object] | None:
    """The next planned campaign with a figure: its name, readiness and range."""
    rows = canvas.known(dx.measures.select(NEXT, "campaign"))
    ready = canvas.by_slice(dx, READY, "campaign")
    rows = rows[rows["campaign"].isin(ready)] if len(rows) else rows
    return (
        {str(key): value for key, value in rows.iloc[0].items()} | {"ready": ready[str(rows["campaign"].iloc[0])]}
        if len(rows)
        else None
    )


def _coming(ax: Axes, row: Mapping[str, object], language: str) -> marks.Box:
    """The next campaign on the line, with the range of one more such campaign; the room its name takes."""
    x, y, low, high = (float(str(row[name])) for name in ("ready", "value", "low", "high"))
    ax.vlines([x], [low], [high], color=style.INK, lw=6, alpha=0.25, zorder=3)
    ax.plot([x], [y], "D", ms=8, color=style.PAPER, mec=style.INK, mew=1.6, zorder=5)
    said = typeset.fit(say("campaign_preparation.next", language, campaign=row["campaign"]), NAME_ROOM, style.SMALL)
    look: Look = {"size": style.SMALL, "weight": "bold", "ha": "left", "bbox": marks.PLATE}
    return marks.box(marks.near(ax, (x, high), said, (6, 6), **look))


def _title(slope: Measure, language: str) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {"count": fmt.count(slope.n or 0.0, language)}
    values["slope"] = fmt.points(abs(slope.value or 0.0), language)
    seen = (slope.low or 0.0) > 0 or (slope.high or 0.0) < 0
    key = ("title_more" if (slope.value or 0.0) > 0 else "title_less") if seen else "title_unclear"
    return key, values
