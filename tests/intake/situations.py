"""Files that break each line of the reconciliation in just one way, beside the good ones they were made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from tests.intake.build import (
    ORDERS,
    SESSION_HEADERS,
    TRADE,
    days,
    order,
    session,
    trade_sheets,
)

Sheets = Mapping[str, Sequence[Sequence[Any]]]
Files = Mapping[str, Sheets]  # a file's name: its sheets; a CSV has one without a name
DAYS = days(3)
PAID = TRADE.index("用户支付金额")
START, END = "2026/09/07 08:55:37", "2026/09/08 00:55:37"
ROOM = "(样例旗舰店_2026-09-07_08-55-37).xlsx"


def moved(sheet: Sequence[Sequence[Any]], row: Sequence[str], column: int, by: float) -> list[list[Any]]:
    """A sheet with one figure moved: of the row that begins with these cells."""
    rows = [list(cells) for cells in sheet]
    found = next(cells for cells in rows if cells[: len(row)] == list(row))
    found[column] = f"{float(found[column]) + by:.2f}"
    return rows


def cut(sheet: Sequence[Sequence[Any]], *start: str) -> list[Sequence[Any]]:
    """A sheet without the row that begins with these cells."""
    return [cells for cells in sheet if list(cells[: len(start)]) != list(start)]


def trade(**sheets: Sequence[Sequence[Any]]) -> Files:
    return {"成交分析.xlsx": {**trade_sheets(DAYS), **sheets}}


def changed(sheet: str, row: Sequence[str], by: float, column: int = PAID) -> Files:
    return trade(**{sheet: moved(trade_sheets(DAYS)[sheet], row, column, by)})


# ------------------------------------------------------------------ the smaller sheets of 成交分析, each with its whole
BESIDE: dict[str, list[list[str]]] = {
    "终端构成": [["日期", "终端类型", "用户支付金额", "成交订单数"], ["20261001", "整体", "100.00", "10"],
             ["20261001", "抖音", "70.00", "7"], ["20261001", "抖音极速版", "30.00", "3"]],
    "品类构成": [["一级类目", "二级类目", "用户支付金额"], ["全部", "全部", "100.00"], ["美妆", "全部", "60.00"],
             ["美妆", "护肤", "45.00"], ["美妆", "彩妆", "15.00"], ["服饰", "女装", "40.00"]],
    "价格带构成": [["价格带", "用户支付金额"], ["全部", "100.00"], ["0-50", "25.00"], ["50-100", "75.00"]],
    "商品构成": [["商品名称", "商品编号", "载体类型", "用户支付金额"],
             ["面霜", "3834481579211502112", "全部", "100.00"], ["面霜", "3834481579211502112", "直播", "80.00"],
             ["面霜", "3834481579211502112", "商品卡", "20.00"], ["洁面", "3834481579211502113", "全部", "30.00"],
             ["洁面", "3834481579211502113", "直播", "30.00"]],
    "人群构成": [["日期", "人群类型", "载体类型", "用户支付金额"], ["20261001", "全部", "全部", "100.00"],
             ["20261001", "首购", "全部", "60.00"], ["20261001", "复购", "全部", "40.00"],
             ["20261001", "全部", "直播", "90.00"], ["20261001", "首购", "直播", "55.00"],
             ["20261001", "复购", "直播", "35.00"], ["20261001", "全部", "商品卡", "10.00"],
             ["20261001", "首购", "商品卡", "5.00"], ["20261001", "复购", "商品卡", "5.00"]],
}  # fmt: skip


def beside(sheet: str, rows: Sequence[Sequence[Any]] | None = None) -> Files:
    return trade(**{sheet: rows or BESIDE[sheet]})


# ------------------------------------------------------------------ one session in the list, its workbook, its minutes
LISTED = {"直播间用户支付金额": "60000.00"}  # beside what is published of the session


def listed(*rows: list[str]) -> Files:
    return {"直播明细.xlsx": {"直播间明细": [SESSION_HEADERS, *(rows or [session(**LISTED)])]}}


FACTS = [
    ["达人昵称", "样例旗舰店"], ["抖音号", "yangli_shop"], ["直播时间", "2026-09-07 08-55-37~2026-09-08 00-55-37"],
    ["成交金额", "61045.30"], ["成交订单数", "1536"],
]  # fmt: skip
CHANNELS = [
    ["渠道名称", "观看次数", "观看人数", "成交金额", "千川消耗"], ["整体", "2.1万", "15093", "61045.30", "24052.43"],
    ["推荐feed", "1.1万", "8000", "20000.00", "-"], ["千川全域推广", "1.0万", "7093", "41045.30", "24052.43"],
]  # fmt: skip
GOODS = [
    ["商品点击人数", "成交金额", "成交订单数", "成交件数"], ["6390", "61045.30", "1536", "1547"],
    ["商品名称", "商品编号", "成交金额", "成交订单数", "成交件数"],
    ["面霜", "3834481579211502112", "41045.30", "1036", "1047"],
    ["-", "sku名称", "成交金额", "成交件数"], ["-", "50g", "41045.30", "1047"],
    ["洁面", "3834481579211502113", "20000.00", "500", "500"],
    ["-", "sku名称", "成交金额", "成交件数"], ["-", "120g", "12000.00", "300"], ["-", "200g", "8000.00", "200"],
]  # fmt: skip


def workbook(**sheets: Sequence[Sequence[Any]]) -> Files:
    whole = {"基本信息": FACTS, "流量分析-渠道分析": CHANNELS, "商品": GOODS, **sheets}
    return {"直播间详情页_整场数据下载_2026-09-08_09-00-00" + ROOM: whole}


EACH = [(5000.00, 130), (20000.00, 500), (0.00, 0), (30000.30, 750), (6000.00, 150), (45.00, 6)]


def minutes(flows: Sequence[tuple[float, int]] = EACH) -> Files:
    rows = [
        [f"2026/09/07 09:{n:02d}", "20", f"{gmv:.2f}", str(orders)] for n, (gmv, orders) in enumerate(flows, start=1)
    ]
    head = ["时间", "实时在线人数", "成交金额", "成交订单数"]
    return {"直播间详情页_分钟趋势_2026-09-08_09-00-00" + ROOM: {"分钟": [head, *rows]}}


# ------------------------------------------------------------------ ads, traffic, orders, scores
def ads(words: str, cost: str, *rows: tuple[str, str], last: str = "") -> list[list[str]]:
    """A 千川 sheet: when, whose, what it cost."""
    when = "时间-小时" if words == "hour" else "日期"
    more = ["整体成交订单数"] if cost.startswith("整体") else ["展示次数", "点击次数"]
    head = [when, "抖音号名称", "抖音号ID", cost, *more]
    body = [[day, "样例旗舰店", "yangli_shop", spent, *(["1"] * len(more))] for day, spent in rows]
    closing = [["合计", "-", "-", last, *([str(len(rows))] * len(more))]] if last else []
    return [head, *body, *closing]


def uni(*days_: tuple[str, str], hours: Sequence[tuple[str, str]] = ()) -> Files:
    day = {"全域数据_直播分析.xlsx": {"直播分析": ads("day", "整体消耗", *days_)}}
    return day | ({"全域分时.xlsx": {"分时": ads("hour", "整体消耗", *hours)}} if hours else {})


def standard(*days_: tuple[str, str], last: str = "") -> Files:
    return {"千川标准.csv": {"": ads("day", "消耗(元)", *days_, last=last)}}


HOURS = [("2026-09-07 09:00", "9000.00"), ("2026-09-07 10:00", "11000.00")]


def traffic(gmv: str) -> Files:
    head = ["日期", "达人昵称", "抖音号", "直播间曝光人数", "直播间观看次数", "直播间观看人数", "成交金额"]
    return {
        "流量综合趋势.xlsx": {"趋势": [head, ["20260907", "样例旗舰店", "yangli_shop", "90000", "21254", "15093", gmv]]}
    }


def orders(count: int, amount: str, first: int = 1) -> Files:
    """Orders of the first day, each of one amount."""
    at = {"订单提交时间": "2026-10-01 20:00:00", "支付完成时间": "2026-10-01 20:01:00"}
    rows = [order(number, **at, 订单应付金额=amount) for number in range(first, first + count)]
    return {"抖店订单.csv": {"": [ORDERS, *rows]}}


def small(paid: str, sold: int) -> Files:
    """成交分析 of one day with a few orders."""
    head = ["日期", "载体类型", "投放时段", "用户支付金额", "成交订单数"]
    return {"成交分析.xlsx": {"成交概览": [head, ["20261001", "全部", "不限", paid, str(sold)]]}}


def scores(total: str) -> Files:
    head = ["日期", "商家体验分", "商品体验得分", "物流体验得分", "服务体验得分", "平台求助率"]
    return {"商家体验分.xlsx": {"体验分": [head, ["20261001", total, "74", "78", "57", "0.05%"]]}}


TYPED = {"service_scores": pd.DataFrame({"date": [pd.Timestamp("2026-10-01")], "total": [68.0]})}


@dataclass(frozen=True)
class Situation:
    """Good files, the ones damaged, and what the line must say of those: both figures, and where they part most."""

    good: Files
    bad: Files
    metric: str
    left: float
    right: float
    where: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, pd.DataFrame] = field(default_factory=dict)


FIRST = {"days": "1", "worst_day": "2026-10-01"}
NIGHT = {"days": "1", "worst_day": "2026-09-07"}
OWN = 100_000 * 9 * 6 / 100  # yuan a day of the shop's own sales in trade_sheets; partners have half of it
SHOP = 1.5 * OWN
LIVE = 100_000 * 6 * 6 / 100  # of them in its rooms
TOP, DETAIL = ["20261001", "全部", "不限"], ["20261001", "直播", "不限"]
OCTOBER = [
    session(
        直播开始时间=f"2026/10/0{n} 08:00:00", 直播结束时间=f"2026/10/0{n} 12:00:00", 直播间用户支付金额=f"{LIVE:.2f}"
    )
    for n in (1, 2, 3)
]
DAY, UNI, STANDARD = "2026-09-07", "20000.00", "4052.43"

SITUATIONS: Mapping[str, Situation] = {
    "carrier_sum": Situation(trade(), changed("自营成交", DETAIL, 7.0), "paid_amount_cny",
                             3 * OWN, 3 * OWN + 7, {**FIRST, "party": "self"}),
    "party_sum": Situation(trade(), changed("合作成交", TOP, -7.0), "paid_amount_cny",
                           3 * SHOP, 3 * SHOP - 7, {**FIRST, "carrier": "all", "slot": "all"}),
    "slot_sum": Situation(trade(), changed("成交概览", ["20261001", "全部", "非投放时段"], 7.0), "paid_amount_cny",
                          3 * SHOP, 3 * SHOP + 7, FIRST),
    "account_sum": Situation(trade(), trade(账号构成=cut(trade_sheets(DAYS)["账号构成"], "20261001", "更多账号")),
                             "paid_amount_cny", 3 * (SHOP - OWN), 3 * (SHOP - OWN) - 13500, FIRST),
    "amount_parts": Situation(trade(), changed("成交概览", TOP, 7.0, TRADE.index("平台补贴金额")), "gmv_cny",
                              3 * SHOP * 1.17, 3 * SHOP * 1.17 + 7, FIRST),
    "own_live": Situation({**trade(), **listed(*OCTOBER)}, {**trade(), **listed(*OCTOBER[::2])}, "paid_amount_cny",
                          2 * LIVE, 3 * LIVE, {"worst_day": "2026-10-02", "worst_left": "0.00"}),
    "terminal_sum": Situation(beside("终端构成"),
                              beside("终端构成", moved(BESIDE["终端构成"], ["20261001", "抖音"], 2, -9)),
                              "paid_amount_cny", 100, 91, FIRST),
    "category_sum": Situation(beside("品类构成"), beside("品类构成", cut(BESIDE["品类构成"], "服饰")),
                              "paid_amount_cny", 100, 60),
    "price_sum": Situation(beside("价格带构成"), beside("价格带构成", cut(BESIDE["价格带构成"], "0-50")),
                           "paid_amount_cny", 100, 75),
    "product_carriers": Situation(
        beside("商品构成"), beside("商品构成", cut(BESIDE["商品构成"], "面霜", "3834481579211502112", "商品卡")),
        "paid_amount_cny", 130, 110, {"worst_name": "面霜", "worst_left": "100.00", "worst_right": "80.00"}),
    "audience_carriers": Situation(beside("人群构成"),
                                   beside("人群构成", cut(BESIDE["人群构成"], "20261001", "全部", "商品卡")),
                                   "paid_amount_cny", 100, 90, FIRST),
    "audience_sum": Situation(
        beside("人群构成"), beside("人群构成", moved(BESIDE["人群构成"], ["20261001", "复购", "直播"], 3, 4)),
        "paid_amount_cny", 90, 94, {**FIRST, "carrier": "live"}),
    "net_gmv": Situation(listed(), listed(session(**LISTED, 净成交金额="50000.00")), "net_gmv_cny",
                         50000, 50512.90, NIGHT),
    "printed": Situation(listed(), listed(session(**LISTED, **{"商品点击-成交率(次数)": "0.7230"})), "orders",
                         7451.24, 1536, {"rows": "1", "row": "2", "printed": "click_to_pay_times_printed"}),
    "closing_sum": Situation(standard((DAY, STANDARD), ("2026-09-08", "100.00"), last="4152.43"),
                             standard((DAY, STANDARD), last="4152.43"), "ad_cost_cny", 4152.43, 4052.43),
    "session_book": Situation({**listed(), **workbook()},
                              {**listed(), **workbook(基本信息=moved(FACTS, ["成交金额"], 1, 1000))},
                              "gmv_cny", 62045.30, 61045.30, NIGHT),
    "session_minutes": Situation({**listed(), **minutes()}, {**listed(), **minutes(EACH[:-2])},
                                 "gmv_cny", 55000.30, 61045.30, NIGHT),
    "channel_sum": Situation(workbook(), workbook(**{"流量分析-渠道分析": cut(CHANNELS, "推荐feed")}),
                             "gmv_cny", 41045.30, 61045.30, NIGHT),
    "minute_channels": Situation({**minutes(), **workbook()}, {**minutes(EACH[1:]), **workbook()},
                                 "gmv_cny", 56045.30, 61045.30, NIGHT),
    "session_goods": Situation(workbook(), workbook(商品=moved(GOODS, ["6390"], 1, 10000)),
                               "gmv_cny", 61045.30, 71045.30, NIGHT),
    "goods_skus": Situation(workbook(), workbook(商品=GOODS[:-1]), "gmv_cny", 53045.30, 61045.30,
                            {**NIGHT, "worst_left": "12,000.00", "worst_right": "20,000.00"}),
    "ads_hours": Situation(uni((DAY, UNI), hours=HOURS), uni((DAY, UNI), hours=HOURS[:1]), "ad_cost_cny",
                           9000, 20000, NIGHT),
    "ads_sessions": Situation({**uni((DAY, UNI)), **standard((DAY, STANDARD)), **listed()},
                              {**uni((DAY, "15000.00")), **standard((DAY, STANDARD)), **listed()},
                              "ad_cost_cny", 19052.43, 24052.43, NIGHT),
    "traffic_sessions": Situation({**traffic("61045.30"), **listed()}, {**traffic("99000.00"), **listed()},
                                  "gmv_cny", 99000, 61045.30, NIGHT),
    "orders_within": Situation({**small("990.00", 10), **orders(10, "99.00")},
                               {**small("990.00", 10), **orders(14, "99.00")}, "orders", 14, 10, FIRST),
    "orders_paid": Situation({**small("990.00", 10), **orders(10, "99.00")},
                             {**small("990.00", 10), **orders(10, "9.90")}, "paid_amount_cny", 99, 990, FIRST),
    "service_score": Situation(scores("68"), scores("86"), "service_score", 86, 68, FIRST, TYPED),
}  # fmt: skip
