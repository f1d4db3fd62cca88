"""精选联盟 orders: what creators sold in the week before the shop's order export begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.samples import book, names, tables
from factbook.samples.draw import stream
from factbook.samples.spelling import DASH, grouped
from factbook.samples.world import World

HEADERS = tuple(
    "订单id 商品id 商品名称 作者账号 抖音/火山号 支付金额 佣金率 预估佣金支出 结算金额 实际佣金支出 订单状态 "
    "超时未结算原因 付款时间 收货时间 订单结算时间 商品来源 尾款支付时间 定金金额 店铺id 店铺名称 商品数量 "
    "佣金发票 冻结比例 是否阶梯佣金 门槛销量 基础佣金率 升佣佣金率 预估奖励佣金支出 结算奖励佣金支出 阶梯计划ID "
    "支付补贴 平台补贴 达人补贴 运费 税费 运费补贴 分销来源 营销活动id 推广费率 推广技术服务费 预估推广费支出 "
    "结算推广费支出 计划类型 订单来源 流量细分来源 流量来源 订单类型".split()
)
COUNT = 320
_DAYS = 7
_BACK, _SETTLED, _PAID = "订单退货退款", "订单结算", "订单付款"


def exports(world: World) -> Iterator[book.Export]:
    """One CSV in UTF-8; the ids end in a tab, so that Excel leaves them whole."""
    rows = sample(world)
    if rows.empty:
        return
    first, last = rows["date"].min(), rows["date"].max()
    cells = {header: [DASH] * len(rows) for header in HEADERS} | _goods(rows) | _money(rows) | _fixed(world, rows)
    yield book.Export(f"精选联盟订单明细_{first:%Y%m%d}_{last:%Y%m%d}.csv", {"": cells}, "utf-8-sig")


def sample(world: World) -> pd.DataFrame:
    """Orders drawn from creators' sessions of the last seven days with any, before the shop's own export."""
    rng = stream(world.seed, world.shop.id, "alliance")
    limit = pd.Timestamp(world.shop.period.end - timedelta(days=world.shop.order_days))
    rows = world.sessions[(world.sessions["party"] == "partner") & (world.sessions["date"] <= limit)]
    rows = rows[rows["date"].isin(sorted(rows["date"].unique())[-_DAYS:]) & (rows["orders"] > 0)]
    if rows.empty:
        return rows
    weight = rows["orders"].to_numpy(dtype=float)
    drawn = np.sort(rng.choice(len(rows), COUNT, p=weight / weight.sum()))
    return _orders(world, rows.iloc[drawn].reset_index(drop=True), rng)


def _orders(world: World, rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    shop, count = world.shop, len(rows)
    price = np.asarray([product.price_cny for product in shop.products], dtype=float)
    share = np.asarray([product.share for product in shop.products]) / price
    number = rng.choice(len(price), count, p=share / share.sum())
    rows["product"] = [shop.products[n].name for n in number]
    rows["product_id"] = np.asarray(tables.product_ids(world), dtype=object)[number]
    rows["order_id"] = names.long_ids(count, rng, "6")
    rows["quantity"] = np.where(rng.random(count) < 0.1, 2, 1)
    rows["amount"] = np.rint(price[number] * rows["quantity"] * 97).astype("int64")
    rows["paid_at"] = rows["start"] + pd.to_timedelta(rng.random(count) * rows["minutes"] * 60, unit="s").dt.floor("s")
    refund = (rows["refund"] / rows["paid"]).to_numpy(dtype=float)
    rows["state"] = np.where(rng.random(count) < refund, _BACK, np.where(rng.random(count) < 0.3, _SETTLED, _PAID))
    return rows


def _goods(rows: pd.DataFrame) -> dict[str, list[str]]:
    return {
        "订单id": [f"{order}\t" for order in rows["order_id"]],
        "商品id": [f"{item}\t" for item in rows["product_id"]],
        "商品名称": rows["product"].tolist(),
        "作者账号": rows["account"].tolist(),
        "抖音/火山号": rows["douyin_id"].tolist(),
        "商品数量": [str(n) for n in rows["quantity"]],
        "订单状态": rows["state"].tolist(),
        "付款时间": [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in rows["paid_at"]],
    }


def _money(rows: pd.DataFrame) -> dict[str, list[str]]:
    kept = (rows["state"] != _BACK).astype("int64")
    due = (rows["amount"] * rows["commission_rate"]).round().astype("int64") * kept
    settled = (rows["state"] == _SETTLED).astype("int64")
    rate = [f"{value * 100:.2f}%" for value in rows["commission_rate"]]
    return {
        "支付金额": grouped(rows["amount"]),
        "佣金率": rate,
        "基础佣金率": rate,
        "预估佣金支出": grouped(due),
        "结算金额": grouped(rows["amount"] * settled),
        "实际佣金支出": grouped(due * settled),
        "达人补贴": ["0.00"] * len(rows),
        "平台补贴": grouped((rows["amount"] * 0.005 * kept).round().astype("int64")),
    }


def _fixed(world: World, rows: pd.DataFrame) -> dict[str, list[str]]:
    said = {
        "商品来源": "自营商品", "店铺名称": world.shop.name, "是否阶梯佣金": "否", "计划类型": "普通计划",
        "订单来源": "精选联盟", "流量来源": "直播", "流量细分来源": "直播间", "订单类型": "普通订单",
    }  # fmt: skip
    return {header: [word] * len(rows) for header, word in said.items()}
