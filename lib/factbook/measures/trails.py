"""Where each metric's figures stand: which rows, which of their columns, at which slices, and how they combine."""

from __future__ import annotations

from factbook.knowledge.data_levels import data_levels
from factbook.knowledge.fit import fit
from factbook.measures import accumulation, alliance, fields, realtime, rhythm, rooms, shop
from factbook.measures.trail import ALL, By, Elsewhere, Piece, Trail, by_day, rate, ratios, sums
from factbook.measures.trails_campaign import CAMPAIGN_MADE_OF, CAMPAIGN_TRAILS
from factbook.measures.trails_creators import CREATOR_MADE_OF, CREATOR_TRAILS
from factbook.measures.trails_dictionary import DICTIONARY_TRAILS, LIKE_MADE_OF
from factbook.measures.trails_field import FIELD_MADE_OF, FIELD_TRAILS
from factbook.measures.trails_growth import GROWTH_MADE_OF, GROWTH_TRAILS
from factbook.measures.trails_stars import STAR_MADE_OF, STAR_TRAILS
from factbook.records import CAPABILITIES

__all__ = ["MADE_OF", "TRAILS", "Piece", "Trail", "made_of", "trail_of"]

DAYS: By = ((), ("date",), ("week",))
SHOP_AT: Elsewhere = {
    "buyers": (Piece("totals", "buyers"),),
    "total_cost_cny": (Piece("trade", "ad_cost_bound_cny"), Piece("commission", "commission")),
    "shelf_paid_cny": (Piece("shelf", "paid_amount_cny", zero=True),),
}
FIELD_BY: By = (("field",), ("field", "carrier"), ("week", "field"), ("date", "field"))
FIELD_AT: Elsewhere = {
    **{name: (Piece("fields", name, zero=True),) for name in fields.MONEY},
    "shop_paid_cny": (Piece("shop", "paid_amount_cny"),),
}
ON_AIR_AT: Elsewhere = {
    "live_day": (Piece("on_air", "live_day", zero=True),),
    "sessions": (Piece("on_air", "one", zero=True),),
    "live_hours": (Piece("on_air", "live_hours", zero=True),),
    "weeks": (Piece("calendar", "weeks"),),
}
DEAL_SUMS = {"deal_paid_cny": "paid_amount_cny", "deal_net_cny": "net_paid_amount_cny"}
DEAL_RATE = "deal_refund_rate", "refund_paid_time_cny", "paid_amount_cny"
DEAL_COSTS = {"deal_fee_cny": "fee_cny", "deal_gift_cny": "gift_cost_cny", "deal_sample_cny": "sample_cost_cny"}
ONE_DEAL: By = (("deal",),)
DEALS: By = ((), ("star",))
CAPABILITY: By = (("capability",),)
ITEM: By = (("capability", "item"),)
SHOP_PAID = (Piece("shop", "paid_amount_cny"),)
CAMPAIGN_PAID = (Piece("campaign_days", "paid_amount_cny"),)
CREATORS_PAID = (Piece("creators", "paid_amount_cny"),)
LABELLED_PAID = Piece("labelled", "paid_amount_cny", zero=True)

