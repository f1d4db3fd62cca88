"""Where the figures of own rooms, ads, products, refunds and the service score stand."""

from __future__ import annotations

from factbook.measures import ads, channels, creatives, minutes, products, refunds, service, slots
from factbook.measures.trail import ALL, By, Elsewhere, Piece, Trail, by_day, ratios, sums

KIND: By = (("kind",),)
PLAN: By = (("kind", "plan"),)
HOUR: By = (("kind", "hour"),)
ROLE: By = (("role",),)
ADS_COST = (Piece("ads", "ad_cost_cny"),)
ALL_COST = (Piece("all_ads", "ad_cost_cny"),)
CREATIVE_COST = (Piece("creatives", "ad_cost_cny"),)
ALL_PAID = (Piece("all_products", "paid_amount_cny"),)
ALL_IMPRESSIONS = (Piece("all_products", "product_impressions"),)
REASON_AT: Elsewhere = {"all_reasons_cny": (Piece("all_reasons", "refund_goods_cny"),)}
ALL_VIEWS = (Piece("all_channels", "views"),)
BAND_PAID = (Piece("all_bands", "paid_amount_cny"),)


def _unpaired(trails: list[Trail]) -> list[Trail]:
    """Trails of which the sides stand in different rows."""
    return [Trail(trail.id, trail.by, trail.top, trail.bottom) for trail in trails]


FIELD_TRAILS: tuple[Trail, ...] = (
    *ratios(minutes.CURVE, "session_minutes", (minutes.BY,)),
    *sums({minutes.PITCHES: "explained_times"}, "pitched", ((*minutes.BY, "product"),)),
    *ratios(slots.SLOTS, "slots", (slots.SLOT,)),
    *ratios((slots.LIKE,), "slots", (("session",),)),
    *ratios((slots.OTHERS,), "slots", (("account",),)),
    *ratios((slots.CUT_SHORT,), "own", ALL),
    *ratios(channels.CHANNEL, "channels", (("channel",),)),
    Trail(channels.SHARE, (("channel",),), (Piece("channels", "views"),), ALL_VIEWS),
    Trail(channels.FROM_VIDEO, ALL, (Piece("video_channel", "views", zero=True),), ALL_VIEWS),
    *by_day(ads.KIND, "ads", KIND),
    *by_day(ads.HOURLY, "ad_plans", PLAN),
    *by_day(ads.HOURLY, "ad_hours", HOUR),
    Trail(ads.SHARE, KIND, ADS_COST, ALL_COST),
    Trail(ads.SHARE, PLAN, (Piece("ad_plans", "ad_cost_cny"),), ALL_COST),
    *ratios(creatives.WHOLE, "creatives", ALL),
    *ratios(creatives.EACH, "creatives", (("creative",),)),
    *sums({creatives.ACTIVE: "creative_id"}, "creatives", ALL, "different"),
    *sums({creatives.NEW: "is_new"}, "new_creatives", ALL),
    Trail("creative_top10_share", ALL, (Piece("ten_creatives", "ad_cost_cny"),), CREATIVE_COST),
    Trail("creative_top1_share", ALL, (Piece("one_creative", "ad_cost_cny"),), CREATIVE_COST),
    *_unpaired(ratios(products.ROLE, "role_products", ROLE)),
    Trail("role_share", ROLE, (Piece("role_products", "paid_amount_cny"),), ALL_PAID),
    Trail("role_exposure_share", ROLE, (Piece("role_products", "product_impressions"),), ALL_IMPRESSIONS),
    *ratios((products.NEW_BUYERS,), "role_buyers", ROLE),
    *_unpaired(ratios(products.ONE_PRODUCT, "role_products", (("product",),))),
    Trail("product_top1_share", ALL, (Piece("one_product", "paid_amount_cny"),), ALL_PAID),
    Trail("product_top3_share", ALL, (Piece("three_products", "paid_amount_cny"),), ALL_PAID),
    *sums(products.PRINTED, "product_list", (("product",),), "last"),
    *sums({products.COUNT: "product"}, "roles", ROLE, "different"),
    *sums({products.MISSING: "role"}, "roles", ((), ("need",)), "different"),
    Trail(products.BAND_SHARE, (("price_band",),), (Piece("price_bands", "paid_amount_cny"),), BAND_PAID),
    *sums({products.BAND_PAY: "click_to_pay_times_printed"}, "price_bands", (("price_band",),), "last"),
    *ratios(refunds.STAGE, "refund_stages", (("stage",),)),
    *ratios((refunds.CASES, refunds.RETURNS), "after_sales", ALL),
    *_unpaired(ratios((refunds.REASON,), "after_sale_reasons", (("reason",),), REASON_AT)),
    *ratios((service.BELOW,), "score_lines", (("line",),)),
    *sums({id: id for id in service.ITEMS}, "score_report", ALL, "last"),
)

FIELD_MADE_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(minutes.TURNS, ("minute_online", "minute_gmv_cny", "minute_ad_cost_cny")),
    **dict.fromkeys(minutes.LAG_IDS, ("minute_ad_cost_cny", "minute_online", "minute_gmv_cny")),
    slots.SPREAD: (slots.LIKE.id,),
    ads.WEAK: ("qc_roi", "break_even_roi", "qc_cost_cny"),
    ads.WEAK_SHARE: ("qc_roi", "break_even_roi", "qc_cost_cny"),
    creatives.LIFE: ("creative_cost_cny",),
    "service_line_distance": ("service_score",),
    "service_trend_per_week": ("service_score",),
    "service_part_drag": ("service_score_part",),
}
