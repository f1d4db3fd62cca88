"""What a finding is worth: yuan per 30 days, after refunds where a refund rate is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factbook.judgement.facts import Facts
from factbook.judgement.rule import Worth
from factbook.records import Finding, Total


def kept(facts: Facts, *refunds: str) -> float | None:
    """The share of sales left after refunds, from the first refund rate that is known."""
    rates = (facts.value(spec) for spec in refunds)
    rate = next((rate for rate in rates if rate is not None), None)
    return None if rate is None else 1 - rate


def commission(facts: Facts, spec: str = "creator_commission_rate") -> float:
    """What creators take of sales after refunds; 0 where no report says."""
    return facts.value(spec) or 0.0


def sales(facts: Facts, low: float, high: float, *refunds: str) -> Worth:
    """A range of monthly sales; after refunds (`net_gmv`) where the rate is known, else as paid (`gmv`)."""
    left = kept(facts, *refunds)
    low, high = sorted((low, high))
    return Worth(low, high, "gmv") if left is None else Worth(low * left, high * left, "net_gmv")


def step(facts: Facts, id: str) -> Worth | None:
    """What a room rate below its peers costs: sales at the peers' rate minus sales, everything else held.

    The low end takes the upper end of the rate's own interval.
    """
    row, peer, paid = facts.find(id), facts.peer(id), facts.value("room_paid_cny")
    if row is None or peer is None or paid is None or not row.value:
        return None
    best = row.high if row.high and row.high > row.value else row.value
    low, high = (facts.month(paid) * max(peer.middle / rate - 1, 0) for rate in (best, row.value))
    return sales(facts, low, high, "room_refund_rate", "field_refund_rate:F", "refund_rate")


@dataclass(frozen=True, slots=True)
class Priced:
    """One finding with its worth: the range, and the middle it is drawn at."""

    finding: Finding
    middle: float


@dataclass(frozen=True, slots=True)
class Bridge:
    """From each finding's worth alone to what all are worth together; yuan per 30 days of one kind.

    `overlap` (never above 0) is what findings that draw on the same sales would count twice.
    """

    basis: str
    items: tuple[Priced, ...]
    overlap: float
    together: Total


def bridge(findings: Sequence[Finding], totals: Sequence[Total]) -> Bridge | None:
    """The kind of yuan that weighs most, item by item, largest first; None where nothing was priced."""
    if not totals:
        return None
    total = max(totals, key=lambda total: total.low_cny + total.high_cny)
    priced = [Priced(finding, middle(finding)) for finding in findings if finding.worth_basis == total.basis]
    items = tuple(sorted(priced, key=lambda item: -item.middle))
    both = (total.low_cny + total.high_cny) / 2
    overlap = min(both - sum(item.middle for item in items), 0.0)
    return Bridge(total.basis, items, 0.0 if abs(overlap) < 0.005 else overlap, total)


def middle(finding: Finding) -> float:
    """The middle of a finding's worth per 30 days, 0 where none could be reckoned."""
    return ((finding.worth_low_cny or 0.0) + (finding.worth_high_cny or 0.0)) / 2
