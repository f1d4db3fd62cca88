"""A figure that was changed is found by the identity it breaks, with both sides and the day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factbook.intake import read_case
from factbook.knowledge.problems import say, title
from factbook.records import Case, Check
from tests.intake.build import ACCOUNTS, TRADE, book, days, merchant, session, sessions, trade_sheets

DAYS = days(5)
PAID, GMV, DAY, CARRIER, SLOT = (
    TRADE.index(name) for name in ("用户支付金额", "成交金额", "日期", "载体类型", "投放时段")
)


def changed(sheets: dict[str, Any], sheet: str, where: dict[int, str], column: int, by: float) -> dict[str, Any]:
    """The sheets with one cell moved by some yuan."""
    rows = [list(row) for row in sheets[sheet]]
    row = next(row for row in rows[1:] if all(row[position] == value for position, value in where.items()))
    row[column] = f"{float(row[column]) + by:.2f}"
    return {**sheets, sheet: rows}


def broken(case: Case) -> dict[tuple[str, str], Check]:
    return {(check.code, check.values["metric"]): check for check in case.checks if not check.holds}


def read(folder: Path, sheets: dict[str, Any]) -> Case:
    book(merchant(folder) / "exports" / "成交分析.xlsx", sheets)
    return read_case(folder)


TOP = {DAY: "20261003", CARRIER: "全部", SLOT: "不限"}
LIVE = {DAY: "20261003", CARRIER: "直播"}


@pytest.mark.parametrize(
    ("sheet", "where", "expected"),
    [
        ("成交概览", TOP, {"carrier_sum", "party_sum", "slot_sum", "amount_parts"}),
        ("自营成交", {**LIVE, SLOT: "非投放时段"}, {"party_sum", "slot_sum", "amount_parts"}),
        ("合作成交", {**LIVE, SLOT: "不限"}, {"carrier_sum", "party_sum", "slot_sum", "amount_parts"}),
        ("账号构成", {0: "20261003", 1: "更多账号"}, {"account_sum"}),
    ],
)
def test_one_changed_yuan_breaks_the_identities_it_belongs_to(
    tmp_path: Path, sheet: str, where: dict[int, str], expected: set[str]
) -> None:
    """One yuan in one cell of one day: named by identity, figures and day; everything else still holds."""
    column = ACCOUNTS.index("用户支付金额") if sheet == "账号构成" else PAID
    case = read(tmp_path, changed(trade_sheets(DAYS), sheet, where, column, 1.0))
    found = broken(case)
    assert {code for code, _ in found} == expected
    for check in found.values():
        assert (check.values["worst_day"], check.values["days"]) == ("2026-10-03", "1")
    warnings = [problem for problem in case.problems if problem.code in expected]
    assert {problem.severity for problem in warnings} == {"warning"}
    assert all("2026-10-03" in say(problem, language) for problem in warnings for language in ("zh", "en"))


def test_a_missing_bucket_is_found_by_the_account_sum(tmp_path: Path) -> None:
    """Without 更多账号 the accounts no longer add up to 合作成交."""
    sheets = trade_sheets(DAYS)
    sheets["账号构成"] = [row for row in sheets["账号构成"] if row[1] != "更多账号"]
    check = broken(read(tmp_path, sheets))["account_sum", "paid_amount_cny"]
    assert check.left == pytest.approx(2 * check.right, abs=0.05)


def test_a_cent_of_rounding_is_no_break(tmp_path: Path) -> None:
    """The platform rounds each row by itself; that much may part the sides."""
    case = read(tmp_path, changed(trade_sheets(DAYS), "成交概览", TOP, PAID, 0.01))
    assert broken(case) == {}


def test_people_are_never_reconciled(tmp_path: Path) -> None:
    """人数 is de-duplicated within a day, so it adds up to nothing."""
    assert "buyers" not in {check.values["metric"] for check in read(tmp_path, trade_sheets(DAYS)).checks}


@pytest.mark.parametrize(("paid", "holds"), [("36000.00", True), ("30000.00", False)])
def test_own_rooms_are_held_against_own_live_sales(tmp_path: Path, paid: str, holds: bool) -> None:
    """Within 5 % over the days both files cover; more warns that own accounts or sessions are missing."""
    rows = [session(直播开始时间=f"2026/10/0{n + 1} 08:00:00", 直播结束时间=f"2026/10/0{n + 1} 12:00:00",
                    直播间用户支付金额=paid) for n in range(5)]  # fmt: skip
    sessions(tmp_path / "exports" / "直播明细.xlsx", rows)
    case = read(tmp_path, trade_sheets(DAYS))
    (check,) = [check for check in case.checks if check.code == "own_live"]
    assert check.right == pytest.approx(5 * 36_000)
    assert check.holds is holds


def test_every_check_has_a_name(tmp_path: Path) -> None:
    """The reconciliation table names each pair in both languages."""
    for check in read(tmp_path, trade_sheets(DAYS)).checks:
        assert title(check.code, "zh") != check.code != title(check.code, "en")