# The first trail that has the metric and the slices is the one followed.
TRAILS: tuple[Trail, ...] = (
    # the shop
    *by_day((*shop.SHOP, *shop.WHOLE, shop.SHELF_SHARE), "trade", DAYS, SHOP_AT),
    *by_day(shop.SHOP, "trade", (("party", "carrier"),)),
    *by_day(shop.SHELF, "shelf", ALL),
    *ratios(shop.PART, "products", (("product",),)),
    *ratios(shop.PART, "price_bands", (("price_band",),)),
    *ratios(accumulation.AUDIENCE, "audience", (("audience",),)),
    *by_day(accumulation.REPEAT, "audience", ((), ("week",))),
    # the fields
    *by_day((fields.PAID, fields.NET, fields.SHARE, fields.REFUND), "fields", FIELD_BY, FIELD_AT),
    *ratios(realtime.SPECS, "minutes", ALL),
    # the own rooms: trends leave short sessions out
    *ratios((rooms.COUNT,), "own", ((), ("account",), ("date",), ("week",))),
    *ratios((rooms.COUNT,), "trend", (("weekday", "hour"),)),
    *ratios(rooms.ROOM, "own", ((), ("account",), ("session",))),
    *ratios(rooms.ROOM, "trend", (("date",), ("week",), ("weekday", "hour"))),
    *sums({rooms.PEAK: rooms.PEAK}, "own", ((), ("account",), ("session",)), "max"),
    *sums({rooms.PEAK: rooms.PEAK}, "trend", (("date",), ("week",)), "max"),
    *by_day(rhythm.RHYTHM, "on_air", ((), ("week",)), ON_AIR_AT),
    *sums({rhythm.GAP: "live_day"}, "on_air", ALL, "gap"),
    *sums({"break_even_roi": "answer"}, "margins", ALL, "factor"),
    # creators
    *ratios(alliance.CREATOR, "creators", ((), ("creator",))),
    *ratios(alliance.TOGETHER, "labelled", (("label",),)),
    *sums({"active_creators": "creator"}, "creators", ((), ("week",)), "different"),
    Trail("creator_head_share", ALL, (Piece("head", "paid_amount_cny"),), CREATORS_PAID),
    Trail("creator_top1_share", ALL, (Piece("first", "paid_amount_cny"),), CREATORS_PAID),
    Trail("label_paid_cny", (("label",),), (LABELLED_PAID,)),
    Trail("label_share", (("label",),), (LABELLED_PAID,), (Piece("everyone", "paid_amount_cny"),)),
    *sums({"creators_by_label": "creator"}, "labelled", (("label",),), "different"),
    *sums({"creators_judged": "creator"}, "judged", ALL, "different"),
    *sums({"creator_sample_cost_cny": "cost_cny"}, "samples", (("creator",),)),
    *sums({"creator_conversion_line": "value"}, "peers", ALL, "last"),
    *sums({"bucket_paid_cny": "paid_amount_cny"}, "bucket", ALL),
    *sums({"alliance_daily_median_cny": "paid_amount_cny"}, "alliance", ALL, "median_day"),
    # stars and campaigns
    Trail("star_share", ALL, (Piece("stars", "paid_amount_cny", zero=True),), SHOP_PAID),
    Trail("star_top1_share", ALL, (Piece("top_star", "paid_amount_cny", zero=True),), SHOP_PAID),
    *sums(DEAL_SUMS, "deals", ONE_DEAL),
    *sums(DEAL_SUMS, "deals_now", DEALS),
    rate(DEAL_RATE, "deals", ONE_DEAL),
    rate(DEAL_RATE, "deals_now", DEALS),
    *sums(DEAL_COSTS, "ledger", ONE_DEAL),
    *sums(DEAL_COSTS, "ledger_now", DEALS),
    *STAR_TRAILS,
    *CAMPAIGN_TRAILS,
    *GROWTH_TRAILS,
    *FIELD_TRAILS,
    *CREATOR_TRAILS,
    *DICTIONARY_TRAILS,
    *sums({"campaign_actual_cny": "paid_amount_cny"}, "campaign_days", (("campaign",),)),
    *sums({"campaign_actual_cny": "paid_amount_cny"}, "joint_days", ALL),
    *sums({"campaign_baseline_cny": "paid_amount_cny"}, "before_campaign", (("campaign",),), "model"),
    *sums({"campaign_baseline_cny": "paid_amount_cny"}, "before_joint", ALL, "model"),
    Trail("campaign_goal_ratio", (("campaign",),), CAMPAIGN_PAID, (Piece("campaign_sheet", "goal_cny"),)),
    *sums({"campaigns_joined": "joined", "campaigns_missed": "missed"}, "campaigns", ALL),
    # the form
    *sums({"service_score": "total"}, "service", ALL, "last"),
    *sums({"service_score": "total"}, "service", (("date",),)),
    *sums({"service_score_part": "points"}, "service_parts", (("part",),)),
    rate(("service_days_below_70", "below", "one"), "service", ALL),
    *sums({"capability_level": "level", "capability_claimed": "claimed"}, "survey", CAPABILITY, "levels"),
    *sums({"capability_target": "target", "capability_importance": "importance"}, "survey", CAPABILITY, "levels"),
    *sums({"capability_agreement": "claimed"}, "survey", CAPABILITY, "levels"),
    *sums({"capability_item": "level", "capability_item_claimed": "claimed"}, "survey", ITEM, "middle"),
    *sums({"capability_item_agreement": "claimed"}, "survey", ITEM, "middle"),
    *sums({"capability_raters": "rater"}, "survey", CAPABILITY, "different"),
)

