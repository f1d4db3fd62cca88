"""Merchants in whom each rule of the product mix fires, and the change that silences it."""

from __future__ import annotations

from typing import Any

from tests.judgement.make import Shop, row
from tests.judgement.situations.common import Situation


def product(id: str, name: str, value: float) -> dict[str, Any]:
    return row(id, value, ("product",), (name,))


def sold(*paid: float, refund: float = 0.2) -> tuple[dict[str, Any], ...]:
    """Products of these sales; the first one comes back at `refund`, the others at 20 %."""
    names = ["{某大V}", *(f"P{n}" for n in range(1, len(paid)))]
    rates = [refund, *[0.2] * (len(paid) - 1)]
    rows = [product("paid_amount_cny", name, amount) for name, amount in zip(names, paid, strict=True)]
    return (*rows, *(product("refund_rate", name, rate) for name, rate in zip(names, rates, strict=True)))


def quality(first: float) -> tuple[dict[str, Any], ...]:
    rates = {"{某大V}": first, "P1": 0.006, "P2": 0.007, "P3": 0.008}
    return tuple(product("product_quality_return_rate", name, rate) for name, rate in rates.items())


NEEDS = tuple(row("roles_missing", float(need == "new"), ("need",), (need,)) for need in ("lead", "new"))
SHOP = {"refund_rate": 0.2, "paid_amount_cny": 1e6}

SITUATIONS: dict[str, Situation] = {
    "F12": Situation(Shop({"product_top1_share": 0.55}, sliced=sold(5e5, 5e5)), {"now": {"product_top1_share": 0.3}}),
    "F13": Situation(Shop({"roles_missing": 1.0}, sliced=NEEDS), {"now": {"roles_missing": 0.0}}),
    "F14": Situation(Shop(SHOP, sliced=sold(4e5, 6e5, refund=0.45)), {"sliced": sold(4e5, 6e5, refund=0.25)}),
    "F15": Situation(
        Shop(
            {"refund_stage_share:before_shipping": 0.7, "refund_stage_share:returned": 0.2},
        ),
        {"now": {"refund_stage_share:before_shipping": 0.5}},
    ),
    "F18": Situation(Shop(sliced=quality(0.03)), {"sliced": quality(0.012)}),
}
