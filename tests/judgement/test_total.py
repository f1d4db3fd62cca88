"""The worth of all findings together counts each yuan once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.judgement.findings import middle
from factbook.judgement.rule import run
from factbook.judgement.rules import RULES
from factbook.judgement.total import totals
from factbook.knowledge.areas import areas
from factbook.knowledge.findings import findings
from factbook.records import Finding, Text
from tests.judgement.make import facts
from tests.judgement.situations import SITUATIONS

NO_WORDS = Text("", "")
kinds = st.sampled_from(["gmv", "net_gmv", "contribution", ""])
rows = st.lists(
    st.tuples(st.sampled_from(sorted(findings())), kinds, st.floats(0, 1e7), st.floats(0, 1e7)),
    max_size=12,
    unique_by=lambda row: row[0],
)


def worth(code: str, basis: str, low: float, high: float, area: str = "G2") -> Finding:
    return Finding(code, area, "medium", NO_WORDS, NO_WORDS, (), low, high, basis)


def test_two_steps_of_one_room_count_once_and_two_fields_add_up():
    """Product click and payment draw on the same room: the larger counts; the shelf is another pool."""
    found = [worth("G02", "gmv", 10, 20), worth("G03", "gmv", 50, 60), worth("S02", "gmv", 1, 2, "S")]
    (total,) = totals(found)
    assert (total.low_cny, total.high_cny, total.counted) == (51, 62, ("G03", "S02"))


def test_sales_and_contribution_are_never_added():
    """One total for each kind of yuan."""
    found = [worth("G02", "gmv", 10, 20), worth("T02", "contribution", 5, 5, "T")]
    assert [(total.basis, total.high_cny) for total in totals(found)] == [("gmv", 20), ("contribution", 5)]


def test_without_worth_there_is_no_total():
    """Nothing to add is no total of nought."""
    assert totals([worth("G02", "", 0, 0)]) == ()


@given(rows)
def test_no_pool_is_counted_twice_and_none_is_left_out(drawn):
    """Every pool with a worth has exactly one finding in the totals, its largest."""
    found = [worth(code, basis, *sorted(ends)) for code, basis, *ends in drawn]
    counted = [f for f in found if any(f.code in total.counted for total in totals(found))]
    pools = [areas().pool(f.code, f.area) for f in counted]
    assert len(pools) == len(set(pools))
    for finding in (f for f in found if f.worth_basis):
        pool = areas().pool(finding.code, finding.area)
        assert middle(finding) <= middle(counted[pools.index(pool)])


def test_every_pool_names_findings_that_exist():
    """The exceptions of areas.toml are codes of findings/."""
    assert set(areas().pools.findings) <= set(findings())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("A01", "A"), ("A08", "A")),  # what mismatched creators lose is mostly sent back
        (("F14", "O2"), ("F03", "F")),  # a product's refunds are the shop's
        (("F09", "O4"), ("G09", "G1")),  # the ads of an hour are ads
        (("V11", "O5"), ("A06", "A")),  # a day the alliance was shut is a day of the alliance
    ],
)
def test_what_one_finding_holds_of_another_counts_once(one, other):
    """A part is never added to the whole it lies in, whatever chapter each stands in."""
    found = [worth(code, "contribution", 10.0 * n, 10.0 * n, area) for n, (code, area) in enumerate((one, other), 1)]
    assert [(total.low_cny, total.counted) for total in totals(found)] == [(20.0, (other[0],))]


def test_losses_of_some_creators_and_gains_of_others_add_up():
    """Mismatched and rising creators are different people: stopping one and backing the other pays twice."""
    found = [worth("A01", "contribution", 4, 4, "A"), worth("A02", "contribution", 13, 39, "A")]
    assert [(total.low_cny, total.high_cny) for total in totals(found)] == [(17, 43)]


def test_every_finding_that_is_priced_draws_on_a_named_pool():
    """A code that stands for itself would be added to whatever sales it lies in."""
    fired = [run(rule, facts(SITUATIONS[rule.code].shop)).finding for rule in RULES if rule.code in SITUATIONS]
    priced = [finding for finding in fired if finding is not None and finding.worth_basis]
    pools = {*areas().pools.areas.values(), *areas().pools.findings.values()}
    assert len(priced) > 10
    assert {f.code for f in priced if areas().pool(f.code, f.area) not in pools} == set()
