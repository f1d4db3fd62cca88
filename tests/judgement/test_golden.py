"""The four sample merchants: what was planted comes out of their files, and nothing alarming besides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from factbook.judgement import Judgement, judge, plan
from factbook.records import Action, Finding, Measures
from tests.conftest import SAMPLES, case_of, judgement_of, measures_of, truth_of

SAID = re.compile(r"nan|None|\binf\b|[{}]|not measured|未测")
# Findings of each sample, high and medium in order of rank; the lower ones as a set.
HIGH = {
    "skincare": ["V01", "V02"],
    "knitwear": ["A01"],
    "food": ["G09"],
    "appliances": ["T02", "T01"],
}
MEDIUM = {
    "skincare": {"O02", "O04"},
    "knitwear": {"A02", "A13", "V03", "F02", "O04", "C07"},
    "food": {"G07", "G10", "O04", "C07"},
    "appliances": {"F03", "F02", "T03", "T05", "T06", "T07", "T09", "O04", "C15"},
}
STRENGTHS = {
    "skincare": {"F01", "A10", "T04", "O06"},
    "knitwear": {"A10"},
    "food": {"F01"},
    "appliances": {"V05", "O06", "T10"},
}
FIRST = {
    "skincare": ["lift_service_part", "return_to_alliance"],
    "knitwear": ["stop_mismatched", "shift_sessions_to_rising"],
    "food": ["hold_ad_budget", "fill_live_days"],
    "appliances": ["renegotiate_star", "spread_star_risk"],
}


@cache
def measured(name: str) -> Measures:
    return measures_of(name)


@cache
def judged(name: str) -> Judgement:
    return judgement_of(name)


def planted(name: str) -> Mapping[str, Any]:
    """The story the simulator planted."""
    return truth_of(name)["planted"]


def planned(name: str) -> tuple[Action, ...]:
    return plan(judged(name), case_of(name))


def finding(name: str, code: str) -> Finding:
    return next(found for found in judged(name).findings if found.code == code)


def codes(name: str, severity: str) -> list[str]:
    return [found.code for found in judged(name).findings if found.severity == severity]


def test_only_the_planted_trouble_is_of_high_severity(merchant):
    """No false alarm: the high findings are the planted ones, in their order."""
    assert codes(merchant, "high") == HIGH[merchant]


def test_the_other_findings_are_the_expected_ones(merchant):
    """What needs doing next, and what goes well."""
    assert set(codes(merchant, "medium")) == MEDIUM[merchant]
    assert set(codes(merchant, "strength")) == STRENGTHS[merchant]


def test_findings_are_ranked_from_one(merchant):
    """Rank is the place in the list."""
    assert [found.rank for found in judged(merchant).findings] == list(range(1, len(judged(merchant).findings) + 1))


def test_the_plan_starts_where_the_verdict_points(merchant):
    """The first two steps are those of the sentence on the first page."""
    assert [action.id for action in planned(merchant)[:2]] == FIRST[merchant]


def test_nothing_unfilled_is_said(merchant):
    """No NaN, no None, no brace in any text, in either language."""
    texts = [judged(merchant).verdict, *(t for f in judged(merchant).findings for t in (f.title, f.text))]
    texts += [text for action in planned(merchant) for text in (action.title, action.why, action.target)]
    assert not [said for text in texts for said in (text.zh, text.en) if not said or SAID.search(said)]


def test_every_finding_names_its_source(merchant):
    """Evidence carries the file it came from, and no finding is without evidence."""
    for found in judged(merchant).findings:
        assert all(item.source for item in found.evidence)
        assert found.evidence


def digits(text: str) -> list[float]:
    return [float(part.replace(",", "")) for part in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


@pytest.mark.parametrize("name", ["skincare", "knitwear"])
def test_verdicts_with_round_figures_are_the_planted_sentences(name):
    """Word for word, in both languages."""
    sentence = planted(name)["verdict"]
    assert judged(name).verdict.zh == sentence["zh"]
    assert judged(name).verdict.en == sentence["en"]


def test_the_newcomers_verdict_says_days_roi_and_break_even():
    """Four live days, an ROI of about 1.9 under 2.39, six days first."""
    said = judged("food").verdict.zh
    assert re.fullmatch(r"仍在冷启动：每周只播4天，ROI [\d.]+低于保本2\.39；先播满6天，再加预算。", said)
    assert digits(said)[1] == pytest.approx(planted("food")["room_ad_roi"], abs=0.05)


def test_the_stars_verdict_says_share_loss_and_break_even():
    """51 % through one star, three sessions, ¥0.42 M lost, ¥20.47 M to break even."""
    said = judged("appliances").verdict.zh
    month, paid, share, sessions, loss, even = digits(said)
    assert (month, paid, share, sessions) == (6, 3000, 51, 3)
    assert (loss, even) == (pytest.approx(42, abs=0.5), pytest.approx(2047, abs=2))
    assert said.endswith("先重谈条件，再做厚自播。")


def test_the_shut_alliance_is_told_in_yuan():
    """Since 25 October; ¥2.70 M per 30 days, ¥2.05 M after refunds."""
    text, truth = finding("skincare", "V01").text, planted("skincare")
    assert "10月25日" in text.zh
    assert "¥2.70 M" in text.en
    assert "¥2.05 M" in text.en
    assert finding("skincare", "V01").worth_basis == "contribution"
    assert finding("skincare", "V01").worth_high_cny < truth["alliance_30d_net_cny"]


def test_the_say_do_gap_of_service_is_told():
    """Claims 4, data support 2."""
    assert finding("skincare", "O02").area == "O5"
    assert finding("skincare", "O02").title.zh == "服务保障：自评4分，数据只支持2分"


def test_the_dropped_festival_is_told_with_its_day():
    """Seven days in a row, out on the 31st, Double 11 lost."""
    text = finding("skincare", "V02").text.zh
    assert "10月31日" in text
    assert "双11" in text


def test_mismatched_creators_cost_what_was_planted():
    """61 of them, refunds 63 %, about ¥4 k lost."""
    found, truth = finding("knitwear", "A01"), planted("knitwear")
    assert "退款率63%" in found.text.zh
    assert -found.worth_high_cny == pytest.approx(truth["mismatch_contribution_cny"], rel=0.1)


def test_rising_creators_are_told_with_their_exposure():
    """22 of them, some 1,900 exposures a product and session against some 5,200."""
    text, truth = finding("knitwear", "A02").text.zh, planted("knitwear")
    seen, usual = (float(part.replace(",", "")) for part in re.findall(r"([\d,]+)次", text))
    assert seen == pytest.approx(truth["rising_exposures"], rel=0.02)
    assert usual == pytest.approx(truth["median_exposures"], rel=0.02)


def test_the_star_loses_what_was_planted():
    """The three exclusive sessions together, whatever the other star earned."""
    loss = finding("appliances", "T02").worth_high_cny
    assert -loss == pytest.approx(planted("appliances")["star_contribution_cny"], rel=0.02)


def test_the_hit_and_the_product_that_fell_back_are_told_by_name():
    """Of what June's sessions pushed, one stands on a new level and one does not; each finding names its own."""
    moved = planted("appliances")["star_products"]
    made, flat = (next(name for name, change in moved.items() if (change > 0) == up) for up in (True, False))
    assert made in finding("appliances", "T10").title.zh
    assert flat in finding("appliances", "T09").title.zh


