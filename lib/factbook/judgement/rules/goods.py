"""F · the product mix: concentration, roles missing, what comes back and when."""

from __future__ import annotations

from statistics import median

from factbook.errors import Refused
from factbook.judgement.facts import Facts, as_evidence
from factbook.judgement.rule import Fired, Rule, Worth
from factbook.judgement.say import Figure, Value, same
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import word
from factbook.records import Measure, listed


def _concentrated(facts: Facts) -> Fired | None:
    top = facts.must("product_top1_share")
    if top < line("product_top1"):
        return None
    first = _largest(facts.rows("paid_amount_cny", "product"))
    values: dict[str, Value] = {"top": Figure(top, "fraction")}
    if first is None:
        return Fired(values, (facts.evidence("product_top1_share"),))
    values["product"] = same(first.slice["product"])
    return Fired(values, (facts.evidence("product_top1_share"), as_evidence(first)), pieces=("name",))


def _largest(rows: tuple[Measure, ...]) -> Measure | None:
    return max(rows, key=lambda row: row.value or 0.0, default=None)


def _missing(facts: Facts) -> Fired | None:
    """The mix has no product for one of the things a mix must do."""
    if facts.must("roles_missing") < 1:
        return None
    rows = [row for row in facts.rows("roles_missing", "need") if row.value]
    names = listed(tuple(word(f"need.{row.slice['need']}") for row in rows))
    values: dict[str, Value] = {"needs": names}
    return Fired(values, (facts.evidence("roles_missing"),))


def _refunded(facts: Facts) -> Fired | None:
    """One product of weight comes back far more often than the shop's sales do."""
    shop = facts.must("refund_rate")
    paid = {row.slice["product"]: row.value or 0.0 for row in facts.rows("paid_amount_cny", "product")}
    rows = facts.rows("refund_rate", "product")
    if not rows or not sum(paid.values()):
        raise Refused("refund_rate:product")
    least = line("product_weight") * sum(paid.values())
    heavy = [row for row in rows if paid.get(row.slice["product"], 0.0) >= least]
    worst = _largest(tuple(heavy))
    if worst is None or worst.value is None or worst.value - shop < line("product_refund_excess"):
        return None
    name = worst.slice["product"]
    gain = facts.month(paid[name]) * (worst.value - shop)
    values: dict[str, Value] = {
        "product": same(name),
        "rate": Figure(worst.value, "fraction"),
        "shop": Figure(shop, "fraction"),
        "share": Figure(paid[name] / sum(paid.values()), "fraction"),
    }
    return Fired(values, (as_evidence(worst, shop, "history"),), Worth(gain, gain, "net_gmv"))


_STAGES = (("before_shipping", "refund_before_shipping"), ("returned", "refund_returned"))


def _stages(facts: Facts) -> Fired | None:
    """One stage carries most of the refunds, and each stage has its own remedy."""
    if not facts.rows("refund_stage_share", "stage"):
        raise Refused("refund_stage_share")
    for stage, name in _STAGES:
        share = facts.value(f"refund_stage_share:{stage}")
        if share is not None and share >= line(name):
            values: dict[str, Value] = {"stage": word(f"stage_of_refund.{stage}"), "share": Figure(share, "fraction")}
            return Fired(values, (facts.evidence(f"refund_stage_share:{stage}"),), pieces=(stage,))
    return None


def _quality(facts: Facts) -> Fired | None:
    """A product whose quality returns stand far above those of the others."""
    rows = facts.rows("product_quality_return_rate", "product")
    if len(rows) < line("products_to_compare"):
        raise Refused("product_quality_return_rate")
    usual = median(row.value or 0.0 for row in rows)
    worst = _largest(rows)
    if worst is None or worst.value is None or worst.value < max(line("quality_return"), 2 * usual):
        return None
    values: dict[str, Value] = {
        "product": same(worst.slice["product"]),
        "rate": Figure(worst.value, "fraction"),
        "usual": Figure(usual, "fraction"),
    }
    return Fired(values, (as_evidence(worst, usual, "history"),))


RULES = (
    Rule("F12", "O2", "low", ("product_top1_share",), _concentrated),
    Rule("F13", "O2", "low", ("roles_missing",), _missing),
    Rule("F14", "O2", "medium", ("refund_rate", "paid_amount_cny"), _refunded),
    Rule("F15", "F", "low", ("refund_stage_share",), _stages),
    Rule("F18", "O2", "low", ("product_quality_return_rate",), _quality),
)
