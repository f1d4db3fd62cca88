"""Merchants in whom each rule of own rooms in depth fires, and the change that silences it."""

from __future__ import annotations

from typing import Any

from tests.judgement.make import Shop, row
from tests.judgement.situations.common import Situation

ACCOUNT = ("account",)


def account(name: str, value: float, low: float, high: float) -> dict[str, Any]:
    return row("account_like_for_like", value, ACCOUNT, (name,), low=low, high=high, n=20)


def hour(at: str, roi: float, cost: float) -> dict[str, Any]:
    facts = {"numerator": roi * cost, "denominator": cost, "n": 10, "low": roi * 0.9, "high": roi * 1.1}
    return row("qc_roi", roi, ("kind", "hour"), ("uni", at), **facts)


SITUATIONS: dict[str, Situation] = {
    "F07": Situation(
        Shop(sliced=(account("{某大V}", 1.4, 1.3, 1.5), account("{某大V} 2", 0.7, 0.6, 0.8))),
        {"sliced": (account("{某大V}", 1.1, 1.0, 1.2), account("{某大V} 2", 0.9, 0.8, 1.05))},
    ),
    "F08": Situation(
        Shop({"ad_online_lag_minutes": -6.0}, ends={"ad_online_lag_minutes": (-8.0, -4.0)}),
        {"ends": {"ad_online_lag_minutes": (-8.0, 1.0)}},
    ),
    "F09": Situation(
        Shop(
            {"qc_weak_hours_share": 0.3, "break_even_roi": 2.4},
            sliced=(hour("9", 1.2, 30_000.0), hour("20", 3.0, 70_000.0)),
        ),
        {"now": {"qc_weak_hours_share": 0.1}},
    ),
    "F10": Situation(Shop({"short_session_share": 0.25}), {"now": {"short_session_share": 0.1}}),
    "F11": Situation(Shop({"like_for_like_spread": 2.6}), {"now": {"like_for_like_spread": 1.6}}),
    "F16": Situation(Shop({"video_entry_share": 0.02}), {"now": {"video_entry_share": 0.06}}),
    "F17": Situation(
        Shop({"creatives_new_per_week": 0.5, "creative_top1_share": 0.3, "creative_age_days": 31.0}),
        {"now": {"creatives_new_per_week": 5.0}},
    ),
}
