"""Bytes to cells: encodings, separators and odd layouts of text tables and workbooks."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest

from factbook.intake import read_case
from factbook.intake.read import load
from factbook.intake.read_records import records
from factbook.intake.recognise import Recognised, recognise
from tests.intake.build import ORDERS, SESSION_HEADERS, book, csv_file, merchant, order, session


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_an_order_file_reads_the_same_in_every_encoding_and_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    """UTF-8 with and without mark, GB18030 and UTF-16; comma, semicolon and tab."""
    rows = [[cell.replace("\t", "") for cell in row] for row in (order(1), order(2))]
    csv_file(merchant(tmp_path) / "exports" / "订单.csv", [ORDERS, *rows], encoding, separator)
    orders = read_case(tmp_path).table("orders")
    assert orders["order_amount_cny"].tolist() == [1234.0, 1234.0]
    assert orders["product"].tolist() == ["面霜 50g"] * 2
    assert orders["suborder_id"].tolist() == [f"70{n:017d}" for n in (1, 2)]


def test_a_csv_called_xlsx_is_read_by_what_it_is(tmp_path: Path) -> None:
    """The bytes decide, not the name."""
    csv_file(merchant(tmp_path) / "exports" / "订单.xlsx", [ORDERS, order(1)])
    assert len(read_case(tmp_path).table("orders")) == 1


def test_a_ragged_text_table_is_padded(tmp_path: Path) -> None:
    """A title line above and short rows do not shift a column."""
    path = tmp_path / "x.csv"
    path.write_text(
        "订单导出\n" + ",".join(ORDERS) + "\n" + ",".join(order(1)).replace("1,234.00", "9") + "\n", "utf-8"
    )
    (grid,) = load(path, "x.csv").grids
    known = recognise(grid)
    assert isinstance(known, Recognised)
    assert (known.report, known.header_row) == ("shop_orders", 1)


def test_line_breaks_inside_a_cell_do_not_shift_rows(tmp_path: Path) -> None:
    """Row numbers are records, as Excel shows them."""
    row = order(1, 选购商品="面霜\n50g")
    text = (
        ",".join(ORDERS)
        + "\n"
        + ",".join(f'"{cell}"' for cell in row)
        + "\n"
        + ",".join(f'"{c}"' for c in order(2))
        + "\n"
    )
    path = merchant(tmp_path) / "exports" / "订单.csv"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    assert read_case(tmp_path).table("orders")["_row"].tolist() == [2, 3]


def test_true_numbers_and_dates_in_cells_are_as_good_as_text(tmp_path: Path) -> None:
    """A file saved again by Excel holds floats and dates."""
    start, end = datetime(2026, 10, 2, 19, 0), datetime(2026, 10, 2, 23, 0)  # noqa: DTZ001 - as in the file
    cells = dict(zip(SESSION_HEADERS, session(), strict=True))
    saved = {
        **cells,
        "直播开始时间": start,
        "直播结束时间": end,
        "直播间成交金额": 61045.3,
        "直播间观看人数": 15093,
    }
    book(merchant(tmp_path) / "exports" / "x.xlsx", {"s": [SESSION_HEADERS, list(saved.values())]})
    row = read_case(tmp_path).table("sessions").iloc[0]
    assert (row["started_at"], row["ended_at"]) == (start, end)
    assert (row["gmv_cny"], row["viewers"]) == (61045.3, 15093)


def test_reading_a_small_text_never_narrows_what_others_may_read() -> None:
    """The limit on a field belongs to the whole process."""
    before = csv.field_size_limit()
    assert list(records("a,b\n1,2\n", ",", 2)) == [["a", "b"], ["1", "2"]]
    assert csv.field_size_limit() >= before
