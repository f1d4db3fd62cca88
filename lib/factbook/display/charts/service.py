"""The shop's service score by day, the platform's lines, and the three parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.knowledge.gates import gates as known_gates
from factbook.knowledge.words import label
from factbook.records import Diagnosis, Gate

PARTS = ("product", "logistics", "service")
BAR = "#A9B7C8"
LINE_ROOM = 190  # pixels for the words of a line


@style.themed
def service_score(dx: Diagnosis) -> Shown:
    """The service score by day with the lines that shut fields, and its parts on the last day."""
    frame = _days(dx)
    if not len(frame):
        return canvas.absent(dx, "service_score", ("service_score",), "no_service_scores")
    parts = canvas.known(dx.measures.select("service_score_part", "part"))
    fig = style.figure(900, 330)
    ax = style.axes(fig, 60, 34, 455 if len(parts) else 230, canvas.FOOT + 24)
    _curve(ax, dx, frame)
    if len(parts):
        _bars(style.axes(fig, 745, 50, 30, canvas.FOOT + 50), dx, parts)
    key, values = _title(dx, frame)
    columns = (head("date", "day"), *canvas.figures("service_score"))
    sources = canvas.row_sources(dx, "service_score", "service_score_part")
    return canvas.show(dx, Drawn("service_score", fig, frame, columns, key, values, sources))


def _days(dx: Diagnosis) -> pd.DataFrame:
    """Every day up to the period's end, earlier ones too where they were typed in."""
    history = canvas.wide(dx, ("service_score",), "date", "history")
    frame = history if len(history) else canvas.wide(dx, ("service_score",), "date")
    return frame[frame["date"] <= dx.period.end.isoformat()].reset_index(drop=True)


def _curve(ax: Axes, dx: Diagnosis, frame: pd.DataFrame) -> None:
    days = [date.fromisoformat(text) for text in frame["date"]]
    spots, score = [day.toordinal() for day in days], frame["service_score"].astype(float)
    last, lines = float(score.iloc[-1]), _lines(dx.gates)
    ax.plot(spots, score, color=style.INK, lw=2.2)
    ax.set(xlim=(spots[0] - 0.5, spots[-1] + 0.5), ylim=(min(*score, *lines) - 3, max(*score, *lines) + 3))
    ruler.figures(ax.yaxis, "score", dx.language, 5)
    ruler.dates(ax, days, dx.language)
    ruler.period(ax, dx.period, dx.language)
    marks.note(ax, "service_score.total", dx.language)
    for line in lines:
        ax.axhline(line, color=_colour(line, last), lw=1.4, ls=(0, (5, 3)))
    words = [_words(line, gates, last, dx.language) for line, gates in lines.items()]
    marks.ends(ax, [(last, fmt.decimal(last, dx.language, 0), style.INK), *words])


def _lines(gates: Sequence[Gate]) -> dict[float, list[Gate]]:
    """The lines of the total score that shut a field, each with its gates."""
    found: dict[float, list[Gate]] = {}
    for gate in gates:
        row = known_gates().get(gate.id)
        if gate.closes and (row is None or row.figure == "total"):
            found.setdefault(gate.line, []).append(gate)
    return found


def _colour(line: float, score: float) -> str:
    return style.VERDICT["poor"] if score < line else style.FAINT


def _fields(gates: Iterable[Gate], language: str) -> str:
    codes = dict.fromkeys(code for gate in gates for code in gate.closes)
    return canvas.listed((label("field", code, language) for code in codes), language)


def _words(line: float, gates: Sequence[Gate], score: float, language: str) -> tuple[float, str, str]:
    values = {"line": fmt.decimal(line, language, 0), "fields": _fields(gates, language)}
    said = typeset.fit(say("service_score.line", language, **values), LINE_ROOM, style.SMALL)
    return line, said, _colour(line, score)


def _bars(ax: Axes, dx: Diagnosis, parts: pd.DataFrame) -> None:
    rows = parts.set_index("part")["value"].reindex(list(PARTS)).dropna()
    weakest = rows.idxmin() if any(gate.state == "shut" and gate.closes for gate in dx.gates) else ""
    ax.set(xlim=(0, 140), ylim=(len(rows) - 0.5, -0.5), xticks=[])
    for n, (name, value) in enumerate(rows.items()):
        ax.barh(n, value, height=0.5, color=style.VERDICT["poor"] if name == weakest else BAR)
        said = fmt.decimal(float(value), dx.language, 0)
        ink = style.PAPER if name == weakest else style.INK
        marks.near(ax, (float(value), n), said, (-6, 0), ha="right", weight="bold", color=ink)
        _needed(ax, n, float(value), dx.measures.value("service_part_needed", part=str(name)), dx.language)
    ax.set_yticks(range(len(rows)), [label("part", name, dx.language) for name in rows.index], color=style.INK)
    ax.spines.bottom.set_visible(False)
    ax.grid(visible=False)
    marks.note(ax, "service_score.parts", dx.language)


def _needed(ax: Axes, n: int, value: float, needed: float | None, language: str) -> None:
    """How far a part must rise for the total to reach the line, others held."""
    if needed is not None and needed > value:
        ax.plot([needed, needed], [n - 0.36, n + 0.36], color=style.INK, lw=2, solid_capstyle="butt")
        said = say("service_score.needed", language, value=fmt.decimal(needed, language, 0))
        marks.near(ax, (needed, n), said, (5, 0), size=style.SMALL)


def _title(dx: Diagnosis, frame: pd.DataFrame) -> tuple[str, dict[str, object]]:
    score = fmt.decimal(float(frame["service_score"].iloc[-1]), dx.language, 0)
    shut = [gate for gate in dx.gates if gate.state == "shut" and gate.closes]
    if not shut:
        return "title_open", {"score": score}
    values: dict[str, object] = {"score": score, "fields": _fields(shut, dx.language)}
    since = [gate.since for gate in shut if gate.since]
    if not since:
        return "title_shut", values
    return "title_since", {**values, "since": fmt.day(min(since), dx.language)}
