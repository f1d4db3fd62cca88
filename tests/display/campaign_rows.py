"""A campaign's hour plan and the readiness of past ones, made by hand for the pictures."""

from __future__ import annotations

from math import sin

from tests.display.depth import NAN, row


def wave(n: int, size: float = 0.15) -> float:
    """A number near 1 that wanders the same way every time."""
    return 1 + size * sin(n * 1.7)


def planned_day(name: str) -> list[dict]:
    """A day that was planned from 8 to 23 and fell behind at 18."""
    by, key = ("campaign", "date"), (name, "2026-10-05")
    done = {"numerator": 750_000.0, "denominator": 1_000_000.0}
    rows = [
        row("campaign_plan_ratio", 0.75, by, key, n=16.0, **done),
        row("campaign_plan_gap_cny", -250_000.0, by, key, **done),
        row("campaign_behind_hour", 18.0, by, key),
        row("campaign_behind_cny", 90_000.0, by, key, numerator=310_000.0, denominator=400_000.0),
        row("campaign_timed_share", 0.8, (*by, "basis"), (*key, "sessions"), n=9.0),
    ]
    plan = sold = 0.0
    for hour in range(24):
        there, at = hour >= 8, ((*by, "hour"), (*key, f"{hour:02d}"))
        part = 40_000.0 * wave(hour) * (0.6 if hour > 17 else 1.0)
        plan, sold = plan + 45_000.0 * there, sold + part * there
        told = {} if there else {"reason": "hour_not_planned"}
        rows.append(row("campaign_plan_hour_cny", 45_000.0 if there else NAN, *at, **told))
        rows.append(row("campaign_plan_sold_cny", part, *at, n=9.0))
        if there:
            rows += [row("campaign_plan_so_far_cny", plan, *at), row("campaign_sold_so_far_cny", sold, *at)]
    return rows


def prepared(count: int) -> list[dict]:
    """Past campaigns that sold the more the better they were prepared, and the next one."""
    rows = [row("campaign_readiness", 0.5, ("campaign",), ("双11",), n=4.0)]
    for n in range(count):
        name, ready, told = (f"第{n + 1}场好物节",), (n + 2) / (count + 2), {"period": "history"}
        above = 0.5 * ready * wave(n)
        rows.append(row("campaign_readiness", ready, ("campaign",), name, n=4.0))
        rows.append(row("campaign_readiness_fit", 0.5 * ready, ("campaign",), name, n=float(count)))
        rows.append(
            row("campaign_uplift_ratio", above, ("campaign",), name, low=above - 0.1, high=above + 0.12, **told)
        )
    slope = row("campaign_readiness_slope", 0.05, low=0.02, high=0.08, n=float(count))
    ahead = {"low": 0.1, "high": 0.4, "n": float(count)}
    return [*rows, slope, row("campaign_readiness_outlook", 0.25, ("campaign",), ("双11",), **ahead)]
