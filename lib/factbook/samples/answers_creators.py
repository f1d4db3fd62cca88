"""Whom a merchant approached and through which channel: every creator of the story, and those who never went live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.samples import names
from factbook.samples.draw import stream
from factbook.samples.world import World


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel: its part of the creators who went live, and how many of those approached through it do."""

    code: str
    part: float
    live: float


CHANNELS = (
    Channel("alliance", 0.50, 0.62),
    Channel("doulink", 0.20, 0.75),
    Channel("nebula", 0.12, 0.55),
    Channel("base", 0.10, 0.80),
    Channel("leader", 0.08, 0.24),
)
DAYS_BEFORE = (6, 40)  # from the approach to the first session


def approaches(world: World) -> pd.DataFrame:
    """One row a creator approached: the live ones some weeks before their first session, the others in those months."""
    rng = stream(world.seed, world.shop.id, "approaches")
    who = world.creators[["account", "douyin_id"]].reset_index(drop=True)
    sold = world.sessions[world.sessions["party"] == "partner"]
    first = who["douyin_id"].map(sold.groupby("douyin_id")["date"].min())
    parts = np.array([channel.part for channel in CHANNELS])
    codes = rng.choice(len(CHANNELS), len(who), p=parts / parts.sum())
    days = pd.to_timedelta(rng.integers(*DAYS_BEFORE, len(who)), unit="D")
    live = pd.DataFrame(
        {"creator": who["account"], "creator_id": who["douyin_id"], "date": first - days, "code": codes}
    )
    told = pd.concat([live, _never_live(live, rng)], ignore_index=True)
    channel = [CHANNELS[code].code for code in told["code"]]
    return told.drop(columns="code").assign(action="approached", cost_cny=0.0, channel=channel)


def _never_live(live: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """As many more as the channel's share of live ones asks for; none of them was sent samples."""
    counts = [round((live["code"] == n).sum() * (1 / c.live - 1)) for n, c in enumerate(CHANNELS)]
    size = sum(counts)
    strangers = [name for name in names.creators(3 * size + 8, rng) if name not in set(live["creator"])]
    span = (live["date"].max() - live["date"].min()).days
    return pd.DataFrame(
        {
            "creator": list(dict.fromkeys(strangers))[:size],
            "creator_id": names.douyin_ids(size, rng),
            "date": live["date"].min() + pd.to_timedelta(rng.integers(0, span + 1, size), unit="D"),
            "code": np.repeat(np.arange(len(CHANNELS)), counts),
        }
    )
