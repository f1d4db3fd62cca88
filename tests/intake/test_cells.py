"""Every form of a cell in the header vocabulary, section 0, with what it means."""

# ruff: noqa: E501, DTZ001 (a table of cells keeps its forms on few lines; files name no zone)
from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factbook.intake import clean, dates, figures, splits
from factbook.intake.dates import Reading
from factbook.knowledge.exports import Column
from factbook.records import Period

CALM = settings(deadline=None, max_examples=40, database=None)
OCTOBER = Reading(Period(date(2026, 10, 1), date(2026, 10, 31)))


def one(cell: Any, kind: str, unit: str = "", reading: Reading = dates.PLAIN) -> Any:
    """What a cell of a kind means: its value, None where it is missing, its code where it is not understood."""
    done = clean.column([cell], Column(kind=kind, headers=("列",)), unit, reading)  # type: ignore[arg-type]
    return done.bad[0] if done.bad else None if pd.isna(done.values[0]) else done.values[0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.56", 1234.56), ("¥1,741.24", 1741.24), ("￥1,741.24", 1741.24), ("1.16万", 11_600), ("3.60万", 36_000),
        ("3.0w", 30_000), ("3.0 W", 30_000), ("1.2亿", 120_000_000), ("5千", 5_000), ("1,234.00元", 1234), ("-12.5", -12.5),
        ("−12.5", -12.5), ("(12.50)", -12.5), ("1234.5600585937", 1234.56), (float(np.float32(1234.56)), 1234.56), (7, 7),
        ("１，２３４．５６", 1234.56), (" 12 ", 12), ("12\t", 12), ("1.2万元", 12_000), (".5", 0.5), ("0", 0),
    ],
)  # fmt: skip
def test_an_amount_in_yuan(cell: Any, value: float) -> None:
    """Grouped, in 万 or 亿, with signs, brackets, full width or a float's tail."""
    assert one(cell, "money") == value


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("$1,234.56", 1234.56, "$"), ("99,000₫", 99_000, "VND"), ("₫99.000", 99_000, "VND"), ("81.24万₫", 812_400, "VND"),
        ("Rp264.786", 264_786, "IDR"), ("Rp 1.264.786", 1_264_786, "IDR"), ("Rp7,5", None, None), ("MX$1,234.56", 1234.56, "MXN"),
        ("RM1,200.50", 1200.5, "MYR"), ("US$3.4K", 3400, "USD"), ("1.2M", 1_200_000, ""), ("¥12", 12, "CNY"),
    ],
)  # fmt: skip
def test_an_amount_in_a_shops_own_currency(cell: str, value: float | None, currency: str | None) -> None:
    """The sign names the currency; where there are no cents a dot parts thousands."""
    found = figures.amount(cell)
    assert (found and found.value, found and found.currency) == (value, currency)
    assert one(cell, "money_local") == ("cell_not_understood" if value is None else value)


@pytest.mark.parametrize("cell", ["$1,234.56", "99,000₫", "Rp264.786", "MX$5"])
def test_foreign_money_is_not_taken_for_yuan(cell: str) -> None:
    """Missing and named, in a yuan column; and the whole column where its header says so."""
    assert one(cell, "money") == "currency_foreign"
    assert one("12.00", "money", "rp") == "currency_foreign"
    assert one("-", "money", "$") is None


def test_rupiah_under_a_header_that_says_so_are_grouped_by_dots() -> None:
    """264.786 below (Rp) is two hundred and sixty-four thousand."""
    assert one("264.786", "money_local", "rp") == 264_786
    assert one("264.786", "money_local", "") == 264.79


