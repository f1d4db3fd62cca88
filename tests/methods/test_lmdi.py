"""The decomposition of a product: exact, symmetric, and strict about what it cannot split."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.errors import ParameterError, Refused
from factbook.methods.lmdi import decompose, log_mean

CHAIN = ("impressions", "entry", "product", "click", "pay", "order")
# The package LMDIR (Heun, after Ang 2005) publishes this table for its tests: three factors of two sub-categories in
# four years, and each factor's contribution from year to year, added up over the sub-categories.
YEARS = (
    ((1, 10, 2), (4, 5, 3)),
    ((4, 5, 3), (5, 6, 4)),
    ((8, 2, 4), (5, 7, 5)),
    ((10, 1, 5), (6, 8, 6)),
)
PUBLISHED = (
    (69.79006598, -9.455125793, 39.66505981),
    (42.96021467, -34.31902656, 50.3588119),
    (54.01064234, -9.021284671, 54.01064234),
)
sizes = st.floats(1e-6, 1e6)
chains = st.lists(sizes, min_size=1, max_size=6).map(lambda values: dict(zip(CHAIN, values, strict=False)))
pairs = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        *(st.lists(sizes, min_size=n, max_size=n).map(lambda v: dict(zip(CHAIN, v, strict=False))),) * 2
    )
)


def near(value: float, scale: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9 * max(scale, 1e-30))


@pytest.mark.parametrize("year", range(3))
def test_the_published_table_is_reproduced(year):
    """Three factors, two sub-categories, three steps in time, to eight figures."""
    steps = [
        decompose(dict(zip("abc", start, strict=True)), dict(zip("abc", end, strict=True)))
        for start, end in zip(YEARS[year], YEARS[year + 1], strict=True)
    ]
    assert [sum(step[name] for step in steps) for name in "abc"] == pytest.approx(PUBLISHED[year], rel=1e-8)


def test_the_example_in_the_docstring_holds():
    """A factor that doubles alone brings the whole change."""
    assert decompose({"a": 2, "b": 3}, {"a": 4, "b": 3}) == {"a": pytest.approx(6.0), "b": 0.0}


@given(pairs)
def test_contributions_add_up_to_the_change(pair):
    """No residual, whatever the factors."""
    before, after = pair
    start, end = math.prod(before.values()), math.prod(after.values())
    parts = decompose(before, after)
    scale = max(abs(part) for part in parts.values())
    assert math.fsum(parts.values()) == near(end - start, max(scale * 1e-3, abs(end - start)))


@given(pairs)
def test_going_back_undoes_the_way_there(pair):
    """From after to before every contribution changes its sign."""
    before, after = pair
    there, back = decompose(before, after), decompose(after, before)
    scale = max(abs(part) for part in there.values())
    assert all(back[name] == near(-there[name], scale) for name in there)


@given(chains, sizes)
def test_a_factor_that_did_not_move_takes_nothing(before, value):
    """Only what moved explains the change."""
    first = next(iter(before))
    parts = decompose(before, {**before, first: value})
    change = math.prod({**before, first: value}.values()) - math.prod(before.values())
    assert parts[first] == pytest.approx(change, rel=1e-9, abs=1e-12 * math.prod(before.values()))
    assert all(parts[name] == 0 for name in before if name != first)


@given(chains)
def test_nothing_moved_nothing_to_explain(before):
    """The same chain twice gives zeros."""
    assert set(decompose(before, before).values()) == {0.0}


@given(chains, st.data())
def test_a_zero_takes_the_whole(before, data):
    """The first zero along the chain takes all, in either direction."""
    gone = data.draw(st.lists(st.sampled_from(list(before)), min_size=1, unique=True))
    after = {name: 0.0 if name in gone else value for name, value in before.items()}
    taker = next(name for name in before if name in gone)
    total = math.prod(before.values())
    assert decompose(before, after) == {name: -total if name == taker else 0.0 for name in before}
    assert decompose(after, before) == {name: total if name == taker else 0.0 for name in before}


def test_zeros_on_both_sides_explain_no_change():
    """Nothing sold before, nothing sold after: every contribution is zero."""
    assert decompose({"a": 0.0, "b": 5.0}, {"a": 3.0, "b": 0.0}) == {"a": 0.0, "b": 0.0}


def test_money_adds_up_to_the_cent_on_a_room_of_a_month():
    """¥974,210.88 to ¥1,186,400.22 through six steps: the parts add up to the difference, in cents."""
    before = dict(
        zip(CHAIN, (4.1e6, 0.152, 0.79, 0.108, 0.085, 974_210.88 / (4.1e6 * 0.152 * 0.79 * 0.108 * 0.085)), strict=True)
    )
    after = dict(
        zip(
            CHAIN,
            (4.6e6, 0.149, 0.81, 0.112, 0.083, 1_186_400.22 / (4.6e6 * 0.149 * 0.81 * 0.112 * 0.083)),
            strict=True,
        )
    )
    parts = decompose(before, after)
    assert round(math.fsum(parts.values()), 2) == round(1_186_400.22 - 974_210.88, 2)


def test_negative_factors_are_refused():
    """A logarithm of a loss has no meaning."""
    with pytest.raises(Refused, match="negative_factor"):
        decompose({"a": 1.0, "b": -2.0}, {"a": 1.0, "b": 2.0})


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_missing_factors_are_refused(bad):
    """A figure nobody measured is not split."""
    with pytest.raises(Refused, match="not_finite"):
        decompose({"a": 1.0, "b": bad}, {"a": 1.0, "b": 2.0})


@pytest.mark.parametrize(("before", "after"), [({"a": 1.0}, {"b": 1.0}), ({"a": 1.0, "b": 2.0}, {"a": 1.0}), ({}, {})])
def test_both_sides_must_name_the_same_factors(before, after):
    """Different chains have no common story."""
    with pytest.raises(ParameterError):
        decompose(before, after)


def test_the_log_mean_is_smooth_where_both_totals_meet():
    """On both sides of the switch to the series the log mean is the same."""
    for gap in (0.999e-3, 1.001e-3):
        assert log_mean(1.0, math.exp(gap), gap) == pytest.approx(math.expm1(gap) / gap, rel=1e-12)
