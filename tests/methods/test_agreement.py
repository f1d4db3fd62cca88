"""Agreement between raters."""

from __future__ import annotations

import numpy as np
import pytest

from factbook.methods.agreement import rwg

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