def test_the_binding_capability_is_the_planted_one():
    """Service holds back the beauty brand, creators the knitwear factory, content the newcomer."""
    areas = {name: finding(name, "O04").area for name in SAMPLES}
    assert areas == {"skincare": "O5", "knitwear": "O3", "food": "O1", "appliances": "O3"}


def test_the_largest_shortfall_is_where_the_true_levels_put_it(merchant):
    """Level asked for less the true level of truth.json, in the field that sells most: the same capability binds."""
    found, true = measured(merchant), truth_of(merchant)["capabilities"]
    main = max("FATS", key=lambda field: found.value("field_share", field=field) or 0)
    asked, short = (
        {code: found.value(id, field=main, capability=code) for code in true}
        for id in ("capability_required", "capability_shortfall")
    )
    assert max(short, key=short.__getitem__) == max(true, key=lambda code: asked[code] - true[code])


@pytest.mark.parametrize("seed", range(3))
def test_holes_in_the_figures_never_reach_a_sentence(merchant, seed):
    """A third of the figures made NaN or infinite: the merchant is still judged, and no text shows it."""
    frame, rng = measured(merchant).frame.copy(), np.random.default_rng(seed)
    holes = rng.random(len(frame)) < 1 / 3
    frame.loc[holes, "value"] = rng.choice([np.nan, np.inf, -np.inf], int(holes.sum()))
    found = judge(Measures(frame), case_of(merchant))
    texts = [found.verdict, *(text for f in found.findings for text in (f.title, f.text))]
    assert not [said for text in texts for said in (text.zh, text.en) if SAID.search(said)]
    assert all(score.value is None or 0 <= score.value <= 100 for score in found.scores)
    assert all(action.why.zh for action in plan(found, case_of(merchant)))
