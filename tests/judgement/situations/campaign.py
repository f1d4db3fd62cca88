"""Merchants in whom each rule of campaign fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import CAMPAIGN, DEAL, JOINED, UPLIFT, Situation, event

SITUATIONS: dict[str, Situation] = {
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
}
