"""T · stars: what they bring, what they cost, how much hangs on one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from factbook.judgement.calendar import Deal, deals
from factbook.judgement.facts import Facts
from factbook.judgement.rule import Fired, Rule, Worth
from factbook.judgement.say import Figure, Value, counted, same
from factbook.knowledge.thumbs import line


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


RULES = (
    Rule("T01", "T", "high", ("star_top1_share", "paid_amount_cny"), _dependence),
    Rule("T02", "T", "high", ("deal_contribution_cny", "table:star_deals"), _loses),
    Rule("T03", "T", "medium", ("deal_refund_rate", "star_share", "refund_rate"), _refunds),
    Rule("T04", "T", "strength", ("deal_contribution_cny", "table:star_deals"), _earns),
)
