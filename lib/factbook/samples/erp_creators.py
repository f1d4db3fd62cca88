"""The ERP of a shop that lives on creators: buyers by the kind of creator who brought them, and those of own rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.samples.draw import stream
from factbook.samples.erp_cohorts import Cohort, first_orders
from factbook.samples.world import World

_BUYERS, _OWN = 1_400, 320  # whom 60 days of follow-up are known of: one buyer in some dozens, as sales go
_RECENT, _RECENT_OWN = 460, 90  # of the last 60 days
_FOLLOWED, _SAME_ROOM = 60, 0.5


def cohorts(world: World) -> list[Cohort]:
    """By kind of creator and own rooms, early ones and recent ones; empty where the story plants no return."""
    planted, own = world.shop.truth.get("repeat_60d_creators"), world.shop.truth.get("repeat_60d_own")
    if not isinstance(planted, Mapping) or own is None:
        return []
    rates = {str(kind): float(rate) for kind, rate in planted.items()} | {"own": float(str(own))}
    rows = _sold(world)
    limit = pd.Timestamp(world.shop.period.end) - timedelta(days=_FOLLOWED)
    early, late = rows[rows["date"] <= limit], rows[rows["date"] > limit]
    rng = stream(world.seed, world.shop.id, "erp creators")
    parts = [(early, _BUYERS, _OWN), (late, _RECENT, _RECENT_OWN)]
    return [cohort for part, many, few in parts for cohort in _kinds(part, rates, (many, few), rng)]


def _sold(world: World) -> pd.DataFrame:
    """Sessions that sold, from the first one of a creator on, with whose they are as `kind`."""
    rows = world.sessions[world.sessions["paid"] > 0]
    partner = rows["party"] == "partner"
    rows = rows.assign(kind=rows["label"].where(partner, "own"))
    begun: pd.Timestamp = rows.loc[partner, "date"].min()
    kept: pd.DataFrame = rows[rows["date"] >= begun]
    return kept


def _kinds(
    rows: pd.DataFrame, rates: Mapping[str, float], counts: tuple[int, int], rng: np.random.Generator
) -> list[Cohort]:
    """Buyers of each kind, as many as its part of the creators' orders."""
    orders = rows.groupby("kind")["orders"].sum()
    share = orders / max(float(orders.drop("own", errors="ignore").sum()), 1.0)
    there = [kind for kind in rates if kind in orders.index]
    many = {kind: counts[1] if kind == "own" else round(counts[0] * float(share[kind])) for kind in there}
    first = {kind: first_orders(rows[rows["kind"] == kind], many[kind], rng) for kind in there}
    return [Cohort(first[kind], rates[kind], _SAME_ROOM) for kind in there]
