"""What all findings are worth together: each yuan once, and yuan of different kinds never added."""

from __future__ import annotations

from collections.abc import Sequence

from factbook.judgement.findings import middle
from factbook.knowledge.areas import areas
from factbook.records import Finding, Total


def totals(findings: Sequence[Finding]) -> tuple[Total, ...]:
    """One sum per kind of yuan; of findings that draw on the same sales only the largest counts.

    The rest may well add something, but nobody can say how much: the total is the cautious one.
    """
    counted = _largest(findings)
    kinds = dict.fromkeys(finding.worth_basis for finding in counted)
    return tuple(_total(kind, [finding for finding in counted if finding.worth_basis == kind]) for kind in kinds)


def _largest(findings: Sequence[Finding]) -> list[Finding]:
    """Of each pool of sales the finding that is worth most, in the findings' order."""
    best: dict[str, Finding] = {}
    for finding in findings:
        pool = areas().pool(finding.code, finding.area)
        if finding.worth_basis and (pool not in best or middle(finding) > middle(best[pool])):
            best[pool] = finding
    return [finding for finding in findings if finding in best.values()]


def _total(kind: str, counted: Sequence[Finding]) -> Total:
    low, high = (
        sum(getattr(finding, end) or 0.0 for finding in counted) for end in ("worth_low_cny", "worth_high_cny")
    )
    return Total(low, high, kind, tuple(finding.code for finding in counted))
