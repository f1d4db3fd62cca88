"""Merchants in whom each rule of growth fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import ADS, FEW, ROOM, Situation, step, strong

SITUATIONS: dict[str, Situation] = {
    "G01": step("entry_rate", 0.14, 0.18),
    "G02": step("product_ctr_users", 0.09, 0.12),
    "G03": step("click_to_pay_users", 0.09, 0.12),
    "G04": step("view_to_product_impression", 0.5, 0.8),
    "G05": step("view_to_pay_users", 0.009, 0.012),
    "G06": step("follow_rate", 0.010, 0.016),
    "G07": Situation(
        Shop(
            {**ROOM, "live_days_per_week": 4.1},
            weeks={"live_days_per_week": FEW, "room_paid_cny": [d * 10_000 for d in FEW]},
        ),
        {"now": {"live_days_per_week": 6.0}},
    ),
    "G08": Situation(Shop({"longest_gap_days": 4.0}), {"now": {"longest_gap_days": 2.0}}),
    "G09": Situation(Shop(ADS), {"now": {"room_ad_roi": 2.5}}),
    "G10": Situation(
        Shop({"paid_amount_cny": 4e5, "live_days_per_week": 4.0}, profile={"stage": "cold_start"}),
        {"profile": {"stage": "growth"}},
    ),
    "G11": Situation(
        Shop(
            {"comment_rate": 0.03, "view_to_pay_users": 0.006}, peers={"comment_rate": 0.02, "view_to_pay_users": 0.01}
        ),
        {"now": {"comment_rate": 0.01}},
    ),
    "G12": Situation(
        Shop({"paid_amount_cny": 7e5}, before={"paid_amount_cny": 1e6}), {"now": {"paid_amount_cny": 9e5}}
    ),
    "G13": Situation(
        Shop({"repeat_buyer_share": 0.1}, before={"repeat_buyer_share": 0.2}), {"now": {"repeat_buyer_share": 0.19}}
    ),
    "G14": strong("entry_rate", 0.25, 0.18),
    "G15": strong("view_to_pay_users", 0.016, 0.012),
    "G16": strong("follow_rate", 0.03, 0.016),
}
