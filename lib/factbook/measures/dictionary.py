"""Figures of the platform's dictionary that no chapter of their own measures: looked up, shown, explained."""

from __future__ import annotations

import pandas as pd

from factbook.measures.common import Ratio, blanks, column, tally
from factbook.measures.days import Window, calendar
from factbook.measures.ground import Ground
from factbook.measures.shop import total_rows

SHOP = (
    Ratio("shop_ad_cost_ratio_net", "ad_cost_bound_cny", "settled_cny"),
    Ratio("ad_cost_promoted_cny", "ad_cost_promoted_cny"),
    Ratio("coupon_share", "coupon_cny", "gmv_cny"),
    Ratio("subsidy_share", "platform_subsidy_cny", "gmv_cny"),
    Ratio("impression_to_pay_times", "orders", "product_impressions"),
    Ratio("presale_deposit_cny", "presale_deposit_cny"),
    Ratio("shop_refund_rate_1h", "refund_1h_cny", "gmv_cny"),
)
ROOM = (
    Ratio("room_impression_to_pay_users", "buyers", "room_impression_users"),
    Ratio("shopping_club_rate", "shopping_club_joins", "viewers"),
    Ratio("unfollow_rate", "unfollows", "new_followers"),
    Ratio("incentive_view_share", "incentive_views", "views"),
    Ratio("room_presale_share", "presale_orders", "orders"),
)
PRODUCT = (
    Ratio("add_to_cart_rate", "cart_users", "product_click_users"),
    Ratio("favourite_rate", "favourite_users", "product_click_users"),
    Ratio("product_bounce_rate", "bounced_users", "product_click_users"),
    Ratio("product_complaint_rate", "complaints", "orders"),
)
STANDARD = (
    Ratio("qcs_cpm_cny", "ad_cost_cny", "ad_impressions", 1000),
    Ratio("qcs_ctr", "ad_clicks", "ad_impressions"),
    Ratio("qcs_cpc_cny", "ad_cost_cny", "ad_clicks"),
    Ratio("qcs_conversion_rate", "conversions", "ad_clicks"),
    Ratio("qcs_cost_per_conversion_cny", "ad_cost_cny", "conversions"),
)


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Each group over the period; where its report is missing the registry says which."""
    parts = (
        (SHOP, "trade_analysis", shop_rows(ground)),
        (ROOM, "live_sessions", room_rows(ground)),
        (PRODUCT, "product_list", product_rows(ground)),
        (STANDARD, "qianchuan_standard", standard_rows(ground)),
    )
    return [
        tally(rows, specs) if len(rows) else blanks([ratio.id for ratio in specs], f"no_report:{report}")
        for specs, report, rows in parts
    ]


def shop_rows(ground: Ground) -> pd.DataFrame:
    """The shop's total row of each day of the period."""
    if ground.case.table("trade_daily").empty:
        return pd.DataFrame()
    rows = total_rows(ground)
    return Window("current", ground.case.period).rows(rows[rows["day"].notna()])


def room_rows(ground: Ground) -> pd.DataFrame:
    """Own sessions of the period."""
    return Window("current", ground.case.period).rows(ground.own)


def product_rows(ground: Ground) -> pd.DataFrame:
    """Products of 商品列表 with printed rates made into what adds up."""
    rows = ground.case.table("product_list")
    if rows.empty:
        return rows
    clicked, orders = column(rows, "product_click_users"), column(rows, "orders")
    return rows.assign(
        bounced_users=column(rows, "bounce_rate_printed") * clicked,
        complaints=column(rows, "complaint_rate_printed") * orders,
    )


def standard_rows(ground: Ground) -> pd.DataFrame:
    """Days of 标准推广 in the period."""
    rows = ground.case.table("qianchuan_standard")
    if rows.empty or "grain" not in rows:
        return pd.DataFrame()
    return Window("current", ground.case.period).rows(calendar(rows, rows["date"])).query("grain == 'day'")
