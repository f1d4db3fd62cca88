"""Capabilities: the survey as a score, and for each field the one that holds it back."""

from __future__ import annotations

from factbook.judgement.facts import Facts, number
from factbook.knowledge.areas import areas
from factbook.knowledge.fit import Part, fit
from factbook.knowledge.thumbs import line
from factbook.records import CAPABILITIES, Score, Verdict


def capability_score(facts: Facts, capability: str) -> Score:
    """A capability's level (1–5, evidence-capped) as 0–100; approximate with too few raters."""
    row = facts.find(f"capability_level:{capability}")
    if row is None or number(row.value) is None:
        return Score(capability, "not_measured", reason=(row.reason if row else "") or "no_survey")
    value, low, high = (_rescaled(end) for end in (row.value, row.low, row.high))
    few = (number(row.n) or 0) < line("raters")
    part = (f"capability_level:{capability}",)
    return Score(capability, "scored", value, low, high, _reads(value or 0.0), "survey", few, 1.0, "", part)


def _rescaled(level: float | None) -> float | None:
    found = number(level)
    return None if found is None else (min(max(found, 1.0), 5.0) - 1) / 4 * 100


def _reads(value: float) -> Verdict:
    rules = areas().comparison
    return "good" if value >= rules.good else "poor" if value < rules.poor else "normal"


def part_of(facts: Facts, field: str) -> Part:
    """The part a field plays: as the form plans it, else as its share of sales shows."""
    planned = facts.case.merchant.profile.get(f"part_{field}") or None
    return fit().part(facts.value(f"field_share:{field}"), planned)


def required(facts: Facts, field: str) -> dict[str, float]:
    """The level of each capability a field asks for, by the merchant's stage and the field's part."""
    return fit().need(field, facts.case.merchant.profile.get("stage"), part_of(facts, field))


def shortfalls(facts: Facts, field: str) -> dict[str, float]:
    """How many levels each measured capability lacks for a field (negative: to spare), largest first."""
    need = required(facts, field)
    levels = {capability: facts.value(f"capability_level:{capability}") for capability in CAPABILITIES}
    gaps = {name: need[name] - level for name, level in levels.items() if level is not None}
    return dict(sorted(gaps.items(), key=lambda item: (-item[1], -need[item[0]], item[0])))


def capability_cell(facts: Facts, field: str) -> Score:
    """How far the binding capability reaches what the field asks for: 100 when nothing is short."""
    id, gaps = f"{field}.capability", shortfalls(facts, field)
    if not gaps:
        return Score(id, "not_measured", reason="no_survey")
    binding, gap = next(iter(gaps.items()))
    need = required(facts, field)[binding]
    value = 100.0 if gap <= 0 else max(0.0, (need - gap - 1) / (need - 1) * 100)
    measured = len(gaps) / len(CAPABILITIES)
    parts = (binding,) if gap > 0 else ()
    poor = gap >= line("binding_gap") or value == 0.0  # a long way off, or not there at all
    reads: Verdict = "good" if gap <= 0 else "poor" if poor else "normal"
    return Score(id, "scored", value, verdict=reads, basis="survey", measured_weight=measured, parts=parts)
