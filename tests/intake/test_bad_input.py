"""Bad input: one message with every problem, place and remedy; the readable parts come through."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.errors import IntakeError
from factbook.intake import read_case, summary
from factbook.knowledge.problems import say, sentences
from factbook.records import Case, Problem
from tests.intake.build import (
    ORDERS,
    SESSION_HEADERS,
    book,
    csv_file,
    days,
    merchant,
    order,
    session,
    sessions,
    trade_sheets,
)

NAME = "直播明细.xlsx"


def found(case: Case, code: str) -> list[Problem]:
    return [problem for problem in case.problems if problem.code == code]


def only(case: Case, code: str) -> Problem:
    problems = found(case, code)
    assert len(problems) == 1, [problem.code for problem in case.problems]
    return problems[0]


def renamed(**names: str) -> list[str]:
    return [names.get(header, header) for header in SESSION_HEADERS]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """No such folder: one error that names it."""
    with pytest.raises(IntakeError) as error:
        read_case(tmp_path / "nowhere")
    assert [problem.code for problem in error.value.problems] == ["folder_missing"]


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    """A folder that holds only merchant.toml has nothing to diagnose."""
    with pytest.raises(IntakeError) as error:
        read_case(merchant(tmp_path))
    assert [problem.code for problem in error.value.problems] == ["folder_empty"]


def test_when_nothing_is_readable_every_problem_is_in_the_one_error(tmp_path: Path) -> None:
    """A truncated workbook, an empty file, a picture, a foreign table: all four at once."""
    whole = sessions(tmp_path / "exports" / NAME, [session()])
    whole.write_bytes(whole.read_bytes()[:2000])
    (tmp_path / "exports" / "empty.csv").write_bytes(b"")
    (tmp_path / "exports" / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    csv_file(tmp_path / "exports" / "list.csv", [["Name", "Phone"], ["a", "1"]])
    with pytest.raises(IntakeError) as error:
        read_case(tmp_path)
    codes = {problem.file: problem.code for problem in error.value.problems}
    assert codes == {
        NAME: "file_damaged",
        "empty.csv": "file_empty",
        "photo.png": "file_kind",
        "list.csv": "file_foreign",
    }
    assert all(name in str(error.value) for name in codes)


def test_a_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """The truncated one is recorded as unread, the good one is in the tables."""
    sessions(tmp_path / "exports" / NAME, [session()])
    cut = book(tmp_path / "exports" / "成交分析.xlsx", trade_sheets(days(3)))
    cut.write_bytes(cut.read_bytes()[:-900])
    case = read_case(merchant(tmp_path))
    assert {file.name: file.read for file in case.files} == {"成交分析.xlsx": False, NAME: True}
    assert len(case.table("sessions")) == 1
    assert "trade_analysis" in case.missing


def test_a_file_with_a_password_is_said(tmp_path: Path) -> None:
    """An encrypted workbook asks for the password to be removed."""
    sessions(tmp_path / "exports" / NAME, [session()])
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    (tmp_path / "exports" / "locked.xlsx").write_bytes(head + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert only(read_case(tmp_path), "file_encrypted").file == "locked.xlsx"


def test_an_unknown_file_names_the_nearest_report_and_what_it_lacks(tmp_path: Path) -> None:
    """Two of three headers of an order file: the third is named."""
    sessions(tmp_path / "exports" / NAME, [session()])
    csv_file(
        tmp_path / "exports" / "x.csv",
        [["主订单编号", "订单应付金额", "别的", "其他列"], ["1", "2", "3", "4"]],
    )
    problem = only(read_case(tmp_path), "file_unknown")
    assert problem.values["report"] == "shop_orders"
    assert problem.values["missing"] == "子订单编号"


def test_a_renamed_needed_header_is_named_with_the_likely_column(tmp_path: Path) -> None:
    """The rest of the sheet says what it is: it is read with that column missing."""
    headers = renamed(直播间观看人数="直播间看播人数")
    sessions(tmp_path / "exports" / NAME, [session()], headers)
    case = read_case(merchant(tmp_path))
    problem = only(case, "column_missing")
    assert (problem.sheet, problem.column, problem.values["found"]) == (
        "直播间明细",
        "直播间观看人数",
        "直播间看播人数",
    )
    sessions_read = case.table("sessions")
    assert sessions_read["viewers"].isna().all()
    assert sessions_read["views"].tolist() == [21_254]


def test_a_renamed_other_header_is_a_note_with_the_nearest_name(tmp_path: Path) -> None:
    """Its column is missing, nothing else is."""
    sessions(tmp_path / "exports" / NAME, [session()], renamed(直播间成交件数="直播间成交件量"))
    case = read_case(merchant(tmp_path))
    note = only(case, "header_unknown")
    assert (note.severity, note.column, note.values["near"]) == ("note", "直播间成交件量", "直播间成交件数")
    assert case.table("sessions")["items"].isna().all()


def test_without_the_column_that_places_rows_a_sheet_is_not_read(tmp_path: Path) -> None:
    """No start time: nothing is kept, every row is set aside, the header is named."""
    sessions(tmp_path / "exports" / NAME, [session(), session(主播抖音号="b")], renamed(直播开始时间="开始"))
    csv_file(tmp_path / "exports" / "orders.csv", [ORDERS, order(1)])
    case = read_case(tmp_path)
    record = next(file for file in case.files if file.name == NAME)
    assert only(case, "column_missing_key").column == "直播开始时间"
    assert (record.read, record.kept, record.set_aside, record.rows) == (False, 0, 2, 3)


def test_rows_that_cannot_be_placed_are_set_aside_with_their_address(tmp_path: Path) -> None:
    """A day that does not exist, one out of range, none at all, and an end before the start."""
    rows = [
        session(),
        session(直播开始时间="2026/13/02 10:00:00"),
        session(直播开始时间="2999/01/01 10:00:00"),
        session(直播开始时间="-"),
        session(主播抖音号="b", 直播结束时间="2026/09/06 08:00:00"),
    ]
    sessions(tmp_path / "exports" / NAME, rows)
    case = read_case(merchant(tmp_path))
    aside = {
        problem.code: (problem.column, problem.row) for problem in case.problems if problem.severity == "set_aside"
    }
    assert aside == {
        "date_not_understood": ("直播开始时间", 3),
        "date_out_of_range": ("直播开始时间", 4),
        "key_missing": ("直播开始时间", 5),
        "ends_before_start": ("直播结束时间", 6),
    }
    assert case.table("sessions")["_row"].tolist() == [2]
    assert case.files[0].set_aside == 4
    report = summary(case)["tables"]["live_sessions"]
    assert (report["rows"], report["set_aside"], len(report["problems"])) == (1, 4, 4)


def test_a_cell_that_is_not_understood_loses_only_itself(tmp_path: Path) -> None:
    """The row stays, the figure is missing, the problem says file, sheet, column, row, found and expected."""
    sessions(tmp_path / "exports" / NAME, [session(直播间成交金额="约6万"), session(主播抖音号="b", 评论次数="-5")])
    case = read_case(merchant(tmp_path))
    assert case.table("sessions")["gmv_cny"].isna().tolist() == [True, False]
    line = say(only(case, "cell_not_understood"), "en")
    assert line.startswith(f'{NAME} › 直播间明细 › 直播间成交金额, row 2: found "约6万"')
    assert "expected an amount" in line
    assert only(case, "cell_negative").row == 3


def test_equal_problems_are_counted_and_keep_the_first_address(tmp_path: Path) -> None:
    """A thousand cells alike are one line; many different ones are five lines and a count."""
    alike = [session(主播抖音号=f"a{n}", 评论次数="很多") for n in range(30)]
    different = [session(主播抖音号=f"b{n}", 评论次数=f"约{n}") for n in range(30)]
    sessions(tmp_path / "exports" / NAME, [*alike, *different])
    problems = found(read_case(merchant(tmp_path)), "cell_not_understood")
    assert (problems[0].row, problems[0].count) == (2, 30)
    assert len(problems) == 6
    assert sum(problem.count for problem in problems) == 60


def test_totals_and_blank_rows_are_not_data(tmp_path: Path) -> None:
    """A closing 合计, a 全部 in the date and empty rows are counted and left out."""
    sheets = trade_sheets(days(2))
    body = sheets["自营成交"]
    sheets["自营成交"] = [body[0], ["全部", *body[1][1:]], *body[1:], [], ["合计", "", "", "99.00"]]
    book(tmp_path / "exports" / "成交分析.xlsx", sheets)
    case = read_case(merchant(tmp_path))
    assert (case.files[0].totals, case.files[0].blank, case.files[0].set_aside) == (2, 1, 0)
    assert all(check.holds for check in case.checks)


def test_a_closing_line_is_one_wherever_its_word_stands(tmp_path: Path) -> None:
    """合计 in a column of days that names no row is no day: the line is a total and not counted again."""
    head = ["商品名称", "商品ID", "首次上架时间", "讲解次数", "商品曝光人数", "商品曝光次数", "用户支付金额"]
    rows = [["面膜", "3486648528215939911", "2026/10/03 10:13:35", "2", "40", "60", "20.00"]]
    name = "直播间详情页_直播商品列表_2026-10-03_23-40-44(样例_2026-10-03_10-13-00).xlsx"
    closing = ["", "", "合计", "2", "40", "60", "20.00"]
    book(merchant(tmp_path) / "exports" / name, {"直播商品列表": [head, *rows, closing]})
    case = read_case(tmp_path)
    assert case.table("live_products")["paid_amount_cny"].tolist() == [20.0]
    assert (case.files[0].totals, case.files[0].set_aside) == (1, 0)


def test_a_title_above_the_headers_is_no_obstacle(tmp_path: Path) -> None:
    """Headers are looked for in the first rows; row numbers stay Excel's."""
    book(tmp_path / "exports" / NAME, {"Sheet1": [["直播数据"], [], SESSION_HEADERS, session()]})
    case = read_case(merchant(tmp_path))
    assert case.table("sessions")["_row"].tolist() == [4]
    assert (case.files[0].header, case.files[0].blank) == (2, 1)


