"""商品列表, 商品卡列表 and the product list of a live room: the shop's products as three pages show them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from factbook.samples import book, chosen, session_goods, tables
from factbook.samples.draw import noise, stream
from factbook.samples.spelling import Figure, spell
from factbook.samples.world import World

_BUYERS = (
    Figure("新客点击人数", "count", "new_click_users"),
    Figure("老客点击人数", "count", "old_click_users"),
    Figure("新客点击占比", "percent", "new_click_users", "click_users"),
    Figure("老客点击占比", "percent", "old_click_users", "click_users"),
    Figure("首购用户数", "count", "first_buyers"),
    Figure("复购用户数", "count", "repeat_buyers"),
    Figure("首购新客占比", "percent", "first_buyers", "buyers"),
    Figure("复购老客占比", "percent", "repeat_buyers", "buyers"),
)
PRODUCTS = (
    Figure("商品ID", "text", "product_id"),
    Figure("商品名称", "text", "product"),
    Figure("用户支付金额", "yuan", "paid"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交件数", "count", "items"),
    Figure("成交人数", "count", "buyers"),
    Figure("商品曝光人数", "count", "imp_users"),
    Figure("商品曝光次数", "count", "imps"),
    Figure("商品点击人数", "count", "click_users"),
    Figure("商品点击次数", "count", "clicks"),
    Figure("商品曝光-点击转化率(人数)", "percent", "click_users", "imp_users"),
    Figure("商品曝光-点击转化率(次数)", "percent", "clicks", "imps"),
    Figure("商品点击-成交转化率(人数)", "percent", "buyers", "click_users"),
    Figure("商品点击-成交转化率(次数)", "percent", "orders", "clicks"),
    Figure("商品曝光-成交转化率(人数)", "percent", "buyers", "imp_users"),
    Figure("商品曝光-成交转化率(次数)", "percent", "orders", "imps"),
    Figure("千次曝光用户支付金额", "yuan_thousand", "paid", "imps"),
    Figure("成交笔单价", "yuan_each", "paid", "orders"),
    Figure("件单价", "yuan_each", "paid", "items"),
    Figure("客单价", "yuan_each", "paid", "buyers"),
    *_BUYERS,
    Figure("加购人数", "count", "carts"),
    Figure("收藏人数", "count", "favourites"),
    Figure("商品差评率", "percent_of_one", "bad_reviews"),
    Figure("商品品质退货率", "percent_of_one", "quality_returns"),
    Figure("投诉率", "percent_of_one", "complaints"),
    Figure("商详页跳失率", "percent_of_one", "bounced"),
    Figure("退款金额(支付时间)", "yuan", "refund"),
)
CARDS = (
    Figure("商品ID", "text", "product_id"),
    Figure("商品名称", "text", "product"),
    Figure("商品链接", "text", "link"),
    Figure("商品规格+商品价格", "text", "specification"),
    Figure("上架时间", "time", "listed"),
    Figure("商品卡曝光人数", "count", "imp_users"),
    Figure("商品卡曝光次数", "count", "imps"),
    Figure("商品卡点击人数", "count", "click_users"),
    Figure("商品卡点击次数", "count", "clicks"),
    Figure("商品卡点击率(人数)", "percent", "click_users", "imp_users"),
    Figure("商品卡点击率(次数)", "percent", "clicks", "imps"),
    Figure("商品卡点击-成交转化率(人数)", "percent", "buyers", "click_users"),
    Figure("商品卡点击-成交转化率(次数)", "percent", "orders", "clicks"),
    Figure("商品卡千次曝光用户支付金额", "yuan_thousand", "paid", "imps"),
    Figure("用户支付金额(元)", "yuan", "paid"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交人数", "count", "buyers"),
    Figure("商品卡成交客单价", "yuan_each", "paid", "buyers"),
    *_BUYERS,
    Figure("商品卡加购人数", "count", "carts"),
    Figure("商品卡收藏人数", "count", "favourites"),
    Figure("平台扶持曝光次数", "count", "supported"),
    Figure("销量", "count", "items"),
    Figure("销量排名", "count", "rank"),
)
# The room's list writes full-width brackets.
LIVE = (
    Figure("商品名称", "text", "product"),
    Figure("商品ID", "text", "product_id"),
    Figure("讲解次数", "count", "talks"),
    Figure("首次上架时间", "time", "listed"),
    Figure("直播间价格", "yuan", "price"),
    Figure("商品曝光人数", "count", "imp_users"),
    Figure("商品点击人数", "count", "click_users"),
    Figure("商品曝光次数", "count", "imps"),
    Figure("商品点击次数", "count", "clicks"),
    Figure("商品曝光-点击率（人数）", "percent", "click_users", "imp_users"),
    Figure("商品点击-成交转化率（人数）", "percent", "buyers", "click_users"),
    Figure("用户支付金额（元）", "grouped", "paid"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交件数", "count", "items"),
    Figure("成交人数", "count", "buyers"),
    Figure("预售订单数", "none", "orders"),
    Figure("千次曝光用户支付金额（元）", "yuan_thousand", "paid", "imps"),
    Figure("发货前退款订单数", "count", "early_orders"),
    Figure("发货前退款金额（元）", "grouped", "early"),
    Figure("发货前退款人数", "count", "early_orders"),
    Figure("发货前订单退款率", "percent", "early_orders", "orders"),
    Figure("发货后退款订单数", "count", "late_orders"),
    Figure("发货后退款金额（元）", "grouped", "late"),
    Figure("发货后退款人数", "count", "late_orders"),
    Figure("发货后订单退款率", "percent", "late_orders", "orders"),
)
_SUMS = ["paid", "orders", "items", "imps", "clicks", "refund"]
_OLD_AND_NEW = (
    ("repeat_buyers", "first_buyers", "buyers"),
    ("old_click_users", "new_click_users", "click_users"),
)
_SAID = {"bad_reviews": 0.006, "quality_returns": 0.009, "complaints": 0.0004, "bounced": 0.58}
_EARLY = 0.46  # of refunds, those before shipping


def products(world: World) -> Iterator[book.Export]:
    """商品列表: the period's products over all carriers."""
    yield book.Export("商品列表.xlsx", {"商品列表": spell(listed(world, period_goods(world)), PRODUCTS)})


