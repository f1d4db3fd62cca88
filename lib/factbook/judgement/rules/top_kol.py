"""T · stars: what they bring, what they cost, how much hangs on one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from factbook.errors import Refused
from factbook.judgement.calendar import Deal, deals
from factbook.judgement.facts import Facts, as_evidence, number
from factbook.judgement.rule import Fired, Rule, Worth
from factbook.judgement.say import Figure, Value, counted, same
from factbook.knowledge.thumbs import line
from factbook.records import Measure

COSTS = ("fee_cny", "commission_rate", "gift_cost_cny", "sample_cost_cny")


def _dependence(facts: Facts) -> Fired | None:
    share = facts.must("star_top1_share")
    if share < line("star_dependence"):
        return None
    paid = facts.month(facts.must("paid_amount_cny"))
    values = {"share": Figure(share, "fraction"), "at_stake": Figure(paid * share, "cny")}
    return Fired(values, (facts.evidence("star_top1_share", line("star_dependence"), "rule_of_thumb"),))


def _by_star(facts: Facts) -> dict[str, list[Deal]]:
    """Deals of the period whose contribution is known, by star."""
    found: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals(facts):
        if facts.value(f"deal_contribution_cny:{deal.name}") is not None:
            found[deal.creator].append(deal)
    return found


def _total(facts: Facts, id: str, chosen: Sequence[Deal]) -> float:
    return sum(facts.must(f"{id}:{deal.name}") for deal in chosen)


def _loses(facts: Facts) -> Fired | None:
    """All sessions of one star together cost more than their margin brings."""
    stars = _by_star(facts)
    totals = {star: _total(facts, "deal_contribution_cny", chosen) for star, chosen in stars.items()}
    star = min(totals, key=totals.__getitem__, default="")
    if not star or totals[star] >= 0:
        return None
    loss, chosen = facts.month(-totals[star]), stars[star]
    fired = _account(facts, star, chosen)
    values = {**fired.values, "loss": Figure(-totals[star], "cny")}
    return Fired(values, fired.evidence, Worth(loss, loss, "contribution"), fired.pieces)


def _account(facts: Facts, star: str, chosen: Sequence[Deal]) -> Fired:
    """What the sessions of one star sold and kept, and what they would have to sell to break even."""
    values: dict[str, Value] = {
        "star": same(star),
        "sessions": _sessions(chosen),
        "paid": Figure(_total(facts, "deal_paid_cny", chosen), "cny"),
        "net": Figure(_total(facts, "deal_net_cny", chosen), "cny"),
    }
    evidence = tuple(facts.evidence(f"deal_contribution_cny:{deal.name}") for deal in chosen)
    known = all(facts.value(f"deal_break_even_cny:{deal.name}") is not None for deal in chosen)
    if not known:
        return Fired(values, evidence)
    values["break_even"] = Figure(_total(facts, "deal_break_even_cny", chosen), "cny")
    return Fired(values, evidence, None, ("break_even",))


def _sessions(chosen: Sequence[Deal]) -> Value:
    if all(deal.kind == "exclusive" for deal in chosen):
        return counted(len(chosen), "场专场", "exclusive session", "exclusive sessions")
    return counted(len(chosen), "场合作", "session", "sessions")


def _earns(facts: Facts) -> Fired | None:
    """Every star of the period left something after fee, commission and gifts."""
    stars = _by_star(facts)
    totals = {star: _total(facts, "deal_contribution_cny", chosen) for star, chosen in stars.items()}
    if not totals or min(totals.values()) <= 0:
        return None
    chosen = [deal for found in stars.values() for deal in found]
    evidence = tuple(facts.evidence(f"deal_contribution_cny:{deal.name}") for deal in chosen)
    return Fired({"sessions": _sessions(chosen), "earned": Figure(sum(totals.values()), "cny")}, evidence)


def _refunds(facts: Facts) -> Fired | None:
    """Buyers a star brings send back more than the rest of the shop's."""
    star, paid, share = (
        facts.must("deal_refund_rate"),
        facts.must("paid_amount_cny"),
        facts.must("star_share"),
    )
    shop = facts.must("refund_rate")
    if share >= 1 or paid <= 0:
        return None
    rest = (shop - share * star) / (1 - share)
    if star - rest < line("field_refund_excess"):
        return None
    values = {"star": Figure(star, "fraction"), "rest": Figure(rest, "fraction")}
    return Fired(values, (facts.evidence("deal_refund_rate"), facts.evidence("refund_rate")))


def _sure(value: float | None) -> float:
    """A figure of a row; raises Refused without one, so that the rule is not measured."""
    if value is None:
        raise Refused("a figure of the row is missing")
    return value


def _above_fee(facts: Facts) -> Fired | None:
    """The last fee of a star lies above all that the next deal can bear, on its terms and the sales of past ones."""
    paid = {row.slice["star"]: row for row in facts.rows("last_fee_cny", "star")}
    known = [row for row in facts.rows("next_fee_cny", "star") if row.slice["star"] in paid and row.high is not None]
    over = [row for row in known if _sure(paid[row.slice["star"]].value) > _sure(row.high)]
    if not over:
        return None
    worst = max(over, key=lambda row: _sure(paid[row.slice["star"]].value) - _sure(row.high))
    fee = paid[worst.slice["star"]]
    values: dict[str, Value] = {
        "star": same(worst.slice["star"]),
        "fee": Figure(_sure(fee.value), "cny"),
        "low": Figure(_sure(worst.low), "cny"),
        "high": Figure(_sure(worst.high), "cny"),
        "deals": counted(_sure(worst.n), "场", "past deal", "past deals"),
    }
    return Fired(values, (as_evidence(worst), as_evidence(fee, worst.high, "worth")))


