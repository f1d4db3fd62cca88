"""A rule is a row: code, area, severity, needs, and a check that fires with evidence or stays silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from factbook.errors import Refused
from factbook.judgement.facts import Facts, number
from factbook.judgement.say import Figure, Values, fill, join
from factbook.knowledge.actions import actions
from factbook.knowledge.findings import FindingText, findings
from factbook.records import Evidence, Finding, Text

Severity = Literal["high", "medium", "low", "strength"]
State = Literal["fires", "silent", "not_measured"]


@dataclass(frozen=True, slots=True)
class Worth:
    """Yuan per 30 days, low ≤ high, and what kind; `commission` is what creators take of those sales."""

    low: float
    high: float
    basis: Literal["gmv", "net_gmv", "contribution"]
    commission: float = 0.0


@dataclass(frozen=True, slots=True)
class Fired:
    """Why a rule fired: figures to say, evidence, worth, and which pieces of text apply."""

    values: Values
    evidence: tuple[Evidence, ...]
    worth: Worth | None = None
    pieces: tuple[str, ...] = ()
    area: str = ""  # where the rule serves several areas (capabilities)
    actions: tuple[str, ...] = ()  # instead of those of knowledge/findings/, where they depend on the merchant


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; its words, actions and haircut are in knowledge/findings/ under the same code."""

    code: str
    area: str
    severity: Severity
    needs: tuple[str, ...]
    check: Callable[[Facts], Fired | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a rule: it fired, stayed silent, or could not be judged because something is missing."""

    code: str
    state: State
    finding: Finding | None = None
    values: Values = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def run(rule: Rule, facts: Facts) -> Outcome:
    """Judge one rule; a figure that is not finite makes it not measured, never a sentence."""
    missing = tuple(need for need in rule.needs if not facts.has(need))
    if missing:
        return Outcome(rule.code, "not_measured", missing=missing)
    try:
        fired = rule.check(facts)
    except Refused as refusal:
        return Outcome(rule.code, "not_measured", missing=(refusal.reason,))
    if fired is None:
        return Outcome(rule.code, "silent")
    said = _cut(fired.worth, findings()[rule.code])
    values = {**fired.values, "worth": spelled(said)} if said else dict(fired.values)
    finding = _finding(rule, fired, values)
    worth = contribution(said, facts.profile("gross_margin")) if said else None
    if worth:
        finding = replace(finding, worth_low_cny=worth.low, worth_high_cny=worth.high, worth_basis=worth.basis)
    return Outcome(rule.code, "fires", finding, values)


def _finding(rule: Rule, fired: Fired, values: Values) -> Finding:
    words, area = findings()[rule.code], fired.area or rule.area
    chosen = [*fired.pieces, *(["worth"] if "worth" in values and "worth" in words.pieces else [])]
    pieces = (words.text, *(words.pieces[name] for name in chosen))
    return Finding(
        code=rule.code,
        area=area,
        severity=rule.severity,
        title=fill(words.title, values),
        text=fill(join(pieces), values),
        evidence=fired.evidence,
        actions=_fitting(fired.actions or words.actions, area),
    )


def _cut(worth: Worth | None, words: FindingText) -> Worth | None:
    """The worth after the haircut of knowledge/findings/; None when it is not a positive, finite amount."""
    if worth is None or words.worth is None or number(worth.low) is None or number(worth.high) is None:
        return None
    low, high = max(worth.low, 0) * words.worth.low, worth.high * words.worth.high
    return replace(worth, low=low, high=high) if high > 0 else None


def contribution(worth: Worth, margin: float | None) -> Worth | None:
    """Sales after refunds as contribution, where a margin is known; None where creators take it all."""
    if worth.basis != "net_gmv" or margin is None:
        return worth
    left = margin - worth.commission
    return Worth(worth.low * left, worth.high * left, "contribution") if left > 0 else None


def spelled(worth: Worth) -> Text:
    """A range of yuan; one figure where both ends read the same."""
    low, high = Figure(worth.low, "cny"), Figure(worth.high, "cny")
    zh = high["zh"] if low["zh"] == high["zh"] else f"{low['zh']}到{high['zh']}"
    en = high["en"] if low["en"] == high["en"] else f"{low['en']} to {high['en']}"
    return Text(zh, en)


def _fitting(ids: tuple[str, ...], area: str) -> tuple[str, ...]:
    """Actions of a capability finding: only those of that capability, and those of none."""
    if not area.startswith("O"):
        return ids
    table = actions()
    return tuple(id for id in ids if not table[id].only_for or table[id].only_for == area)
