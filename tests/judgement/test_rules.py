"""Every rule fires where it should, stays silent where it should, and says so where it cannot be judged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from factbook.judgement.facts import Facts
from factbook.judgement.rule import Outcome, Rule, run
from factbook.judgement.rules import RULES
from factbook.knowledge.actions import actions
from factbook.knowledge.findings import findings
from factbook.knowledge.metrics import metrics
from factbook.knowledge.words import words
from factbook.records import Measures, Period
from tests.judgement.make import NAN, Shop, case, facts, measures, row
from tests.judgement.situations import SITUATIONS

BY_CODE = {rule.code: rule for rule in RULES}
CHINESE = re.compile(r"[\u4e00-\u9fff，。；：]")
EMPTY = facts(Shop())
COMPARED_WITH = {key.removeprefix("basis.") for key in words() if key.startswith("basis.")} - {
    "none"
}  # what a figure is held against has a name


def outcome(code: str, shop: Shop) -> Outcome:
    return run(BY_CODE[code], facts(shop))


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_rule_fires_where_it_should(code):
    """Each rule finds what it is for, with evidence from the registry and actions from the table."""
    found = outcome(code, SITUATIONS[code].shop)
    assert found.state == "fires"
    finding = found.finding
    assert finding.code == code
    assert finding.severity == BY_CODE[code].severity
    assert {item.metric for item in finding.evidence} <= set(metrics())
    assert set(finding.actions) <= set(actions())
    assert finding.severity == "strength" or finding.actions
    assert {item.basis for item in finding.evidence if item.compared_with is not None} <= COMPARED_WITH


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_rule_stays_silent_where_it_should(code):
    """The same merchant with the figure on the good side of the line gives no finding."""
    situation = SITUATIONS[code]
    assert outcome(code, situation.shop.but(**situation.silence)).state == "silent"


@pytest.mark.parametrize(("code", "need"), [(rule.code, need) for rule in RULES for need in rule.needs])
def test_a_rule_without_what_it_needs_is_not_measured(code, need):
    """Missing one need, the rule names it rather than passing the merchant."""
    found = outcome(code, SITUATIONS[code].shop.without(need))
    assert found.state == "not_measured"
    assert need in found.missing


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_nothing_about_an_unknown_merchant(rule: Rule):
    """With no figures at all every rule is not measured."""
    assert run(rule, EMPTY).state == "not_measured"


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_figure_that_is_not_finite_never_reaches_a_sentence(code):
    """With every figure NaN or infinite the rule is not measured, or at least says nothing."""
    shop = SITUATIONS[code].shop
    for bad in (NAN, float("inf"), -float("inf")):
        broken = replace(shop, now=dict.fromkeys(shop.now, bad), weeks={}, days={}, hours={}, sliced=())
        found = outcome(code, broken)
        assert not found.finding or code in ("C02", "C06", "C13")  # these three read the calendar only


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_finding_speaks_both_languages_and_leaves_no_blank(code):
    """Title and text are filled in Chinese and English, and the English holds no Chinese but proper names."""
    finding = outcome(code, SITUATIONS[code].shop).finding
    for text in (finding.title, finding.text):
        assert CHINESE.search(text.zh) or code in ("G08",)
        assert not CHINESE.search(text.en.replace("{某大V}", ""))
        for said in (text.zh, text.en):
            assert not re.search(r"nan|None|inf\b|not measured|未测|\{(?!某大V)", said)


@pytest.mark.parametrize("code", SITUATIONS)
def test_worth_is_a_range_of_positive_yuan_for_30_days(code):
    """Low is not above high; the same sum over twice the days is worth half as much in 30."""
    shop = SITUATIONS[code].shop
    finding = outcome(code, shop).finding
    if not finding.worth_basis:
        assert finding.worth_low_cny is finding.worth_high_cny is None
        return
    assert 0 <= finding.worth_low_cny <= finding.worth_high_cny
    long = run(BY_CODE[code], facts(shop, Period(date(2026, 8, 2), date(2026, 9, 30)))).finding
    assert long.worth_high_cny / finding.worth_high_cny == pytest.approx(0.5) or code in ("V01", "A06", "G07", "F09")


def test_the_table_of_rules_and_the_table_of_words_name_the_same_codes():
    """No rule without words, no words without a rule, no code twice, and a situation for every rule."""
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes)) >= 18
    assert set(codes) == set(findings()) == set(SITUATIONS)


def test_high_severity_is_kept_for_money_and_gates():
    """A rule of high severity says what it costs, or that a gate is shut."""
    for rule in RULES:
        if rule.severity == "high":
            assert findings()[rule.code].worth or rule.code in ("V02", "T01")


def test_a_room_step_is_worth_the_sales_at_the_peers_rate():
    """¥1.0 M at an entry rate of 14 % against 18 %, 20 % refunds and a margin of 50 %: ¥114,286 of contribution."""
    finding = outcome("G01", SITUATIONS["G01"].shop).finding
    assert finding.worth_high_cny == pytest.approx(1e6 * (0.18 / 0.14 - 1) * 0.8 * 0.5)
    assert finding.worth_low_cny < finding.worth_high_cny / 2
    assert finding.worth_basis == "contribution"


def test_without_a_margin_worth_stays_sales_after_refunds():
    """Nothing is multiplied by a margin nobody gave."""
    shop = replace(SITUATIONS["G01"].shop, profile={})
    finding = outcome("G01", shop).finding
    assert finding.worth_basis == "net_gmv"
    assert finding.worth_high_cny == pytest.approx(1e6 * (0.18 / 0.14 - 1) * 0.8)


def test_without_a_refund_rate_worth_stays_sales_as_paid():
    """A haircut that is not known is not taken, and the basis says so."""
    shop = SITUATIONS["G01"].shop.without("room_refund_rate")
    assert outcome("G01", shop).finding.worth_basis == "gmv"


def test_a_shut_alliance_is_worth_its_median_day_after_refunds_and_commission():
    """¥90 k a day: ¥2.70 M in 30 days, ¥2.05 M after 24 % refunds, of which margin less commission is contribution."""
    finding = outcome("V01", SITUATIONS["V01"].shop).finding
    assert "270万元" in finding.text.zh
    assert "205万元" in finding.text.zh
    assert "¥2.05 M" in finding.text.en
    assert finding.worth_high_cny == pytest.approx(90_000 * 30 * 0.76 * (0.6 - 0.2))


def test_an_uncertain_step_is_not_called_short():
    """An interval that reaches the peers keeps the rule silent, however low the point."""
    shop = SITUATIONS["G01"].shop.but(ends={"entry_rate": (0.1, 0.2)})
    assert outcome("G01", shop).state == "silent"


def test_a_stopped_alliance_is_explained_by_its_gate_alone():
    """With the score under 70 only the gate speaks, so that the same yuan are not counted twice."""
    shop = SITUATIONS["A06"].shop.but(now=SITUATIONS["V01"].shop.now, days=SITUATIONS["V01"].shop.days)
    assert outcome("A06", shop).state == "silent"
    assert outcome("V01", shop).state == "fires"


def test_a_star_inside_a_campaign_is_told_jointly():
    """Neither the campaign nor the star is credited in full."""
    shop = SITUATIONS["C05"].shop
    assert outcome("C05", shop).state == "fires"
    assert outcome("C01", shop).state == "silent"


def test_a_creator_named_like_a_label_is_not_taken_for_it():
    """Slices by creator never answer for a label, whatever a creator is called."""
    shop = Shop({"creators_by_label:rising": 22.0})
    frame = pd.concat([pd.DataFrame([row("creators_by_label", 99.0, ("creator",), ("rising",))]), measures(shop).frame])
    assert Facts(Measures(frame), case(shop)).value("creators_by_label:rising") == 22
