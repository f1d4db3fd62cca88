"""Creators over time: who stood in which state week by week, and where next month's sessions go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis

# From the ground up: what carries sales, what may, what does not.
STATES = ("core", "recovered", "rising", "trial", "low", "mismatch", "new")
COLOUR = {**style.LABEL, "recovered": "#7FB069", "trial": style.LABEL["unknown"], "new": "#E9EDF1"}
LABELS = ("core", "rising", "low", "unknown", "mismatch")
WEEK = 5.8  # days a column is wide
STORY = (head("week", "day"), head("state", "word:creator_state"), *canvas.figures("creators_by_state"))
PLAN = (
    head("label", "word:label"),
    head("sessions_now", "count"),
    head("sessions_planned", "count"),
    head("creators", "count"),
)


@style.themed
def creator_story(dx: Diagnosis) -> Shown:
    """Creators by state at each week's end."""
    rows = canvas.known(dx.measures.select("creators_by_state", ("week", "state"), "history"))
    if not len(rows):
        return canvas.absent(dx, "creator_story", ("creators_by_state", "creator_story"), "no_report:live_sessions")
    grid = (
        rows.pivot_table("value", "week", "state", aggfunc="first")
        .reindex(columns=list(STATES))
        .fillna(0.0)
        .sort_index()
    )
    days = [date.fromisoformat(str(week)) for week in grid.index]
    fig = style.figure(900, 400)
    ax = style.axes(fig, 64, 34, 190, canvas.FOOT + 24)
    _stack(ax, grid, days)
    ruler.figures(ax.yaxis, "count", dx.language)
    ruler.settle(fig)
    ax.set_xlim(days[0].toordinal() - 0.5, days[-1].toordinal() + 6.5)
    ruler.dates(ax, days, dx.language)
    marks.note(ax, "creator_story.y", dx.language)
    _ends(ax, grid.iloc[-1], dx.language)
    key, values = _story_title(dx)
    frame = rows.rename(columns={"value": "creators_by_state"}).sort_values(["week", "state"])
    return canvas.show(dx, Drawn("creator_story", fig, frame, STORY, key, values, frame["source"]))


def _stack(ax: Axes, grid: pd.DataFrame, days: Sequence[date]) -> None:
    centres = [day.toordinal() + 3 for day in days]
    floor = pd.Series(0.0, index=grid.index)
    for state in STATES:
        ax.bar(centres, grid[state], bottom=floor, width=WEEK, color=COLOUR[state], edgecolor=style.PAPER, lw=0.5)
        floor = floor + grid[state]


def _ends(ax: Axes, last: pd.Series, language: str) -> None:
    """Each state that anyone is in, named at its height in the last column."""
    tops = last.cumsum()
    middles = tops - last / 2
    said = [(float(middles[s]), _named(s, float(last[s]), language), COLOUR[s]) for s in STATES if last[s] > 0]
    marks.ends(ax, said)


def _named(state: str, count: float, language: str) -> str:
    return f"{label('creator_state', state, language)} {fmt.count(count, language)}"


def _story_title(dx: Diagnosis) -> tuple[str, dict[str, object]]:
    row = canvas.measured(dx, "creator_recovery_rate")
    if row is not None and row.denominator:
        won = row.numerator or 0.0
        parts = {"changed": row.denominator, "won": won, "lost": row.denominator - won}
        return ("title" if won else "title_none"), {
            name: fmt.count(value, dx.language) for name, value in parts.items()
        }
    standing = canvas.by_slice(dx, "creators_by_state", "state")
    if not sum(standing.values()):
        return "title_plain", {}
    known = sum(standing.get(state, 0.0) for state in ("core", "rising", "low", "recovered", "mismatch"))
    if not known:
        return "title_trial", {"total": fmt.count(sum(standing.values()), dx.language)}
    values = {"known": fmt.count(known, dx.language), "total": fmt.count(sum(standing.values()), dx.language)}
    return "title_known", {**values}


# ------------------------------------------------------------------ next month's sessions


