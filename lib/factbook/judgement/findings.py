"""Which findings fired, most important first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factbook.judgement.facts import Facts
from factbook.judgement.rule import Outcome, run
from factbook.judgement.rules import RULES
from factbook.records import Finding

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
