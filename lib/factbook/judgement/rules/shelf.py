"""S · the shelf: product cards, search, the mall."""

from __future__ import annotations

from functools import partial

from factbook.judgement.compare import above_peers, below_peers
from factbook.judgement.facts import Facts
from factbook.judgement.rule import Fired, Rule
from factbook.judgement.say import Figure
from factbook.judgement.scoring import history_pair
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


def _step_less(id: str, facts: Facts) -> Fired | None:
    """A step of the product card falls short of the peers': clicks, or orders of those who click."""
    pair = below_peers(facts, id)
    if pair is None:
        return None
    gain = facts.month(facts.must("field_paid_cny:S")) * (pair.peer / pair.value - 1) if pair.value else 0.0
    values = {"rate": Figure(pair.value, "fraction"), "peer": Figure(pair.peer, "fraction")}
    evidence = facts.evidence(id, pair.peer, "peers")
    return Fired(values, (evidence,), sales(facts, gain, gain, "field_refund_rate:S", "refund_rate"))


def _little_search(facts: Facts) -> Fired | None:
    """Few of the shelf's orders come by search: people do not look for the shop's goods by name."""
    share = facts.must("shelf_search_share")
    if share >= line("search_little"):
        return None
    values = {"share": Figure(share, "fraction"), "line": Figure(line("search_little"), "fraction")}
    return Fired(values, (facts.evidence("shelf_search_share", line("search_little"), "rule_of_thumb"),))


def _falls(facts: Facts) -> Fired | None:
    """The shelf sells clearly less a week than it used to."""
    pair = history_pair(facts, "field_paid_cny:S")
    if pair is None or pair[0] > pair[1] * (1 - line("history_change")):
        return None
    now, before = pair
    values = {
        "now": Figure(now, "cny"),
        "before": Figure(before, "cny"),
        "drop": Figure(1 - now / before, "fraction"),
    }
    return Fired(values, (facts.evidence("field_paid_cny:S"),))


def _strong(facts: Facts) -> Fired | None:
    pair = above_peers(facts, "shelf_click_to_pay_times")
    if pair is None:
        return None
    values = {"rate": Figure(pair.value, "fraction"), "peer": Figure(pair.peer, "fraction")}
    return Fired(values, (facts.evidence("shelf_click_to_pay_times", pair.peer, "peers"),))


def _short(code: str, id: str) -> Rule:
    return Rule(code, "S", "medium", (id, f"peer:{id}", "field_paid_cny:S"), partial(_step_less, id))


RULES = (
    Rule("S01", "S", "low", ("shelf_share",), _weak),
    _short("S02", "shelf_click_to_pay_times"),
    _short("S03", "shelf_product_ctr_times"),
    Rule("S04", "S", "low", ("shelf_search_share",), _little_search),
    Rule("S05", "S", "low", ("field_paid_cny:S",), _falls),
    Rule(
        "S06",
        "S",
        "strength",
        ("shelf_click_to_pay_times", "peer:shelf_click_to_pay_times"),
        _strong,
    ),
)
