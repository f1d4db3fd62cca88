"""Every report becomes its table: told by content, whatever the order of its columns, its encoding and its brackets."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from factbook.intake import read_case
from factbook.knowledge.exports import exports
from factbook.records import Case, FileRecord
from tests.intake.build import book, csv_file, merchant
from tests.intake.reports import SHEETS, Sheet

NAMES = [f"{number} {sheet.table}" for number, sheet in enumerate(SHEETS)]
WIDE = str.maketrans("()-", "（）—")


def accounted(file: FileRecord) -> bool:
    fates = (file.kept, file.set_aside, file.duplicates, file.header, file.totals, file.blank)
    return file.rows == sum(fates) and min(fates) >= 0


def case_of(folder: Path, sheet: Sheet, lines: list[Any]) -> Case:
    book(merchant(folder) / "exports" / f"{sheet.file}.xlsx", {sheet.name or "Sheet1": lines})
    return read_case(folder)


def holds(frame: pd.DataFrame, row: int, values: dict[str, Any]) -> None:
    found = frame.iloc[row]
    for column, value in values.items():
        if value is None:
            assert pd.isna(found[column]), column
        elif isinstance(value, float | int):
            assert math.isclose(found[column], value, rel_tol=1e-12), (column, found[column])
        else:
            assert found[column] == value, column


@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_a_report_is_told_by_its_headers_and_read_to_the_last_cell(tmp_path: Path, sheet: Sheet) -> None:
    """Under a name that says nothing: report, table, values, and every row accounted for."""
    case = case_of(tmp_path, sheet, sheet.lines)
    file = case.files[0]
    assert (file.report, file.tables, file.read) == (sheet.report, (sheet.table,), True)
    assert accounted(file)
    assert (file.set_aside, file.totals, file.kept) == (0, sheet.totals, len(case.table(sheet.table)))
    frame = case.table(sheet.table)
    holds(frame, 0, dict(sheet.first))
    holds(frame, -1, dict(sheet.also))
    assert set(exports().columns_of(sheet.table)) <= set(frame.columns)
    assert {problem.severity for problem in case.problems if problem.file == file.name} <= {"note", "warning"}
    assert not {"header_unknown", "header_new", "header_twice"} & {problem.code for problem in case.problems}


@pytest.mark.parametrize("order", ["reversed", "rotated"])
@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_the_order_of_columns_does_not_matter(tmp_path: Path, sheet: Sheet, order: str) -> None:
    """The same table from the same columns the other way round, and from the middle on."""
    half = len(sheet.headers) // 2
    turn = (lambda row: list(row)[::-1]) if order == "reversed" else (lambda row: [*row[half:], *row[:half]])
    straight = case_of(tmp_path / "a", sheet, sheet.lines).table(sheet.table)
    turned = case_of(tmp_path / "b", sheet, [turn(line) for line in sheet.lines]).table(sheet.table)
    pd.testing.assert_frame_equal(straight, turned[straight.columns])


@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_a_text_file_in_gb18030_says_the_same_as_the_workbook(tmp_path: Path, sheet: Sheet) -> None:
    """Only the address differs: a text file has no sheets."""
    workbook = case_of(tmp_path / "a", sheet, sheet.lines).table(sheet.table)
    encoding = "gb18030" if all("\u0e3f" not in str(cell) for row in sheet.rows for cell in row) else "utf-8"
    csv_file(merchant(tmp_path / "b") / "exports" / f"{sheet.file}.csv", sheet.lines, encoding)
    text = read_case(tmp_path / "b").table(sheet.table)
    drop = ["_file", "_sheet"]
    pd.testing.assert_frame_equal(workbook.drop(columns=drop), text.drop(columns=drop))


@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_full_width_brackets_and_other_dashes_change_nothing(tmp_path: Path, sheet: Sheet) -> None:
    """As older exports and copies from the page have them."""
    plain = case_of(tmp_path / "a", sheet, sheet.lines).table(sheet.table)
    lines = [[f" {header.translate(WIDE)}　" for header in sheet.headers], *sheet.rows]
    wide = case_of(tmp_path / "b", sheet, lines).table(sheet.table)
    pd.testing.assert_frame_equal(plain, wide)


def test_every_report_of_the_reader_has_a_file_here() -> None:
    """No report without a test; those with tests of their own are named."""
    elsewhere = {"trade_analysis", "live_sessions", "shop_orders", "intake_form", "session_workbook"}
    assert {sheet.report for sheet in SHEETS} == set(exports().reports) - elsewhere


def test_figures_of_different_periods_stand_side_by_side(tmp_path: Path) -> None:
    """A product list of September and one of October: both kept, told apart by the period in their names."""
    sheet = next(sheet for sheet in SHEETS if sheet.table == "product_list")
    folder = merchant(tmp_path) / "exports"
    for name in ("商品列表_2026_09_01~2026_09_30", "商品列表_2026_10_01~2026_10_31 (1)"):
        book(folder / f"{name}.xlsx", {"Sheet1": sheet.lines})
    frame = read_case(tmp_path).table("product_list")
    assert frame["period_start"].dt.month.tolist() == [9, 10]
    assert frame["period_end"].dt.day.tolist() == [30, 31]


def test_hours_days_and_whole_periods_of_ads_do_not_replace_each_other(tmp_path: Path) -> None:
    """Three exports of the same days, each with its grain; sums run over one of them."""
    folder = merchant(tmp_path) / "exports"
    daily, hourly = (sheet for sheet in SHEETS if sheet.table == "qianchuan_standard")
    whole = [daily.headers[1:], daily.rows[0][1:]]
    for number, lines in enumerate((hourly.lines, daily.lines, whole)):
        book(folder / f"千川_20261001_20261002_{number}.xlsx", {"Sheet1": lines})
    case = read_case(tmp_path)
    assert case.table("qianchuan_standard").groupby("grain").size().to_dict() == {"day": 2, "hour": 2, "period": 1}
    assert all(map(accounted, case.files))


def test_the_short_list_of_product_cards_is_known_by_the_name_of_its_file(tmp_path: Path) -> None:
    """Its headers name no card; `点击-成交转化率(次数` has lost its end."""
    headers = [
        "商品标题",
        "商品ID",
        "商品曝光人数",
        "商品点击人数",
        "点击率(人数)",
        "点击率(次数)",
        "点击-成交转化率(次数",
        "平台扶持曝光次数",
    ]
    row = ["面霜", "3834481579211502112", "9000", "500", "5.56%", "4.67%", "1.71%", "2000"]
    book(merchant(tmp_path) / "exports" / "商品卡列表数据_2026_06_16~2026_07_15.xlsx", {"Sheet1": [headers, row]})
    case = read_case(tmp_path)
    found = case.table("product_cards").iloc[0]
    assert (found["product_ctr_users_printed"], found["product_ctr_times_printed"]) == (0.0556, 0.0467)
    assert found["click_to_pay_times_printed"] == 0.0171
    assert [problem.column for problem in case.problems if problem.code == "header_cut"] == ["点击-成交转化率(次数"]


def test_what_a_file_name_says_of_videos_is_kept(tmp_path: Path) -> None:
    """自营 or 合作, with or without a cart, and the period stand only in the name."""
    sheet = next(sheet for sheet in SHEETS if sheet.table == "videos")
    name = "[20260630-20260706]_{自营}_{挂车}_{全部}_{所有账号}_{发布时间不限}视频详情数据.xlsx"
    book(merchant(tmp_path) / "exports" / name, {"Sheet1": sheet.lines})
    row = read_case(tmp_path).table("videos").iloc[0]
    assert (row["party"], row["cart"]) == ("self", "yes")
    assert (row["period_start"], row["period_end"]) == (pd.Timestamp("2026-06-30"), pd.Timestamp("2026-07-06"))
