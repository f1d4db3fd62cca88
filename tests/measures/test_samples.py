"""The planted truths of the sample merchants, found again from their files alone."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pytest

from factbook.knowledge.metrics import metrics
from factbook.records import Measures
from tests.conftest import SAMPLES, measures_of, truth_of


@cache
def measured(merchant: str) -> Measures:
    return measures_of(merchant)


@pytest.mark.parametrize("merchant", SAMPLES)
def test_sales_shares_and_refunds_are_as_planted(merchant: str) -> None:
    """The shop's sales, its refund rate and every field's share come back from the exports."""
    found, planted = measured(merchant), truth_of(merchant)
    shares = planted["shares"]
    assert found.value("paid_amount_cny") == pytest.approx(planted["gmv_cny"], rel=1e-3)
    assert found.value("refund_rate") == pytest.approx(planted["refund_rate"], abs=1e-3)
    assert found.value("field_share", field="F") == pytest.approx(shares["F"] + shares["V"], abs=0.003)
    for field in "ATS":
        assert found.value("field_share", field=field) == pytest.approx(shares[field], abs=0.003), field


@pytest.mark.parametrize("merchant", SAMPLES)
def test_the_own_room_is_as_planted(merchant: str) -> None:
    """Order value and view-to-order rate of the own room come back from the live report."""
    found, room = measured(merchant), truth_of(merchant)["room"]
    assert found.value("room_paid_per_order_cny") == pytest.approx(room["order_cny"], rel=0.005)
    assert found.value("view_to_pay_times") == pytest.approx(room["view_pay"], rel=0.02)


@pytest.mark.parametrize("merchant", SAMPLES)
def test_shares_of_a_sample_add_up_at_every_slice(merchant: str) -> None:
    """Every week of the history and every day of the period is whole."""
    for by, period in ((("week", "field"), "history"), (("date", "field"), "current")):
        rows = measured(merchant).select("field_share", by, period).dropna(subset="value")
        assert np.allclose(rows.groupby(by[0])["value"].sum(), 1.0, atol=1e-9)


@pytest.mark.parametrize("merchant", SAMPLES)
def test_samples_measure_every_metric_once(merchant: str) -> None:
    """Every metric has a row, no slice has two, and what has no value has a reason."""
    frame = measured(merchant).frame
    assert set(metrics()) == set(frame.loc[frame["period"] == "current", "id"])
    assert not frame.duplicated(["id", "period", "by", "key"]).any()
    assert (frame.loc[frame["value"].isna(), "reason"] != "").all()


def test_skincare_lost_its_alliance_and_knows_why() -> None:
    """90 k a day until the 24th; a score of 68 whose service part must go from 57 to 67."""
    found = measured("skincare")
    assert found.value("alliance_daily_median_cny") == pytest.approx(90_000, rel=0.02)
    alliance = found.select("field_paid_cny", ("date", "field"))
    alliance = alliance[(alliance["field"] == "A") & (alliance["value"] > 0)]
    assert (len(alliance), alliance["date"].max()) == (24, "2026-10-24")
    assert found.value("service_score") == 68
    assert found.value("service_score_part", part="service") == 57
    assert found.value("service_part_needed", part="service") == pytest.approx(67)
    assert found.value("service_days_below_70") == 7
    assert found.value("capability_claimed", capability="O5") == 4
    assert found.value("capability_level", capability="O5") == 2
    assert found.value("capability_data_level", capability="O5") == 2


def test_knitwear_has_the_wrong_creators() -> None:
    """186 creators: 14 core, 22 rising, 61 mismatched, 18 low in trial, 71 not yet known, with their shares."""
    found = measured("knitwear")
    rows = found.select("creator_label", ("creator", "label"))
    assert Counter(rows["label"]) == {"core": 14, "rising": 22, "mismatch": 61, "low": 18, "unknown": 71}
    shares = {"core": 0.58, "rising": 0.08, "mismatch": 0.13, "low": 0.05, "unknown": 0.16}
    for label, share in shares.items():
        assert found.value("label_share", label=label) == pytest.approx(share, abs=0.005), label
    assert found.value("creator_exposures_per_product", label="rising") == pytest.approx(1_900, rel=0.02)
    assert found.value("creator_exposure_line") == pytest.approx(5_200, rel=0.02)
    assert found.value("creator_refund_rate", label="mismatch") == pytest.approx(0.63, abs=0.002)
    assert found.value("label_contribution_cny", label="mismatch") == pytest.approx(-4_000, abs=500)


def test_food_pays_more_for_ads_than_it_may() -> None:
    """Four live days a week, ¥152 k of ads at an ROI of 1.9 against a break-even of 2.39, and nine creators unknown."""
    found = measured("food")
    assert found.value("live_days_per_week") == pytest.approx(4, abs=0.15)
    assert found.value("room_ad_cost_cny") == pytest.approx(152_000, rel=0.01)
    assert found.value("room_ad_roi") == pytest.approx(1.9, abs=0.02)
    assert found.value("break_even_roi") == pytest.approx(2.39, abs=0.005)
    assert found.value("creators_by_label", label="unknown") == found.value("active_creators")


def test_appliances_lost_money_on_its_star() -> None:
    """618 and the star sold 17 M above usual; three exclusive sessions lost 0.42 M and needed 20.47 M."""
    found, planted = measured("appliances"), truth_of("appliances")["planted"]
    star = next(iter(found.select("deal_paid_cny", "star").nlargest(1, "value")["star"]))
    for id in ("paid", "net", "margin", "commission", "fee", "gift", "contribution", "break_even"):
        expected = pytest.approx(planted[f"star_{id}_cny"], rel=2e-3, abs=10_000)
        assert found.value(f"deal_{id}_cny", star=star) == expected, id
    assert found.value("star_top1_share") == pytest.approx(0.51, abs=0.002)
    assert found.value("campaign_uplift_cny") == pytest.approx(17e6, rel=0.01)
    assert found.value("field_refund_rate", field="T") == pytest.approx(0.38, abs=0.002)
