"""Figures become judgements: scores, gates, findings with evidence and worth, a verdict and a plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from factbook.judgement.facts import Facts, number
from factbook.judgement.findings import judge_rules, ranked
from factbook.judgement.gates import judge_gates
from factbook.judgement.plan import make_plan
from factbook.judgement.rule import Outcome
from factbook.judgement.scoring import judge_scores
from factbook.judgement.verdict import judge_verdict
from factbook.records import Action, Case, Finding, Gate, Measures, Score, Text

__all__ = ["Judgement", "judge", "plan"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the figures say; `outcomes` tells what became of every rule: fired, silent or not measured."""

    scores: tuple[Score, ...]
    gates: tuple[Gate, ...]
    findings: tuple[Finding, ...]
    verdict: Text
    outcomes: tuple[Outcome, ...] = ()


def judge(measures: Measures, case: Case) -> Judgement:
    """Judge one merchant; nothing measured gives states and a verdict that says so, never an error."""
    facts = Facts(measures, case)
    facts = replace(facts, gates=judge_gates(facts))
    outcomes = judge_rules(facts)
    findings = ranked(outcomes)
    verdict = judge_verdict(facts, outcomes, findings)
    return Judgement(judge_scores(facts), facts.gates, findings, verdict, outcomes)


def plan(judgement: Judgement, case: Case) -> tuple[Action, ...]:
    """What to do, in order; the team's days per month come from the profile where it names them."""
    return make_plan(judgement.findings, judgement.gates, number(case.merchant.profile.get("capacity_days_per_month")))
