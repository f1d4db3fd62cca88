"""Minute series of a session: per minute as Compass exports them, and cumulative as an interval logger keeps them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from factbook.samples import book, chosen, minutes
from factbook.samples.spelling import Figure, spell
from factbook.samples.world import World

MINUTES = (
    Figure("时间", "minute", "minute"),
    Figure("实时在线人数", "count", "online"),
    Figure("进入直播间人数", "count", "entered"),
    Figure("离开直播间人数", "count", "left"),
    Figure("商品曝光人数", "count", "imp_users"),
    Figure("商品点击人数", "count", "click_users"),
    Figure("评论次数", "count", "comments"),
    Figure("点赞次数", "count", "likes"),
    Figure("新增粉丝数", "count", "new_followers"),
    Figure("新加直播团人数", "count", "club"),
    Figure("成交金额", "yuan", "gmv"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交人数", "count", "buyers"),
    Figure("成交件数", "count", "items"),
    Figure("千川消耗", "yuan", "ad"),
)
_OTHER_NAME = {
    "时间": "抓取时间", "实时在线人数": "在线人数", "进入直播间人数": "进入人数", "离开直播间人数": "离开人数",
    "评论次数": "新增评论数", "新加直播团人数": "新加团人数",
}  # fmt: skip
LOGGED = tuple(Figure(_OTHER_NAME.get(f.header, f.header), f.kind, f.value) for f in MINUTES)
_POINT = ("minute", "online")  # everything else is counted from the start of the session
_EVERY = 2  # minutes between two looks of the logger


def exports(world: World) -> Iterator[book.Export]:
    """Two sessions per minute, one cumulative."""
    picked = chosen.sessions(world)
    for place in sorted({0, len(picked) - 1}):
        session = picked.iloc[place]
        cells = spell(minutes.series(world, session), MINUTES)
        yield book.Export(chosen.called(session, "分钟趋势"), {"分钟趋势": cells})
    if len(picked) > 2:
        yield _logged(world, picked.iloc[1])


def _logged(world: World, session: pd.Series) -> book.Export:
    frame = minutes.series(world, session)
    counted = [name for name in frame.columns if name not in _POINT]
    frame[counted] = frame[counted].cumsum()
    last = len(frame) - 1
    seen = frame[(frame.index % _EVERY == 0) | (frame.index == last)]
    return book.Export(chosen.called(session, "实时数据记录", "csv"), {"": spell(seen, LOGGED)}, "utf-8-sig")
