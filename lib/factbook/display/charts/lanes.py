"""The plan as lanes of 30, 60 and 90 days, and its load against what the team can take."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas
from factbook.display.charts.canvas import Drawn, head
from factbook.display.charts.fit import board
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.records import Action, Diagnosis

HORIZONS = (30, 60, 90)
LANE, GAP, TOP = 288, 10, 40  # pixels
LEADING = 16
COLUMNS = (
    head("horizon", "count"),
    head("order", "count"),
    head("action"),
    head("owner"),
    head("effort", "days"),
)
LOAD_COLUMNS = (head("horizon", "count"), head("effort", "days"), head("capacity", "days"))


@style.themed
def roadmap_lanes(dx: Diagnosis) -> Shown:
    """What begins in the first, second and third 30 days, with owner and person-days."""
    if not dx.actions:
        return canvas.absent(dx, "roadmap_lanes", (), "no_actions")
    lanes = [_of(dx, horizon) for horizon in HORIZONS]
    heights = [sum(_height(dx, action) + GAP for action in lane) for lane in lanes]
    fig = style.figure(900, TOP + max(heights) + canvas.FOOT + 8)
    ax = board(fig)
    for n, (horizon, lane) in enumerate(zip(HORIZONS, lanes, strict=True)):
        _lane(ax, dx, 12 + (LANE + GAP) * n, (horizon, lane))
    frame = pd.DataFrame(_row(action, dx.language) for lane in lanes for action in lane)
    counts = {f"in_{horizon}": len(lane) for horizon, lane in zip(HORIZONS, lanes, strict=True)}
    key = "title" if lanes[2] else "title_two" if lanes[1] else "title_one"
    return canvas.show(dx, Drawn("roadmap_lanes", fig, frame, COLUMNS, key, counts))


def _of(dx: Diagnosis, horizon: int) -> list[Action]:
    return sorted((a for a in dx.actions if a.horizon == horizon), key=lambda action: action.order)


def _row(action: Action, language: str) -> dict[str, object]:
    return {
        "horizon": action.horizon,
        "order": action.order,
        "action": action.title[language],
        "owner": action.owner[language],
        "effort": action.effort_days,
    }


def _lines(dx: Diagnosis, action: Action) -> list[str]:
    return typeset.wrap(action.title[dx.language], LANE - 58, style.SMALL, 3)


def _height(dx: Diagnosis, action: Action) -> float:
    return LEADING * len(_lines(dx, action)) + 30 + 16 * bool(action.blocked_by)


def _lane(ax: Axes, dx: Diagnosis, x: float, lane: tuple[int, Sequence[Action]]) -> None:
    horizon, actions = lane
    days = fmt.decimal(sum(action.effort_days for action in actions), dx.language, 1)
    ax.text(x, TOP - 20, say(f"roadmap_lanes.head_{horizon}", dx.language), weight="bold", va="center")
    said = say("roadmap_lanes.load", dx.language, days=days)
    ax.text(x + LANE, TOP - 20, said, size=style.TINY, color=style.SOFT, ha="right", va="center")
    y = float(TOP)
    for action in actions:
        _card(ax, dx, (x, y), action)
        y += _height(dx, action) + GAP


def _card(ax: Axes, dx: Diagnosis, corner: tuple[float, float], action: Action) -> None:
    (x, y), tall, language = corner, _height(dx, action), dx.language
    colour = style.FIELD.get(action.field, style.FIELD["U"])
    ax.add_patch(Rectangle((x, y), LANE, tall, facecolor="#F4F6F8", lw=0))
    ax.add_patch(Rectangle((x, y), 5, tall, facecolor=colour, lw=0))
    ax.text(x + 14, y + 14, str(action.order), size=style.SMALL, weight="bold", color=style.SOFT, va="center")
    for n, text in enumerate(_lines(dx, action)):
        ax.text(x + 38, y + 14 + LEADING * n, text, size=style.SMALL, va="center")
    below = y + 14 + LEADING * len(_lines(dx, action))
    status = "" if action.status == "planned" else say(f"roadmap_lanes.{action.status}", language)
    days = fmt.decimal(action.effort_days, language, 1)
    said = say("roadmap_lanes.who", language, owner=action.owner[language], days=days) + status
    ax.text(x + 38, below, typeset.fit(said, LANE - 46, style.TINY), size=style.TINY, color=style.SOFT, va="center")
    if action.blocked_by:
        gate = next((gate.name[language] for gate in dx.gates if gate.id == action.blocked_by), action.blocked_by)
        waits = typeset.fit(say("roadmap_lanes.waits", language, gate=gate), LANE - 46, style.TINY)
        ax.text(x + 38, below + 16, waits, size=style.TINY, color=style.VERDICT["poor"], va="center")


@style.themed
def capacity_load(dx: Diagnosis) -> Shown:
    """Person-days of each 30 days against what the team can take; what waits stands beside."""
    if not dx.actions:
        return canvas.absent(dx, "capacity_load", (), "no_actions")
    loads = {horizon: sum(action.effort_days for action in _of(dx, horizon)) for horizon in HORIZONS}
    limit = dx.roadmap.capacity_days
    fig = style.figure(900, 210)
    ax = board(fig)
    scale = 480 / max([*loads.values(), limit or 0.0, 1.0])
    for n, (horizon, load) in enumerate(loads.items()):
        y = 44 + 44 * n
        ax.text(12, y, say(f"roadmap_lanes.head_{horizon}", dx.language), va="center")
        ax.add_patch(Rectangle((150, y - 12), max(load * scale, 1), 24, facecolor="#1B3A6B", lw=0))
        said = say("capacity_load.days", dx.language, days=fmt.decimal(load, dx.language, 1))
        ax.text(158 + load * scale, y, said, size=style.SMALL, weight="bold", va="center",
                bbox={"facecolor": style.PAPER, "lw": 0, "pad": 1, "alpha": 0.85})  # fmt: skip
    if limit is not None:
        ax.plot([150 + limit * scale] * 2, [24, 152], color=style.VERDICT["poor"], lw=2)
        said = say("capacity_load.limit", dx.language, days=fmt.decimal(limit, dx.language, 1))
        ax.text(150 + limit * scale, 168, said, size=style.TINY, color=style.VERDICT["poor"], ha="center", va="center")
    key = "title_open" if limit is None else "title_waits" if dx.roadmap.deferred else "title_fits"
    frame = pd.DataFrame({"horizon": h, "effort": load, "capacity": limit} for h, load in loads.items())
    values = {"waiting": sum(left.reason in ("capacity", "too_large") for left in dx.roadmap.deferred)}
    key = "title_fits" if key == "title_waits" and not values["waiting"] else key
    return canvas.show(dx, Drawn("capacity_load", fig, frame, LOAD_COLUMNS, key, values))
