"""What a finding is worth: yuan per 30 days, after refunds where a refund rate is known."""

from __future__ import annotations

from factbook.judgement.facts import Facts
from factbook.judgement.rule import Worth


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
