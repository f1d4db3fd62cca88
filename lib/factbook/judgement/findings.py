"""Which findings fired, most important first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factbook.judgement.facts import Facts
from factbook.judgement.rule import Outcome, run
from factbook.judgement.rules import RULES
from factbook.records import Finding, RuleOutcome

ORDER = ("high", "medium", "low", "strength")


def judge_rules(facts: Facts) -> tuple[Outcome, ...]:
    """What became of every rule, in the order of RULES."""
    return tuple(run(rule, facts) for rule in RULES)


def ranked(outcomes: Sequence[Outcome]) -> tuple[Finding, ...]:
    """Findings by severity, then by worth, then in the order of RULES; rank 1 is first."""
    found = [outcome.finding for outcome in outcomes if outcome.finding]
    ordered = sorted(found, key=lambda finding: (ORDER.index(finding.severity), -middle(finding)))
    return tuple(replace(finding, rank=float(place)) for place, finding in enumerate(ordered, 1))


def middle(finding: Finding) -> float:
    """The middle of a finding's worth per 30 days, 0 where none could be reckoned."""
    return ((finding.worth_low_cny or 0.0) + (finding.worth_high_cny or 0.0)) / 2


def rule_outcomes(outcomes: Sequence[Outcome], facts: Facts) -> tuple[RuleOutcome, ...]:
    """What became of every rule, and why it could not be judged where something is missing."""
    areas = {rule.code: rule.area for rule in RULES}
    return tuple(
        RuleOutcome(
            outcome.code,
            outcome.finding.area if outcome.finding else areas[outcome.code],
            outcome.state,
            outcome.missing,
            facts.why(outcome.missing[0]) if outcome.missing else "",
        )
        for outcome in outcomes
    )
