"""Why sales changed: by field and by step of the own rooms; and who paid for the rooms' traffic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style
from factbook.display.charts import canvas, marks, ruler, stairs
from factbook.display.charts.canvas import Drawn, head
from factbook.display.charts.stairs import Stair
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis

STEPS = ("impressions", "entry", "product", "click", "pay", "order", "rest")
CAUSES = (head("step"), head("cny", "cny", "change"))
FREE, PAID = "#2F5488", "#E6A33E"
Title = tuple[str, dict[str, object]]


@style.themed
def change_by_field(dx: Diagnosis) -> Shown:
    """What each field sold more or less than in the period before, largest first, up to the shop's change."""
    parts = canvas.by_slice(dx, "change_by_field_cny", "field")
    known = {field: value for field, value in parts.items() if round(value)}
    if not known:
        return canvas.absent(dx, "change_by_field", ("change_by_field_cny",), "no_previous")
    order = sorted(known, key=lambda field: -abs(known[field]))
    names = {field: label("field", field, dx.language) for field in order}
    rows = [_stair(names[field], known[field], dx.language, style.FIELD[field]) for field in order]
    return _waterfall(dx, "change_by_field", rows, sum(parts.values()), "change_by_field_cny")


@style.themed
def change_by_step(dx: Diagnosis) -> Shown:
    """The change of the own rooms' sales, step by step along the chain."""
    parts = canvas.by_slice(dx, "change_by_step_cny", "step")
    if not parts:
        return canvas.absent(dx, "change_by_step", ("change_by_step_cny",), "no_previous")
    names = {step: label("step", step, dx.language) for step in STEPS if step in parts}
    rows = [_stair(name, parts[step], dx.language) for step, name in names.items()]
    return _waterfall(dx, "change_by_step", rows, sum(parts.values()), "change_by_step_cny")


def _stair(name: str, value: float, language: str, colour: str = "") -> Stair:
    return Stair(name[:1].upper() + name[1:], value, stairs.signed(value, language), colour=colour)


def _waterfall(dx: Diagnosis, name: str, rows: Sequence[Stair], total: float, id: str) -> Shown:
    """The picture with its total, its message and the rows behind it."""
    words = say(f"{name}.total", dx.language)
    rows = [*rows, Stair(words, total, stairs.signed(total, dx.language), "total")]
    fig = stairs.draw(rows, say(f"{name}.scale", dx.language))
    frame = pd.DataFrame({"step": [row.name for row in rows], "cny": [row.value for row in rows]})
    key, values = _title({row.name: row.value for row in rows[:-1]}, total, dx.language)
    return canvas.show(dx, Drawn(name, fig, frame, CAUSES, key, values, canvas.row_sources(dx, id)))


def _title(parts: Mapping[str, float], total: float, language: str) -> Title:
    """Up or down by how much, and the part that did most of it."""
    if not round(total):
        return "title_level", {}
    most = max(parts, key=lambda name: parts[name] * (1 if total > 0 else -1))
    values = {
        "change": fmt.money_said(abs(total), language),
        "most": most,
        "part": stairs.signed(parts[most], language),
    }
    return ("title_up" if total > 0 else "title_down"), {**values}


# ------------------------------------------------------------------ free and paid viewers by week


@style.themed
def traffic_mix(dx: Diagnosis) -> Shown:
    """Viewers of the own rooms by week, free and paid, one on top of the other."""
    ids = ("free_viewers", "paid_viewers")
    frame = canvas.wide(dx, ids, "week", "history").dropna(subset=list(ids))
    if not len(frame):
        return canvas.absent(dx, "traffic_mix", ids, "no_report:traffic_trend")
    fig = style.figure(900, 330)
    ax = style.axes(fig, 80, 34, 160, canvas.FOOT + 24)
    days = [date.fromisoformat(week) for week in frame["week"]]
    _stack(ax, frame, days)
    ruler.figures(ax.yaxis, "people", dx.language, 5)
    ruler.settle(fig)
    ruler.dates(ax, days, dx.language)
    ruler.period(ax, dx.period, dx.language)
    last = frame.iloc[-1]
    heights = (float(last["free_viewers"]) / 2, float(last["free_viewers"]) + float(last["paid_viewers"]) / 2)
    words = [f"{say(f'traffic_mix.{id}', dx.language)} {fmt.count(last[id], dx.language)}" for id in ids]
    marks.ends(ax, list(zip(heights, words, (FREE, PAID), strict=True)))
    marks.note(ax, "traffic_mix.scale", dx.language)
    key, values = _traffic_title(dx)
    columns = (head("week", "day"), *canvas.figures(*ids))
    return canvas.show(dx, Drawn("traffic_mix", fig, frame, columns, key, values, canvas.row_sources(dx, *ids)))


def _stack(ax: Axes, frame: pd.DataFrame, days: Sequence[date]) -> None:
    """Bars that touch, so that the weeks read as two areas."""
    centres = [day.toordinal() + 3.5 for day in days]
    ax.bar(centres, frame["free_viewers"], width=7.05, color=FREE)
    ax.bar(centres, frame["paid_viewers"], width=7.05, bottom=frame["free_viewers"], color=PAID)
    ax.set_xlim(days[0].toordinal() - 1, days[-1].toordinal() + 8)


def _traffic_title(dx: Diagnosis) -> Title:
    share, lever = dx.measures.value("free_view_share"), dx.measures.value("natural_lever")
    if share is None:
        return "title_none", {}
    values: dict[str, object] = {"share": fmt.percent(share, dx.language, 0)}
    if lever is None:
        return "title_share", values
    return "title", {**values, "lever": fmt.decimal(lever, dx.language)}
