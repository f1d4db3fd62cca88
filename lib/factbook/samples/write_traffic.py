"""流量综合趋势: free and paid viewers day by day for the whole history, in one small file.

The one report that carries natural viewers for every week cheaply; the workbooks of single sessions would be hundreds.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from factbook.samples import book, chosen
from factbook.samples.spelling import Figure, spell
from factbook.samples.world import World

TRAFFIC = (
    Figure("日期", "date", "date"),
    Figure("达人昵称", "text", "account"),
    Figure("抖音号", "text", "douyin_id"),
    Figure("直播间曝光人数", "count", "room_users"),
    Figure("直播间观看次数", "count", "views"),
    Figure("直播间观看人数", "count", "viewers"),
    Figure("自然流量观看人数", "count", "free_viewers"),
    Figure("付费流量观看人数", "count", "paid_viewers"),
    Figure("成交金额", "yuan", "gmv"),
    Figure("千川消耗", "yuan", "ad_bound"),
)
_SUMS = ["room_users", "views", "viewers", "free_viewers", "paid_viewers", "gmv", "ad_bound"]


def exports(world: World) -> Iterator[book.Export]:
    """One file from the first day to the last; days without a session have no row."""
    rows = daily(world).sort_values(["date", "account"], ascending=[False, True], ignore_index=True)
    name = f"{world.shop.brand}_流量综合趋势分析下载_数据更新日期{world.shop.period.end:%Y-%m-%d}.xlsx"
    yield book.Export(name, {"流量综合趋势": spell(rows, TRAFFIC)})


def daily(world: World) -> pd.DataFrame:
    """Own sessions summed by day and account."""
    rows = world.sessions[world.sessions["party"] == "self"]
    return chosen.parted(rows).groupby(["date", "account", "douyin_id"], as_index=False)[_SUMS].sum()
