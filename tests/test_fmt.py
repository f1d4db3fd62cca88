"""Figures as a reader sees them: Chinese money groups by 万 and 亿, in sentences as people say it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from factbook import fmt
from factbook.display import cells

SCALE = {"元": 1.0, "万元": 1e4, "亿元": 1e8}
YUAN = re.compile(r"(−?)(\d+(?:\.\d{1,2})?)(亿元|万元|元)")
AMOUNTS = np.round(10 ** np.random.default_rng(20261124).uniform(0, 10, 2_000), 2)
EDGES = (0.01, 99.99, 100, 9_999.49, 9_999.5, 10_000, 99_499.99, 99_500, 99_994_999.99, 99_995_000)


def read_back(text: str) -> float:
    """The amount a reader takes from the words; no match for anything but digits and a unit."""
    found = YUAN.fullmatch(text)
    assert found, text
    return float(found[2]) * SCALE[found[3]] * (-1 if found[1] else 1)


@pytest.mark.parametrize("spell", [fmt.money, fmt.money_said])
def test_chinese_money_has_no_comma_and_at_most_four_digits_before_its_unit(spell):
    """万 and 亿 do the grouping."""
    for amount in (*EDGES, *AMOUNTS, *-AMOUNTS):
        text = spell(float(amount), "zh")
        read_back(text)
        assert len(re.split(r"[.元万亿]", text.lstrip(fmt.MINUS))[0]) <= 4 or amount >= 1e12, text


def test_a_table_keeps_a_tenth_of_wan():
    """500 yuan at most from the amount, half a percent from a hundred million on."""
    for amount in map(float, (*EDGES, *AMOUNTS, *-AMOUNTS)):
        assert read_back(fmt.money(amount, "zh")) == pytest.approx(
            amount, rel=0.005 if abs(amount) > 9e7 else 0, abs=501
        )


def test_a_sentence_keeps_two_figures():
    """Within five percent of the amount, and of the figure in the table beside it."""
    for amount in map(float, (*EDGES, *AMOUNTS, *-AMOUNTS)):
        said = read_back(fmt.money_said(amount, "zh"))
        assert said == pytest.approx(amount, rel=0.051, abs=0.005)
        assert said == pytest.approx(read_back(fmt.money(amount, "zh")), rel=0.051)


def test_larger_amounts_never_read_smaller():
    """Across every change of unit the spelled amounts keep their order."""
    amounts = sorted([*EDGES, *map(float, AMOUNTS)])
    for spell in (fmt.money, fmt.money_said):
        read = [read_back(spell(amount, "zh")) for amount in amounts]
        assert read == sorted(read)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (-416_555, "−42万元"), (20_471_000, "2047万元"), (30_000_000, "3000万元"), (180_000, "18万元"),
        (2_700_000, "270万元"), (36_600, "3.7万元"), (8_097, "8097元"), (123_456_789, "1.23亿元"),
    ],
)  # fmt: skip
def test_a_sentence_says_money_as_the_register_does(amount, said):
    """Whole 万 from 100,000 yuan on, tenths below, yuan under 10,000."""
    assert fmt.said(amount, "cny", "zh") == said


def test_english_money_reads_the_same_in_sentences_and_tables():
    """k and M, with commas under ten thousand."""
    for amount in (8_097.0, 416_555.0, -416_555.0, 20_471_000.0):
        assert fmt.said(amount, "cny", "en") == fmt.money(amount, "en")
    assert fmt.money(416_555, "en") == "¥416.6 k"


def test_money_that_is_missing_is_not_measured():
    """Never a nought."""
    for spell in (fmt.money, fmt.money_said):
        assert [spell(value, "zh") for value in (None, float("nan"), float("inf"))] == ["未测"] * 3


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("unit", [*fmt.UNITS, "exact", "number", "optional:cny", "interval:points"])
def test_every_unit_writes_one_minus_and_no_nought_below_zero(unit, language):
    """A column of differences never mixes a hyphen with a minus, and nothing is minus nought."""
    pair = unit.startswith("interval")
    for value in (-336.0, -81.03, -0.034, -12_345.6):
        said = cells.spell([value] if pair else value, unit, language)
        assert "-" not in said
        assert (fmt.MINUS in said) == any(digit in said for digit in "123456789")
    assert fmt.MINUS not in cells.spell([-0.0] if pair else -0.0, unit, language)
