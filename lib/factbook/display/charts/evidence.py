"""Which days which report covers, and which reports are missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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
HAVE, UNDER, EDGE = style.FIELD["F"], "#E8EEF6", "#C3CBD4"
BAR, ROW = 0.46, 40  # of a row; pixels
COLUMNS = (head("report"), head("file"), head("start", "day"), head("end", "day"), head("rows", "count"))
Dated = tuple[str, FileRecord, Period]  # the report's id or the file's name, the file, its days


@style.themed
def coverage(dx: Diagnosis) -> Shown:
    """Spans of days by report, the period under diagnosis behind them, and the missing reports hatched."""
    spans = [(f.report or f.name, f, f.period) for f in dx.files if f.period is not None and f.kept]
    if not spans:
        return canvas.absent(dx, "coverage", (), "no_files")
    reports = list(dict.fromkeys(id for id, _, _ in spans))
    missing = [id for id in dx.missing if id not in reports]
    ids = [*reports, *missing[:MOST_MISSING]]
    fig = style.figure(900, 66 + ROW * len(ids) + canvas.FOOT)
    ax = style.axes(fig, 200, 20, 60, canvas.FOOT + 26)
    first = min(dx.period.start, *(days.start for _, _, days in spans))
    last = max(dx.period.end, *(days.end for _, _, days in spans))
    ax.set(xlim=(first.toordinal() - 0.5, last.toordinal() + 0.5), ylim=(len(ids) - 0.4, -0.6))
    ax.axvspan(*_ends(dx.period), color=UNDER, lw=0, zorder=0)
    _bars(ax, ids, spans, dx.language)
    _axes(ax, ids, (first, last), dx.language)
    frame = pd.DataFrame(_row(span, dx.language) for span in spans)
    values = {"files": len({f.name for _, f, _ in spans}), "missing": len(missing)}
    key = "title_missing" if missing else "title_whole"
    return canvas.show(dx, Drawn("coverage", fig, frame, COLUMNS, key, values))


def _ends(days: Period) -> tuple[float, float]:
    return days.start.toordinal() - 0.5, days.end.toordinal() + 0.5


def _bars(ax: Axes, ids: Sequence[str], spans: Sequence[Dated], language: str) -> None:
    for n, id in enumerate(ids):
        mine = [_ends(days) for report, _, days in spans if report == id]
        for start, end in mine:
            ax.barh(n, end - start, left=start, height=BAR, color=HAVE, edgecolor=style.PAPER, lw=1, zorder=2)
        if not mine:
            _missing(ax, n, language)


def _missing(ax: Axes, n: int, language: str) -> None:
    low, high = ax.get_xlim()
    look: Look = {"color": style.PAPER, "edgecolor": EDGE, "hatch": style.HATCH, "lw": 0.8, "zorder": 2}
    ax.barh(n, high - low, left=low, height=BAR, **look)
    plate: Look = {"facecolor": style.PAPER, "lw": 0, "pad": 2}
    words: Look = {"size": style.SMALL, "color": style.SOFT, "ha": "center", "va": "center", "bbox": plate}
    ax.text((low + high) / 2, n, say("coverage.missing", language), zorder=3, **words)


def _name(id: str, language: str) -> str:
    report = exports().reports.get(id)
    return id if report is None else (report.en if language == "en" else report.zh)


def _axes(ax: Axes, ids: Sequence[str], span: tuple[date, date], language: str) -> None:
    names = [typeset.fit(_name(id, language), 190, style.SMALL) for id in ids]
    ax.set_yticks(range(len(ids)), names, color=style.INK)
    ax.grid(visible=False)
    ruler.settle(style.root(ax))
    ruler.dates(ax, ruler.every_day(*span), language)


def _row(span: Dated, language: str) -> dict[str, object]:
    id, record, days = span
    return {
        "report": _name(id, language),
        "file": record.name,
        "start": days.start.isoformat(),
        "end": days.end.isoformat(),
        "rows": record.kept,
    }
