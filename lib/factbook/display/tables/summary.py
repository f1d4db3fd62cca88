"""Tables of the summary and the roadmap: actions in order, with owner, metric and worth."""

from __future__ import annotations

from typing import Any

from factbook.display.shown import FOLD, Shown
from factbook.display.tables.common import Layout, col, lay, records
from factbook.knowledge.metrics import metrics
from factbook.knowledge.words import label, say
from factbook.records import Action, Diagnosis

FIRST = 5

FIRST_ACTIONS = Layout(
    "first_actions",
    (
        col("order", "count"),
        col("action"),
        col("owner"),
        col("by_when"),
        col("watch"),
        col("target"),
        col("worth", "interval:cny"),
        col("blocked_by"),
    ),
)

ROADMAP = Layout(
    "roadmap",
    (
        col("by_when", heading="horizon"),
        col("action"),
        col("why"),
        col("owner"),
        col("field"),
        col("capability"),
        col("effort", "days"),
        col("watch"),
        col("target"),
        col("worth", "interval:cny"),
        col("blocked_by"),
    ),
)


def first_actions(dx: Diagnosis) -> Shown:
    """The first five things to do: who, by when, what shows success, its worth, and what must open first."""
    frame = records(_row(dx, action) for action in ordered(dx)[:FIRST])
    return lay(dx, FIRST_ACTIONS, frame)


def roadmap(dx: Diagnosis) -> Shown:
    """Every action by stage (30, 60, 90 days)."""
    staged = sorted(ordered(dx), key=lambda action: action.horizon)
    frame = records({**_row(dx, action), FOLD: _stage(action, staged[0], dx.language)} for action in staged)
    return lay(dx, ROADMAP, frame)


def _stage(action: Action, first: Action, language: str) -> str:
    """The stages after the first are folded: they are for later."""
    return say("say.within_days", language, n=action.horizon) if action.horizon > first.horizon else ""


def ordered(dx: Diagnosis) -> list[Action]:
    """The actions as the plan orders them."""
    return sorted(dx.actions, key=lambda action: action.order)


def _row(dx: Diagnosis, action: Action) -> dict[str, Any]:
    language = dx.language
    watched = metrics().get(action.metric)
    return {
        "order": action.order,
        "action": action.title[language],
        "why": action.why[language],
        "owner": action.owner[language],
        "by_when": say("say.within_days", language, n=action.horizon),
        "field": label("area", action.field, language),
        "capability": label("area", action.capability, language),
        "effort": action.effort_days,
        "watch": watched.name[language] if watched else action.metric,
        "target": action.target[language],
        "worth": (action.worth_low_cny, action.worth_high_cny),
        "blocked_by": gate_name(dx, action.blocked_by),
    }


def gate_name(dx: Diagnosis, id: str) -> str:
    """The gate an action waits for, in words; nothing when it waits for none."""
    return next((gate.name[dx.language] for gate in dx.gates if gate.id == id), id)
