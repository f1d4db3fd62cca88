"""Merchants in whom each rule of shelf fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import Situation

SITUATIONS: dict[str, Situation] = {
    "S01": Situation(Shop({"shelf_share": 0.1}), {"now": {"shelf_share": 0.3}}),
    "S02": Situation(
        Shop(
            {"shelf_click_to_pay_times": 0.04, "field_paid_cny:S": 1e6, "refund_rate": 0.2},
            peers={"shelf_click_to_pay_times": 0.06},
        ),
        {"now": {"shelf_click_to_pay_times": 0.06}},
    ),
}
