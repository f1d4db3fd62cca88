"""What the form says of a campaign's days by the hour: the plan as it was typed in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.samples.draw import Floats, noise, stream
from factbook.samples.spec import HourPlan
from factbook.samples.world import World

COLUMNS = ["campaign", "date", "hour", "planned_cny", "planned_sessions", "owner", "adjusted"]
_OWNER = "投手"
_STEP = -3  # people plan in thousands of yuan
# What an hour is planned to sell against the others: the morning session, a quiet afternoon, the evening.
_SHAPE = {8: 0.3, **dict.fromkeys(range(9, 14), 1.0), 18: 1.0, **dict.fromkeys(range(19, 23), 1.5), 23: 1.0}
_QUIET = 0.3


def plan(world: World) -> pd.DataFrame:
    """Every planned hour of every planned day."""
    rng = stream(world.seed, world.shop.id, "hour plan")
    rows = [row for day in world.shop.hour_plans for row in _day(day, rng)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _day(plan: HourPlan, rng: np.random.Generator) -> list[dict[str, object]]:
    hours = list(range(plan.first, plan.last + 1))
    amounts, noted = _amounts(plan, hours, rng), dict(plan.noted)
    return [
        {
            "campaign": plan.campaign, "date": pd.Timestamp(plan.day), "hour": float(hour), "planned_cny": amount,
            "planned_sessions": float(1 + _starred(plan, hour)), "owner": _OWNER, "adjusted": noted.get(hour),
        }
        for hour, amount in zip(hours, amounts, strict=True)
    ]  # fmt: skip


def _amounts(plan: HourPlan, hours: list[int], rng: np.random.Generator) -> Floats:
    weight = np.asarray([_SHAPE.get(hour, _QUIET) for hour in hours]) * noise(rng, 0.05, len(hours))
    star = np.asarray([_starred(plan, hour) for hour in hours], dtype=float)
    extra = star / star.sum() * plan.star[2] if plan.star else star
    return np.asarray(np.round(plan.cny * weight / weight.sum() + extra, _STEP), dtype=float)


def _starred(plan: HourPlan, hour: int) -> bool:
    """Whether a star is to be live in this hour."""
    return plan.star is not None and plan.star[0] <= hour <= plan.star[1]
