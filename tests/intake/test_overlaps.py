"""Exports that overlap: the newest file wins, nothing is counted twice and nothing disappears unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.intake import read_case, summary
from factbook.records import Case
from tests.intake.build import (
    ACCOUNTS,
    ORDERS,
    book,
    csv_file,
    days,
    merchant,
    order,
    session,
    sessions,
    trade_sheets,
)

OCTOBER = days(10)


def codes(case: Case) -> list[str]:
    return [problem.code for problem in case.problems]


def accounted(case: Case) -> bool:
    return all(
        f.rows == f.kept + f.set_aside + f.duplicates + f.header + f.totals + f.blank and f.duplicates >= 0
        for f in case.files
    )


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    """A copy adds nothing: all of its rows are duplicates, and nobody is alarmed."""
    exports = merchant(tmp_path) / "exports"
    book(exports / "成交分析.xlsx", trade_sheets(OCTOBER))
    alone = summary(read_case(tmp_path))["tables"]["trade_analysis"]["totals"]
    (exports / "成交分析 (1).xlsx").write_bytes((exports / "成交分析.xlsx").read_bytes())
    case = read_case(tmp_path)
    assert summary(case)["tables"]["trade_analysis"]["totals"] == alone
    assert sorted(file.kept == 0 for file in case.files) == [False, True]
    assert accounted(case)
    assert "rows_newer" not in codes(case)


def test_where_files_differ_the_newer_one_is_used_and_the_older_named(tmp_path: Path) -> None:
    """Refunds arrived in between: days of both files come from the newer, days of one from that one."""
    exports = merchant(tmp_path) / "exports"
    book(exports / "a.xlsx", trade_sheets(OCTOBER[:6], own=90_000))
    book(exports / "b.xlsx", trade_sheets(OCTOBER[4:]))
    case = read_case(tmp_path)
    daily = case.table("trade_daily")
    source = daily.groupby("date")["_file"].agg(set)
    assert source.tolist() == [{"a.xlsx"}] * 4 + [{"b.xlsx"}] * 6
    note = next(problem for problem in case.problems if problem.code == "rows_newer")
    assert (note.severity, note.file) == ("note", "a.xlsx")
    assert accounted(case)
    assert all(check.holds for check in case.checks)


def test_a_days_list_of_accounts_is_taken_whole(tmp_path: Path) -> None:
    """The best accounts of one export never mix with the 更多账号 of another: the sum would be wrong."""
    exports = merchant(tmp_path) / "exports"
    head = list(ACCOUNTS)
    older = [
        head,
        ["20261001", "小众", "-", "合作", "x1", "40.00", "1"],
        ["20261001", "更多账号", "-", "合作", "-", "60.00", "1"],
    ]
    newer = [
        head,
        ["20261001", "更多账号", "-", "合作", "-", "100.00", "1"],
        ["20261002", "大号", "-", "合作", "x2", "5.00", "1"],
    ]
    book(exports / "a.xlsx", {"账号构成": older})
    book(exports / "b.xlsx", {"账号构成": newer})
    accounts = read_case(tmp_path).table("accounts")
    assert accounts.groupby("date")["paid_amount_cny"].sum().tolist() == [100.0, 5.0]


def test_sessions_and_orders_overlap_row_by_row(tmp_path: Path) -> None:
    """全部账号 and 自营账号 for the same days: each session once, none lost."""
    exports = merchant(tmp_path) / "exports"
    guest = session(主播昵称="阿梨优选", 主播抖音号="ali88")
    late = session(直播开始时间="2026/09/09 08:00:00", 直播结束时间="2026/09/09 12:00:00")
    sessions(exports / "直播明细_全部账号.xlsx", [session(), guest])
    sessions(exports / "直播明细_自营账号.xlsx", [session(), late])
    csv_file(exports / "a.csv", [ORDERS, order(1), order(2)])
    csv_file(exports / "b.csv", [ORDERS, order(2), order(3, 订单提交时间="2026-10-03 10:00:00")])
    case = read_case(tmp_path)
    assert sorted(case.table("sessions")["account"]) == ["样例旗舰店", "样例旗舰店", "阿梨优选"]
    assert len(case.table("orders")) == 3
    assert accounted(case)


def test_rows_repeated_in_one_sheet_are_merged_and_contradictions_named(tmp_path: Path) -> None:
    """An equal row is dropped in silence; of two with other figures the later counts, and that is said."""
    rows = [session(), session(), session(主播抖音号="b"), session(主播抖音号="b", 直播间成交金额="1.00")]
    sessions(merchant(tmp_path) / "exports" / "直播明细.xlsx", rows)
    case = read_case(tmp_path)
    assert case.table("sessions")["_row"].tolist() == [2, 5]
    assert case.files[0].duplicates == 2
    conflict = next(problem for problem in case.problems if problem.code == "rows_conflict")
    assert (conflict.row, conflict.count) == (4, 1)


def test_rows_without_an_id_are_not_taken_for_one(tmp_path: Path) -> None:
    """Two cards without an id are two rows, unless they are wholly equal."""
    head = ["日期", "售卖类型", "载体类型", "ID", "标题/名称", "用户支付金额"]
    rows = [["20261001", "自营", "商品卡", "-", title, "5.00"] for title in ("甲", "乙", "乙")]
    book(merchant(tmp_path) / "exports" / "x.xlsx", {"单载体构成": [head, *rows]})
    assert read_case(tmp_path).table("carrier_items")["content_title"].tolist() == ["甲", "乙"]


CHANNELS = ["一级渠道", "二级渠道", "商品曝光人数", "商品点击人数", "商品曝光次数", "用户支付金额", "成交订单数"]


def channels(folder: Path, *orders: str) -> Case:
    """A table that nothing names the rows of, and its row once more with other orders."""
    rows = [["推荐", "猜你喜欢", "100", "9", "150", "20.00", count] for count in orders]
    csv_file(merchant(folder) / "exports" / "商品卡.csv", [CHANNELS, rows[0], CHANNELS, *rows[1:]])
    return read_case(folder)


@pytest.mark.parametrize("orders", [("1", "-7"), ("-7", "1"), ("1", "1")])
def test_a_row_pasted_again_counts_once_though_one_of_its_figures_is_lost(tmp_path: Path, orders: tuple[str]) -> None:
    """Of two rows that are one in all that both say, the one that says more is kept."""
    case = channels(tmp_path, *orders)
    assert case.table("product_card_channels")["orders"].tolist() == [1.0]
    assert case.files[0].duplicates == 1
    assert accounted(case)


@pytest.mark.parametrize("refunds", ["88.00", "99.00"])
def test_a_row_pasted_again_without_one_of_its_keys_counts_once(tmp_path: Path, refunds: str) -> None:
    """A case of after-sales with and without its suborder is one where all else is the same, and two where not."""
    headers = ["售后单号", "订单号", "商品单号", "售后状态", "退商品金额（元）", "售后申请时间"]
    row = ["145", "6912345678901234567", "6912345678901234568", "退款成功", "88.00", "2026/10/02 08:00:00"]
    again = [*row[:2], "", row[3], refunds, row[5]]
    csv_file(merchant(tmp_path) / "exports" / "售后.csv", [headers, again, row])
    case = read_case(tmp_path)
    assert sorted(case.table("after_sales")["refund_goods_cny"]) == sorted({88.0, float(refunds)})
    assert case.files[0].duplicates == int(refunds == "88.00")
    assert accounted(case)


def test_rows_that_nothing_names_are_two_where_their_figures_are(tmp_path: Path) -> None:
    """A figure that both rows say, and say otherwise, makes two of them."""
    assert channels(tmp_path, "1", "2").table("product_card_channels")["orders"].tolist() == [1.0, 2.0]


def test_a_picture_of_a_whole_period_comes_from_the_file_closest_to_it(tmp_path: Path) -> None:
    """Price bands carry no date: those of the diagnosed period are used, not those of the newest."""
    exports = merchant(tmp_path) / "exports"
    bands = lambda paid: {"价格带构成": [["价格带", "用户支付金额"], ["0-50", paid]]}  # noqa: E731
    for name, first, paid in (("a", 0, "1.00"), ("b", 10, "2.00")):
        month = days(20)[first : first + 10]
        book(exports / f"{name}.xlsx", {**trade_sheets(month), **bands(paid)})
    case = read_case(tmp_path)
    assert case.table("price_bands")["paid_amount_cny"].tolist() == [2.0]
    (tmp_path / "merchant.toml").write_text('period = "20261001-20261010"', "utf-8")
    assert read_case(tmp_path).table("price_bands")["paid_amount_cny"].tolist() == [1.0]


@pytest.mark.parametrize("cut", [1, 3])
def test_days_without_data_are_named(tmp_path: Path, cut: int) -> None:
    """A gap between two days, and days of the period beyond the data, are warnings with their dates."""
    book(merchant(tmp_path) / "exports" / "成交分析.xlsx", trade_sheets(OCTOBER[:4] + OCTOBER[4 + cut :]))
    (tmp_path / "merchant.toml").write_text('period = "20261001-20261012"', "utf-8")
    case = read_case(tmp_path)
    gap = next(problem for problem in case.problems if problem.code == "days_missing")
    beyond = next(problem for problem in case.problems if problem.code == "period_not_covered")
    assert (gap.count, beyond.count) == (cut, 2)
    assert "2026-10-05" in gap.values["days"]
    assert "2026-10-12" in beyond.values["days"]
