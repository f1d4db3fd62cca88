"""Every form in which the files write a figure, a day or nothing."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factbook.intake import clean, dates
from factbook.knowledge.exports import Column

CALM = settings(deadline=None, max_examples=50, database=None)  # a busy machine is no failure
CENTS = st.integers(min_value=-(10**11), max_value=10**11)
FIRST, LAST = datetime(2016, 1, 1), datetime(2026, 12, 31, 23, 59, 59)  # noqa: DTZ001 - files name no zone
NOTHING = ("-", "--", "—", " ", "", "N/A", "#DIV/0!", "#N/A", "None", None)


def column(cells: list[object], kind: str, unit: str = "") -> clean.Cleaned:
    return clean.column(cells, Column(kind=kind, headers=("列",)), unit)  # type: ignore[arg-type]


@CALM
@given(CENTS)
def test_an_amount_is_the_same_to_the_cent_however_it_is_written(cents: int) -> None:
    """Grouped, with a currency sign, padded, full-width or as a number: one value."""
    yuan = cents / 100
    plain = f"{yuan:.2f}"
    forms = [
        plain,
        f"{yuan:,.2f}",
        f" {plain}\t",
        f"¥{plain}".replace("¥-", "-¥"),
        plain.translate(_wide()),
        yuan,
    ]
    values = column(list(forms), "money").values
    assert values.tolist() == [yuan] * len(forms)


def _wide() -> dict[int, int]:
    return {ord(digit): 0xFF10 + int(digit) for digit in "0123456789"}


@CALM
@given(st.integers(min_value=0, max_value=999_999))
def test_wan_scales_exactly(hundredths: int) -> None:
    """1.16万 is 11600, not 11599.999…"""
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    values = column([f"{text}万", f"{text}w", f"{text} W"], "count").values
    assert values.tolist() == [hundredths * 100.0] * 3


@CALM
@given(st.integers(min_value=0, max_value=10_000_000))
def test_a_percent_string_is_the_same_float_as_its_fraction(basis_points: int) -> None:
    """5.95% and 0.0595 agree to the last bit, also beyond 100 %."""
    percent = f"{basis_points // 100}.{basis_points % 100:02d}%"
    fraction = f"{basis_points // 10_000}.{basis_points % 10_000:04d}"
    values = column([percent, fraction], "ratio").values
    assert values[0] == values[1]


@pytest.mark.parametrize("kind", ["money", "count", "ratio", "minutes", "number", "date", "datetime", "text", "id"])
def test_nothing_is_missing_and_never_zero(kind: str) -> None:
    """Every way of writing nothing is NaN, without a complaint."""
    done = column(list(NOTHING), kind)
    assert done.values.isna().all()
    assert done.bad == {}


@pytest.mark.parametrize("kind", ["money", "count", "ratio", "minutes", "number", "date", "datetime"])
def test_what_is_not_understood_is_missing_and_named(kind: str) -> None:
    """A creator called 8%% in a figure's place, words, broken numbers: NaN with the position kept."""
    done = column(["约三百", "1.2.3", True], kind)
    assert done.values.isna().all()
    assert sorted(done.bad) == [0, 1, 2]


def test_a_percent_is_a_rate_but_never_an_amount() -> None:
    """8% is understood where rates stand and nowhere else."""
    assert column(["8%"], "ratio").values[0] == 0.08
    assert column(["8%"], "money").bad == {0: "cell_not_understood"}


def test_fen_become_yuan() -> None:
    """The one column that the platform leaves in 分 is brought into yuan to the cent."""
    assert column(["123456", "-", "7"], "money_fen").values.tolist()[::2] == [1234.56, 0.07]


def test_float32_tails_are_rounded_to_the_cent() -> None:
    """1234.5600585937 was 1234.56 before someone stored it in 32 bits."""
    assert column([float(np.float32(1234.56)), "1234.5600585937"], "money").values.tolist() == [
        1234.56,
        1234.56,
    ]


def test_a_negative_count_is_missing_and_named() -> None:
    """Counts and lengths of time cannot be negative; refunds and money can."""
    assert column(["-3"], "count").bad == {0: "cell_negative"}
    assert column(["-3"], "money").values[0] == -3


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("13小时46分钟38秒", 13 * 60 + 46 + 38 / 60),
        ("1分35秒", 1 + 35 / 60),
        ("42秒", 0.7),
        ("5小时59分钟53秒", 359 + 53 / 60),
        ("3h53m16s", 233 + 16 / 60),
        ("2h 30min", 150),
        ("00:19", 19 / 60),
        ("00:02:22", 2 + 22 / 60),
        ("1170.5 min(s)", 1170.5),
        ("1,170.5", 1170.5),
        (95, 95),
        (timedelta(hours=16), 960),
    ],
)
def test_a_length_of_time_is_read_in_minutes(cell: object, minutes: float) -> None:
    """Chinese, English, clock and Excel durations, and plain minutes."""
    assert column([cell], "minutes").values[0] == pytest.approx(minutes)