def test_sheets_with_equal_headers_and_no_telling_name_are_not_guessed(tmp_path: Path) -> None:
    """自营 or 合作 cannot be told from headers: said, and set aside."""
    sheets = trade_sheets(days(2))
    sheets["Sheet9"] = sheets.pop("自营成交")
    book(tmp_path / "exports" / "成交分析.xlsx", sheets)
    problem = only(read_case(merchant(tmp_path)), "sheet_ambiguous")
    assert problem.sheet == "Sheet9"
    assert "自营成交" in problem.values["missing"]


def test_a_word_the_platform_added_is_kept_and_said(tmp_path: Path) -> None:
    """A new 载体类型 stays in the sums under its own name."""
    sheets = trade_sheets(days(1))
    sheets["自营成交"] = [[cell.replace("其他", "橱窗") for cell in row] for row in sheets["自营成交"]]
    book(tmp_path / "exports" / "成交分析.xlsx", sheets)
    case = read_case(merchant(tmp_path))
    assert only(case, "value_unknown").values["found"] == "橱窗"
    assert "橱窗" in set(case.table("trade_daily")["carrier"])


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ("name = ", "merchant_toml"),
        ("synthetic = 'yes'", "merchant_value"),
        ("language = 'fr'", "merchant_value"),
        ("own_accounts = 'a'", "merchant_value"),
        ("nmae = 'x'", "merchant_key"),
        ("period = '2026'", "merchant_value"),
    ],
)
def test_a_slip_in_merchant_toml_is_a_problem_and_not_the_end(tmp_path: Path, toml: str, code: str) -> None:
    """The key is named, the others count, the folder's name stands in."""
    sessions(tmp_path / "exports" / NAME, [session()])
    (tmp_path / "merchant.toml").write_text(toml, "utf-8")
    case = read_case(tmp_path)
    assert only(case, code).file == "merchant.toml"
    assert case.merchant.name == tmp_path.name


