"""Tables beside the plan: what is not done now, and what became of the last one."""

from __future__ import annotations

from typing import Any

from factbook import fmt
from factbook.display.shown import Shown
from factbook.display.tables.common import Layout, Words, col, lay, records
from factbook.display.tables.summary import gate_name
from factbook.knowledge.actions import actions
from factbook.knowledge.metrics import metrics
from factbook.knowledge.words import say
from factbook.records import Deferred, Diagnosis, Promise

NOT_NOW = Layout(
    "not_now",
    (
        col("action"),
        col("owner"),
        col("effort", "days"),
        col("worth", "interval:cny"),
        col("why_not", heading="reason"),
    ),
)

MEMORY = Layout(
    "memory",
    (
        col("action"),
        col("owner"),
        col("standing", "word:standing"),
        col("watch"),
        col("then", "aside"),
        col("now", "aside"),
        col("moved", "word:moved"),
        col("worth", "interval:cny", heading="promised"),
        col("closed", "aside"),
        col("note"),
    ),
)


def not_now(dx: Diagnosis) -> Shown:
    """What the findings call for and the plan leaves out on purpose, with the reason."""
    return lay(dx, NOT_NOW, records(_left(dx, left) for left in dx.roadmap.deferred))


def _left(dx: Diagnosis, left: Deferred) -> dict[str, Any]:
    action = left.action
    waits = gate_name(dx, left.waits_for)
    if left.reason == "after":
        waits = actions()[left.waits_for].title[dx.language]
    return {
        "action": action.title[dx.language],
        "owner": action.owner[dx.language],
        "effort": action.effort_days,
        "worth": (action.worth_low_cny, action.worth_high_cny),
        "why_not": say(f"not_now.{left.reason}", dx.language, waits=waits),
    }


def memory(dx: Diagnosis) -> Shown:
    """Each promise of the earlier plan: how far it is, its figure then and now, and the yuan closed."""
    promises = dx.earlier.promises if dx.earlier else ()
    span = fmt.span(dx.earlier.period.start, dx.earlier.period.end, dx.language) if dx.earlier else ""
    words = Words(source=dx.earlier.file if dx.earlier else "", values={"earlier": span})
    return lay(dx, MEMORY, records(_promise(dx, promise) for promise in promises), words)


def _promise(dx: Diagnosis, promise: Promise) -> dict[str, Any]:
    metric, language = metrics().get(promise.metric), dx.language
    unit = metric.unit if metric else "ratio"
    return {
        "action": promise.title[language],
        "owner": promise.owner[language],
        "standing": promise.status,
        "watch": metric.name[language] if metric else promise.metric,
        "then": fmt.figure(promise.then, unit, language),
        "now": fmt.figure(promise.now, unit, language),
        "moved": promise.moved,
        "worth": (promise.worth_low_cny, promise.worth_high_cny),
        "closed": "" if promise.closed_cny is None else fmt.money(promise.closed_cny, language),
        "note": promise.note,
    }