@style.themed
def session_plan(dx: Diagnosis) -> Shown:
    """Sessions of each kind of creator: as they are, and as planned for next month."""
    frame = _planned(dx)
    if not len(frame):
        return canvas.absent(dx, "session_plan", ("plan_sessions",), "no_report:live_sessions")
    fig = style.figure(900, 70 + 46 * len(frame) + canvas.FOOT + 22)
    names = [_kind(row, dx.language) for row in frame.to_dict("records")]
    left = 18 + max(typeset.width(name, style.BASE) for name in names)
    ax = style.axes(fig, left + 14, 36, 90, canvas.FOOT + 40)
    most = max(float(frame[name].max()) for name in ("sessions_now", "sessions_planned"))
    ax.set(xlim=(0, max(most, 1.0) * 1.08), ylim=(len(frame) - 0.4, -0.6), yticks=[])
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    for row, (name, cells) in enumerate(zip(names, frame.to_dict("records"), strict=True)):
        marks.pixel(ax, 12, row, name, row=True)
        _arrow(ax, row, cells, dx.language)
    ruler.figures(ax.xaxis, "count", dx.language, 6)
    marks.note(ax, "session_plan.x", dx.language)
    key, values = _plan_title(dx, frame)
    return canvas.show(
        dx, Drawn("session_plan", fig, frame, PLAN, key, values, canvas.row_sources(dx, "plan_sessions"))
    )


def _kind(row: Mapping[Any, Any], language: str) -> str:
    code = str(row["label"])
    count = fmt.count(float(row["creators"]), language)
    said = say("session_plan.kind", language, label=label("label", code, language), count=count)
    return f"{style.LABEL_SIGN[code]} {said}"


def _planned(dx: Diagnosis) -> pd.DataFrame:
    """Sessions so far (per 30 days) and planned, by label."""
    rows = canvas.known(dx.measures.select("plan_sessions", ("creator", "step")))
    if not len(rows):
        return pd.DataFrame(columns=["label"])
    kinds = canvas.known(dx.measures.select("creator_label", ("creator", "label")))
    best = (
        kinds.sort_values("value", kind="stable").drop_duplicates("creator", keep="last").set_index("creator")["label"]
    )
    rows = rows.assign(label=rows["creator"].map(best).fillna("unknown"))
    sums = rows.groupby("label").agg(
        sessions_now=("n", "sum"), sessions_planned=("value", "sum"), creators=("value", "size")
    )
    order = [kind for kind in LABELS if kind in sums.index]
    return sums.loc[order].astype(float).reset_index()


def _arrow(ax: Axes, row: int, cells: Mapping[Any, Any], language: str) -> None:
    now, then = (float(cells[name]) for name in ("sessions_now", "sessions_planned"))
    colour = style.LABEL[str(cells["label"])]
    line: Look = {"arrowstyle": "-|>", "color": colour, "lw": 2.4, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 14}
    if now != then:
        ax.annotate("", (then, row), (now, row), arrowprops=line)
    ax.plot([now], [row], "o", color=style.PAPER, mec=colour, mew=2, ms=9, zorder=4)
    right = max(now, then)
    said = say("session_plan.change", language, now=fmt.count(now, language), then=fmt.count(then, language))
    marks.near(ax, (right, row), said, (12, 0), size=style.SMALL)


def _plan_title(dx: Diagnosis, frame: pd.DataFrame) -> tuple[str, dict[str, object]]:
    value, now = (dx.measures.value(id) for id in ("plan_value_cny", "plan_value_now_cny"))
    budget = fmt.count(dx.measures.value("plan_budget_sessions"), dx.language)
    if value is None or now is None or value - now < 1:
        return "title_same", {"budget": budget}
    kind = "title_sales" if _unvalued(dx) else "title"
    return kind, {"budget": budget, "gain": fmt.money_said(value - now, dx.language)}


def _unvalued(dx: Diagnosis) -> bool:
    row = dx.measures.row("plan_value_cny")
    return row is not None and row.reason == "no_margin"
