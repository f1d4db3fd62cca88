"""What was judged and by whose hand: the rules by area, and what the consultant changed."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from factbook.display.shown import Shown
from factbook.display.tables.common import Layout, Words, col, lay, records
from factbook.knowledge.reasons import sentence
from factbook.knowledge.words import label, say
from factbook.records import Diagnosis, Overridden, RuleOutcome, Version

MOST_REASONS = 3
STATES = ("fires", "silent", "not_measured")

RULES = Layout(
    "rules_judged",
    (col("area"), col("rules", "number"), *(col(state, "number") for state in STATES), col("why_not")),
)
OVERRIDES = Layout("overrides", (col("item"), col("changed"), col("house_version"), col("own_version"), col("why")))


def rules_judged(dx: Diagnosis) -> Shown:
    """How many rules of each area fired, stayed silent or could not be judged, and what was missing."""
    ordered = sorted(dx.outcomes, key=lambda outcome: outcome.area)
    rows = [_area(area, list(group), dx.language) for area, group in groupby(ordered, key=lambda outcome: outcome.area)]
    told = {state: sum(row[state] for row in rows) for state in STATES}
    return lay(dx, RULES, records(rows), Words(values={"rules": len(dx.outcomes), **told}))


def _area(area: str, found: list[RuleOutcome], language: str) -> dict[str, Any]:
    reasons = list(dict.fromkeys(sentence(one.reason)[language] for one in found if one.reason))
    more = say("say.more_reasons", language, n=len(reasons) - MOST_REASONS) if len(reasons) > MOST_REASONS else ""
    return {
        "area": label("area", area, language),
        "rules": len(found),
        **{state: sum(one.state == state for one in found) for state in STATES},
        "why_not": ("" if language == "zh" else " ").join([*reasons[:MOST_REASONS], more]).strip(),
    }


def overrides(dx: Diagnosis) -> Shown:
    """Both versions of everything the consultant changed; for the desk, not for the client's copy."""
    return lay(dx, OVERRIDES, records(_override(entry, dx.language) for entry in dx.overrides))


def _override(entry: Overridden, language: str) -> dict[str, Any]:
    changes = [label("change", change, language) for change in entry.changes] or [label("change", "unused", language)]
    return {
        "item": f"{label('override', entry.kind, language)} {entry.code if entry.kind != 'verdict' else ''}".strip(),
        "changed": say("say.joined", language).join(changes),
        "house_version": _said(entry.before, language),
        "own_version": _said(entry.after, language),
        "why": entry.reason,
    }


def _said(version: Version | None, language: str) -> str:
    """Place and words of one version; nothing where there is none."""
    if version is None:
        return ""
    place = f"{version.place}. " if version.place else ""
    return f"{place}{version.title[language]} {version.text[language]}".strip()
