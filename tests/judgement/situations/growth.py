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
    "G17": Situation(
        Shop({"old_fan_share": 0.6, "view_to_pay_users": 0.006}, peers={"view_to_pay_users": 0.01}),
        {"now": {"old_fan_share": 0.2}},
    ),
    "G18": Situation(Shop({"new_buyer_share": 0.25}), {"now": {"new_buyer_share": 0.6}}),
    "G19": Situation(
        Shop({"free_view_share": 0.3}, weeks={"free_view_share": [0.5] * 6 + [0.3] * 3}),
        {"weeks": {"free_view_share": [0.5] * 9}},
    ),
    "G20": Situation(Shop({"natural_lever": 0.28, "free_view_share": 0.22, **ADS}), {"now": {"natural_lever": 0.9}}),
    "G21": Situation(
        Shop({"free_with_ads": 0.7}, ends={"free_with_ads": (0.45, 0.85)}),
        {"ends": {"free_with_ads": (0.1, 0.85)}},
    ),
    "G22": Situation(Shop({"videos_per_week": 1.5}), {"now": {"videos_per_week": 5.0}}),
    "G23": step("fan_club_rate", 0.006, 0.010),
    "G24": step("watch_minutes_per_viewer", 0.8, 1.2),
    "G25": strong("repeat_buyer_share", 0.36, 0.25),
    "G26": Situation(
        Shop(
            {"room_change_cny": -3e5, "change_by_step_cny:entry": -4e5, "change_by_step_cny:pay": 1e5},
            before={"room_paid_cny": 1e6},
        ),
        {"now": {"room_change_cny": -1e5}},
    ),
    "G27": Situation(
        Shop({"field_migration:F": -0.2, "field_migration:T": 0.25, "field_migration:S": -0.05}),
        {"now": {"field_migration:F": -0.02, "field_migration:T": 0.02}},
    ),
    "G28": Situation(
        Shop({"ad_gmv_share": 0.7, "shop_total_cost_ratio": 0.4}), {"now": {"shop_total_cost_ratio": 0.1}}
    ),
    "G29": Situation(
        Shop({"archetype_ratio:own_live": 1.6, "archetype_ratio:video": 0.7}),
        {"now": {"archetype_ratio:own_live": 1.1}},
    ),
}
