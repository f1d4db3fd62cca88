"""5A: how many people know, like, seek, buy and rebuy the brand, day by day."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from factbook.samples import book
from factbook.samples.draw import noise, stream
from factbook.samples.spelling import Figure, spell
from factbook.samples.world import World

AUDIENCE = (
    Figure("日期", "date", "date"),
    Figure("5A总人群资产", "count", "all"),
    Figure("A1", "count", "a1"),
    Figure("A2", "count", "a2"),
    Figure("A3", "count", "a3"),
    Figure("A4", "count", "a4"),
    Figure("A5", "count", "a5"),
    Figure("5A当日新增", "count", "came"),
    Figure("5A当日流失", "count", "left"),
    Figure("A3净流入转化率", "percent", "a3_bought", "a3"),
    Figure("新增A3", "count", "a3_came"),
    Figure("CPA3", "grouped_each", "ad", "a3_came"),
)
_PER_DAY = {"a1": 62.0, "a2": 21.0, "a3": 6.5, "a4": 1.0}  # people a day's buyers stand for
_OPENING = 30  # days of new people that the brand already has


def exports(world: World) -> Iterator[book.Export]:
    """One row a day of the period; each day's total is the day before's, plus who came, less who left."""
    rows, span = daily(world), world.shop.period
    yield book.Export(f"5A人群资产_{span.start:%Y%m%d}_{span.end:%Y%m%d}.xlsx", {"5A人群资产": spell(rows, AUDIENCE)})


def daily(world: World) -> pd.DataFrame:
    """People by stage at the end of each day."""
    rng = stream(world.seed, world.shop.id, "5a")
    atoms = world.current
    days = pd.date_range(world.shop.period.start, world.shop.period.end)
    sums = atoms.groupby("date")[["buyers", "ad_bound"]].sum().reindex(days, fill_value=0)
    frame = pd.DataFrame({"date": days})
    usual, scatter = sums["buyers"].mean(), noise(rng, 0.08, len(days))
    bought = sums["buyers"].to_numpy() * scatter
    # Who stays after a day: the early stages forget, buyers are kept for a year.
    for (stage, many), forgets in zip(_PER_DAY.items(), (0.95, 0.95, 0.9, 0.2), strict=True):
        change = np.rint(many * (bought - usual * forgets))
        frame[stage] = (np.rint(many * usual * _OPENING) + np.cumsum(change)).clip(min=0).astype("int64")
    frame["a5"] = np.rint(frame["a4"] * world.shop.repeat_buyers).astype("int64")
    frame["a4"] -= frame["a5"]
    frame["all"] = frame[["a1", "a2", "a3", "a4", "a5"]].sum(axis=1)
    return _moved(frame, sums, bought)


def _moved(frame: pd.DataFrame, sums: pd.DataFrame, bought: np.ndarray) -> pd.DataFrame:
    change = frame["all"].diff().fillna(0).astype("int64")
    came = np.rint(bought * sum(_PER_DAY.values())).astype("int64")
    frame["came"] = np.maximum(came, change)
    frame["left"] = frame["came"] - change
    frame["a3_came"] = np.rint(bought * _PER_DAY["a3"]).astype("int64")
    frame["a3_bought"] = np.rint(bought * 0.35).astype("int64")
    return frame.assign(ad=sums["ad_bound"].to_numpy())