@pytest.mark.parametrize(
    ("cell", "kind", "unit", "value"),
    [
        ("1.16", "money", "万元", 11_600), ("0.5", "money", "亿元", 50_000_000), ("1234", "money", "分", 12.34),
        ("3.5", "count", "万", 35_000), ("3.5", "count", "万人", 35_000), ("2.65", "ratio", "%", 0.0265),
        ("90", "minutes", "秒", 1.5), ("1.5", "minutes", "小时", 90), ("1.5", "seconds", "分钟", 90),
        ("4206", "seconds", "", 4206), ("4206", "minutes", "s", 70.1), ("90", "hours", "分钟", 1.5),
        ("1分35秒", "minutes", "秒", 1 + 35 / 60), ("1234", "money_fen", "", 12.34),
    ],
)  # fmt: skip
def test_a_headers_unit_counts_for_plain_numbers_only(cell: str, kind: str, unit: str, value: float) -> None:
    """元, 分, 万, 亿, %, seconds, minutes and hours; a cell with a unit of its own keeps it."""
    assert one(cell, kind, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0.0595", 0.0595),
        ("5.95%", 0.0595),
        ("13%", 0.13),
        ("7600%", 76),
        ("76", 76),
        ("5.95％", 0.0595),
        ("3‰", 0.003),
        (0.5, 0.5),
    ],
)
def test_a_rate_is_a_fraction_and_may_exceed_one(cell: Any, value: float) -> None:
    """Fractions and percents, also 7,600 %."""
    assert one(cell, "ratio") == pytest.approx(value)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("13小时46分钟38秒", 49_598), ("1分35秒", 95), ("42秒", 42), ("5小时59分钟53秒", 21_593), ("3h53m16s", 13_996),
        ("2h 30min", 9_000), ("00:19", 19), ("00:02:22", 142), ("1170.5 min(s)", 70_230), ("1,170.5 min(s)", 70_230),
        ("19s", 19), ("1h39min", 5_940), ("1天2小时", 93_600), ("4小时", 14_400), (time(0, 2, 22), 142), ("0分钟51秒", 51),
    ],
)  # fmt: skip
def test_a_length_of_time_in_any_unit(cell: Any, seconds: float) -> None:
    """Chinese, English and clock lengths, as minutes, seconds and hours."""
    assert one(cell, "seconds") == pytest.approx(seconds)
    assert one(cell, "minutes") == pytest.approx(seconds / 60)
    assert one(cell, "hours") == pytest.approx(seconds / 3600)


def test_a_length_without_any_unit_is_not_guessed() -> None:
    """Where the column says that plain numbers have none: named; 0 is nothing in every unit."""
    assert one("95", "minutes", clean.NO_UNIT) == "unit_unknown"
    assert one("0", "minutes", clean.NO_UNIT) == 0
    assert one("95秒", "minutes", clean.NO_UNIT) == pytest.approx(95 / 60)


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("7.5w~10w", 75_000, 100_000), ("50万-100万", 500_000, 1_000_000), ("5-10万", 50_000, 100_000), ("500-800", 500, 800),
        ("1,000-2,000", 1000, 2000), ("81.24万₫-91.02万₫", 812_400, 910_200), ("470.00万", 4_700_000, 4_700_000),
        ("130以上", 130, None), ("100+", 100, None), ("≥100", 100, None), ("1万以下", None, 10_000), ("<10", None, 10),
        ("50万至100万", 500_000, 1_000_000), ("50万—100万", 500_000, 1_000_000), ("-", None, None), ("", None, None), (12.5, 12.5, 12.5),
    ],
)  # fmt: skip
def test_a_range_has_two_ends(cell: Any, low: float | None, high: float | None) -> None:
    """A shared unit counts for both, an open end is missing, a single figure is both."""
    ends = splits.split([cell], "range")
    assert [one(end[0], "money_local") for end in ends] == [low, high]


@pytest.mark.parametrize(("cell", "low", "high"), [("10%~15%", 0.10, 0.15), ("10-15%", 0.10, 0.15), ("8%", 0.08, 0.08)])
def test_a_range_of_rates(cell: str, low: float, high: float) -> None:
    """Commission as 10%~15%."""
    assert [one(end[0], "ratio") for end in splits.split([cell], "range")] == [low, high]


