"""After-sales of the exported orders: one row an order with a refund, and some requests that were closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from factbook.samples import book, write_orders
from factbook.samples.draw import stream
from factbook.samples.spelling import DASH
from factbook.samples.world import World

HEADERS = ("订单号", "商品单号", "售后状态", "售后类型", "退商品金额（元）", "售后申请时间", "退款方式")
_DONE, _WAITING, _CLOSED = "同意退款，退款成功", "待买家退货", "售后关闭"
_STATES = {
    "退款成功": _DONE, "已全额退款": _DONE, "退款中": _DONE, "待收退货": _WAITING, "售后待处理": _WAITING,
    "待退货": _WAITING,
}  # fmt: skip
_USED = ("主订单编号", "子订单编号", "售后状态", "订单应付金额", "支付完成时间")
_CLOSED_SHARE = 0.006  # of the orders without a refund


def exports(world: World, count: int | None = None) -> Iterator[book.Export]:
    """The same order numbers as the order export, ids with a tab behind them."""
    orders = write_orders.sample(world, count if count is not None else world.shop.order_rows)
    rng = stream(world.seed, world.shop.id, "after-sales")
    status = orders["售后状态"]
    closed = rng.random(len(status)) < _CLOSED_SHARE
    asked = [n for n, (state, shut) in enumerate(zip(status, closed, strict=True)) if state != DASH or shut]
    later = rng.integers(1, 40, len(asked))
    end = world.shop.period.end
    lines = [_line({h: orders[h][n] for h in _USED}, int(hours), end) for n, hours in zip(asked, later, strict=True)]
    yield book.Export(f"售后单_{end:%Y%m%d}.csv", {"": (HEADERS, *lines)}, "utf-8-sig")


def _line(order: dict[str, str], hours: int, end: date) -> tuple[str, ...]:
    state = _STATES.get(order["售后状态"], _CLOSED)
    paid = pd.Timestamp(order["支付完成时间"])
    last = pd.Timestamp(end) + pd.Timedelta(hours=23, minutes=59, seconds=30)
    asked = max(paid, min(paid + pd.Timedelta(hours=hours), last))
    kind = "仅退款" if state == _DONE else "退货退款"
    amount, way = ("0.00", "无需退款") if state == _CLOSED else (order["订单应付金额"], "原路退回")
    ids = (order["主订单编号"].strip() + "\t", order["子订单编号"] + "\t")
    return (*ids, state, kind, amount, f"{asked:%Y/%m/%d %H:%M:%S}", way)
