"""S · the shelf: product cards, search, the mall."""

from __future__ import annotations

from factbook.judgement.compare import below_peers
from factbook.judgement.facts import Facts
from factbook.judgement.rule import Fired, Rule
from factbook.judgement.say import Figure
from factbook.judgement.worth import sales
from factbook.knowledge.thumbs import line


def _weak(facts: Facts) -> Fired | None:
    share = facts.must("shelf_share")
    if share >= line("shelf_weak"):
        return None
    return Fired(
        {"share": Figure(share, "fraction")},
        (facts.evidence("shelf_share", line("shelf_weak"), "rule_of_thumb"),),
    )


def _pays_less(facts: Facts) -> Fired | None:
    """People open the product card and do not order as often as peers' do."""
    pair = below_peers(facts, "shelf_click_to_pay_times")
    if pair is None:
        return None
    gain = facts.month(facts.must("field_paid_cny:S")) * (pair.peer / pair.value - 1) if pair.value else 0.0
    values = {"rate": Figure(pair.value, "fraction"), "peer": Figure(pair.peer, "fraction")}
    evidence = facts.evidence("shelf_click_to_pay_times", pair.peer, "peers")
    return Fired(values, (evidence,), sales(facts, gain, gain, "field_refund_rate:S", "refund_rate"))


RULES = (
    Rule("S01", "S", "low", ("shelf_share",), _weak),
    Rule(
        "S02",
        "S",
        "medium",
        ("shelf_click_to_pay_times", "peer:shelf_click_to_pay_times", "field_paid_cny:S"),
        _pays_less,
    ),
)