def test_every_problem_met_here_has_its_sentence_in_both_languages(tmp_path: Path) -> None:
    """No code is shown bare, and no brace is left unfilled."""
    rows = [session(直播间成交金额="约6万"), session(直播开始时间="-"), session(主播抖音号=7.3e18)]  # type: ignore[arg-type]
    sessions(tmp_path / "exports" / NAME, rows, renamed(直播间观看人数="看播人数", 评论次数="评论数量"))
    csv_file(tmp_path / "exports" / "x.csv", [["主订单编号", "订单应付金额"], ["1", "2"]])
    problems = read_case(tmp_path).problems
    assert len({problem.code for problem in problems}) >= 6
    for problem in problems:
        assert problem.code in sentences()
        for line in (say(problem, "zh"), say(problem, "en")):
            assert "{" not in line
            assert "\n" not in line


def test_hostile_text_stays_on_one_line(tmp_path: Path) -> None:
    """Line breaks, control characters and braces in a cell cannot break the message."""
    said = {"found": "{0}\n\u202e坏", "kind": "money"}
    problem = Problem("cell_not_understood", "warning", "a\nb.xlsx", "{x}", "\x1b[31m红", 2, said)
    line = say(problem, "zh")
    assert "\n" not in line
    assert "\x1b" not in line
    assert "\u202e" not in line
    assert "{0}" in line
