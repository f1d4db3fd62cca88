"""A simulated merchant: its days, sessions, creators and trade rows, all from one row of the story."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from factbook.errors import ParameterError
from factbook.records import Period
from factbook.samples import atoms, calendar, creators, rooms
from factbook.samples.draw import stream
from factbook.samples.spec import Shop


@dataclass(frozen=True, eq=False)
class World:
    """What happened: money in cents, counts as whole numbers."""

    shop: Shop
    whole: Period
    days: pd.DataFrame
    creators: pd.DataFrame
    sessions: pd.DataFrame
    atoms: pd.DataFrame
    seed: int

    @property
    def current(self) -> pd.DataFrame:
        """The atoms of the period."""
        return self.atoms[self.shop.period.contains(self.atoms["date"])]


def simulate(shop: Shop, seed: int, days: int | None = None, count: int | None = None) -> World:
    """A merchant's world; `days` in all, `count` creators; raises ParameterError below the period's length."""
    if days is not None and days < shop.period.days:
        raise ParameterError(f"days {days} is shorter than the period of {shop.id}; write at least {shop.period.days}")
    if count is not None and count < len(shop.labels):
        raise ParameterError(f"creators {count} is too few for {shop.id}; write at least {len(shop.labels)}")
    shop = replace(shop, labels=creators.scaled(shop.labels, count))
    world = _once(shop, seed, days)
    if shop.baseline_day_cny is None or world.whole.days < shop.period.days + 28:
        return world
    return _once(replace(shop, level=shop.baseline_day_cny / _median_before(world)), seed, days)


def _once(shop: Shop, seed: int, days: int | None) -> World:
    whole = calendar.span(shop, days)
    frame = calendar.days(shop, whole, stream(seed, shop.id, "days"))
    roll = creators.roll(shop, seed)
    parts = [
        rooms.own(shop, frame, seed), rooms.stars(shop, frame, seed), creators.sessions(shop, frame, roll, seed)
    ]  # fmt: skip
    sessions = pd.concat([part for part in parts if len(part)], ignore_index=True)
    sessions = sessions.sort_values(["start", "douyin_id"], ignore_index=True)
    return World(shop, whole, frame, roll, sessions, atoms.build(shop, frame, sessions, seed), seed)


def _median_before(world: World) -> float:
    """The median day of the 28 before the period, in yuan."""
    daily = world.atoms.groupby("date")["paid"].sum() / 100
    before = daily[daily.index < pd.Timestamp(world.shop.period.start)]
    return float(before.tail(28).median())
