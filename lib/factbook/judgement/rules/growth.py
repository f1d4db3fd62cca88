"""G · how the merchant grows: gather traffic, convert, accumulate."""

from __future__ import annotations

from functools import partial
from statistics import median

from factbook.judgement.compare import Against, above_peers, below_peers
from factbook.judgement.facts import Facts, unit
from factbook.judgement.rule import Fired, Rule, Worth
from factbook.judgement.rules import growth_flow
from factbook.judgement.say import Figure
from factbook.judgement.scoring import history_pair
from factbook.judgement.worth import sales, step
from factbook.knowledge.thumbs import line


def _against(id: str, pair: Against, facts: Facts, worth: Worth | None = None) -> Fired:
    """A figure beside its peers'."""
    values = {"rate": Figure(pair.value, unit(id)), "peer": Figure(pair.peer, unit(id))}
    return Fired(values, (facts.evidence(id, pair.peer, "peers"),), worth)


def _step_below(id: str, facts: Facts) -> Fired | None:
    """One step of the room loses more people than it does for peers."""
    pair = below_peers(facts, id)
    return _against(id, pair, facts, step(facts, id)) if pair else None


def _pay_below(facts: Facts) -> Fired | None:
    """Viewers pay less often, and no peer value says at which step."""
    if facts.peer("product_ctr_users") or facts.peer("click_to_pay_users"):
        return None
    return _step_below("view_to_pay_users", facts)


def _follow_below(facts: Facts) -> Fired | None:
    pair = below_peers(facts, "follow_rate")
    return _against("follow_rate", pair, facts) if pair else None


ROUND = 0.25  # so close to a whole number of days that a headline rounds


def _few_days(facts: Facts) -> Fired | None:
    """Fewer live days a week than the plan aims at; what weeks with more of them sold is an association."""
    days, wanted = facts.must("live_days_per_week"), line("live_days_wanted")
    if days >= line("live_days_few"):
        return None
    about = Figure(days, "whole" if abs(days - round(days)) < ROUND else "per_week")
    values = {"days": Figure(days, "per_week"), "about": about, "wanted": Figure(wanted, "per_week")}
    evidence = (facts.evidence("live_days_per_week", wanted, "rule_of_thumb"),)
    weeks = _weeks_apart(facts)
    if weeks is None:
        return Fired(values, evidence)
    low, high = weeks
    values |= {"low_week": Figure(low, "cny"), "high_week": Figure(high, "cny")}
    gain = (high - low) / 7 * 30
    return Fired(values, evidence, sales(facts, gain, gain, "room_refund_rate", "refund_rate"), ("weeks",))


def _weeks_apart(facts: Facts) -> tuple[float, float] | None:
    """Median room sales of weeks with few and with many live days; None when too few weeks or no gap."""
    days, paid = facts.weeks("live_days_per_week"), facts.weeks("room_paid_cny")
    few = [paid[week] for week, n in days.items() if n <= line("live_days_low_week") and week in paid]
    many = [paid[week] for week, n in days.items() if n >= line("live_days_wanted") and week in paid]
    if min(len(few), len(many)) < line("weeks_to_compare") or median(many) <= median(few):
        return None
    return median(few), median(many)


def _gap(facts: Facts) -> Fired | None:
    gap = facts.must("longest_gap_days")
    if gap < line("gap_days"):
        return None
    return Fired({"gap": Figure(gap, "days")}, (facts.evidence("longest_gap_days", basis="rule_of_thumb"),))


def _ads_lose(facts: Facts) -> Fired | None:
    """Each yuan of ads brings back less than it costs once margin and signed-for rate are taken off."""
    roi, even, cost = (facts.must(id) for id in _ADS)
    if roi >= even:
        return None
    monthly = facts.month(cost)
    loss = monthly * (1 - roi / even)
    values = {
        "roi": Figure(roi, "ratio"),
        "break_even": Figure(even, "ratio"),
        "cost": Figure(monthly, "cny"),
        "loss": Figure(loss, "cny"),
    }
    return Fired(values, tuple(facts.evidence(id) for id in _ADS), Worth(loss, loss, "contribution"))


