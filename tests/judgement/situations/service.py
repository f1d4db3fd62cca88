"""Merchants in whom each rule of service fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import SCORE, SHUT, Situation, event

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
}
