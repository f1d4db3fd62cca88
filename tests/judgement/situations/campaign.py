"""Merchants in whom each rule of campaign fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop, row
from tests.judgement.situations.common import CAMPAIGN, DEAL, JOINED, SCORE, UPLIFT, Situation, event

NEAR = [{**event("planned", "2026-10-09", "2026-11-11"), "goal_cny": 1e6}]
AIMED = [{**JOINED[0], "goal_cny": 1e6}]
HOURS = {f"campaign_hour_goal_cny:{CAMPAIGN}|{hour}": 500_000.0 for hour in ("10", "20")}
SOLD = {f"campaign_hour_paid_cny:{CAMPAIGN}|10": 100_000.0, f"campaign_hour_paid_cny:{CAMPAIGN}|20": 600_000.0}
DAY = (CAMPAIGN, "2026-09-10")
BEHIND = (
    row("campaign_behind_cny", 3e5, ("campaign", "date"), DAY, numerator=2e5, denominator=5e5),
    row("campaign_behind_hour", 18.0, ("campaign", "date"), DAY),
    row("campaign_plan_ratio", 0.7, ("campaign", "date"), DAY, numerator=14e5, denominator=2e6),
)
PLANNED = [{"campaign": CAMPAIGN, "date": "2026-09-10", "hour": 19.0, "planned_cny": 5e5, "adjusted": None}]
RETURN = f"campaign_return_rate:{CAMPAIGN}"

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
    "C07": Situation(
        Shop(
            {
                f"campaign_readiness:{CAMPAIGN}": 0.4,
                f"campaign_tasks_late:{CAMPAIGN}": 2.0,
                f"campaign_tasks_unowned:{CAMPAIGN}": 1.0,
            },
            tables={"campaigns": NEAR},
        ),
        {"now": {f"campaign_readiness:{CAMPAIGN}": 0.9}},
    ),
    "C08": Situation(
        Shop({f"campaign_goal_ratio:{CAMPAIGN}": 0.7, **HOURS, **SOLD}),
        {"now": {f"campaign_hour_paid_cny:{CAMPAIGN}|10": 490_000.0}},
    ),
    "C09": Situation(
        Shop(
            {f"campaign_uplift_cny:{CAMPAIGN}": 1e6, f"campaign_net_cny:{CAMPAIGN}": 2e5},
            tables={"campaigns": JOINED},
            ends={f"campaign_net_cny:{CAMPAIGN}": (-1e5, 5e5)},
        ),
        {"ends": {f"campaign_net_cny:{CAMPAIGN}": (-1e6, 1.4e6)}},
    ),
    "C10": Situation(
        Shop(
            {
                f"campaign_refund_gap:{CAMPAIGN}": 0.08,
                f"campaign_refund_rate:{CAMPAIGN}": 0.3,
                f"campaign_refund_usual:{CAMPAIGN}": 0.22,
            },
            tables={"campaigns": JOINED},
            ends={f"campaign_refund_gap:{CAMPAIGN}": (0.05, 0.11)},
        ),
        {"ends": {f"campaign_refund_gap:{CAMPAIGN}": (-0.02, 0.18)}},
    ),
    "C11": Situation(
        Shop(
            {RETURN: 0.02, "campaign_return_usual": 0.06},
            tables={"campaigns": JOINED},
            ends={RETURN: (0.01, 0.03), "campaign_return_usual": (0.05, 0.07)},
        ),
        {"ends": {RETURN: (0.01, 0.06)}},
    ),
    "C12": Situation(
        Shop(SCORE, days={"service_score": [68.0] * 8}, tables={"campaigns": NEAR}),
        {"now": {"service_score": 73.0}, "days": {"service_score": [73.0] * 8}},
    ),
    "C13": Situation(Shop(tables={"campaigns": JOINED}), {"tables": {"campaigns": AIMED}}),
    "C14": Situation(
        Shop(
            {f"campaign_outlook_cny:{CAMPAIGN}": 4e5},
            tables={"campaigns": NEAR},
            ends={f"campaign_outlook_cny:{CAMPAIGN}": (3e5, 6e5)},
        ),
        {"ends": {f"campaign_outlook_cny:{CAMPAIGN}": (3e5, 1.2e6)}},
    ),
    "C15": Situation(
        Shop(tables={"campaigns": JOINED, "campaign_hours": PLANNED}, sliced=BEHIND),
        {"tables": {"campaign_hours": [{**PLANNED[0], "adjusted": "追投2万"}]}},
    ),
}
