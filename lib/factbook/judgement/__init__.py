"""Figures become judgements: scores, gates, findings with evidence and worth, a verdict and a plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from factbook.judgement.facts import Facts, number
from factbook.judgement.findings import judge_rules, ranked, rule_outcomes
from factbook.judgement.gates import judge_gates
from factbook.judgement.overrides import overridden, own_actions, own_findings, own_verdict, unmuted, versions
from factbook.judgement.plan import Plan, make_plan
from factbook.judgement.rule import Outcome
from factbook.judgement.scoring import judge_scores
from factbook.judgement.total import totals
from factbook.judgement.verdict import judge_verdict
from factbook.records import Action, Case, Finding, Gate, Measures, Overridden, Roadmap, RuleOutcome, Score, Text, Total

__all__ = ["Judgement", "by_hand", "judge", "plan", "roadmap"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the figures say; `outcomes` tells what became of every rule: fired, silent or not measured.

    `house` and `house_verdict` are what the workbook says without the consultant's hand.
    """

    scores: tuple[Score, ...]
    gates: tuple[Gate, ...]
    findings: tuple[Finding, ...]
    verdict: Text
    outcomes: tuple[Outcome, ...]
    rules: tuple[RuleOutcome, ...]
    house: tuple[Finding, ...]
    house_verdict: Text
    totals: tuple[Total, ...]


def judge(measures: Measures, case: Case) -> Judgement:
    """Judge one merchant; nothing measured gives states and a verdict that says so, never an error."""
    facts = Facts(measures, case)
    facts = replace(facts, gates=judge_gates(facts))
    outcomes = judge_rules(facts)
    house, heard = ranked(outcomes), unmuted(outcomes, case.overrides)
    findings = own_findings(ranked(heard), case.overrides)
    verdict = own_verdict(judge_verdict(facts, heard, findings), case.overrides)
    return Judgement(
        scores=judge_scores(facts),
        gates=facts.gates,
        findings=findings,
        verdict=verdict,
        outcomes=outcomes,
        rules=rule_outcomes(outcomes, facts),
        house=house,
        house_verdict=judge_verdict(facts, outcomes, house),
        totals=totals(findings),
    )


def plan(judgement: Judgement, case: Case) -> tuple[Action, ...]:
    """What to do, in order; the team's days per month come from the profile where it names them."""
    return own_actions(_planned(judgement.findings, judgement, case).actions, case.overrides)


def roadmap(judgement: Judgement, case: Case) -> Roadmap:
    """What stands beside the plan: what is left for later and why, what the plan is worth, what the team can take."""
    return _planned(judgement.findings, judgement, case).roadmap


def by_hand(judgement: Judgement, actions: tuple[Action, ...], case: Case) -> tuple[Overridden, ...]:
    """What the consultant changed, with the version of the workbook beside each."""
    if not case.overrides:
        return ()
    house = versions(judgement.house, _planned(judgement.house, judgement, case).actions, judgement.house_verdict)
    return overridden(case.overrides, house, versions(judgement.findings, actions, judgement.verdict))


def _planned(findings: tuple[Finding, ...], judgement: Judgement, case: Case) -> Plan:
    days = number(case.merchant.profile.get("capacity_days_per_month"))
    return make_plan(findings, judgement.gates, days, case.statuses)
