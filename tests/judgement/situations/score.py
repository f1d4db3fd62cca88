"""Merchants in whom each rule of the service score in depth fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import Situation

PARTS = {"service_score_part:product": 80.0, "service_score_part:logistics": 82.0, "service_score_part:service": 66.0}


def item(id: str, bad: float, good: float) -> Situation:
    return Situation(Shop({id: bad}), {"now": {id: good}})


SITUATIONS: dict[str, Situation] = {
    "V06": Situation(Shop({"service_score": 76.0, **PARTS}), {"now": {"service_score_part:service": 78.0}}),
    "V07": Situation(Shop({"service_score_part:product": 66.0}), {"now": {"service_score_part:product": 70.0}}),
    "V08": Situation(
        Shop({"service_score": 73.0, "service_trend_per_week": -1.0}), {"now": {"service_trend_per_week": -0.1}}
    ),
    "V09": item("reply_minutes", 2.6, 1.5),
    "V10": item("shop_quality_return_rate", 0.02, 0.01),
    "V11": Situation(
        Shop(
            {"service_score": 72.0, "service_days_below_70": 4.0, "alliance_daily_median_cny": 50_000.0},
            profile={"gross_margin": 0.5},
        ),
        {"now": {"service_days_below_70": 0.0}},
    ),
    "V12": item("after_sale_in_time_rate", 0.6, 0.8),
    "V13": item("chat_unhappy_rate", 0.2, 0.1),
}
