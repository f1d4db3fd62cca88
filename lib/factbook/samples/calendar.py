"""The days of a sample: weekday pattern, growth, festivals, and which days the shop is live."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.records import Period
from factbook.samples.draw import Floats, Ints, noise
from factbook.samples.spec import Block, Shop

WEEKDAY = (0.93, 0.95, 0.97, 0.99, 1.03, 1.08, 1.05)
# Which weekdays a shop gives up last: Saturday, Sunday, Thursday, Tuesday, Friday, Wednesday, Monday.
_KEPT = (5, 6, 3, 1, 4, 2, 0)


def span(shop: Shop, days: int | None) -> Period:
    """All days of a sample: the stated weeks up to the end of the period, or `days` days."""
    length = days if days is not None else shop.weeks * 7
    return Period(shop.period.end - timedelta(days=length - 1), shop.period.end)


def days(shop: Shop, whole: Period, rng: np.random.Generator) -> pd.DataFrame:
    """One row a day: date, in_period, weeks_back, weight (mean near 1)."""
    frame = pd.DataFrame({"date": pd.date_range(whole.start, whole.end)})
    frame["in_period"] = shop.period.contains(frame["date"])
    frame["weeks_back"] = weeks_back(shop, frame["date"])
    weekday = np.take(WEEKDAY, frame["date"].dt.day_of_week)
    before = np.maximum((pd.Timestamp(shop.period.start) - frame["date"]).dt.days, 0) / 7
    drift = _drift(rng, int(frame["weeks_back"].max()) + 1)[frame["weeks_back"].to_numpy()]
    frame["weight"] = weekday * drift * (1 + shop.growth) ** -before * _lift(shop, frame)
    frame["weight"] *= noise(rng, 0.05, len(frame))
    return frame


def weeks_back(shop: Shop, dates: pd.Series) -> pd.Series:
    """How many weeks (from Monday) each date lies before the week in which the period ends."""
    monday = pd.Timestamp(shop.period.end - timedelta(days=shop.period.end.weekday()))
    return -((dates - monday).dt.days // 7)


def _drift(rng: np.random.Generator, weeks: int) -> Floats:
    """Weeks wander: each keeps two thirds of the last one's distance from the mean."""
    level, out = 0.0, np.empty(weeks)
    for week in range(weeks):
        level = 0.66 * level + rng.normal(0, 0.035)
        out[week] = np.exp(level)
    return out


def _lift(shop: Shop, frame: pd.DataFrame) -> Floats:
    lift = np.ones(len(frame))
    for campaign in shop.campaigns:
        if campaign.state == "joined":
            inside = frame["date"].between(pd.Timestamp(campaign.start), pd.Timestamp(campaign.end))
            lift[inside & ~frame["in_period"]] *= campaign.lift
    return lift


def live_days(shop: Shop, frame: pd.DataFrame) -> pd.Series:
    """Which days the own rooms open, by the number of live days planned for each week."""
    planned = [shop.live_days[min(week, len(shop.live_days) - 1)] for week in frame["weeks_back"]]
    rank = [_KEPT.index(weekday) for weekday in frame["date"].dt.day_of_week]
    return pd.Series(np.asarray(rank) < np.asarray(planned), index=frame.index)


def blocks(shop: Shop, field: str) -> tuple[Block, ...]:
    """The parts of the period a component's sales are fixed for; one block of everything where nothing is said."""
    named = tuple(block for block in shop.blocks if block.field == field)
    general = tuple(block for block in shop.blocks if block.field == "*")
    return named or general or (Block(field, shop.period.start, shop.period.end, 1.0),)


def totals(shop: Shop, field: str, total: float, rows: pd.DataFrame) -> tuple[Ints, Ints]:
    """Whole-number totals and each row's group: 0 the days before the period, then one group a block.

    `rows` needs date and weight; days before the period sell what their weight says, at the period's level.
    """
    parts = blocks(shop, field)
    start = pd.Timestamp(shop.period.start)
    group = np.zeros(len(rows), dtype=np.int64)
    for number, block in enumerate(parts, 1):
        group[_inside(rows["date"], block, start)] = number
    weight = rows["weight"].to_numpy()
    sold = [number for number, block in enumerate(parts, 1) if block.share > 0]
    level = total * shop.level / max(weight[np.isin(group, sold)].sum(), 1e-9)
    sums = [weight[group == 0].sum() * level, *(total * block.share for block in parts)]
    return np.rint(sums).astype(np.int64), group


def _inside(dates: pd.Series, block: Block, start: pd.Timestamp) -> pd.Series:
    return (dates >= start) & dates.between(pd.Timestamp(block.start), pd.Timestamp(block.end))
