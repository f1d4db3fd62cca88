"""直播明细: one row a session, a file a month."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from pathlib import Path

import pandas as pd

from factbook.records import Period
from factbook.samples import book
from factbook.samples.draw import stream
from factbook.samples.spelling import DASH, spell
from factbook.samples.spelling import Figure as F
from factbook.samples.world import World

SESSIONS = (
    F("主播头像", "text", "avatar"),
    F("主播昵称", "text", "account"),
    F("主播抖音号", "text", "douyin_id"),
    F("直播开始时间", "time", "start"),
    F("直播结束时间", "time", "end"),
    F("直播时长(分钟)", "count", "minutes"),
    F("直播间曝光人数", "count", "room_users"),
    F("直播间曝光次数", "count", "room_imps"),
    F("直播间观看人数", "count", "viewers"),
    F("单小时观看人数", "hourly", "viewers", "minutes"),
    F("直播间观看次数", "count", "views"),
    F("直播激励观看次数", "count", "incentive"),
    F("最高在线人数", "count", "peak"),
    F("平均在线人数", "count", "online"),
    F("人均观看时长(分钟)", "number", "watch"),
    F("评论次数", "count", "comments"),
    F("新加直播团人数", "count", "club"),
    F("新增粉丝数", "count", "new_followers"),
    F("取关粉丝数", "count", "unfollows"),
    F("观看老粉占比", "share", "old_fans"),
    F("带货商品数", "count", "products"),
    F("直播间商品曝光人数", "count", "imp_users"),
    F("直播间商品点击人数", "count", "click_users"),
    F("直播间商品曝光次数", "count", "imps"),
    F("直播间商品点击次数", "count", "clicks"),
    F("直播间成交订单数", "count", "orders"),
    F("直播间成交金额", "yuan", "gmv"),
    F("直播间用户支付金额", "yuan", "paid"),
    F("单小时用户支付金额", "hourly_yuan", "paid", "minutes"),
    F("直播间成交件数", "count", "items"),
    F("直播间成交人数", "count", "buyers"),
    F("直播间退款订单数", "count", "refund_orders"),
    F("直播间退款金额", "yuan", "refund"),
    F("直播间退款人数", "count", "refund_buyers"),
    F("预估佣金支出", "yuan", "commission"),
    F("商品曝光-点击率(次数)", "ratio", "clicks", "imps"),
    F("商品曝光-点击率(人数)", "ratio", "click_users", "imp_users"),
    F("商品点击-成交率(次数)", "ratio", "orders", "clicks"),
    F("商品点击-成交率(人数)", "ratio", "buyers", "click_users"),
    F("观看-成交率(次数)", "ratio", "orders", "views"),
    F("观看-成交率(人数)", "ratio", "buyers", "viewers"),
    F("预售订单数", "count", "none"),
    F("预售全款金额", "yuan", "none"),
    F("新加购物团人数", "count", "shop_club"),
    F("投放消耗(店铺绑定)", "yuan", "ad_bound"),
    F("投放消耗(店铺被投)", "yuan", "ad_promoted"),
    F("净成交金额", "yuan", "net_gmv"),
    F("净成交订单数", "count", "net_orders"),
    F("1小时退款金额", "yuan", "refund_1h"),
    F("1小时退款订单数", "count", "refund_1h_orders"),
    F("1小时退款率", "ratio", "refund_1h", "gmv"),
    F("消费券引导支付金额", "yuan", "voucher_paid"),
    F("消费券引导支付占比", "ratio", "voucher_paid", "paid"),
    F("消费券补贴金额", "yuan", "voucher_subsidy"),
    F("消费券使用量", "count", "voucher_uses"),
)
_MOST_DAYS = 31
# Cells that the platform now and then leaves without a value.
_SOMETIMES_MISSING = ("直播激励观看次数", "观看老粉占比", "新加购物团人数", "人均观看时长(分钟)")


def write(world: World, folder: Path) -> list[Path]:
    """A file for the period and one for each month before it, 31 days at most in each."""
    rows = _finished(world)
    paths = []
    for span in [world.shop.period, *months(world)]:
        part = rows[span.contains(rows["date"])].sort_values("start", ascending=False, ignore_index=True)
        scope = "全部账号" if (part["party"] == "partner").any() else "自营账号"
        path = folder / f"直播明细_{scope}_{span.start:%Y%m%d}_{span.end:%Y%m%d}.xlsx"
        paths.append(book.write(path, {"直播间明细": _cells(part, world)}))
    return paths


def months(world: World) -> list[Period]:
    """Calendar months between the first day and the day before the period; 31 days at most, so what fits joins."""
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
