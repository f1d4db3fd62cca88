"""What the figures say: scores, findings with evidence, actions, gates, and the diagnosis that holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from factbook.records.base import Language, Period, Text
from factbook.records.case import Check, FileRecord, Merchant, Problem
from factbook.records.measures import Measures
from factbook.records.memory import Earlier, Standing

ScoreState = Literal["scored", "verdict", "not_scored", "not_measured", "gated"]
Verdict = Literal["good", "normal", "poor", ""]
Deferral = Literal["capacity", "too_large", "gate", "after", "done", "dropped"]
UNSAID = Text("", "")


@dataclass(frozen=True, slots=True)
class Score:
    """A judgement on one metric (`metric:gpm_views`), one area (`G1`, `F`, `O5`) or one cell (`F.traffic`)."""

    id: str
    state: ScoreState
    value: float | None = None  # 0-100
    low: float | None = None
    high: float | None = None
    verdict: Verdict = ""
    basis: str = ""  # what it is held against, a key of words.toml [basis]; "" without a comparison
    approximate: bool = False
    measured_weight: float | None = None  # share of the area's weight that could be measured
    reason: str = ""  # code in knowledge/reasons.toml
    parts: tuple[str, ...] = ()  # ids of what went into it
    against: float | None = None  # the value a metric was held against, in its own unit
    statistic: str = ""  # what that value is: "median", "mean", "alike", "year_ago", "weeks", "previous" …


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure a finding rests on."""

    metric: str
    value: float | None
    n: float | None = None
    basis: str = ""
    source: str = ""
    slice: Mapping[str, str] = field(default_factory=dict)
    compared_with: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Condition, evidence and remedy of one rule that fired."""

    code: str
    area: str  # G1..G3, F, A, C, T, S, O1..O5
    severity: Literal["high", "medium", "low", "strength"]
    title: Text
    text: Text
    evidence: tuple[Evidence, ...]
    worth_low_cny: float | None = None  # per 30 days, contribution where a margin is known (see worth_basis)
    worth_high_cny: float | None = None
    worth_basis: str = ""  # "gmv" | "net_gmv" | "contribution"
    actions: tuple[str, ...] = ()
    rank: float = 0.0
    overridden: tuple[str, ...] = ()  # "reworded", "ranked": by the consultant's hand, see Diagnosis.overrides


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, by whom, with what it takes and what will show success."""

    id: str
    title: Text
    why: Text
    field: str
    capability: str
    owner: Text
    effort_days: float
    lead_days: int
    horizon: int  # 30, 60 or 90
    metric: str
    target: Text
    findings: tuple[str, ...] = ()
    worth_low_cny: float | None = None
    worth_high_cny: float | None = None
    blocked_by: str = ""  # a gate that must open first
    order: int = 0
    overridden: tuple[str, ...] = ()  # as in Finding
    status: Standing = "planned"


@dataclass(frozen=True, slots=True)
class Gate:
    """A hard line of the platform: open, shut or not measured."""

    id: str
    name: Text
    line: float
    value: float | None
    state: Literal["open", "shut", "not_measured"]
    closes: tuple[str, ...] = ()  # fields
    since: date | None = None


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What became of one rule; where it could not be judged, what was missing and why (a reason's code)."""

    code: str
    area: str
    state: Literal["fires", "silent", "not_measured"]
    missing: tuple[str, ...] = ()  # as the rule's needs are written: `id`, `peer:id`, `table:name`, `profile:key`
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a finding, an action or the verdict: its place in the list (0: none) and its words."""

    place: int
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Overridden:
    """What the consultant's hand changed: the workbook's version, the one that is said, and the reason.

    `before` is None where the workbook had nothing of that code to change, `after` None where it was muted.
    """

    kind: Literal["finding", "action", "verdict"]
    code: str
    reason: str
    changes: tuple[str, ...] = ()  # "muted", "reworded", "ranked"
    before: Version | None = None
    after: Version | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """What all findings are worth together, per 30 days, no yuan counted twice; `counted` names those added up."""

    low_cny: float
    high_cny: float
    basis: str  # "gmv" | "net_gmv" | "contribution"
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deferred:
    """An action that the findings call for and the plan leaves out, and why; `waits_for`: a gate or an action."""

    action: Action
    reason: Deferral
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Roadmap:
    """What stands beside the planned actions: what is not done now, what the plan is worth, what the team can take."""

    deferred: tuple[Deferred, ...] = ()
    totals: tuple[Total, ...] = ()  # of the findings the planned actions answer, no yuan counted twice
    capacity_days: float | None = None  # person-days a month


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything a chapter may say about one merchant and period; the only thing a notebook holds."""

    merchant: Merchant
    period: Period
    language: Language
    measures: Measures
    scores: tuple[Score, ...] = ()
    gates: tuple[Gate, ...] = ()
    findings: tuple[Finding, ...] = ()
    actions: tuple[Action, ...] = ()
    verdict: Text = UNSAID
    files: tuple[FileRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    checks: tuple[Check, ...] = ()
    missing: tuple[str, ...] = ()
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # as `check --json`
    notes: Mapping[str, str] = field(default_factory=dict)
    outcomes: tuple[RuleOutcome, ...] = ()  # every rule, in the order of the list
    overrides: tuple[Overridden, ...] = ()
    totals: tuple[Total, ...] = ()  # what all findings are worth together, one for each kind of yuan
    roadmap: Roadmap = Roadmap()  # beside the planned actions: what waits, what the plan is worth
    earlier: Earlier | None = None  # an earlier diagnosis, where the folder keeps one
    schema_version: int = 2

    def speak(self, language: Language) -> Diagnosis:
        """The same diagnosis, shown in another language."""
        return replace(self, language=language)

    def score(self, id: str) -> Score:
        """The score of an area or cell; a not-measured one where the road never judged it."""
        return next((s for s in self.scores if s.id == id), Score(id, "not_measured", reason="not_judged"))

    def finding(self, code: str) -> Finding | None:
        return next((f for f in self.findings if f.code == code), None)

    def peer(self, metric: str) -> float | None:
        """The value of comparable shops that was typed in for a metric; None when there is none."""
        records = self.tables.get("peers", {}).get("records", [])
        return next((r["value"] for r in records if r["metric"] == metric and r["value"] is not None), None)

    def findings_in(self, *areas: str) -> tuple[Finding, ...]:
        """Findings of some areas, most important first."""
        return tuple(f for f in self.findings if f.area in areas)
