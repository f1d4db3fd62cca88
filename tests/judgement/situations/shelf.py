"""Merchants in whom each rule of shelf fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import Situation, strong

SITUATIONS: dict[str, Situation] = {
    "S01": Situation(Shop({"shelf_share": 0.1}), {"now": {"shelf_share": 0.3}}),
    "S02": Situation(
        Shop(
            {"shelf_click_to_pay_times": 0.04, "field_paid_cny:S": 1e6, "refund_rate": 0.2},
            peers={"shelf_click_to_pay_times": 0.06},
        ),
        {"now": {"shelf_click_to_pay_times": 0.06}},
    ),
    "S03": Situation(
        Shop(
            {"shelf_product_ctr_times": 0.03, "field_paid_cny:S": 1e6, "refund_rate": 0.2},
            peers={"shelf_product_ctr_times": 0.05},
        ),
        {"now": {"shelf_product_ctr_times": 0.05}},
    ),
    "S04": Situation(Shop({"shelf_search_share": 0.1}), {"now": {"shelf_search_share": 0.35}}),
    "S05": Situation(
        Shop({"field_paid_cny:S": 6e4}, before={"field_paid_cny:S": 1e5}), {"now": {"field_paid_cny:S": 9e4}}
    ),
    "S06": strong("shelf_click_to_pay_times", 0.08, 0.06),
}
