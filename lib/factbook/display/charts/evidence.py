"""Which days which report has data for, which reports picture a whole span, and which did not arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from factbook.display import style, typeset
from factbook.display.charts import canvas, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.exports import exports
from factbook.records import Diagnosis, FileRecord, Period

MOST_MISSING = 10
HAVE, SPAN, EDGE = style.FIELD["F"], "#C9D8EE", "#C3CBD4"
BAR, ROW, NARROW = 0.52, 36, 26  # of a row; pixels of a row, and of one among many
MANY = 14  # rows from which they are narrow
THIN = 0.004  # of the whole span: a single day stays visible
COLUMNS = (head("report"), head("state"), head("start", "day"), head("end", "day"), head("rows", "count"))
State = Literal["days", "span", "undated", "missing"]


@dataclass(frozen=True)
class Lane:
    """A report's row: what is known of its days, the spans of its files, and the runs of days with data."""

    id: str
    state: State
    spans: tuple[Period, ...] = ()
    runs: tuple[Period, ...] = ()
    rows: int = 0


@style.themed
def coverage(dx: Diagnosis) -> Shown:
    """Days with data by report, spans pictured as a whole, undated reports named, missing ones hatched."""
    arrived = lanes(dx)
    if not arrived:
        return canvas.absent(dx, "coverage", (), "no_files")
    missing = [id for id in dx.missing if id not in {lane.id for lane in arrived}]
    every = [*arrived, *(Lane(id, "missing") for id in missing[:MOST_MISSING])]
    fig = style.figure(900, 66 + (ROW if len(every) < MANY else NARROW) * len(every) + canvas.FOOT)
    ax = style.axes(fig, 200, 20, 60, canvas.FOOT + 26)
    first = min(dx.period.start, *(span.start for lane in arrived for span in (*lane.spans, *lane.runs)))
    last = max(dx.period.end, *(span.end for lane in arrived for span in (*lane.spans, *lane.runs)))
    ax.set(xlim=(first.toordinal() - 0.5, last.toordinal() + 0.5), ylim=(len(every) - 0.4, -0.6))
    ruler.period(ax, dx.period, dx.language)
    for n, lane in enumerate(every):
        _draw(ax, n, lane, dx.language)
    _axes(ax, [lane.id for lane in every], (first, last), dx.language)
    frame = pd.DataFrame(row for lane in every for row in _rows(lane, dx.language))
    values = {"files": len(dx.files), "missing": len(missing)}
    key = "title_missing" if missing else "title_whole"
    return canvas.show(dx, Drawn("coverage", fig, frame, COLUMNS, key, values))


def lanes(dx: Diagnosis) -> list[Lane]:
    """The reports that brought rows, in the order of the registry."""
    brought: dict[str, list[FileRecord]] = {id: [] for id in exports().reports}
    for file in dx.files:
        if file.kept:
            brought.setdefault(file.report or file.name, []).append(file)
    return [_lane(dx, id, files) for id, files in brought.items() if files]


def _lane(dx: Diagnosis, id: str, files: Sequence[FileRecord]) -> Lane:
    spans = tuple(file.period for file in files if file.period)
    days = dx.tables.get(id, {}).get("days", ()) if spans else ()
    runs = tuple(Period(date.fromisoformat(run["start"]), date.fromisoformat(run["end"])) for run in days)
    state: State = "days" if runs else "span" if spans else "undated"
    return Lane(id, state, spans, runs, sum(file.kept for file in files))


def _draw(ax: Axes, n: int, lane: Lane, language: str) -> None:
    for span in lane.spans:
        _bar(ax, n, span, {"color": SPAN, "lw": 0, "zorder": 2})
    for run in lane.runs:
        _bar(ax, n, run, {"color": HAVE, "lw": 0, "zorder": 3})
    if lane.state == "missing":
        low, high = ax.get_xlim()
        look: Look = {"color": style.PAPER, "edgecolor": EDGE, "hatch": style.HATCH, "lw": 0.8, "zorder": 2}
        ax.barh(n, high - low, left=low, height=BAR, **look)
    if lane.state in ("missing", "undated"):
        _say(ax, n, say(f"coverage.{lane.state}", language))


def _bar(ax: Axes, n: int, span: Period, look: Look) -> None:
    low, high = ax.get_xlim()
    start, length = span.start.toordinal() - 0.5, max(float(span.days), THIN * (high - low))
    ax.barh(n, length, left=start, height=BAR, **look)


def _say(ax: Axes, n: int, text: str) -> None:
    plate: Look = {"facecolor": style.PAPER, "lw": 0, "pad": 2}
    look: Look = {"size": style.SMALL, "color": style.SOFT, "ha": "center", "va": "center", "bbox": plate}
    ax.text(sum(ax.get_xlim()) / 2, n, text, zorder=4, **look)


def _name(id: str, language: str) -> str:
    report = exports().reports.get(id)
    return id if report is None else (report.en if language == "en" else report.zh)


def _axes(ax: Axes, ids: Sequence[str], span: tuple[date, date], language: str) -> None:
    names = [typeset.fit(_name(id, language), 220, style.SMALL) for id in ids]
    ax.set_yticks(range(len(ids)), names, color=style.INK)
    ax.grid(visible=False)
    ruler.settle(style.root(ax))
    ruler.dates(ax, ruler.every_day(*span), language)


def _rows(lane: Lane, language: str) -> Iterator[dict[str, object]]:
    """The lane's spans as data: runs of days with data, else the spans of its files, else one row without days."""
    facts = {"report": _name(lane.id, language), "state": say(f"coverage.{lane.state}", language), "rows": lane.rows}
    for span in lane.runs or lane.spans or (None,):
        ends = {"start": span.start.isoformat(), "end": span.end.isoformat()} if span else {"start": None, "end": None}
        yield {**facts, **ends}
