"""The metric handbook in docs/ is the registry, in both languages, and every metric of the subject is in it."""

from __future__ import annotations

import re

import pytest

from factbook import fmt
from factbook.knowledge.exports import exports
from factbook.knowledge.form import form
from factbook.knowledge.handbook import ORDER, handbook
from factbook.knowledge.metrics import Metric, metrics
from factbook.knowledge.words import words
from factbook.records import LANGUAGES
from tests.environment import ROOT

CODE = re.compile(r"(G[123](\.[1-6])?|F[1-5]?|A[1-3]?|C[1-4]?|T[1-4]?|S|O[1-5]?|shop)")
HAN = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"“[^”]*”")  # a name the platform gives

# What the subject names and an export can bring, typed from the method and the metric dictionary, with our ids.
SUBJECT = {
    "实时在线人数": "realtime_online",
    "支付GMV（实时）": "realtime_gmv_cny",
    "商品点击率（实时）": "realtime_product_ctr",
    "千次观看成交金额（逐商品）": "realtime_gpm_product",
    "平均在线人数": "average_online",
    "最高在线人数": "peak_online",
    "浏览量": "views",
    "观看人数": "viewers",
    "曝光人数": "room_impression_users",
    "曝光次数": "room_impressions",
    "单小时观看人数": "viewers_per_hour",
    "单小时用户支付金额": "paid_per_hour_cny",
    "人均观看时长": "watch_minutes_per_viewer",
    "有效直播时长": "live_minutes_effective",
    "支付GMV": "gmv_cny room_gmv_cny paid_amount_cny room_paid_cny",
    "净成交金额": "net_gmv_cny room_net_gmv_cny",
    "GPM": "gpm_views",
    "千次曝光用户支付金额": "gpm_product_impressions room_gpm_product_impressions shelf_gpm",
    "商品点击率": "product_ctr_users room_product_ctr_times product_ctr_times shelf_product_ctr_times",
    "商品成交转化率": "click_to_pay_users click_to_pay_times shop_click_to_pay_times shelf_click_to_pay_times",
    "看播成交转化率": "view_to_pay_users view_to_pay_times",
    "进入率": "entry_rate",
    "曝光-成交转化率": "room_impression_to_pay_users impression_to_pay_times",
    "观看-商品曝光率": "view_to_product_impression",
    "成交件单价": "price_per_item_cny room_price_per_item_cny",
    "笔单价": "paid_per_order_cny room_paid_per_order_cny",
    "客单价": "paid_per_buyer_cny room_paid_per_buyer_cny",
    "UV价值": "uv_value_cny",
    "达人转化率": "creator_click_to_pay_users creator_conversion",
    "单商品展现次数": "exposures_per_product creator_exposures_per_product",
    "互动率": "comment_rate video_interaction_rate",
    "涨粉与转粉率": "new_followers net_followers follow_rate unfollow_rate video_follow_rate",
    "加团率": "fan_club_rate shopping_club_rate",
    "粉丝占比": "old_fan_share",
    "复购": "repeat_buyer_share repeat_rate_printed repeat_rate_60d",
    "新客": "new_buyer_share",
    "退款率": "refund_rate room_refund_rate field_refund_rate refund_stage_rate refund_rate_1h shop_refund_rate_1h",
    "投放费比": "shop_ad_cost_ratio shop_ad_cost_ratio_net room_ad_cost_ratio",
    "综合费比": "shop_total_cost_ratio",
    "投放贡献成交占比": "ad_gmv_share",
    "店播ROI与保本ROI": "room_ad_roi break_even_roi break_even_gap",
    "自然流撬动系数": "natural_lever free_view_share",
    "短视频": "video_plays video_completion_rate video_5s_rate video_2s_skip_rate video_cover_ctr video_gpm",
    "内容数量": "videos_per_week sessions_per_week live_days_per_week live_hours_per_week longest_gap_days",
    "千川": "qc_cost_cny qc_roi qc_boost_share qcs_cpm_cny qcs_ctr qcs_cpc_cny qcs_conversion_rate",
    "素材": "creatives_active creative_top10_share creative_play_3s_rate creative_life_days creatives_new_per_week",
    "商品": "product_bad_review_rate product_quality_return_rate product_complaint_rate product_bounce_rate",
    "加购与收藏": "add_to_cart_rate favourite_rate",
    "货盘": "role_share role_click_to_pay roles_missing product_top1_share band_share",
    "商家体验分": "service_score service_score_part service_score_distance service_days_below_70",
    "服务细项": "reply_minutes after_sale_in_time_rate chat_unhappy_rate product_rating logistics_return_rate",
    "5A": "people_assets people_by_stage people_new people_lost people_new_a3 people_a3_cost_cny",
    "渠道": "channel_views channel_gpm shelf_search_share shelf_channel_share",
    "达人矩阵": "active_creators creator_retention creators_by_tier creator_top1_share creator_new_buyers",
    "活动": "campaign_actual_cny campaign_uplift_cny campaign_goal_ratio campaigns_missed",
    "头部": "deal_contribution_cny deal_break_even_cny deal_payback star_top1_share star_product_change",
    "组织": "capability_level capability_claimed capability_data_level capability_agreement capability_index",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_handbook_is_in_step_with_the_registry(language: str) -> None:
    """`make docs` writes it anew."""
    assert (ROOT / "docs" / f"metrics.{language}.md").read_text("utf-8") == handbook(language)


@pytest.mark.parametrize("metric", metrics().values(), ids=lambda metric: metric.id)
def test_no_metric_lacks_a_part_of_its_row(metric: Metric) -> None:
    """Names, unit, basis, direction, area, codes, formula and source in both languages, and a report that exists."""
    texts = (metric.name, metric.basis, metric.formula, metric.numerator, metric.source)
    assert all(text.zh.strip() and text.en.strip() for text in texts)
    assert not HAN.search(QUOTED.sub("", metric.name.en)), "an English name holds Chinese of its own"
    assert metric.unit in fmt.UNITS
    assert f"unit.{metric.unit}" in words()
    assert metric.area in ORDER
    assert metric.codes
    assert all(CODE.fullmatch(code) for code in metric.codes)
    assert metric.report in {*exports().reports, "form", *(sheet.id for sheet in form().sheets)}


def test_names_are_told_apart() -> None:
    """No two metrics of one area carry the same name."""
    for language in LANGUAGES:
        names = [(metric.area, metric.name[language]) for metric in metrics().values()]
        assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_line_has_as_many_cells_as_its_head(language: str) -> None:
    """No bar in a text breaks a row."""
    lines = [line for line in handbook(language).splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1
    assert len(lines) >= len(metrics())


@pytest.mark.parametrize("name", SUBJECT)
def test_every_figure_of_the_subject_has_a_row(name: str) -> None:
    """Whatever the method or the dictionary names, and an export can bring, is in the registry."""
    assert set(SUBJECT[name].split()) <= set(metrics())