def test_the_header_says_the_unit_of_a_plain_number_only() -> None:
    """Under (秒) 90 is a minute and a half, but 1分35秒 is what it says; under (%) 2.65 is a percentage."""
    assert column(["90", "1分35秒"], "minutes", "秒").values.tolist() == [1.5, pytest.approx(1 + 35 / 60)]
    assert column(["2.65", "2.65%"], "ratio", "%").values.tolist() == pytest.approx([0.0265, 0.0265])


@CALM
@given(st.datetimes(min_value=FIRST, max_value=LAST))
def test_a_moment_is_the_same_however_it_is_written(when: datetime) -> None:
    """Slashes, dashes for colons, Chinese, ISO, Excel cells and Excel serial numbers."""
    when = when.replace(microsecond=0)
    serial = (when - dates.EPOCH) / timedelta(days=1)
    forms = [
        f"{when:%Y/%m/%d %H:%M:%S}",
        f"{when:%Y-%m-%d %H-%M-%S}",
        f"{when:%Y年%m月%d日 %H:%M:%S}",
        f"{when:%Y%m%d%H%M%S}",
        f"{when:%Y-%m-%dT%H:%M:%S}",
        when,
        serial,
        f"{when - dates.BEIJING:%Y-%m-%dT%H:%M:%S}Z",
    ]
    assert column(list(forms), "datetime").values.tolist() == [pd.Timestamp(when)] * len(forms)


@CALM
@given(st.dates(min_value=date(2016, 1, 1), max_value=date(2026, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    """Text, a number that looks like a day, an Excel date and an Excel serial number."""
    serial = float((day - date(1899, 12, 30)).days)
    forms = [
        f"{day:%Y%m%d}",
        float(f"{day:%Y%m%d}"),
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
        day,
        serial,
        str(int(serial)),
    ]
    assert column(list(forms), "date").values.tolist() == [pd.Timestamp(day)] * len(forms)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026/13/02", "date_not_understood"),
        ("6月20日", "date_without_year"),
        ("全部", "date_not_understood"),
        ("20150101", "date_out_of_range"),
        ("2999-01-01", "date_out_of_range"),
        ("19000101", "date_out_of_range"),
    ],
)
def test_an_impossible_or_unlikely_day_is_named(cell: str, code: str) -> None:
    """No such month, no year, or a year outside 2016 to next year."""
    done = column([cell, "20260601"], "date")
    assert done.bad == {0: code}
    assert done.values.isna().tolist() == [True, False]


def test_a_period_is_no_day_and_no_mistake() -> None:
    """20260723-20260729 where a day belongs is missing; a session's span gives its start."""
    assert column(["20260723-20260729"], "date").values.isna().all()
    assert column(["20260723-20260729"], "date").bad == {}
    start = column(["2025-09-08 00-00-00~2025-09-08 07-00-46"], "datetime").values[0]
    assert start == pd.Timestamp("2025-09-08")


def test_an_id_stays_text_digit_for_digit() -> None:
    """19 digits, trailing tabs, leading apostrophes; a number that has lost its end is said to have."""
    done = column(["7312345678901234567\t", "'7312345678901234567", 12.0, 7.3e18, "7.31E+18", "1e5shop"], "id")
    assert done.values[:3].tolist() == ["7312345678901234567", "7312345678901234567", "12"]
    assert done.values[5] == "1e5shop"
    assert done.bad == {3: "id_rounded", 4: "id_rounded"}


@CALM
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zs")), min_size=1))
def test_a_name_is_kept_letter_for_letter(name: str) -> None:
    """Whatever a creator calls himself stays as it is, unless it is a way of writing nothing."""
    kept = column([name], "text").values[0]
    assert kept == name if name not in clean.MISSING else math.isnan(kept)


def test_names_that_look_like_figures_or_markup_stay_names() -> None:
    """8%, formulas, tags, nan and null are names where names stand."""
    names = ["8%", "=1+1", "<b>卖</b>", "nan", "null", "@阿梨🍐", "00123", "1e5"]
    assert column(list(names), "text").values.tolist() == names