def _no_return(facts: Facts) -> Fired | None:
    """Buyers whose first order came from a star come back less than those of the own rooms, beyond chance."""
    rates = {row.slice["source"]: row for row in facts.rows("repeat_rate_60d", "source")}
    star, own = rates.get("star"), rates.get("own")
    if star is None or own is None:
        return None
    if _sure(star.high) >= _sure(own.low):
        return None
    values: dict[str, Value] = {
        "star": Figure(_sure(star.value), "fraction"),
        "own": Figure(_sure(own.value), "fraction"),
        "buyers": counted(_sure(star.n), "位买家", "buyer", "buyers"),
    }
    return Fired(values, (as_evidence(star, own.value, "own"), as_evidence(own)))


def _commission(facts: Facts) -> Fired | None:
    """Commission takes most of the margin before any fee is paid."""
    share = facts.must("deal_commission_share")
    if share < line("star_commission_share"):
        return None
    evidence = (facts.evidence("deal_commission_share", line("star_commission_share"), "rule_of_thumb"),)
    return Fired({"share": Figure(share, "fraction")}, evidence)


def _gifts(facts: Facts) -> Fired | None:
    """Gifts and samples take a good part of the margin."""
    share = facts.must("deal_gift_share")
    if share < line("star_gift_share"):
        return None
    evidence = (facts.evidence("deal_gift_share", line("star_gift_share"), "rule_of_thumb"),)
    return Fired({"share": Figure(share, "fraction")}, evidence)


def _hit(facts: Facts, row: Measure) -> Fired:
    values: dict[str, Value] = {
        "product": same(row.slice["product"]),
        "change": Figure(_sure(row.value), "fraction"),
        "low": Figure(_sure(row.low), "fraction"),
        "high": Figure(_sure(row.high), "fraction"),
    }
    return Fired(values, (as_evidence(row),))


def _no_hit(facts: Facts) -> Fired | None:
    """A product carried again and again sells no more than before: even the upper end is under the line."""
    rows = facts.rows("star_product_raised", "product")
    flat = [row for row in rows if row.high is not None and row.high < line("hit_raise")]
    return _hit(facts, min(flat, key=lambda row: _sure(row.value))) if flat else None


def _made_hit(facts: Facts) -> Fired | None:
    """A product carried again and again sells clearly more than before the first time."""
    rows = facts.rows("star_product_raised", "product")
    risen = [row for row in rows if row.low is not None and row.low > 0 and _sure(row.value) >= line("hit_raise")]
    return _hit(facts, max(risen, key=lambda row: _sure(row.value))) if risen else None


def _without(facts: Facts) -> Fired | None:
    """The shop with its largest star taken out, where it hangs on that name; a subtraction, not a forecast."""
    if facts.must("star_top1_share") < line("star_dependence"):
        return None
    specs = ("without_star_paid_cny", "without_star_ad_cost_ratio", "shop_ad_cost_ratio")
    paid, ratio, now = (facts.must(spec) for spec in specs)
    values: dict[str, Value] = {
        "paid": Figure(paid, "cny"),
        "ratio": Figure(ratio, "fraction"),
        "now": Figure(now, "fraction"),
    }
    evidence = tuple(facts.evidence(spec) for spec in specs)
    left, whole = facts.value("without_star_contribution_cny"), facts.value("shop_contribution_cny")
    if left is None or whole is None:
        return Fired(values, evidence)
    values |= {"left": Figure(left, "cny"), "whole": Figure(whole, "cny")}
    return Fired(values, evidence, None, ("contribution",))


def _costs_missing(facts: Facts) -> Fired | None:
    """A deal has sold, but its fee or another cost was never written down."""
    table = facts.case.table("star_deals")
    blank = {
        str(row["deal"]) for row in table.to_dict("records") if any(number(row.get(name)) is None for name in COSTS)
    }
    sold = [
        deal for deal in deals(facts) if deal.name in blank and facts.value(f"deal_paid_cny:{deal.name}") is not None
    ]
    if not sold:
        return None
    values: dict[str, Value] = {
        "sessions": counted(len(sold), "场合作", "deal", "deals"),
        "paid": Figure(_total(facts, "deal_paid_cny", sold), "cny"),
    }
    return Fired(values, tuple(facts.evidence(f"deal_paid_cny:{deal.name}") for deal in sold))


RULES = (
    Rule("T01", "T", "high", ("star_top1_share", "paid_amount_cny"), _dependence),
    Rule("T02", "T", "high", ("deal_contribution_cny", "table:star_deals"), _loses),
    Rule("T03", "T", "medium", ("deal_refund_rate", "star_share", "refund_rate"), _refunds),
    Rule("T04", "T", "strength", ("deal_contribution_cny", "table:star_deals"), _earns),
    Rule("T05", "T", "medium", ("next_fee_cny", "last_fee_cny"), _above_fee),
    Rule("T06", "T", "medium", ("repeat_rate_60d",), _no_return),
    Rule("T07", "T", "medium", ("deal_commission_share",), _commission),
    Rule("T08", "T", "low", ("deal_gift_share",), _gifts),
    Rule("T09", "T", "medium", ("star_product_raised",), _no_hit),
    Rule("T10", "T", "strength", ("star_product_raised",), _made_hit),
    Rule("T11", "T", "low", ("star_top1_share", "without_star_paid_cny", "without_star_ad_cost_ratio"), _without),
    Rule("T12", "T", "low", ("deal_paid_cny", "table:star_deals"), _costs_missing),
)
