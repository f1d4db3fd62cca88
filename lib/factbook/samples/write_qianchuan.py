"""千川: 全域 by day, hour and creative, 标准 by day and hour; the same spend as the sessions' 投放消耗."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.samples import ads, book, names
from factbook.samples.draw import noise, spread, stream
from factbook.samples.spelling import Figure, dashed, spell
from factbook.samples.world import World

_ROOM = (Figure("抖音号名称", "text", "account"), Figure("抖音号ID", "text", "douyin_id"))
_UNI = (
    Figure("整体消耗", "grouped", "ad_bound"),
    Figure("基础消耗", "grouped", "base"),
    Figure("追投调控消耗", "grouped", "boost"),
    Figure("整体支付ROI", "times", "gmv", "ad_bound"),
    Figure("整体成交金额", "grouped", "gmv"),
    Figure("整体成交订单数", "count", "orders"),
    Figure("整体成交订单成本", "grouped_each", "ad_bound", "orders"),
    Figure("用户实际支付金额", "grouped", "paid"),
    Figure("整体成交智能优惠券金额", "grouped", "coupon"),
    Figure("电商平台补贴金额", "grouped", "platform"),
    Figure("整体未完结预售订单预估金", "none", "orders"),  # the page cuts the last character off
    Figure("净成交金额", "grouped", "net_gmv"),
    Figure("净成交ROI", "times", "net_gmv", "ad_bound"),
    Figure("净成交订单数", "count", "net_orders"),
    Figure("净成交订单成本", "grouped_each", "ad_bound", "net_orders"),
    Figure("净成交金额结算率", "percent", "net_gmv", "gmv"),
    Figure("1小时内退款金额", "grouped", "refund_1h"),
    Figure("1小时内退款订单数", "count", "refund_1h_orders"),
    Figure("1小时内退款率", "percent", "refund_1h", "gmv"),
    Figure("整体展示次数", "count", "imps"),
    Figure("整体点击次数", "count", "clicks"),
    Figure("整体点击率", "percent", "clicks", "imps"),
    Figure("整体点击单价", "grouped_each", "ad_bound", "clicks"),
    Figure("整体转化率", "percent", "orders", "clicks"),
    Figure("整体千次展现费用", "yuan_thousand", "ad_bound", "imps"),
)
DAYS = (*_ROOM, Figure("日期", "text", "day"), *_UNI)
HOURS = (*_ROOM, Figure("时间-小时", "text", "time"), *_UNI)
_STANDARD = (
    *_ROOM,
    Figure("账户ID", "text", "advertiser"),
    Figure("计划类型", "text", "plan"),
    Figure("消耗(元)", "grouped", "ad_bound"),
    Figure("展示次数", "count", "imps"),
    Figure("点击次数", "count", "clicks"),
    Figure("点击率(%)", "percent_bare", "clicks", "imps"),
    Figure("平均点击单价", "grouped_each", "ad_bound", "clicks"),
    Figure("千次展示费用(元)", "yuan_thousand", "ad_bound", "imps"),
    Figure("转化数", "count", "direct_orders"),
    Figure("点击转化率", "percent", "direct_orders", "clicks"),
    Figure("转化成本", "grouped_each", "ad_bound", "direct_orders"),
    Figure("直接成交订单数", "count", "direct_orders"),
    Figure("直接支付成交金额(元)", "grouped", "ad_gmv"),
    Figure("直接支付ROI", "times", "ad_gmv", "ad_bound"),
)
STANDARD_DAYS = (Figure("日期", "text", "day"), *_STANDARD)
STANDARD_HOURS = (Figure("日期", "text", "day"), Figure("小时区间", "text", "span"), *_STANDARD)
CREATIVES = (
    Figure("素材ID", "text", "creative_id"),
    Figure("素材名称", "text", "creative"),
    Figure("素材类型", "text", "kind"),
    Figure("素材评估", "text", "judged"),
    Figure("素材样式", "text", "style"),
    Figure("素材来源", "text", "source"),
    Figure("素材时长", "clock", "seconds"),
    Figure("素材创建时间", "time", "created"),
    Figure("标签", "text", "tag"),
    Figure("关联计划数", "count", "plans"),
    Figure("整体消耗", "grouped", "ad_bound"),
    Figure("整体成交金额", "grouped", "gmv"),
    Figure("整体成交订单数", "count", "orders"),
    Figure("整体支付ROI", "times", "gmv", "ad_bound"),
    Figure("整体成交订单成本", "grouped_each", "ad_bound", "orders"),
    Figure("整体展示次数", "count", "imps"),
    Figure("整体点击次数", "count", "clicks"),
    Figure("整体点击率", "percent", "clicks", "imps"),
    Figure("整体转化率", "percent", "orders", "clicks"),
    Figure("整体千次展现费用", "yuan_thousand", "ad_bound", "imps"),
    Figure("视频播放数", "count", "plays"),
    Figure("3秒播放率", "percent_of_one", "three"),
    Figure("5秒播放率", "percent_of_one", "five"),
    Figure("10秒播放率", "percent_of_one", "ten"),
    Figure("视频完播率", "percent_of_one", "done"),
    Figure("平均观看时长", "number", "watch"),
)
LAST_DAYS = 3  # of the hourly files
_CREATIVES = 16
_ACCOUNT = ["date", "account", "douyin_id"]


def uni(world: World) -> Iterator[book.Export]:
    """全域 by day with its total 全部, and by hour for the last days with ads."""
    hours = ads.hourly(world, ads.UNI)
    if hours.empty:
        return
    days = ads.by(hours, _ACCOUNT).sort_values(["date", "account"], ascending=[False, True])
    whole = ads.whole(days).assign(account="全部", douyin_id="-", day="全部")
    days = pd.concat([whole, days.assign(day=_day(days))], ignore_index=True)
    span = (world.shop.period.start, world.shop.period.end)
    yield book.Export(_name(world, "直播分析", *span), {"直播分析": spell(_parts(days), DAYS)})
    last = _last(hours)
    last["time"] = [f"{day:%Y-%m-%d} {hour:02d}:00" for day, hour in zip(last["date"], last["hour"], strict=True)]
    span = (last["date"].min().date(), last["date"].max().date())
    yield book.Export(_name(world, "直播分析", *span), {"直播分析": spell(_parts(last), HOURS)})


def _name(world: World, what: str, first: object, last: object) -> str:
    number = names.long_ids(1, stream(world.seed, world.shop.id, what, str(first)), "1")[0][:13]
    return f"全域数据_{what}_{world.shop.name}_{first} 00_00_00_{last} 23_59_59_{number}.xlsx"


def _day(frame: pd.DataFrame) -> list[str]:
    return [f"{day:%Y-%m-%d}" for day in frame["date"]]


def _last(hours: pd.DataFrame) -> pd.DataFrame:
    dates = sorted(hours["date"].unique())[-LAST_DAYS:]
    return hours[hours["date"].isin(dates)].reset_index(drop=True)


def _parts(frame: pd.DataFrame) -> pd.DataFrame:
    """Cost in a base and the part that was pushed."""
    boost = np.rint(frame["ad_bound"].astype("int64") * 0.08).astype("int64")
    return frame.assign(boost=boost, base=frame["ad_bound"].astype("int64") - boost)


def standard(world: World) -> Iterator[book.Export]:
    """标准 by day in UTF-8 with a closing 合计, by hour in GB18030 with bare percentages."""
    hours = ads.hourly(world, ads.STANDARD)
    if hours.empty:
        return
    number = names.long_ids(1, stream(world.seed, world.shop.id, "advertiser"), "1")[0][:16]
    days = ads.by(hours, _ACCOUNT)
    whole = ads.whole(days).assign(day="合计", account="-", douyin_id="-", advertiser="-", plan="-")
    told = days.assign(day=_day(days), advertiser=number, plan="推直播间")
    cells = dashed(spell(pd.concat([told, whole], ignore_index=True), STANDARD_DAYS), "--")
    span = world.shop.period
    yield book.Export(f"千川标准推广_分日数据_{span.start:%Y%m%d}_{span.end:%Y%m%d}.csv", {"": cells}, "utf-8-sig")
    last = ads.by(_last(hours), [*_ACCOUNT, "hour"])
    last["span"] = [f"{hour:02d}:00-{hour:02d}:59" for hour in last["hour"]]
    told = last.assign(day=_day(last), advertiser=number, plan="推直播间")
    name = f"千川标准推广_分时数据_{last['date'].min():%Y%m%d}_{last['date'].max():%Y%m%d}.csv"
    yield book.Export(name, {"": dashed(spell(told, STANDARD_HOURS), "--")}, "gb18030")


def creatives(world: World) -> Iterator[book.Export]:
    """全域 by creative: the videos that carried the period's spend."""
    hours = ads.hourly(world, ads.UNI)
    if hours.empty:
        return
    name = _name(world, "素材分析_视频", world.shop.period.start, world.shop.period.end)
    yield book.Export(name, {"素材分析": spell(_creatives(world, hours), CREATIVES)})