_ADS = ("room_ad_roi", "break_even_roi", "room_ad_cost_cny")


def _cold_start(facts: Facts) -> Fired | None:
    if facts.case.merchant.profile.get("stage") != "cold_start":
        return None
    values = {
        "days": Figure(facts.must("live_days_per_week"), "per_week"),
        "paid": Figure(facts.month(facts.must("paid_amount_cny")), "cny"),
    }
    return Fired(values, (facts.evidence("paid_amount_cny"), facts.evidence("live_days_per_week")))


def _lively_no_sales(facts: Facts) -> Fired | None:
    """The room is as lively as the peers' or livelier, yet viewers do not pay."""
    pay, peer = below_peers(facts, "view_to_pay_users"), facts.peer("comment_rate")
    comments = facts.must("comment_rate")
    if pay is None or peer is None or comments < peer.middle:
        return None
    fired = _against("view_to_pay_users", pay, facts)
    values = {
        **fired.values,
        "comments": Figure(comments, "fraction"),
        "lively": Figure(peer.middle, "fraction"),
    }
    return Fired(values, (*fired.evidence, facts.evidence("comment_rate", peer.middle, "peers")))


def _sales_down(facts: Facts) -> Fired | None:
    now, before = facts.must("paid_amount_cny"), facts.must("paid_amount_cny", "previous")
    if before <= 0 or now / before - 1 > -line("sales_change"):
        return None
    drop = Figure(1 - now / before, "fraction")
    values = {"now": Figure(now, "cny"), "before": Figure(before, "cny"), "drop": drop}
    return Fired(values, (facts.evidence("paid_amount_cny", before, "history"),))


def _repeat_down(facts: Facts) -> Fired | None:
    pair = history_pair(facts, "repeat_buyer_share")
    if pair is None or pair[0] / pair[1] - 1 > -line("history_change"):
        return None
    share, before = pair
    values = {"share": Figure(share, "fraction"), "before": Figure(before, "fraction")}
    return Fired(values, (facts.evidence("repeat_buyer_share", before, "history"),))


def _ahead(id: str, facts: Facts) -> Fired | None:
    """A figure clearly above the peers'."""
    pair = above_peers(facts, id)
    return _against(id, pair, facts) if pair else None


def _below(code: str, area: str, id: str) -> Rule:
    return Rule(code, area, "medium", (id, f"peer:{id}"), partial(_step_below, id))


def _strong(code: str, area: str, id: str) -> Rule:
    return Rule(code, area, "strength", (id, f"peer:{id}"), partial(_ahead, id))


RULES = (
    _below("G01", "G1", "entry_rate"),
    _below("G02", "G2", "product_ctr_users"),
    _below("G03", "G2", "click_to_pay_users"),
    _below("G04", "G2", "view_to_product_impression"),
    Rule("G05", "G2", "medium", ("view_to_pay_users", "peer:view_to_pay_users"), _pay_below),
    Rule("G06", "G3", "low", ("follow_rate", "peer:follow_rate"), _follow_below),
    Rule("G07", "G1", "medium", ("live_days_per_week",), _few_days),
    Rule("G08", "G1", "low", ("longest_gap_days",), _gap),
    Rule("G09", "G1", "high", _ADS, _ads_lose),
    Rule("G10", "G1", "medium", ("profile:stage", "paid_amount_cny", "live_days_per_week"), _cold_start),
    Rule(
        "G11",
        "G2",
        "medium",
        ("comment_rate", "peer:comment_rate", "peer:view_to_pay_users"),
        _lively_no_sales,
    ),
    Rule("G12", "G2", "medium", ("paid_amount_cny",), _sales_down),
    Rule("G13", "G3", "low", ("repeat_buyer_share",), _repeat_down),
    _strong("G14", "G1", "entry_rate"),
    _strong("G15", "G2", "view_to_pay_users"),
    _strong("G16", "G3", "follow_rate"),
    *growth_flow.RULES,
)