# Metrics computed from other metrics: those are what to trace further.
MADE_OF: dict[str, tuple[str, ...]] = {
    **STAR_MADE_OF,
    **CAMPAIGN_MADE_OF,
    **GROWTH_MADE_OF,
    **FIELD_MADE_OF,
    **CREATOR_MADE_OF,
    **LIKE_MADE_OF,
    "break_even_gap": ("room_ad_roi", "break_even_roi"),
    "creator_conversion": ("creator_click_to_pay_users",),
    "creator_conversion_line": ("creator_conversion",),
    "creator_conversion_high": ("creator_conversion", "creator_conversion_line"),
    "creator_exposure_line": ("creator_exposures_per_product",),
    "creator_exposure_high": ("creator_exposures_per_product", "creator_exposure_line"),
    "creator_label": ("creator_conversion_high", "creator_exposure_high"),
    "creator_contribution_cny": ("creator_net_paid_cny", "creator_commission_rate", "creator_sample_cost_cny"),
    "label_contribution_cny": ("creator_contribution_cny",),
    "deal_margin_cny": ("deal_net_cny",),
    "deal_commission_cny": ("deal_net_cny",),
    "deal_contribution_cny": ("deal_margin_cny", "deal_commission_cny", *DEAL_COSTS),
    "deal_break_even_cny": ("deal_margin_cny", "deal_commission_cny", "deal_paid_cny", *DEAL_COSTS),
    "service_score_distance": ("service_score",),
    "service_part_needed": ("service_score", "service_score_part"),
    "capability_index": ("capability_level",),
    "capability_index_mean": ("capability_level",),
    "capability_alpha": ("capability_item_claimed",),
    "capability_icc": ("capability_item_claimed",),
    "capability_evidence_share": ("capability_item_claimed",),
    "capability_flat_raters": ("capability_item_claimed",),
    "capability_roles": ("capability_raters",),
    "field_part": ("field_share",),
    "capability_required": ("field_part",),
    "capability_shortfall": ("capability_required", "capability_level"),
    "team_headcount": tuple(dict.fromkeys(role.driver for role in fit().team if role.driver)),
    # Of what is judged by its slice: the id and the slice's value.
    **{
        f"capability_data_level:{code}": tuple(rule.metric for rule in data_levels() if rule.capability == code)
        for code in CAPABILITIES
    },
    **{f"capability_figure_level:{rule.capability}:{rule.key}": (rule.metric,) for rule in data_levels()},
}


def made_of(id: str, key: tuple[str, ...]) -> tuple[str, ...]:
    """The metrics that one figure was computed from; empty where it was added up from rows."""
    return MADE_OF.get(id) or MADE_OF.get(":".join((id, *key)), ())


def trail_of(id: str, by: tuple[str, ...]) -> Trail | None:
    """The trail of a metric at one slicing; None where it is made of other metrics or has no rows."""
    return next((trail for trail in TRAILS if trail.id == id and by in trail.by), None)