@CALM
@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_any_range_is_read_back(low: int, high: int) -> None:
    """Two figures with any of the signs between them."""
    for sign in ("-", "~", "～", " - ", "至", "—"):
        ends = splits.split([f"{low}{sign}{high}"], "range")
        assert [one(end[0], "count") for end in ends] == [low, high]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("20260601", "2026-06-01"), (20260601.0, "2026-06-01"), ("2026/04/26 07:00:29", "2026-04-26 07:00:29"),
        ("2026/4/6 7:00", "2026-04-06 07:00"), ("2025-09-08 00-00-46", "2025-09-08 00:00:46"),
        ("2025-09-08_00-00-46", "2025-09-08 00:00:46"), ("20260604172313", "2026-06-04 17:23:13"),
        ("2025-01-13 19:32:08(UTC+7)", "2025-01-13 19:32:08"), ("2026-06-04T11:00:00Z", "2026-06-04 19:00"),
        ("2026-06-04T11:00:00.000Z", "2026-06-04 19:00"), ("2026年6月20日", "2026-06-20"), ("2026.06.20", "2026-06-20"),
        ("2025-09-08 00-00-00~2025-09-08 07-00-46", "2025-09-08"), ("2026-05-07 ~ 2026-06-03", "2026-05-07"),
        (datetime(2026, 10, 1, 19, 30), "2026-10-01 19:30"), (date(2026, 10, 1), "2026-10-01"), (46_296.5, "2026-10-01 12:00"),
        ("46296", "2026-10-01"), ("'2026-10-01 08:00:00", "2026-10-01 08:00"),
    ],
)  # fmt: skip
def test_a_moment_however_it_is_written(cell: Any, moment: str) -> None:
    """Text, numbers, cells of Excel, UTC brought to Beijing; a span gives its start."""
    assert one(cell, "datetime") == pd.Timestamp(moment)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("10-01 11:53", "2026-10-01 11:53"),
        ("10月20日", "2026-10-20"),
        ("10-31 23:59:59", "2026-10-31 23:59:59"),
        ("10/05", "2026-10-05"),
        ("11-01 00:20", "2026-11-01 00:20"),
    ],
)
def test_a_date_without_a_year_takes_the_year_of_its_period(cell: str, moment: str) -> None:
    """Inside the period, or the morning after it."""
    assert one(cell, "datetime", reading=OCTOBER) == pd.Timestamp(moment)


def test_a_date_without_a_year_is_named_where_nothing_tells_the_year() -> None:
    """No period, a day outside of it, and the days before a download."""
    assert one("08-31 11:53", "datetime") == "date_without_year"
    assert one("6月20日", "date") == "date_without_year"
    assert one("08-31 11:53", "datetime", reading=OCTOBER) == "date_without_year"
    assert one("02-30", "date", reading=OCTOBER) == "date_not_understood"
    taken = Reading(Period(date(2026, 1, 5), date(2026, 1, 5)))
    assert one("12-28 20:00", "datetime", reading=taken) == pd.Timestamp("2025-12-28 20:00")
    assert one("03-01 20:00", "datetime", reading=taken) == "date_without_year"


def test_over_the_turn_of_the_year_each_date_has_its_own_year() -> None:
    """December and January in one file."""
    turn = Reading(Period(date(2025, 12, 15), date(2026, 1, 14)))
    assert one("12-20", "date", reading=turn) == pd.Timestamp("2025-12-20")
    assert one("01-10", "date", reading=turn) == pd.Timestamp("2026-01-10")


def test_day_or_month_first_is_told_by_the_file_itself() -> None:
    """01/05/2026-31/05/2026 can only begin with days; without such a cell nothing is guessed."""
    assert dates.day_first(["01/05/2026-31/05/2026"]) is True
    assert dates.day_first(["05/31/2026"]) is False
    assert dates.day_first(["01/05/2026", "02/06/2026"]) is None
    assert dates.day_first(["31/05/2026", "05/31/2026"]) is None
    assert dates.span("01/05/2026-31/05/2026") == (pd.Timestamp(2026, 5, 1), pd.Timestamp(2026, 5, 31))
    known = Reading(day_first=True)
    assert one("01/05/2026 08:30", "datetime", reading=known) == pd.Timestamp("2026-05-01 08:30")
    assert one("01/05/2026", "date", reading=Reading(day_first=False)) == pd.Timestamp("2026-01-05")
    assert one("01/05/2026", "date") == "date_order_unknown"


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("20260723-20260729", "2026-07-23", "2026-07-29"), ("2026-05-07 ~ 2026-06-03", "2026-05-07", "2026-06-03"),
        ("2026-05-07-2026-06-03", "2026-05-07", "2026-06-03"), ("2026/05/07-2026/06/03", "2026-05-07", "2026-06-03"),
        ("2026/07/28 08:15:49-2026/07/28 15:44:39", "2026-07-28 08:15:49", "2026-07-28 15:44:39"),
        ("2026-09-28 11:29:52-2026-09-28 13:09:57", "2026-09-28 11:29:52", "2026-09-28 13:09:57"),
        ("2026-05-07 to 2026-06-03", "2026-05-07", "2026-06-03"), ("2026年5月7日至2026年6月3日", "2026-05-07", "2026-06-03"),
    ],
)  # fmt: skip
def test_a_span_has_two_ends(cell: str, start: str, end: str) -> None:
    """With every sign that stands between two days or moments."""
    assert dates.span(cell) == (pd.Timestamp(start), pd.Timestamp(end))


