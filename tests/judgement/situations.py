"""For every rule a merchant in whom it fires, and the change that silences it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.judgement.make import Shop

ROOM = {"room_paid_cny": 1_000_000.0, "room_refund_rate": 0.2}


@dataclass(frozen=True)
class Situation:
    """A merchant in whom a rule fires, and what silences it."""

    shop: Shop
    silence: Mapping[str, Mapping[str, Any]]


def step(id: str, poor: float, peer: float) -> Situation:
    """A room step a quarter under its peers; a hair under them says nothing."""
    shop = Shop(
        {**ROOM, id: poor}, peers={id: peer}, profile={"gross_margin": 0.5}, ends={id: (poor * 0.98, poor * 1.02)}
    )
    return Situation(shop, {"now": {id: peer * 0.97}, "ends": {id: (peer * 0.95, peer * 0.99)}})


def strong(id: str, good: float, peer: float) -> Situation:
    return Situation(Shop({id: good}, peers={id: peer}, ends={id: (good * 0.98, good)}), {"now": {id: peer * 1.05}})


def labelled(label: str, count: float, share: float, **more: float) -> dict[str, float]:
    figures = {"creators_by_label": count, "label_share": share, "label_paid_cny": share * 1e6}
    return {f"{id}:{label}": value for id, value in {**figures, **more}.items()}


SCORE = {"service_score": 68.0, "service_score_part:service": 57.0, "service_part_needed:service": 67.0}
SCORE |= {"service_score_part:product": 74.0, "service_part_needed:product": 84.0}
SHUT = Shop(
    {**SCORE, "alliance_daily_median_cny": 90_000.0, "field_refund_rate:A": 0.24, "creator_commission_rate": 0.2},
    days={"service_score": [71.0] * 20 + [68.0] * 8},
    profile={"gross_margin": 0.6},
)
CAMPAIGN = "抖音商城618好物节"
UPLIFT = {
    f"campaign_uplift_ratio:{CAMPAIGN}": 0.5,
    f"campaign_uplift_cny:{CAMPAIGN}": 1e6,
    f"campaign_baseline_cny:{CAMPAIGN}": 2e6,
}


def event(state: str, start: str, end: str, name: str = CAMPAIGN) -> dict[str, Any]:
    return {"campaign": name, "state": state, "start": start, "end": end, "reason": ""}


JOINED = [event("joined", "2026-09-05", "2026-09-14")]
DEAL = {"deal": "专场一", "creator": "{某大V}", "kind": "exclusive", "start": "2026-09-08", "end": "2026-09-08"}


def deal(contribution: float) -> dict[str, float]:
    figures = {
        "deal_contribution_cny": contribution,
        "deal_paid_cny": 5e6,
        "deal_net_cny": 3e6,
        "deal_break_even_cny": 7e6,
    }
    return {f"{id}:专场一": value for id, value in figures.items()}


def capability(id: str, **levels: float) -> dict[str, float]:
    return {f"capability_{name}:{id}": level for name, level in levels.items()}


ADS = {"room_ad_roi": 1.9, "break_even_roi": 2.39, "room_ad_cost_cny": 152_000.0}
FEW = [4.0, 4.0, 4.0, 6.0, 6.0, 7.0, 4.0, 4.0, 4.0]
SITUATIONS: dict[str, Situation] = {
    "V01": Situation(SHUT, {"now": {"service_score": 71.0}}),
    "V02": Situation(
        Shop(
            SCORE,
            days={"service_score": [68.0] * 7},
            tables={"campaigns": [event("planned", "2026-10-20", "2026-11-11", "双11")]},
        ),
        {"days": {"service_score": [70.0] + [68.0] * 6}},
    ),
    "V03": Situation(Shop({**SCORE, "service_score": 73.0}), {"now": {"service_score": 76.0}}),
    "V04": Situation(
        Shop({"service_score": 74.0, "service_score_part:product": 62.0}), {"now": {"service_score_part:product": 65.0}}
    ),
    "V05": Situation(Shop({"service_score": 83.0}), {"now": {"service_score": 79.0}}),
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
    "F01": Situation(Shop({"field_share:F": 0.62}), {"now": {"field_share:F": 0.4}}),
    "F02": Situation(Shop({"field_share:F": 0.14}), {"now": {"field_share:F": 0.4}}),
    "F03": Situation(
        Shop({"refund_rate": 0.31, "paid_amount_cny": 3e6}, peers={"refund_rate": 0.24}), {"now": {"refund_rate": 0.25}}
    ),
    "F04": Situation(
        Shop({"shop_ad_cost_ratio": 0.3}, before={"shop_ad_cost_ratio": 0.2}), {"now": {"shop_ad_cost_ratio": 0.22}}
    ),
    "F05": Situation(Shop({"gpm_views": 600.0}, before={"gpm_views": 1000.0}), {"now": {"gpm_views": 900.0}}),
    "F06": Situation(
        Shop({"paid_per_hour_cny": 1500.0}, hours={9: (10_000.0, 10.0, 5), 19: (30_000.0, 15.0, 6)}),
        {"hours": {19: (16_000.0, 15.0, 6)}},
    ),
    "A01": Situation(
        Shop(labelled("mismatch", 61, 0.13, label_contribution_cny=-4_000, creator_refund_rate=0.63)),
        {"now": {"label_contribution_cny:mismatch": 100.0}},
    ),
    "A02": Situation(
        Shop({**labelled("rising", 22, 0.08, creator_exposures_per_product=1_900), "creator_exposure_line": 5_200.0}),
        {"now": {"creators_by_label:rising": 0.0}},
    ),
    "A03": Situation(Shop({"creator_top1_share": 0.4}), {"now": {"creator_top1_share": 0.1}}),
    "A04": Situation(Shop({"creator_head_share": 0.9}), {"now": {"creator_head_share": 0.6}}),
    "A05": Situation(
        Shop({**labelled("unknown", 71, 0.16), **labelled("core", 14, 0.58)}),
        {"now": {"creators_by_label:unknown": 5.0}},
    ),
    "A06": Situation(
        Shop({"alliance_daily_median_cny": 9e4, "refund_rate": 0.2}, days={"field_paid_cny@A": [9e4] * 20 + [0.0] * 4}),
        {"days": {"field_paid_cny@A": [9e4] * 24}},
    ),
    "A07": Situation(
        Shop({"active_creators": 12.0}, weeks={"active_creators": [20.0] * 6 + [12.0] * 3}),
        {"weeks": {"active_creators": [20.0] * 9}},
    ),
    "A08": Situation(
        Shop({"field_refund_rate:A": 0.5, "field_refund_rate:F": 0.3, "field_paid_cny:A": 1e6}),
        {"now": {"field_refund_rate:A": 0.35}},
    ),
    "A09": Situation(Shop(labelled("mismatch", 5, 0.1)), {"now": {"label_contribution_cny:mismatch": -10.0}}),
    "A10": Situation(Shop(labelled("core", 14, 0.58)), {"now": {"label_share:core": 0.3}}),
    "A11": Situation(Shop(labelled("low", 18, 0.05)), {"now": {"creators_by_label:low": 1.0}}),
    "C01": Situation(Shop(UPLIFT, tables={"campaigns": JOINED}), {"now": {f"campaign_uplift_ratio:{CAMPAIGN}": 0.05}}),
    "C02": Situation(
        Shop(tables={"campaigns": [event("missed", "2026-08-08", "2026-08-18")]}), {"tables": {"campaigns": JOINED}}
    ),
    "C03": Situation(
        Shop({f"campaign_goal_ratio:{CAMPAIGN}": 0.7, f"campaign_actual_cny:{CAMPAIGN}": 2e6}),
        {"now": {f"campaign_goal_ratio:{CAMPAIGN}": 1.1}},
    ),
    "C04": Situation(
        Shop({**UPLIFT, f"campaign_uplift_ratio:{CAMPAIGN}": 0.02}), {"now": {f"campaign_uplift_ratio:{CAMPAIGN}": 0.5}}
    ),
    "C05": Situation(
        Shop(UPLIFT, tables={"campaigns": JOINED, "star_deals": [DEAL]}),
        {"tables": {"star_deals": [{**DEAL, "start": "2026-09-25", "end": "2026-09-25"}]}},
    ),
    "C06": Situation(
        Shop(tables={"campaigns": [event("planned", "2026-10-09", "2026-11-11")]}), {"tables": {"campaigns": JOINED}}
    ),
    "T01": Situation(Shop({"star_top1_share": 0.51, "paid_amount_cny": 3e7}), {"now": {"star_top1_share": 0.2}}),
    "T02": Situation(
        Shop(deal(-140_000), tables={"star_deals": [DEAL]}), {"now": {"deal_contribution_cny:专场一": 10.0}}
    ),
    "T03": Situation(
        Shop({"deal_refund_rate": 0.38, "star_share": 0.54, "refund_rate": 0.31, "paid_amount_cny": 3e7}),
        {"now": {"deal_refund_rate": 0.32}},
    ),
    "T04": Situation(
        Shop(deal(140_000), tables={"star_deals": [DEAL]}), {"now": {"deal_contribution_cny:专场一": -10.0}}
    ),
    "S01": Situation(Shop({"shelf_share": 0.1}), {"now": {"shelf_share": 0.3}}),
    "S02": Situation(
        Shop(
            {"shelf_click_to_pay_times": 0.04, "field_paid_cny:S": 1e6, "refund_rate": 0.2},
            peers={"shelf_click_to_pay_times": 0.06},
        ),
        {"now": {"shelf_click_to_pay_times": 0.06}},
    ),
    "O01": Situation(Shop(capability("O2", agreement=0.7)), {"now": {"capability_agreement:O2": 0.9}}),
    "O02": Situation(Shop(capability("O5", claimed=4, data_level=2)), {"now": {"capability_data_level:O5": 3.5}}),
    "O03": Situation(Shop(capability("O1", raters=2)), {"now": {"capability_raters:O1": 4.0}}),
    "O04": Situation(Shop({**capability("O3", level=2), "field_share:A": 0.7}), {"now": {"capability_level:O3": 4.0}}),
    "O05": Situation(Shop(capability("O3", claimed=3, level=2)), {"now": {"capability_level:O3": 3.0}}),
    "O06": Situation(Shop(capability("O4", level=4)), {"now": {"capability_level:O4": 3.0}}),
}