def _creatives(world: World, hours: pd.DataFrame) -> pd.DataFrame:
    rng = stream(world.seed, world.shop.id, "creatives")
    weight = np.sort(noise(rng, 1.0, _CREATIVES))[::-1]
    columns = ("ad_bound", "gmv", "orders", "imps", "clicks")
    frame = pd.DataFrame({c: spread(hours[c].sum(), weight * noise(rng, 0.12, _CREATIVES)) for c in columns})
    frame["creative_id"] = names.long_ids(_CREATIVES, rng)
    goods = world.shop.products
    frame["creative"] = [f"{goods[n % len(goods)].name}_口播{n + 1:02d}.mp4" for n in range(_CREATIVES)]
    frame["kind"], frame["style"], frame["source"], frame["tag"] = "视频", "竖版视频", "本地上传", "-"
    frame["judged"] = np.where(np.arange(_CREATIVES) < 4, "优质", np.where(np.arange(_CREATIVES) < 11, "普通", "低质"))
    frame["seconds"], frame["plans"] = rng.integers(15, 75, _CREATIVES), rng.integers(1, 4, _CREATIVES)
    born = world.shop.period.start - timedelta(days=20)
    frame["created"] = pd.Timestamp(born) + pd.to_timedelta(rng.integers(36_000, 2_400_000, _CREATIVES), unit="s")
    return _watched(frame, rng)


def _watched(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    frame["plays"] = np.rint(frame["imps"] * 0.93).astype("int64")
    frame["three"] = rng.uniform(0.28, 0.52, len(frame))
    frame["five"], frame["ten"], frame["done"] = frame["three"] * 0.7, frame["three"] * 0.4, frame["three"] * 0.12
    return frame.assign(watch=np.round(rng.uniform(3.5, 9.5, len(frame)), 2))
