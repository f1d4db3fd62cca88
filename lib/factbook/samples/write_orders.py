"""抖店 orders of the last days, as the shop exports them: CSV in GB18030, private columns and all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.samples import book, names, tables
from factbook.samples.draw import stream
from factbook.samples.spelling import DASH
from factbook.samples.world import World

HEADERS = (
    "主订单编号", "子订单编号", "选购商品", "商品ID", "商品数量", "商品单价", "订单应付金额",
    "平台实际承担优惠金额",
    "商家实际承担优惠金额", "达人实际承担优惠金额", "订单提交时间", "支付完成时间", "订单状态", "售后状态", "商家编码",
    "商家备注", "达人ID", "达人昵称", "流量体裁", "流量渠道", "流量来源", "收件人", "收件人手机号",
    "收货地址 ",
)  # fmt: skip
_FORMS = {"live": "直播", "video": "短视频", "product_card": "商品卡", "article": "图文", "other": "其他"}
_REFUNDED = ("退款成功", "已全额退款", "退款中", "待收退货", "售后待处理", "待退货")


def exports(world: World, count: int | None = None) -> Iterator[book.Export]:
    """A sample of the orders paid in the last days of the period; `count` rows."""
    rows = sample(world, count if count is not None else world.shop.order_rows)
    end = world.shop.period.end
    name = f"抖店订单_{end - timedelta(days=world.shop.order_days - 1):%Y%m%d}_{end:%Y%m%d}.csv"
    yield book.Export(name, {"": {header: rows[header] for header in HEADERS}}, "gb18030")


def sample(world: World, count: int) -> dict[str, list[str]]:
    """`count` orders drawn from where the last days' orders came from; header -> cells."""
    rng = stream(world.seed, world.shop.id, "orders")
    atoms = world.current
    first = pd.Timestamp(world.shop.period.end) - pd.Timedelta(days=world.shop.order_days - 1)
    atoms = atoms[atoms["date"] >= first]
    weight = atoms["orders"].to_numpy(dtype=float)
    drawn = np.sort(rng.choice(len(atoms), count, p=weight / weight.sum()))
    source = atoms.iloc[drawn].reset_index(drop=True)
    goods, moments = _goods(world, count, rng), _moments(source, rng)
    return goods | moments | _origin(world, source) | _aftersale(world, count, rng)


def _goods(world: World, count: int, rng: np.random.Generator) -> dict[str, list[str]]:
    shop = world.shop
    price = np.asarray([product.price_cny for product in shop.products], dtype=float)
    share = np.asarray([product.share for product in shop.products]) / price
    number = rng.choice(len(price), count, p=share / share.sum())
    quantity = np.where(rng.random(count) < 0.1, 2, 1)
    ids, main = tables.product_ids(world), names.long_ids(count, rng, "6")
    owed = price[number] * quantity
    tabbed = rng.random(count) < 0.02  # the export leaves a tab behind some ids
    return {
        "主订单编号": [f"{order}\t" if tab else order for order, tab in zip(main, tabbed, strict=True)],
        "子订单编号": [f"{order[:-1]}{(int(order[-1]) + 1) % 10}" for order in main],
        "选购商品": [shop.products[n].name for n in number],
        "商品ID": [ids[n] for n in number],
        "商品数量": [str(q) for q in quantity],
        "商品单价": [f"{p:,.2f}" for p in price[number]],
        "订单应付金额": [f"{amount * 0.97:,.2f}" for amount in owed],
        "平台实际承担优惠金额": [f"{amount * 0.01:,.2f}" for amount in owed],
        "商家实际承担优惠金额": [f"{amount * 0.02:,.2f}" for amount in owed],
        "商家编码": [f"SKU{n:03d}" for n in number],
    }


def _moments(source: pd.DataFrame, rng: np.random.Generator) -> dict[str, list[str]]:
    placed = source["date"] + pd.to_timedelta(rng.integers(7 * 3600, 24 * 3600 - 120, len(source)), unit="s")
    paid = placed + pd.to_timedelta(rng.integers(4, 110, len(source)), unit="s")
    return {
        "订单提交时间": [f"{moment:%Y/%m/%d %H:%M:%S}" for moment in placed],
        "支付完成时间": [f"{moment:%Y/%m/%d %H:%M:%S}" for moment in paid],
    }


def _origin(world: World, source: pd.DataFrame) -> dict[str, list[str]]:
    uid = dict(zip(world.creators["douyin_id"], world.creators["creator_id"], strict=True))
    partner = (source["party"] == "partner").to_numpy() & (source["douyin_id"] != "-").to_numpy()
    own = ((source["party"] == "self") & (source["douyin_id"] != "-")).to_numpy()
    account = source["account"].to_numpy(dtype=object)
    return {
        "达人ID": [uid.get(d, d) if p else "0" for d, p in zip(source["douyin_id"], partner, strict=True)],
        "达人昵称": [name if p or o else DASH for name, p, o in zip(account, partner, own, strict=True)],
        "达人实际承担优惠金额": ["1.00" if p else "0.00" for p in partner],
        "流量体裁": [_FORMS[carrier] for carrier in source["carrier"]],
        "流量渠道": [DASH if p or o else name for name, p, o in zip(account, partner, own, strict=True)],
        "流量来源": ["精选联盟" if party == "partner" else "自营" for party in source["party"]],
    }


def _aftersale(world: World, count: int, rng: np.random.Generator) -> dict[str, list[str]]:
    refunded = rng.random(count) < world.shop.room.refund
    kind = rng.choice(len(_REFUNDED), count, p=[0.55, 0.2, 0.1, 0.05, 0.05, 0.05])
    return {
        "订单状态": ["已关闭" if r and k < 2 else "已发货" for r, k in zip(refunded, kind, strict=True)],
        "售后状态": [_REFUNDED[k] if r else DASH for r, k in zip(refunded, kind, strict=True)],
        "商家备注": ["演示备注" if i % 50 == 0 else "" for i in range(count)],
        "收件人": [f"虚构买家{i}" for i in range(count)],
        "收件人手机号": [f"000{i:08d}" for i in range(count)],
        "收货地址 ": [f"虚构省虚构市演示路{i}号" for i in range(count)],
    }