@pytest.mark.parametrize("cell", ["20260601", "2026-05-07 08:00:00", "2026-06-03-2026-05-07", "a-b", 5, None])
def test_what_is_no_span_is_none(cell: Any) -> None:
    """One day, an end before its start, words and numbers."""
    assert dates.span(cell) is None


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("09:00-10:00", 9),
        ("13:00-13:59", 13),
        ("9", 9),
        (9.0, 9),
        ("9时", 9),
        ("09:00~10:00", 9),
        ("0-1", 0),
        (time(23, 0), 23),
    ],
)
def test_an_hour_of_the_day(cell: Any, hour: int) -> None:
    """The hour a slot begins with."""
    assert one(cell, "hour") == hour


@pytest.mark.parametrize("cell", ["25", "24:00", "noon", -1, 9.5])
def test_no_hour_of_the_day(cell: Any) -> None:
    """There are twenty-four."""
    assert one(cell, "hour") == "cell_not_understood"


@pytest.mark.parametrize(
    ("cell", "day", "hour"),
    [
        ("2025-09-08 07:00", "2025-09-08", "07:00"),
        ("2025-09-08", "2025-09-08", None),
        ("07:00-08:00", None, "07:00-08:00"),
    ],
)
def test_a_day_with_its_hour(cell: str, day: str | None, hour: str | None) -> None:
    """时间-小时 says both, 小时区间 only the hour."""
    assert [half[0] for half in splits.split([cell], "hour_slot")] == [day, hour]


@pytest.mark.parametrize(
    ("cell", "name", "id"),
    [
        ("面霜 50g(3834481579211502112)", "面霜 50g", "3834481579211502112"), ("面霜（ID：3834481579211502112）", "面霜", "3834481579211502112"),
        ("面霜(50g)", "面霜(50g)", None), ("面霜", "面霜", None), ("Cream [1234567]", "Cream", "1234567"),
    ],
)  # fmt: skip
def test_a_name_with_its_id(cell: str, name: str, id: str | None) -> None:
    """A bracket with digits is an id, another one is part of the name."""
    assert [half[0] for half in splits.split([cell], "name_id")] == [name, id]


@pytest.mark.parametrize(
    "kind", ["money", "money_local", "seconds", "hours", "hour", "count", "ratio", "datetime", "id", "text"]
)
@pytest.mark.parametrize("cell", ["-", "--", "—", " ", "N/A", "#DIV/0!", "#N/A", "None", "", None])
def test_every_form_of_nothing(kind: str, cell: str | None) -> None:
    """Missing in every kind, and never a complaint."""
    assert one(cell, kind) is None


@pytest.mark.parametrize(
    ("cell", "id"),
    [
        ("7312345678901234567\t", "7312345678901234567"), ("'7312345678901234567", "7312345678901234567"), (12345.0, "12345"),
        ("6912345678901234567\t,6912345678901234570\t", "6912345678901234567,6912345678901234570"), ("B0010000001", "B0010000001"),
        (7.312345678901234e18, "id_rounded"), ("7.31E+18", "id_rounded"), (9007199254740991.0, "9007199254740991"),
    ],
)  # fmt: skip
def test_an_id_is_text_or_lost(cell: Any, id: str) -> None:
    """Digit for digit, or missing and named where a spreadsheet has rounded it."""
    assert one(cell, "id") == id
