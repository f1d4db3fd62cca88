"""达人列表 of Compass and 达人广场 of the alliance: exact sales with the shop, ranges of what they sell at large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from factbook.samples import book
from factbook.samples.draw import noise, stream
from factbook.samples.spelling import Figure, spell
from factbook.samples.world import World

PARTNERS = (
    Figure("达人昵称", "text", "account"),
    Figure("达人UID", "text", "creator_id"),
    Figure("抖音号", "text", "douyin_id"),
    Figure("账号类型", "text", "account_type"),
    Figure("粉丝数", "wan", "fans"),
    Figure("佣金率", "percent_of_one", "commission_rate"),
    Figure("带货直播场次", "count", "sessions"),
    Figure("带货商品数", "count", "listed"),
    Figure("商品曝光次数", "count", "imps"),
    Figure("商品点击次数", "count", "clicks"),
    Figure("商品点击人数", "count", "click_users"),
    Figure("用户支付金额(元)", "grouped", "paid"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交人数", "count", "buyers"),
    Figure("成交件数", "count", "items"),
    Figure("商品曝光-点击率(次数)", "percent", "clicks", "imps"),
    Figure("商品点击-成交转化率(人数)", "percent", "buyers", "click_users"),
    Figure("退款金额(元)", "grouped", "refund"),
    Figure("退款订单数", "count", "refund_orders"),
    Figure("预估佣金支出", "grouped", "commission"),
)
SQUARE = (
    Figure("抖音账户", "text", "account"),
    Figure("抖音ID", "text", "douyin_id"),
    Figure("等级LV", "text", "level"),
    Figure("粉丝数", "wan", "fans"),
    Figure("主推类目", "text", "category"),
    Figure("直播带货销售占比", "percent_of_one", "live_share"),
    Figure("带货直播场次", "count", "all_sessions"),
    Figure("带货直播观看人数", "wan", "all_viewers"),
    Figure("场均销售额", "text", "session_sales"),
    Figure("直播GPM", "text", "live_gpm"),
    Figure("视频带货销售额占比", "percent_of_one", "video_share"),
    Figure("带货视频数量", "count", "clips"),
    Figure("带货视频播放量", "wan", "clip_plays"),
    Figure("单视频销售额", "text", "clip_sales"),
    Figure("视频GPM", "text", "clip_gpm"),
    Figure("带货商品数", "count", "all_listed"),
    Figure("合作店铺数", "count", "shops"),
    Figure("平均件单价", "text", "item_price"),
    Figure("带货评分", "number", "score"),
    Figure("合作履约分", "number", "kept"),
)
_SUMS = ["imps", "clicks", "click_users", "paid", "orders", "buyers", "items", "refund", "refund_orders", "commission"]
_SUMS += ["viewers", "views", "gmv"]
_MONEY_STEPS = (0, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 75_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000)
_GPM_STEPS = (0, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
# Creators of the alliance stand below LV6; from there on the platform counts the head.
_LEVEL_STEPS = (5_000, 20_000, 60_000, 150_000)


def partner_list(world: World) -> Iterator[book.Export]:
    """Who sold for the shop in the period."""
    yield book.Export("达人列表.xlsx", {"合作达人": spell(partners(world), PARTNERS)})


def square_list(world: World) -> Iterator[book.Export]:
    """How the alliance describes the same creators."""
    rows = square(world, partners(world))
    yield book.Export(f"达人广场_{world.shop.period.end:%Y%m%d}.xlsx", {"达人广场": spell(rows, SQUARE)})


def partners(world: World) -> pd.DataFrame:
    """One row a creator with a session in the period, largest first; stars among them."""
    rows = world.sessions[world.shop.period.contains(world.sessions["date"])]
    rows = rows[rows["party"] == "partner"]
    grouped = rows.groupby("douyin_id", sort=True)
    frame = grouped[_SUMS].sum()
    frame["account"], frame["label"] = grouped["account"].first(), grouped["label"].first()
    frame["commission_rate"], frame["sessions"] = grouped["commission_rate"].first(), grouped.size()
    frame["listed"] = grouped["products"].max()
    uid = world.creators.set_index("douyin_id")["creator_id"]
    frame = frame.reset_index().assign(account_type="联盟")
    frame["creator_id"] = frame["douyin_id"].map(uid).fillna(frame["douyin_id"])
    frame["fans"] = _fans(world, frame)
    return frame.sort_values(["paid", "douyin_id"], ascending=[False, True], ignore_index=True)


def _fans(world: World, frame: pd.DataFrame) -> pd.Series:
    rng = stream(world.seed, world.shop.id, "fans")
    size = frame["paid"] / frame["sessions"] / 100
    return pd.Series(np.rint((4_000 + size * 6) * noise(rng, 0.5, len(frame))).astype("int64"), index=frame.index)


def square(world: World, partners: pd.DataFrame) -> pd.DataFrame:
    """The same creators as 达人广场 lists them: levels, ranges, scores."""
    rng = stream(world.seed, world.shop.id, "square")
    frame, count = partners.copy(), len(partners)
    per_session = frame["paid"] / frame["sessions"] / 100
    frame["level"] = [f"LV{level}" for level in _levels(frame, per_session)]
    frame["category"] = world.shop.industry
    frame["live_share"] = np.clip(rng.normal(0.86, 0.07, count), 0.5, 0.99)
    frame["video_share"] = (1 - frame["live_share"]) * 0.9
    frame["all_sessions"] = frame["sessions"] * rng.integers(2, 6, count)
    frame["all_viewers"] = frame["viewers"] * 3
    frame["session_sales"] = ranges(per_session, _MONEY_STEPS)
    frame["live_gpm"] = ranges(frame["gmv"] * 10 / frame["views"].clip(lower=1), _GPM_STEPS)
    return _clips(frame, rng)


def _clips(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Their videos, shops and scores."""
    count = len(frame)
    frame["clips"], frame["clip_plays"] = rng.integers(0, 40, count), frame["fans"] * 7
    frame["clip_sales"] = ranges(pd.Series(rng.gamma(1.2, 900, count)), _MONEY_STEPS)
    frame["clip_gpm"] = ranges(pd.Series(rng.gamma(2.0, 60, count)), _GPM_STEPS)
    frame["all_listed"], frame["shops"] = frame["listed"] * 6 + 5, rng.integers(4, 60, count)
    price = frame["paid"] / 100 / frame["items"].clip(lower=1)
    frame["item_price"] = [f"¥{value:,.2f}" for value in price]
    frame["score"] = np.round(np.clip(rng.normal(4.6, 0.2, count), 3, 5), 2)
    return frame.assign(kept=np.round(np.clip(rng.normal(4.5, 0.25, count), 3, 5), 2))


def _levels(frame: pd.DataFrame, per_session: pd.Series) -> list[int]:
    """LV1–LV5 by sales a session; stars LV7, a mixed session's LV6."""
    usual = np.searchsorted(_LEVEL_STEPS, per_session, side="right") + 1
    head = np.where(per_session >= _MONEY_STEPS[-2], 7, 6)
    return [int(level) for level in np.where(frame["label"] == "star", head, usual)]


def ranges(values: pd.Series, steps: Sequence[int]) -> list[str]:
    """Each value as the step it lies in: 50万-100万; open above the last."""
    found = np.searchsorted(steps, values, side="right") - 1
    return [_range(steps, int(place)) for place in found]


def _range(steps: Sequence[int], place: int) -> str:
    if place + 1 == len(steps):
        return f"{_short(steps[place])}以上"
    return f"{_short(steps[place])}-{_short(steps[place + 1])}"


def _short(value: int) -> str:
    return f"{value / 10_000:g}万" if value >= 10_000 else str(value)
