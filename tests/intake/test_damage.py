"""Damaged reports: no crash, no silently wrong total, every row accounted for.

`python -m tests.intake.damage --cases 3000` tries more of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from factbook.intake import read_case
from factbook.records import Case, Problem
from tests.intake.build import ORDERS, SESSION_HEADERS, book, csv_file, merchant, order, session, sessions
from tests.intake.damage import bytewise, cells, layout
from tests.intake.damage.draft import Formula, draft
from tests.intake.damage.good import all_good
from tests.intake.damage.trial import trial

CASES = 24
HARMS = (*layout.ANY, *layout.FREE, *cells.ANY, *cells.FREE)


def said(case: Case) -> dict[str, Problem]:
    return {problem.code: problem for problem in case.problems}


def lines(path: Path, rows: list[str], end: str = "\n") -> Case:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([",".join(ORDERS), *rows]) + end, "utf-8")
    return read_case(path.parent.parent)


def line(number: int, **changes: str) -> str:
    cells_ = [cell.strip() for cell in order(number, **{"订单应付金额": "1234.00", **changes})]
    return ",".join(cells_)


def test_no_damage_goes_unnoticed() -> None:
    """Some of the cases that the command tries, of every kind of report."""
    assert [str(outcome) for outcome in map(trial, (f"suite/{n}" for n in range(CASES))) if not outcome.fine] == []


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_every_harm_finds_something_to_damage(harm: Callable[..., bool]) -> None:
    """A harm that never did anything would prove nothing."""
    rng = random.Random(harm.__name__)
    tables = [draft(good, rng, "xlsx") for good in all_good() if good.plain]
    for one in tables:
        one.touched = {sheet: frozenset(map(str, one.head(sheet))) for sheet in one.sheets}
    assert any(harm(one, sheet, rng) for one in tables for sheet in one.sheets)


def test_a_comma_that_nobody_quoted_moves_no_figure(tmp_path: Path) -> None:
    """The row has one cell more than there are headers: set aside and named; the others count."""
    rows = [line(1), line(2, 选购商品="面霜,50g"), line(3)]
    case = lines(merchant(tmp_path) / "exports" / "订单.csv", rows)
    assert case.table("orders")["quantity"].tolist() == [1, 1]
    assert (said(case)["row_torn"].severity, said(case)["row_torn"].row) == ("set_aside", 3)
    assert case.files[0].set_aside == 1


@pytest.mark.parametrize("name", ['"大号面霜', '"5寸"屏', '屏5"'])
def test_a_quote_that_is_never_closed_swallows_no_row(tmp_path: Path, name: str) -> None:
    """The rows below it are rows of their own."""
    rows = [line(1), line(2, 选购商品=name), line(3), line(4)]
    case = lines(merchant(tmp_path) / "exports" / "订单.csv", rows)
    assert case.table("orders")["_row"].tolist() == [2, 3, 4, 5]
    assert case.table("orders")["order_amount_cny"].tolist() == [1234.0] * 4


def test_a_file_that_ends_within_a_row_says_so(tmp_path: Path) -> None:
    """What is left of the row is not used, and rows may be missing."""
    case = lines(merchant(tmp_path) / "exports" / "订单.csv", [line(1), line(2)[:60]], end="")
    assert len(case.table("orders")) == 1
    assert said(case)["row_cut"].row == 3


def test_a_formula_without_its_value_is_named(tmp_path: Path) -> None:
    """As programs write it that cannot calculate: the figure is missing, never 0, and the cell is named."""
    row = session()
    row[SESSION_HEADERS.index("直播间成交金额")] = Formula("=1+1", "")  # type: ignore[call-overload]
    path = merchant(tmp_path) / "exports" / "直播明细.xlsx"
    path.parent.mkdir()
    one = draft(next(good for good in all_good() if good.kind == "sessions"), random.Random(0), "xlsx")
    one.sheets = {"直播间明细": [list(SESSION_HEADERS), row]}
    path.write_bytes(bytewise.written(one))
    case = read_case(tmp_path)
    assert case.table("sessions")["gmv_cny"].isna().tolist() == [True]
    assert said(case)["formula_unreckoned"].values == {"found": "1", "first": "AA2"}


def test_a_figure_that_excel_lost_is_named(tmp_path: Path) -> None:
    """`#REF!` is no way to say nothing; `#DIV/0!` is."""
    rows = [session(直播间成交金额="#REF!"), session(主播抖音号="b", 直播间成交金额="#DIV/0!")]
    sessions(merchant(tmp_path) / "exports" / "直播明细.xlsx", rows)
    case = read_case(tmp_path)
    assert case.table("sessions")["gmv_cny"].isna().all()
    assert (said(case)["cell_not_understood"].row, said(case)["cell_not_understood"].count) == (2, 1)


def test_a_column_without_a_header_is_named(tmp_path: Path) -> None:
    """By its letter, so that it can be found."""
    headers = ["" if header == "评论次数" else header for header in SESSION_HEADERS]
    sessions(merchant(tmp_path) / "exports" / "直播明细.xlsx", [session(评论次数="5")], headers)
    assert said(read_case(tmp_path))["header_blank"].column == "P"


def test_a_sheet_and_its_copy_count_once(tmp_path: Path) -> None:
    """Two sheets of one file with the same rows: the second adds nothing, and every row is accounted for."""
    rows = [SESSION_HEADERS, session(), session(主播抖音号="b")]
    book(merchant(tmp_path) / "exports" / "直播明细.xlsx", {"直播间明细": rows, "直播间明细 (2)": rows})
    case = read_case(tmp_path)
    assert case.table("sessions")["gmv_cny"].sum() == pytest.approx(2 * 61_045.30)
    assert (case.files[0].kept, case.files[0].duplicates) == (2, 2)


def test_people_a_hundred_times_too_many_are_not_taken_for_a_percent(tmp_path: Path) -> None:
    """One rate seems a percent where the others are fractions: its denominator is wrong, and that is said."""
    rows = [session(主播抖音号=f"a{n}", 直播间观看人数="1509300") for n in range(6)]
    sessions(merchant(tmp_path) / "exports" / "直播明细.xlsx", rows)
    case = read_case(tmp_path)
    assert case.table("sessions")["view_to_pay_users_printed"].tolist() == [0.1002] * 6
    assert said(case)["printed"].severity == "warning"


def test_a_header_that_looks_like_a_formula_is_a_header(tmp_path: Path) -> None:
    """It is unknown, and nothing else."""
    sessions(merchant(tmp_path) / "exports" / "直播明细.xlsx", [[*session(), "1"]], [*SESSION_HEADERS, "=1+1"])
    assert said(read_case(tmp_path))["header_new"].column == "=1+1"


def test_words_below_the_headers_do_not_choose_the_separator(tmp_path: Path) -> None:
    """Definitions with many commas in a table of semicolons."""
    rows = [["Creator name", "Creator-attributed GMV", "Attributed orders"], ["a, b, c, d"] * 3, ["@x", "$5.00", "2"]]
    csv_file(merchant(tmp_path) / "exports" / "x.csv", rows, "utf-8", ";")
    assert read_case(tmp_path).table("tiktok_creators")["gmv_local"].tolist() == [5.0]
