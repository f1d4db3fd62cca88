"""What findings are worth alone and together: the bridge from one to the other, and the planted rules of growth."""

from __future__ import annotations

import pytest

from factbook.judgement.total import totals
from factbook.judgement.worth import bridge
from factbook.records import Finding, Text
from tests.conftest import diagnosis_of

SAID = Text("一句话", "a sentence")
# Findings of growth and of the shelf that the files of each sample bring out, of any severity.
GROWTH = {
    "skincare": {"S01"},
    "knitwear": {"G21", "S01"},
    "food": {"G07", "G09", "G10", "G19", "G20", "S01"},
    "appliances": {"G27"},
}


def priced(code: str, area: str, low: float, high: float, basis: str = "contribution") -> Finding:
    return Finding(code, area, "medium", SAID, SAID, (), low, high, basis)


def test_what_draws_on_the_same_sales_is_taken_off_once():
    """Two gaps of one room, 10 to 30 and 10 to 20 thousand: together the larger, 15 of the 35 are overlap."""
    found = (priced("G01", "G1", 10e3, 30e3), priced("G02", "G2", 10e3, 20e3))
    made = bridge(found, totals(found))
    assert [item.middle for item in made.items] == [20e3, 15e3]
    assert made.overlap == pytest.approx(-15e3)
    assert sum(item.middle for item in made.items) + made.overlap == pytest.approx(20e3)


def test_findings_of_different_sales_add_up():
    """A room's gap and the shelf's: no overlap, the sum is the total."""
    found = (priced("G01", "G1", 10e3, 30e3), priced("S02", "S", 4e3, 6e3))
    made = bridge(found, totals(found))
    assert made.overlap == 0.0
    assert (made.together.low_cny, made.together.high_cny) == (14e3, 36e3)


def test_yuan_of_different_kinds_are_never_added():
    """Sales after refunds beside contribution: the kind that weighs more is shown, alone."""
    found = (priced("G01", "G1", 10e3, 30e3), priced("S02", "S", 4e3, 6e3, "net_gmv"))
    made = bridge(found, totals(found))
    assert [item.finding.code for item in made.items] == ["G01"]
    assert made.basis == "contribution"


def test_nothing_priced_is_no_bridge():
    """Without a worth there is nothing to show."""
    assert bridge((), ()) is None


def test_alone_less_overlap_is_together_in_every_sample(merchant):
    """The waterfall ends where its total stands."""
    dx = diagnosis_of(merchant)
    made = bridge(dx.findings, dx.totals)
    middle = (made.together.low_cny + made.together.high_cny) / 2
    assert sum(item.middle for item in made.items) + made.overlap == pytest.approx(middle)


def test_growth_and_shelf_say_what_the_files_hold(merchant):
    """Each sample's findings of growth and shelf, strengths aside, are exactly these."""
    found = {f.code for f in diagnosis_of(merchant).findings if f.code[0] in "GS" and f.severity != "strength"}
    assert found == GROWTH[merchant]


def test_the_newcomers_lever_is_the_planted_one():
    """Free viewers 22 %, a lever of 0.28, and about 0.62 needed to break even."""
    text = diagnosis_of("food").finding("G20").text.zh
    assert "只有28个" in text
    assert "22.1%" in text
    assert "0.61" in text or "0.62" in text
