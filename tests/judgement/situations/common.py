"""What situations of several areas are made of."""

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
    silence: Mapping[str, Any]


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
