"""蝉妈妈 and 灰豚: what outsiders estimate of the same rooms; near the truth, never equal to it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from factbook.samples import book, chosen
from factbook.samples.draw import noise, stream
from factbook.samples.spelling import Figure, spell
from factbook.samples.world import World

CHANMAMA = (
    Figure("直播场次", "text", "title"),
    Figure("开播时间", "month_day", "start"),
    Figure("人气峰值", "wan2", "peak"),
    Figure("礼物收入", "none", "peak"),
    Figure("商品数", "count", "products"),
    Figure("销量（件）", "wan2", "items"),
    Figure("销售额", "wan2", "sales"),
    Figure("直播时长", "hours", "minutes"),
    Figure("观看人次", "wan2", "views"),
    Figure("平均在线人数", "count", "online"),
    Figure("点赞数", "wan2", "likes"),
    Figure("涨粉数", "count", "new_followers"),
    Figure("涨粉率", "percent", "new_followers", "views"),
    Figure("新增粉丝团人数", "count", "club"),
    Figure("客单价", "times", "sales", "items"),
    Figure("uv价值", "times", "sales", "views"),
    Figure("转化率", "percent", "items", "views"),
    Figure("平均停留时长", "stay_short", "watch"),
)
HUITUN = (
    Figure("主播名称", "text", "account"),
    Figure("开播时间", "time_dashed", "start"),
    Figure("直播时长", "hms", "minutes"),
    Figure("直播平均在线人数", "count", "online"),
    Figure("直播在线人数峰值", "count", "peak"),
    Figure("观看总人次", "wan_w", "views"),
    Figure("直播标题", "text", "title"),
)
_ROOMS = 40  # of creators that 灰豚 lists
_GUESSED = ("peak", "items", "sales", "views", "online", "likes", "new_followers", "club")
_ERROR = 0.12


def chanmama(world: World) -> Iterator[book.Export]:
    """Own rooms of the period; times without a year."""
    rows = _guessed(world, chosen.own(world), "chanmama")
    yield book.Export(f"蝉妈妈_{_name(world, '直播列表')}.xlsx", {"直播列表": spell(rows, CHANMAMA)})


def huitun(world: World) -> Iterator[book.Export]:
    """The largest rooms of creators in the period."""
    rows = world.sessions[world.shop.period.contains(world.sessions["date"])]
    rows = rows[rows["party"] == "partner"].nlargest(_ROOMS, "views").sort_values(["start", "douyin_id"])
    told = spell(_guessed(world, rows.reset_index(drop=True), "huitun"), HUITUN)
    yield book.Export(f"灰豚_{_name(world, '达人直播')}.csv", {"": told}, "utf-8-sig")


def _name(world: World, what: str) -> str:
    # The period stands in the file's name alone; without it the times would belong to no year.
    span = world.shop.period
    return f"{world.shop.brand}_{what}_{span.start:%Y%m%d}_{span.end:%Y%m%d}"


def _guessed(world: World, rows: pd.DataFrame, who: str) -> pd.DataFrame:
    """The rooms with an outsider's error on every figure."""
    rng = stream(world.seed, world.shop.id, who)
    rows = rows.assign(sales=rows["gmv"] // 100, likes=rows["views"] * 3 + rows["comments"])
    for name in _GUESSED:
        rows[name] = np.rint(rows[name] * noise(rng, _ERROR, len(rows))).astype("int64")
    return rows.assign(title=rows["account"] + "正在直播")
