"""What Qianchuan spent and was credited with, hour by hour; a split of the sessions' 投放消耗 and of 投放时段.

全域 counts every sale of its hours, free ones included; 标准 only what it brought itself. The two never compare.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.samples import chosen, tables
from factbook.samples.draw import Ints, noise, split, stream
from factbook.samples.world import World

UNI, STANDARD = "全域+乘方投放时段", "标准+品牌投放"
MONEY = ("ad_bound", "gmv", "paid", "coupon", "platform", "refund_1h", "ad_gmv")
COUNTS = ("orders", "refund_1h_orders", "clicks", "imps", "direct_orders")
SUMS = (*MONEY, *COUNTS, "net_gmv", "net_orders")
_UNI_SHARE = 0.86  # of the views that ads brought, as of the cost


def hourly(world: World, slot: str) -> pd.DataFrame:
    """date × account × hour of one kind of ads; `clicks` are views that ads brought (live_watch_count)."""
    days = _by_day(world, slot)
    hours = _hours(world)
    hours = hours[hours["date"].isin(days["date"])].reset_index(drop=True)
    rng = stream(world.seed, world.shop.id, "qianchuan", slot)
    day = days["date"].searchsorted(hours["date"])
    hours["ad_bound"] = _spent(world, days, hours, slot)
    for name in (*MONEY[1:], *COUNTS):
        base = hours["w_ad"] if name in ("clicks", "imps") else hours["w_money"]
        hours[name] = split(days[name], base * noise(rng, 0.06, len(hours)), day)
    hours["refund_1h_orders"] = hours[["refund_1h_orders", "orders"]].min(axis=1)
    hours["net_gmv"] = hours["gmv"] - hours["refund_1h"]
    hours["net_orders"] = hours["orders"] - hours["refund_1h_orders"]
    return hours


def _spent(world: World, days: pd.DataFrame, hours: pd.DataFrame, slot: str) -> Ints:
    """Cost by hour: what 全域 and 标准 spent for an account's day is the 投放消耗 of its sessions, to the cent."""
    rows = world.sessions[world.sessions["party"] == "self"]
    spent = rows.groupby(["date", "account"], as_index=False)["ad_bound"].sum()
    spent = spent[spent["date"].isin(days["date"])].reset_index(drop=True)
    uni = split(_uni(world, days, slot), spent["ad_bound"], days["date"].searchsorted(spent["date"]))
    spent["slot"] = uni if slot == UNI else spent["ad_bound"] - uni
    keys = pd.MultiIndex.from_frame(spent[["date", "account"]])
    return split(spent["slot"], hours["w_ad"], keys.get_indexer(pd.MultiIndex.from_frame(hours[["date", "account"]])))


def _uni(world: World, days: pd.DataFrame, slot: str) -> pd.Series:
    """The day's cost of 全域, whichever slot is asked for."""
    if slot == UNI:
        return days["ad_bound"]
    rows = world.sessions[world.sessions["party"] == "self"]
    return rows.groupby("date")["ad_bound"].sum().reindex(days["date"]).reset_index(drop=True) - days["ad_bound"]


def by(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sums of an hourly frame."""
    return frame.groupby(keys, as_index=False, sort=True)[list(SUMS)].sum()


def whole(frame: pd.DataFrame) -> pd.DataFrame:
    """One row: everything together."""
    return frame[list(SUMS)].sum().to_frame().T


def _by_day(world: World, slot: str) -> pd.DataFrame:
    """The own rooms' day in one slot of 成交分析, with the views that its ads brought."""
    rows = tables.by_slot(tables.period_rows(world), world.seed)
    rows = rows[(rows["party"] == "self") & (rows["carrier"] == "live") & (rows["slot"] == slot)]
    rows = rows[rows["ad_bound"] > 0].sort_values("date", ignore_index=True)
    seen = _views(world).reindex(rows["date"])
    uni = np.floor(seen["came"] * _UNI_SHARE).astype("int64")
    clicks = uni if slot == UNI else seen["came"] - uni
    rows["clicks"] = clicks.to_numpy()
    rows["imps"] = np.rint(clicks / seen["views"].clip(lower=1) * seen["room_imps"]).to_numpy().astype("int64")
    rows["direct_orders"] = np.rint(rows["ad_gmv"] / rows["gmv"].clip(lower=1) * rows["orders"]).astype("int64")
    return rows


def _views(world: World) -> pd.DataFrame:
    rows = world.sessions[world.sessions["party"] == "self"]
    rows = rows.assign(came=rows["views"] - rows["natural_views"].astype("int64"))
    return rows.groupby("date")[["came", "views", "room_imps"]].sum()


def _hours(world: World) -> pd.DataFrame:
    """Each session's clock hours; what runs past midnight stays with the day it began."""
    rows = chosen.own(world)
    first = rows["start"].dt.hour
    last = np.minimum(23, ((rows["start"] - rows["date"]).dt.total_seconds() / 60 + rows["minutes"]) // 60).astype(int)
    count = (last - first + 1).to_numpy()
    frame = rows.loc[rows.index.repeat(count), ["date", "account", "douyin_id"]].reset_index(drop=True)
    frame["hour"] = np.concatenate([np.arange(a, b + 1) for a, b in zip(first, last, strict=True)])
    for weight, of in (("w_ad", "ad_bound"), ("w_money", "paid")):
        frame[weight] = np.repeat((rows[of] / count).to_numpy(), count)
    keys = ["date", "account", "douyin_id", "hour"]
    return frame.groupby(keys, as_index=False, sort=True)[["w_ad", "w_money"]].sum()
