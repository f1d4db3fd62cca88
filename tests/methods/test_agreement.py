"""Agreement between raters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factbook.methods.agreement import alpha, icc, rwg

NAN = float("nan")


def test_full_agreement_is_one_and_opposite_ends_are_not() -> None:
    """Raters of one mind give 1; two at opposite ends of five points give −1."""
    assert rwg([[3, 1], [3, 5]], 5).tolist() == [1.0, -1.0]


def test_the_line_of_085_is_070_under_the_uniform_null() -> None:
    """On five points r*wg = 0.85 is the spread at which r_wg against a uniform null (variance 2) is 0.70."""
    ratings = np.array([2.0] * 3 + [3.0] * 5 + [4.0] * 3)
    assert 1 - ratings.var(ddof=1) / 2 == pytest.approx(0.70)
    assert rwg(ratings[:, None], 5)[0] == pytest.approx(0.85)


def test_answers_that_are_missing_are_left_out() -> None:
    """A rater who did not answer changes nothing; a single rater shows no agreement."""
    full, gap = rwg([[2], [4], [3]], 5), rwg([[2], [4], [NAN], [3]], 5)
    assert gap == pytest.approx(full)
    assert np.isnan(rwg([[2], [NAN]], 5)).all()


def test_the_scale_sets_the_largest_disagreement() -> None:
    """The same spread is milder on a longer scale."""
    assert rwg([[2], [4]], 7)[0] > rwg([[2], [4]], 5)[0]


# Krippendorff's reliability data: four observers, twelve units, as published in "Computing Krippendorff's
# alpha-reliability" (2011), section D; 0 stands for no answer.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]
KRIPPENDORFF = np.where(np.array(OBSERVERS) == 0, NAN, OBSERVERS)
# Shrout & Fleiss (1979), table 2: six targets (columns here), four judges.
SHROUT_FLEISS = np.array([[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]], float)


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_is_the_published_one_at_every_level(level, published) -> None:
    """Krippendorff's worked example, to three figures, with an interval that holds it."""
    found = alpha(KRIPPENDORFF, level)
    assert found.value == pytest.approx(published, abs=0.0006)
    assert found.low < found.value < found.high <= 1
    assert (found.raters, found.units, found.reason) == (4, 11, "")


def test_alpha_is_the_same_again_for_the_same_seed() -> None:
    """The interval is seeded, and narrows where units are many."""
    many = np.tile(KRIPPENDORFF, 6)
    assert alpha(KRIPPENDORFF, "ordinal") == alpha(KRIPPENDORFF, "ordinal")
    wide, narrow = alpha(KRIPPENDORFF, "ordinal"), alpha(many, "ordinal")
    assert narrow.high - narrow.low < (wide.high - wide.low) / 2


@given(st.integers(0, 10_000), st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
@settings(max_examples=40, deadline=None)
def test_alpha_knows_no_order_of_raters_or_units(seed, level) -> None:
    """Shuffled raters and units give the same α; it never exceeds 1, and equal raters reach it."""
    rng = np.random.default_rng(seed)
    table = rng.integers(1, 6, (4, 6)).astype(float)
    shuffled = table[rng.permutation(4)][:, rng.permutation(6)]
    found = alpha(table, level, draws=20)
    assert alpha(shuffled, level, draws=20).value == pytest.approx(found.value)
    assert found.value <= 1
    same = alpha(np.tile(table[:1], (4, 1)), level, draws=20)
    assert same.value == 1 or same.reason == "no_variation"


def test_alpha_of_chance_is_near_nothing() -> None:
    """Raters who throw dice agree no more than chance does."""
    table = np.random.default_rng(7).integers(1, 6, (5, 400)).astype(float)
    assert abs(alpha(table, "ordinal", draws=50).value) < 0.05


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([[1, 2, 3], [1, 2, 3]], "insufficient"),
        ([[1, 2, 3], [1, 2, 3], [NAN, NAN, NAN]], "insufficient"),
        ([[4, 4, 4]] * 3, "no_variation"),
        ([[1, NAN], [NAN, 2], [NAN, NAN]], "insufficient"),
        ([[1, NAN, NAN], [NAN, 2, NAN], [NAN, NAN, 3]], "too_few_units"),
    ],
)
def test_what_cannot_be_told_says_why(table, reason) -> None:
    """Two raters, one mark for everything, or nothing rated twice: no figure, a reason."""
    for found in (alpha(table, "ordinal"), icc(table).mean):
        assert np.isnan([found.value, found.low, found.high]).all()
        assert found.reason == reason


def test_icc_is_the_published_one() -> None:
    """Shrout & Fleiss: ICC(2,1) = 0.29 [0.02, 0.76] and ICC(2,4) = 0.62 [0.07, 0.93]."""
    found = icc(SHROUT_FLEISS)
    shown = [(round(each.value, 3), round(each.low, 3), round(each.high, 2)) for each in (found.single, found.mean)]
    assert shown == [(0.290, 0.019, 0.76), (0.620, 0.071, 0.93)]


def test_icc_falls_when_a_rater_is_stricter() -> None:
    """Absolute agreement counts a shift: a judge two points below the others lowers it."""
    table = SHROUT_FLEISS.copy()
    level = np.tile(table[:1], (4, 1)) + np.random.default_rng(1).normal(0, 0.3, table.shape)
    shifted = level + np.array([[0], [0], [0], [-2]])
    assert icc(shifted).mean.value < icc(level).mean.value
    assert icc(np.tile(table[:1], (4, 1))).mean.value == pytest.approx(1)


def test_icc_uses_the_units_all_raters_answered() -> None:
    """A gap drops its unit, nothing else."""
    gap = SHROUT_FLEISS.copy()
    gap[1, 0] = NAN
    assert icc(gap) == icc(SHROUT_FLEISS[:, 1:])


@given(st.integers(0, 10_000), st.integers(3, 6), st.integers(2, 6))
@settings(max_examples=60, deadline=None)
def test_icc_is_a_figure_with_ordered_ends_or_a_reason(seed, raters, units) -> None:
    """Whatever whole numbers are rated: never an error, low ≤ value ≤ high, at most 1."""
    table = np.random.default_rng(seed).integers(1, 4, (raters, units)).astype(float)
    for found in (icc(table).single, icc(table).mean):
        if found.reason:
            assert np.isnan(found.value)
        else:
            assert found.low - 1e-9 <= found.value <= found.high + 1e-9
            assert found.high <= 1 + 1e-9
