"""直播明细: one row a session, a file a month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import timedelta

import pandas as pd

from factbook.records import Period
from factbook.samples import book
from factbook.samples.draw import stream
from factbook.samples.spelling import DASH, Figure, spell
from factbook.samples.world import World

SESSIONS = (
    Figure("主播头像", "text", "avatar"),
    Figure("主播昵称", "text", "account"),
    Figure("主播抖音号", "text", "douyin_id"),
    Figure("直播开始时间", "time", "start"),
    Figure("直播结束时间", "time", "end"),
    Figure("直播时长(分钟)", "count", "minutes"),
    Figure("直播间曝光人数", "count", "room_users"),
    Figure("直播间曝光次数", "count", "room_imps"),
    Figure("直播间观看人数", "count", "viewers"),
    Figure("单小时观看人数", "hourly", "viewers", "minutes"),
    Figure("直播间观看次数", "count", "views"),
    Figure("直播激励观看次数", "count", "incentive"),
    Figure("最高在线人数", "count", "peak"),
    Figure("平均在线人数", "count", "online"),
    Figure("人均观看时长(分钟)", "number", "watch"),
    Figure("评论次数", "count", "comments"),
    Figure("新加直播团人数", "count", "club"),
    Figure("新增粉丝数", "count", "new_followers"),
    Figure("取关粉丝数", "count", "unfollows"),
    Figure("观看老粉占比", "share", "old_fans"),
    Figure("带货商品数", "count", "products"),
    Figure("直播间商品曝光人数", "count", "imp_users"),
    Figure("直播间商品点击人数", "count", "click_users"),
    Figure("直播间商品曝光次数", "count", "imps"),
    Figure("直播间商品点击次数", "count", "clicks"),
    Figure("直播间成交订单数", "count", "orders"),
    Figure("直播间成交金额", "yuan", "gmv"),
    Figure("直播间用户支付金额", "yuan", "paid"),
    Figure("单小时用户支付金额", "hourly_yuan", "paid", "minutes"),
    Figure("直播间成交件数", "count", "items"),
    Figure("直播间成交人数", "count", "buyers"),
    Figure("直播间退款订单数", "count", "refund_orders"),
    Figure("直播间退款金额", "yuan", "refund"),
    Figure("直播间退款人数", "count", "refund_buyers"),
    Figure("预估佣金支出", "yuan", "commission"),
    Figure("商品曝光-点击率(次数)", "ratio", "clicks", "imps"),
    Figure("商品曝光-点击率(人数)", "ratio", "click_users", "imp_users"),
    Figure("商品点击-成交率(次数)", "ratio", "orders", "clicks"),
    Figure("商品点击-成交率(人数)", "ratio", "buyers", "click_users"),
    Figure("观看-成交率(次数)", "ratio", "orders", "views"),
    Figure("观看-成交率(人数)", "ratio", "buyers", "viewers"),
    Figure("预售订单数", "count", "none"),
    Figure("预售全款金额", "yuan", "none"),
    Figure("新加购物团人数", "count", "shop_club"),
    Figure("投放消耗(店铺绑定)", "yuan", "ad_bound"),
    Figure("投放消耗(店铺被投)", "yuan", "ad_promoted"),
    Figure("净成交金额", "yuan", "net_gmv"),
    Figure("净成交订单数", "count", "net_orders"),
    Figure("1小时退款金额", "yuan", "refund_1h"),
    Figure("1小时退款订单数", "count", "refund_1h_orders"),
    Figure("1小时退款率", "ratio", "refund_1h", "gmv"),
    Figure("消费券引导支付金额", "yuan", "voucher_paid"),
    Figure("消费券引导支付占比", "ratio", "voucher_paid", "paid"),
    Figure("消费券补贴金额", "yuan", "voucher_subsidy"),
    Figure("消费券使用量", "count", "voucher_uses"),
)
_MOST_DAYS = 31
# Cells that the platform now and then leaves without a value.
_SOMETIMES_MISSING = ("直播激励观看次数", "观看老粉占比", "新加购物团人数", "人均观看时长(分钟)")


def exports(world: World) -> Iterator[book.Export]:
    """A file for the period and one for each month before it, 31 days at most in each."""
    rows = _finished(world)
    for span in [world.shop.period, *months(world)]:
        part = rows[span.contains(rows["date"])].sort_values("start", ascending=False, ignore_index=True)
        scope = "全部账号" if (part["party"] == "partner").any() else "自营账号"
        name = f"直播明细_{scope}_{span.start:%Y%m%d}_{span.end:%Y%m%d}.xlsx"
        yield book.Export(name, {"直播间明细": _cells(part, world)})


def months(world: World) -> list[Period]:
    """Calendar months before the period; 31 days at most, so a few days left over join where they fit."""
    spans, start, last = [], world.whole.start, world.shop.period.start - timedelta(days=1)
    while start <= last:
        end = min(last, start.replace(day=monthrange(start.year, start.month)[1]))
        end = last if (last - start).days < _MOST_DAYS else end
        spans.append(Period(start, end))
        start = end + timedelta(days=1)
    return spans


def _finished(world: World) -> pd.DataFrame:
    rows = world.sessions.copy()
    rows["end"] = rows["start"] + pd.to_timedelta(rows["minutes"] * 60 + 17, unit="s")
    rows["avatar"], rows["none"] = DASH, 0
    rows["refund_buyers"] = rows[["refund_orders", "buyers"]].min(axis=1)
    rows["net_orders"] = rows["orders"] - rows["refund_1h_orders"]
    rows["voucher_uses"] = rows["orders"] // 9
    rows["voucher_paid"] = rows["paid"] // 9
    rows["voucher_subsidy"] = rows["platform"] // 2
    return rows


def _cells(rows: pd.DataFrame, world: World) -> dict[str, list[str]]:
    cells = spell(rows, SESSIONS)
    rng = stream(world.seed, world.shop.id, "missing", str(len(rows)))
    for header in _SOMETIMES_MISSING:
        gaps = rng.random(len(rows)) < 0.008
        cells[header] = [DASH if gap else cell for gap, cell in zip(gaps, cells[header], strict=True)]
    return cells
