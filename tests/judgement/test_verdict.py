"""The first page's sentence: planted stories, other merchants, and nothing at all."""

from __future__ import annotations

from factbook.judgement import judge
from factbook.judgement.say import names
from factbook.knowledge.findings import findings
from factbook.knowledge.verdicts import verdicts
from factbook.records import Period, Text
from tests.judgement.make import PERIOD, Shop, case, measures
from tests.judgement.situations.common import ADS, SCORE, SHUT, event, labelled


def verdict(shop: Shop, period: Period = PERIOD) -> Text:
    return judge(measures(shop), case(shop, period)).verdict


def test_a_shut_gate_speaks_first_and_fills_its_figures():
    """The figures come from this merchant: change them and the sentence changes."""
    campaigns = [event("not_eligible", "2026-09-30", "2026-11-11", "抖音商城双11好物节")]
    shop = SHUT.but(now={"field_share:F": 0.62}, tables={"campaigns": campaigns})
    assert verdict(shop).zh == "自播扛得住日销，但体验分68关上了联盟和双11；先把服务项从57提到67，总分回到72。"
    assert verdict(shop).en == (
        "Own live carries daily sales, but a score of 68 has shut the alliance and Double 11; "
        "lift service from 57 to 67 first, and the total is back at 72."
    )
    worse = shop.but(
        now={"service_score": 66.0, "service_score_part:service": 52.0, "service_part_needed:service": 67.0}
    )
    assert "体验分66" in verdict(worse).zh
    assert "从52提到67" in verdict(worse).zh


def test_without_weights_no_part_is_promised():
    """Where the weights of the score are unknown the sentence asks for the line, not for a part."""
    shop = Shop({"service_score": 68.0})
    assert verdict(shop).zh == "体验分68关上了联盟和官方大促；先把分数提回70以上，再谈放量。"


def test_the_wrong_creators_make_a_sentence_of_their_own():
    """So many to let go, so many to give their sessions to."""
    figures = labelled("mismatch", 61, 0.13, label_contribution_cny=-4_000) | labelled("rising", 22, 0.08)
    assert verdict(Shop(figures)).zh == "达人不是少了，是错配了：停掉61位，把场次给22位潜力新星。"


def test_cold_start_with_losing_ads():
    """Days, ROI and break-even are this merchant's."""
    shop = Shop({**ADS, "live_days_per_week": 4.1, "paid_amount_cny": 4e5}, profile={"stage": "cold_start"})
    assert verdict(shop).en == (
        "Still in cold start: live 4 days a week, ROI 1.9 under a break-even of 2.39; fill 6 days before adding budget."
    )


def test_any_other_merchant_hears_its_sales_and_its_first_finding():
    """Sales, the largest field and the most important finding."""
    shop = Shop({"paid_amount_cny": 2e6, "field_share:A": 0.6, "field_share:F": 0.4, "longest_gap_days": 5.0})
    assert verdict(shop).zh == "9月卖了200万元，达人占60%；最要紧的一条：最长断播5天。"
    assert verdict(shop).en.startswith("September sold ¥2.00 M, 60% of it through the alliance.")


def test_a_merchant_without_trouble_is_not_given_any():
    """Sales and no finding: the sentence says so."""
    assert "没有必须马上处理的问题" in verdict(Shop({"paid_amount_cny": 2e6, "field_share:F": 0.4})).zh


def test_a_strength_is_never_called_the_most_important_trouble():
    """With only strengths found, the sentence does not dress one up as a problem."""
    said = verdict(Shop({"paid_amount_cny": 2e6, "field_share:F": 0.8}))
    assert "最要紧" not in said.zh


def test_the_last_row_of_the_table_always_applies():
    """It needs no finding and no figure, so that there is always a sentence."""
    last = verdicts().verdicts[-1]
    assert not last.needs
    assert not names(last.text)


def test_the_table_speaks_of_findings_that_exist():
    """Every code a verdict needs or names is in findings/, and it names only what it needs."""
    for row in verdicts().verdicts:
        named = {name.partition("_")[0] for name in names(row.text) if name[0].isupper()}
        assert set(row.needs) <= set(findings())
        assert named <= set(row.needs)


def test_a_whole_month_is_called_by_its_name():
    """Anything else by its days."""
    shop = Shop({"paid_amount_cny": 2e6})
    half = Period(PERIOD.start, PERIOD.start.replace(day=15))
    assert verdict(shop, half).zh.startswith("最近15天卖了")
    assert SCORE["service_score"] < 70
