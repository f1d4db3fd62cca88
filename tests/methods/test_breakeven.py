"""What a deal leaves and what the next one may cost: worked by hand, and identities that hold for any terms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.errors import Refused
from factbook.methods.breakeven import Range, Terms, break_even, contribution, fee_worth, next_range, payback

THREE = Terms(margin=0.38, commission=0.25, fee=1_500_000, gifts=150_000)
rates = st.floats(0.01, 0.9)
amounts = st.floats(0, 1e7)


def test_three_exclusive_sessions_by_hand():
    """9.486 M kept at 38 % margin and 25 % commission: 1.233 M for 1.65 M of fixed cost, paid back 0.75 times."""
    assert contribution(9_486_000, THREE) == pytest.approx(-416_820)
    assert payback(9_486_000, THREE) == pytest.approx(0.7474, abs=1e-4)
    assert break_even(THREE, 0.38) == pytest.approx(20_471_464, abs=1)


@given(rates, rates, amounts, amounts, st.floats(0, 0.9))
def test_at_break_even_nothing_is_left(margin, commission, fee, gifts, refund):
    """Selling exactly the break-even leaves nothing, and where the margin is eaten up there is no such amount."""
    terms = Terms(margin, commission, fee, gifts)
    sales = break_even(terms, refund)
    if margin <= commission:
        assert np.isnan(sales)
    else:
        assert contribution(sales * (1 - refund), terms) == pytest.approx(0, abs=1e-6 * (1 + fee + gifts))


@pytest.mark.parametrize("refund", [1.0, 1.2, float("nan")])
def test_what_is_all_sent_back_never_breaks_even(refund):
    """Not even where margin and commission are both on the wrong side, and two losses would multiply to a gain."""
    assert np.isnan(break_even(THREE, refund))
    assert np.isnan(break_even(Terms(margin=0.2, commission=0.3, fee=1e5), refund))


@given(amounts, rates, rates, amounts)
def test_paying_the_fee_that_is_worth_it_leaves_nothing(net, margin, commission, gifts):
    """The bearable fee is the one at which the contribution is zero; below zero it is no fee at all."""
    worth = fee_worth(Range(net, net, net), Terms(margin, commission, gifts=gifts))
    assert worth.low == worth.middle == worth.high >= 0
    left = contribution(net, Terms(margin, commission, worth.middle, gifts))
    assert left == pytest.approx(0, abs=1e-5) or (worth.middle == 0 and left < 0)


def test_a_wider_range_of_sales_gives_a_wider_range_of_fees():
    """Two million more sales at 13 % are 260,000 more of fee."""
    worth = fee_worth(Range(2e6, 3e6, 4e6), Terms(0.38, 0.25, gifts=50_000))
    assert (worth.low, worth.middle, worth.high) == pytest.approx((210_000, 340_000, 470_000))


def test_the_range_of_the_next_deal_holds_four_in_five():
    """Over 6,000 stars with four past deals each, the fifth falls into the 80 % range 78 to 82 times in a hundred."""
    rng = np.random.default_rng(3)
    deals = 3e6 * np.exp(0.3 * rng.standard_normal((6_000, 5)))
    ranges = [next_range(row[:4]) for row in deals]
    inside = np.mean([r.low <= row[4] <= r.high for r, row in zip(ranges, deals, strict=True)])
    assert 0.78 <= inside <= 0.82


@pytest.mark.parametrize("past", [[], [1e6, 2e6], [1e6, float("nan"), 2e6, 0.0]])
def test_two_deals_say_nothing_about_a_third(past):
    """Scatter needs three amounts that exist."""
    with pytest.raises(Refused, match="too_few"):
        next_range(past)