def cards(world: World) -> Iterator[book.Export]:
    """商品卡列表: what their cards sold."""
    goods, span = period_goods(world), world.shop.period
    rows = listed(world, goods[goods["carrier"] == "product_card"])
    name = f"商品卡列表数据_{span.start:%Y_%m_%d}~{span.end:%Y_%m_%d}.xlsx"
    yield book.Export(name, {"商品卡列表": spell(rows, CARDS)})


def room(world: World) -> Iterator[book.Export]:
    """The product list of the first chosen session."""
    session = chosen.sessions(world).iloc[0]
    yield book.Export(chosen.called(session, "直播商品列表"), {"直播商品列表": spell(live(world, session), LIVE)})


def period_goods(world: World) -> pd.DataFrame:
    """The rows of 商品构成: product by carrier."""
    return tables.products(world, tables.period_rows(world))


def listed(world: World, goods: pd.DataFrame) -> pd.DataFrame:
    """One row a product, with people, first and repeat buyers, and what reviews say; largest first."""
    frame = goods.groupby(["number", "product", "product_id"], as_index=False)[_SUMS].sum()
    rng = stream(world.seed, world.shop.id, "listed", str(len(goods)))
    count = len(frame)
    frame["buyers"] = np.rint(frame["orders"] * 0.97).astype("int64")
    frame["click_users"] = np.rint(frame["clicks"] / 1.35).astype("int64")
    frame["imp_users"] = np.rint(frame["imps"] / 3.2).astype("int64")
    again = np.clip(world.shop.repeat_buyers * noise(rng, 0.08, count), 0, 0.9)
    for old, new, of in _OLD_AND_NEW:
        frame[old] = np.rint(frame[of] * again).astype("int64")
        frame[new] = frame[of] - frame[old]
    frame["carts"], frame["favourites"] = frame["click_users"] // 9, frame["click_users"] // 24
    for name, middle in _SAID.items():
        frame[name] = np.clip(middle * noise(rng, 0.2, count), 0, 0.95)
    return _shelved(world, frame)


def _shelved(world: World, frame: pd.DataFrame) -> pd.DataFrame:
    prices = [world.shop.products[n].price_cny for n in frame["number"]]
    frame["specification"] = [f"默认 ¥{price:,.2f}" for price in prices]
    frame["link"] = [f"https://example.invalid/item/{item}" for item in frame["product_id"]]
    frame["listed"] = pd.Timestamp(world.whole.start) - pd.to_timedelta(frame["number"] * 11 + 3, unit="D")
    frame["supported"] = frame["imps"] // 12
    frame = frame.sort_values("paid", ascending=False, ignore_index=True)
    return frame.assign(rank=np.arange(1, len(frame) + 1))


def live(world: World, session: pd.Series) -> pd.DataFrame:
    """The products of one session, with refunds before and after shipping."""
    frame = session_goods.products(world, session)
    frame["listed"] = session["start"] + pd.to_timedelta(np.arange(len(frame)) * 240 + 35, unit="s")
    for early, late, of in (("early", "late", "refund"), ("early_orders", "late_orders", "refund_orders")):
        frame[early] = np.rint(frame[of] * _EARLY).astype("int64")
        frame[late] = frame[of] - frame[early]
    return frame.sort_values("paid", ascending=False, ignore_index=True)
