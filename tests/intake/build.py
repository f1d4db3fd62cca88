"""Small files as the platform writes them, and a folder to put them in; headers typed from exports.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]

SESSION_HEADERS = [
    "主播头像", "主播昵称", "主播抖音号", "直播开始时间", "直播结束时间", "直播时长(分钟)",
    "直播间曝光人数", "直播间曝光次数", "直播间观看人数", "单小时观看人数", "直播间观看次数",
    "直播激励观看次数", "最高在线人数", "平均在线人数", "人均观看时长(分钟)", "评论次数",
    "新加直播团人数", "新增粉丝数", "取关粉丝数", "观看老粉占比", "带货商品数", "直播间商品曝光人数",
    "直播间商品点击人数", "直播间商品曝光次数", "直播间商品点击次数", "直播间成交订单数",
    "直播间成交金额", "直播间用户支付金额", "单小时用户支付金额", "直播间成交件数", "直播间成交人数",
    "直播间退款订单数", "直播间退款金额", "直播间退款人数", "预估佣金支出", "商品曝光-点击率(次数)",
    "商品曝光-点击率(人数)", "商品点击-成交率(次数)", "商品点击-成交率(人数)", "观看-成交率(次数)",
    "观看-成交率(人数)", "预售订单数", "预售全款金额", "新加购物团人数", "投放消耗(店铺绑定)",
    "投放消耗(店铺被投)", "净成交金额", "净成交订单数", "1小时退款金额", "1小时退款订单数",
    "1小时退款率", "消费券引导支付金额", "消费券引导支付占比", "消费券补贴金额", "消费券使用量",
]  # fmt: skip

# The one published session of exports.md, section 4, as the file would print it.
PUBLISHED = {
    "主播昵称": "样例旗舰店",
    "主播抖音号": "yangli_shop",
    "直播开始时间": "2026/09/07 08:55:37",
    "直播结束时间": "2026/09/08 00:55:37",
    "直播时长(分钟)": "960",
    "直播间观看人数": "15093",
    "直播间观看次数": "21254",
    "单小时观看人数": "943.31",
    "最高在线人数": "75",
    "平均在线人数": "24",
    "人均观看时长(分钟)": "1.07",
    "直播间商品曝光人数": "12774",
    "直播间商品曝光次数": "67458",
    "直播间商品点击人数": "6390",
    "直播间商品点击次数": "10306",
    "直播间成交人数": "1513",
    "直播间成交订单数": "1536",
    "直播间成交件数": "1547",
    "直播间成交金额": "61045.30",
    "净成交金额": "50512.90",
    "1小时退款金额": "10532.40",
    "1小时退款率": "0.1725",
    "投放消耗(店铺绑定)": "24052.43",
    "商品曝光-点击率(人数)": "0.5002",
    "商品曝光-点击率(次数)": "0.1528",
    "商品点击-成交率(人数)": "0.2368",
    "商品点击-成交率(次数)": "0.1490",
    "观看-成交率(人数)": "0.1002",
    "观看-成交率(次数)": "0.0723",
}

TRADE = (
    "日期", "载体类型", "投放时段", "用户支付金额", "退款后用户支付金额(支付时间)", "智能优惠券金额",
    "平台补贴金额", "达人补贴金额", "成交金额", "成交订单数", "成交人数",
)  # fmt: skip
ACCOUNTS = (
    "日期", "账号名称", "账号类型", "自营/合作", "抖音号", "用户支付金额", "成交订单数",
)  # fmt: skip
ORDERS = (
    "主订单编号", "子订单编号", "选购商品", "商品ID", "商品数量", "订单应付金额", "订单提交时间",
    "支付完成时间", "达人ID", "达人昵称", "流量来源", "收件人", "收货地址 ",
)  # fmt: skip


def book(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook of text cells; numbers and dates are written as what they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}) as file:
        for name, rows in sheets.items():
            sheet = file.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell)
    return path


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write(row, column, cell)


def session(**changes: str) -> list[str]:
    """A row of 直播明细: the published session with some cells changed."""
    cells = {**PUBLISHED, **changes}
    return [cells.get(header, "-") for header in SESSION_HEADERS]


def sessions(path: Path, rows: Iterable[Sequence[Any]], headers: Sequence[str] = SESSION_HEADERS) -> Path:
    """A file of 直播明细."""
    return book(path, {"直播间明细": [headers, *rows]})


def days(count: int, first: date = date(2026, 10, 1)) -> list[str]:
    """Days as the platform writes them."""
    return [f"{first + timedelta(days=n):%Y%m%d}" for n in range(count)]


CARRIERS = {"直播": 6, "短视频": 1, "商品卡": 2, "图文": 0, "其他": 0}
SLOTS = {"全域+乘方投放时段": 1, "标准+品牌投放": 2, "非投放时段": 3}


def trade_rows(party_cents: int, dates: Sequence[str]) -> list[list[str]]:
    """Rows of one party whose identities hold: carriers and slots add up to their totals, to the cent."""
    rows = []
    for day in dates:
        for carrier, weight in {"全部": sum(CARRIERS.values()), **CARRIERS}.items():
            for slot, part in {"不限": 6, **SLOTS}.items():
                cents = party_cents * weight * part
                rows.append([day, carrier, slot, *_figures(cents)])
    return rows


def _figures(cents: int) -> list[str]:
    amounts = (cents, cents * 8 // 10, cents // 10, cents // 20, cents // 50)
    return [
        *(f"{value / 100:.2f}" for value in (*amounts, cents + sum(amounts[2:]))),
        str(cents // 1000),
        "-",
    ]


def trade_sheets(dates: Sequence[str], own: int = 100_000, partner: int = 50_000) -> dict[str, list[Sequence[Any]]]:
    """The sheets of 成交分析 that reconcile: three of 成交, and 账号构成 with its bucket."""
    total = partner * sum(CARRIERS.values()) * 6
    accounts: list[Sequence[Any]] = [ACCOUNTS]
    for day in dates:
        for name, id, cents in (("阿梨优选", "ali88", total // 2), ("更多账号", "-", total - total // 2)):
            accounts.append([day, name, "-", "合作", id, f"{cents / 100:.2f}", str(cents // 1000)])
        accounts.append([day, "样例旗舰店", "官方", "自营", "yangli_shop", "1.00", "1"])
    return {
        "成交概览": [TRADE, *trade_rows(own + partner, dates)],
        "自营成交": [TRADE, *trade_rows(own, dates)],
        "合作成交": [TRADE, *trade_rows(partner, dates)],
        "账号构成": accounts,
    }


def order(number: int, **changes: str) -> list[str]:
    """A row of the 抖店 order file."""
    cells = {
        "主订单编号": f"69{number:017d}\t",
        "子订单编号": f"70{number:017d}\t",
        "选购商品": "面霜 50g",
        "商品ID": "3834481579211502112",
        "商品数量": "1",
        "订单应付金额": "1,234.00",
        "订单提交时间": "2026-10-02 20:00:00",
        "支付完成时间": "2026-10-02 20:01:00",
        "达人ID": "0",
        "达人昵称": "-",
        "流量来源": "直播",
        "收件人": "虚构买家",
        "收货地址 ": "虚构路1号",
        **changes,
    }
    return [cells[header] for header in ORDERS]


def csv_file(path: Path, rows: Iterable[Sequence[str]], encoding: str = "gb18030", separator: str = ",") -> Path:
    """A text table in one of the platform's encodings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows) + "\n"
    path.write_bytes(text.encode(encoding))
    return path


def merchant(folder: Path) -> Path:
    """A folder whose own accounts are known."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "merchant.toml").write_text('name = "样例店"\nown_accounts = ["样例旗舰店"]\nsynthetic = true\n', "utf-8")
    return folder
