"""The one function every ratio goes through, and the registry it serves."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factbook.knowledge.metrics import metrics
from factbook.knowledge.reasons import reasons, sentence
from factbook.measures import measure
from factbook.measures.common import Ratio, source_of, tally
from factbook.records import MEASURE_COLUMNS, Measures
from tests.measures.build import case, sessions, trade

RATIO = Ratio("refund_rate", "y", "x")
figures = st.integers(0, 10**8).map(lambda cents: cents / 100) | st.just(math.nan)
rows = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        figures,
        figures,
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=100, deadline=None)
@given(rows)
def test_a_ratio_is_the_sum_over_the_sum_of_complete_pairs(pairs: list[tuple[str, float, float]]) -> None:
    """At every slice Σ/Σ over rows where both figures exist; slices add up to the whole; zero below is no ratio."""
    frame = pd.DataFrame(pairs, columns=["field", "y", "x"])
    known = frame.dropna()
    found = Measures(pd.concat([tally(frame, [RATIO]), tally(frame, [RATIO], ("field",))]))
    whole = found.row("refund_rate")
    assert whole is not None
    assert whole.n == len(known)
    if known["x"].sum() > 0:
        assert whole.value == pytest.approx(known["y"].sum() / known["x"].sum())
    else:
        assert whole.value is None
        assert whole.reason == ("denominator_zero" if len(known) else "no_values")
    slices = found.select("refund_rate", "field")
    for part in ("numerator", "denominator"):
        assert np.nansum(slices[part]) == pytest.approx(np.nansum([getattr(whole, part) or 0.0]))


def test_a_slice_that_nobody_named_is_left_out() -> None:
    """Rows without the slice's value belong to the whole and to no slice."""
    frame = pd.DataFrame({"field": ["a", None], "y": [1.0, 2.0], "x": [1.0, 1.0]})
    assert tally(frame, [RATIO], ("field",))["key"].tolist() == [("a",)]


def test_sources_name_the_file_or_count_them() -> None:
    """One file is named with its sheet, several are counted."""
    frame = pd.DataFrame({"_file": ["a.xlsx", "b.xlsx"], "_sheet": ["直播间明细"] * 2})
    assert source_of(frame.head(1)) == "a.xlsx › 直播间明细"
    assert source_of(frame) == "2 files › 直播间明细"


CASES = {
    "nothing": case(),
    "only the form's profile": case({"gross_margin": 0.4}),
    "sessions alone": case(sessions=sessions({}, {"party": "partner", "started_at": "2026-09-08 09:00"})),
    "trade alone": case(trade_daily=trade({"date": "2026-09-01", "paid_amount_cny": 100.0})),
    "trade of another month": case(trade_daily=trade({"date": "2026-01-01", "paid_amount_cny": 100.0})),
    "sessions of another month": case(sessions=sessions({"started_at": "2026-01-07 08:00"})),
}


@pytest.mark.parametrize("name", CASES)
def test_every_metric_has_a_value_or_a_reason(name: str) -> None:
    """Whatever is missing, each metric of the registry has a row, and a row without a value has a known reason."""
    frame = measure(CASES[name]).frame
    now = frame[frame["period"] == "current"]
    assert set(metrics()) <= set(now["id"])
    assert set(frame["id"]) <= set(metrics())
    assert (frame["reason"] != "")[frame["value"].isna()].all()
    assert all(sentence(reason).zh and sentence(reason).en for reason in set(frame["reason"]) - {""})
    assert tuple(frame.columns) == MEASURE_COLUMNS


def test_a_missing_report_is_named() -> None:
    """Without the live report the room's figures name it; without trade analysis the shop's do."""
    found = measure(case())
    named = {id: found.row(id).reason for id in ("gpm_views", "paid_amount_cny", "realtime_online", "capability_index")}  # type: ignore[union-attr]
    assert named["gpm_views"] == "no_report:live_sessions"
    assert named["paid_amount_cny"] == "no_report:trade_analysis"
    assert named["realtime_online"] == "needs_minutes"
    assert named["capability_index"] == "no_survey"


def test_no_slice_is_measured_twice() -> None:
    """A metric has one row per period and slice."""
    both = case(
        sessions=sessions({}, {"party": "partner", "started_at": "2026-09-08 09:00"}),
        trade_daily=trade({"date": "2026-09-01", "paid_amount_cny": 100.0}),
    )
    frame = measure(both).frame
    assert not frame.duplicated(["id", "period", "by", "key"]).any()


def test_reasons_read_as_sentences() -> None:
    """Each reason is a sentence in both languages, ends with a stop, and names the report where it has one."""
    for code, text in reasons().items():
        assert text.zh.endswith("。"), code
        assert text.en.endswith("."), code
    assert "直播明细" in sentence("no_report:live_sessions").zh


def test_the_f5_metrics_of_the_method_are_all_there() -> None:
    """Real-time and trend figures of F5 are marked, each with basis, formula and numerator in both languages."""
    f5 = [metric for metric in metrics().values() if metric.f5]
    assert len(f5) >= 14
    for metric in f5:
        assert metric.basis.zh
        assert metric.formula.en
        assert metric.numerator.zh
