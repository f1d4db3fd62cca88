"""Big exports, simulated a block at a time: 抖店 orders and minute series, as the platform spells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

BLOCK = 100_000
Columns = dict[str, pa.Array]


@dataclass(frozen=True)
class Big:
    """A kind of file: how a block of it is drawn, and which columns are of which kind."""

    block: Callable[[int, int, np.random.Generator], Columns]
    figures: tuple[str, ...]
    moments: tuple[str, ...]
    unused: tuple[str, ...]
    keys: tuple[str, ...]
    total: str


def _texts(values: np.ndarray) -> pa.Array:
    return pa.array(values.astype(str))


def _spread(words: list[str], codes: np.ndarray) -> pa.Array:
    return pa.array(words).take(pa.array(codes))


def _money(yuan: np.ndarray, marks: bool = True) -> pa.Array:
    spell = (lambda v: f'"{v:,.2f}"' if v >= 1000 else f"{v:.2f}") if marks else (lambda v: f"{v:.2f}")
    return pa.array([spell(value) for value in yuan.tolist()])


def _moments(when: np.ndarray) -> pa.Array:
    return pc.strftime(pa.array(when), format="%Y/%m/%d %H:%M:%S")


def _orders(start: int, count: int, rng: np.random.Generator) -> Columns:
    number = np.arange(start, start + count)
    product, creator = rng.integers(0, 3_000, count), rng.integers(0, 800, count)
    price, quantity = 9.9 + product * 0.37, rng.choice([1, 1, 1, 2], count)
    paid = price * quantity * 0.97
    placed = np.datetime64("2026-09-01T00:00:00") + (number // 3 + rng.integers(0, 600, count)).astype("timedelta64[s]")
    partner, back = rng.random(count) < 0.5, (rng.random(count) < 0.15).astype(int)
    alone = ["0", *(str(3_000_000_000_000_000_000 + n * 7_919) for n in range(800))]
    names = ["-", *(f"达人{n}号优选" for n in range(800))]
    who = np.where(partner, creator + 1, 0)
    order = 6_000_000_000_000_000_000 + number * 1_000_003
    return {
        "主订单编号": _texts(order),
        "子订单编号": _texts(order + 1),
        "选购商品": _spread([f"舒缓修护面膜 {n} 10片装" for n in range(3_000)], product),
        "商品ID": _texts(3_500_000_000_000_000_000 + product),
        "商品数量": _texts(quantity),
        "商品单价": _money(price),
        "订单应付金额": _money(paid),
        "平台实际承担优惠金额": _money(paid * 0.01),
        "商家实际承担优惠金额": _money(paid * 0.02),
        "达人实际承担优惠金额": _money(partner * 1.0),
        "订单提交时间": _moments(placed),
        "支付完成时间": _moments(placed + rng.integers(4, 110, count).astype("timedelta64[s]")),
        "订单状态": _spread(["已发货", "已关闭"], back),
        "售后状态": _spread(["-", "退款成功"], back),
        "商家编码": _spread([f"SKU{n}" for n in range(3_000)], product),
        "达人ID": _spread(alone, who),
        "达人昵称": _spread(names, who),
        "流量体裁": _spread(["直播", "短视频", "商品卡"], rng.integers(0, 3, count)),
        "流量来源": _spread(["自营", "精选联盟"], partner.astype(int)),
        "收件人": pa.array([f"虚构买家{n}" for n in number.tolist()]),
        "收货地址 ": pa.array([f"虚构省虚构市演示路{n}号" for n in number.tolist()]),
    }


def _minutes(start: int, count: int, rng: np.random.Generator) -> Columns:
    number = np.arange(start, start + count)
    room = number // 600  # ten hours a room
    day, minute = (room // 40).astype("timedelta64[D]"), (number % 600).astype("timedelta64[m]")
    counts = {name: rng.poisson(mean, count) for name, mean in _COUNTED.items()}
    return {
        "主播昵称": _spread([f"样例旗舰店{n}号" for n in range(40)], room % 40),
        "直播间ID": _texts(7_400_000_000_000_000_000 + room),
        "时间": _moments(np.datetime64("2026-09-01T08:00:00") + day + minute),
        **{name: _texts(values) for name, values in counts.items()},
        "成交金额": _money(counts["成交订单数"] * rng.uniform(20, 900, count).round(2), marks=False),
        "千川消耗": _money(rng.uniform(0, 99, count), marks=False),
    }


_COUNTED = {
    "实时在线人数": 300,
    "进入直播间人数": 90,
    "离开直播间人数": 88,
    "商品曝光人数": 140,
    "商品点击人数": 30,
    "评论次数": 12,
    "点赞次数": 200,
    "新增粉丝数": 2,
    "新加直播团人数": 1,
    "成交订单数": 3,
    "成交人数": 3,
    "成交件数": 4,
}
ORDERS = Big(
    _orders,
    ("商品数量", "商品单价", "订单应付金额", "平台实际承担优惠金额", "商家实际承担优惠金额", "达人实际承担优惠金额"),
    ("订单提交时间", "支付完成时间"),
    ("商家编码", "收件人", "收货地址 "),
    ("子订单编号",),
    "订单应付金额",
)
MINUTES = Big(
    _minutes, (*_COUNTED, "成交金额", "千川消耗"), ("时间",), (), ("主播昵称", "直播间ID", "时间"), "成交金额"
)
KINDS = {"orders": ORDERS, "minutes": MINUTES}


def blocks(kind: Big, rows: int) -> Iterator[Columns]:
    """The rows of a file, the same each time."""
    rng = np.random.default_rng(20261101)
    for start in range(0, rows, BLOCK):
        yield kind.block(start, min(BLOCK, rows - start), rng)


def write_text(kind: Big, rows: int, encoding: str, path: Path) -> None:
    """A text file; amounts with a thousands mark are quoted, as the platform does."""
    with path.open("w", encoding=encoding, newline="") as file:
        for number, columns in enumerate(blocks(kind, rows)):
            if not number:
                file.write(",".join(columns) + "\r\n")
            lines = pc.binary_join_element_wise(*columns.values(), ",")
            file.write("\r\n".join(lines.to_pylist()) + "\r\n")
