"""整场数据下载: one workbook a session, with sheets that are lists of facts, tables and stacked tables."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from factbook.samples import book, chosen, session_goods, videos
from factbook.samples.spelling import DASH, Figure, minutes_seconds, spell, wan, yuan
from factbook.samples.world import World

FUNNEL = (
    Figure("自然流量观看人数", "count", "free_viewers"),
    Figure("付费流量观看人数", "count", "paid_viewers"),
    Figure("平均在线人数", "count", "online"),
    Figure("直播间曝光人数", "count", "room_users"),
    Figure("直播间曝光次数", "count", "room_imps"),
    Figure("直播间观看人数", "count", "viewers"),
    Figure("商品曝光人数", "count", "imp_users"),
    Figure("商品点击人数", "count", "click_users"),
    Figure("成交人数", "count", "buyers"),
)
CHANNELS = ("渠道名称", "观看次数", "观看人数", "人均观看时长", "成交金额", "千川消耗")
VIDEOS = (
    Figure("视频标题", "text", "title"),
    Figure("视频ID", "text", "video_id"),
    Figure("发布时间", "time", "published"),
    Figure("视频观看次数", "count", "plays"),
    Figure("直播间入口曝光次数", "count", "entry_imps"),
    Figure("引流直播间次数", "count", "led"),
    Figure("引流直播成交订单数", "count", "led_orders"),
    Figure("引流直播间用户支付金额(元)", "yuan", "led_paid"),
)
PRODUCTS = (
    Figure("商品名称", "text", "product"),
    Figure("商品图片", "text", "picture"),
    Figure("商品编号", "text", "product_id"),
    Figure("成交金额", "yuan", "gmv"),
    Figure("成交件数", "count", "items"),
    Figure("成交人数", "count", "buyers"),
    Figure("成交订单数", "count", "orders"),
    Figure("预售订单数", "none", "orders"),
    Figure("预售创建金额", "none", "orders"),
    Figure("商品曝光人数", "count", "imp_users"),
    Figure("商品点击人数", "count", "click_users"),
    Figure("商品曝光-点击率(人数)", "percent", "click_users", "imp_users"),
    Figure("商品点击-成交转化率(人数)", "percent", "buyers", "click_users"),
    Figure("退款人数", "count", "refund_buyers"),
    Figure("退款金额", "yuan", "refund"),
    Figure("退款订单数", "count", "refund_orders"),
)
ROOM = (Figure("直播间名称", "text", "title"), Figure("直播间ID", "text", "room_id"), *PRODUCTS[3:])
SKUS = (
    Figure("sku名称", "text", "sku"),
    Figure("sku图片", "text", "picture"),
    Figure("商品编号", "text", "product_id"),
    Figure("成交金额", "yuan", "gmv"),
    Figure("成交件数", "count", "items"),
    Figure("成交人数", "count", "buyers"),
    Figure("成交订单数", "count", "orders"),
    Figure("商品支付GPM", "yuan_thousand", "gmv", "imps"),
)
_PEOPLE = (
    ("策略人群TOP3", "小镇青年、精致妈妈、新锐白领"),
    ("性别", "女 71.4%、男 28.6%"),
    ("年龄段TOP3", "31-40岁、24-30岁、41-50岁"),
    ("城市等级TOP3", "三线城市、新一线城市、二线城市"),
    ("地域分布TOP3", "江苏、山东、河南"),
)


def exports(world: World) -> Iterator[book.Export]:
    """A workbook for each of the chosen sessions."""
    for _, session in chosen.sessions(world).iterrows():
        yield book.Export(chosen.called(session, "整场数据下载"), _sheets(world, session))


def _sheets(world: World, session: pd.Series) -> dict[str, book.Sheet]:
    channels = chosen.channels(world, session)
    return {
        "基本信息": _basics(world, session),
        "流量&转化-转化漏斗": spell(session.to_frame().T, FUNNEL),
        "流量分析-渠道分析": _channels(session, channels),
        "流量&转化-短视频引流": spell(videos.leading(world, session, channels), VIDEOS),
        "互动&人群&售后": _people(session),
        "商品": _goods(world, session),
    }


def _basics(world: World, session: pd.Series) -> book.Grid:
    """Key and value a row; the time with dashes for colons, as the page leaves it."""
    end = session["start"] + pd.Timedelta(minutes=int(session["minutes"]), seconds=17)
    minutes = int(session["minutes"])
    return (
        ("直播间名称", f"{session['account']}的直播间"),
        ("直播间ID", str(session["room_id"])),
        ("店铺名称", world.shop.name),
        ("达人昵称", str(session["account"])),
        ("抖音号", str(session["douyin_id"])),
        ("直播时间", f"{session['start']:%Y-%m-%d %H-%M-%S}~{end:%Y-%m-%d %H-%M-%S}"),
        ("直播时长", f"{minutes // 60}小时{minutes % 60}分钟17秒"),
        ("千次观看成交金额", f"{session['gmv'] * 10 / session['views']:,.2f}"),
        *((name, cells[0]) for name, cells in spell(session.to_frame().T, _BASICS).items()),
    )


_BASICS = (
    Figure("成交金额", "grouped", "gmv"),
    Figure("直播间用户支付金额", "grouped", "paid"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交件数", "count", "items"),
    Figure("成交人数", "count", "buyers"),
    Figure("直播间观看次数", "count", "views"),
    Figure("最高在线人数", "count", "peak"),
    Figure("人均观看时长", "stay", "watch"),
    Figure("直播间投放消耗", "grouped", "ad_bound"),
)


def _channels(session: pd.Series, channels: pd.DataFrame) -> book.Grid:
    whole = ("整体", session["views"], session["viewers"], session["watch"], session["gmv"], session["ad_bound"])
    columns = ["channel", "views", "viewers", "stay", "gmv", "ad"]
    lines = [whole, *channels[columns].itertuples(index=False, name=None)]
    return (CHANNELS, *(_channel(line) for line in lines))


def _channel(line: tuple[str, int, int, float, int, int]) -> tuple[str, ...]:
    name, views, viewers, stay, gmv, ad = line
    money = yuan(pd.Series([gmv, ad]))
    return name, wan(views), str(viewers), minutes_seconds(stay * 60), money[0], money[1] if ad else DASH


_FACTS = (
    Figure("评论次数", "count", "comments"),
    Figure("点赞次数", "count", "likes"),
    Figure("新增粉丝数", "count", "new_followers"),
    Figure("取关粉丝数", "count", "unfollows"),
    Figure("新加直播团人数", "count", "club"),
    Figure("观看老粉占比", "percent_of_one", "old_fans"),
    Figure("退款人数", "count", "refund_buyers"),
    Figure("退款订单数", "count", "refund_orders"),
    Figure("退款金额", "yuan", "refund"),
    Figure("1小时退款金额", "yuan", "refund_1h"),
)


def _people(session: pd.Series) -> book.Columns:
    row = _row(session)
    row = row.assign(likes=row["views"] * 3 + row["comments"])
    return spell(row, _FACTS) | {name: [words] for name, words in _PEOPLE}


def _row(session: pd.Series) -> pd.DataFrame:
    row = session.to_frame().T
    return row.assign(refund_buyers=row[["refund_orders", "buyers"]].min(axis=1))


def _goods(world: World, session: pd.Series) -> book.Grid:
    """Three tables under each other, an empty row between them: the room, its products, their skus."""
    goods = session_goods.products(world, session).assign(picture=DASH)
    row = _row(session).assign(title=f"{session['account']}的直播间")
    skus = session_goods.skus(world, goods).assign(picture=DASH)
    stacked = [spell(row, ROOM), spell(goods, PRODUCTS), spell(skus, SKUS)]
    return [line for table in stacked for line in (*book.rows(table), ())][:-1]
