"""Where the figures of stars and of returning buyers stand."""

from __future__ import annotations

from factbook.measures import buyers, star_products, top_kol
from factbook.measures.trail import ALL, By, Piece, Trail

BUYER_BY: By = ((), ("source",), ("deal",), ("label",))

STAR_TRAILS: tuple[Trail, ...] = (
    *(
        Trail(id, BUYER_BY, (Piece("buyers", f"back_{days}d"),), (Piece("buyers", f"followed_{days}d"),))
        for id, days in buyers.REPEAT.items()
    ),
    Trail(star_products.DAILY, (("product", "date"),), (Piece("star_products", "product_paid_cny", zero=True),)),
    Trail(star_products.TIMES, (("product",),), (Piece("carried", "one"),)),
    Trail(top_kol.CAMPAIGN_DAYS, (("deal",),), (Piece("deal_days", "in_campaign"),), (Piece("deal_days", "days"),)),
    Trail(buyers.KNOWN, ALL, (Piece("star_buyers", "known"),), (Piece("star_buyers", "one"),)),
)
COSTS = ("deal_fee_cny", "deal_gift_cny", "deal_sample_cny")
EARNED = ("deal_margin_cny", "deal_commission_cny")
NEXT = ("deal_net_cny", "deal_margin_cny", "deal_commission_cny", "deal_gift_cny", "deal_sample_cny")
STAR_MADE_OF: dict[str, tuple[str, ...]] = {
    "deal_payback": (*EARNED, *COSTS),
    "deal_fee_worth_cny": (*EARNED, "deal_gift_cny", "deal_sample_cny"),
    "deal_commission_share": EARNED,
    "deal_gift_share": ("deal_margin_cny", "deal_gift_cny", "deal_sample_cny"),
    "slot_paid_cny": ("deal_paid_cny",),
    "slot_fee_cny": ("deal_fee_cny",),
    "slot_contribution_cny": ("deal_contribution_cny",),
    "star_product_before_cny": ("star_product_daily_cny",),
    "star_product_after_cny": ("star_product_daily_cny",),
    "star_product_change": ("star_product_before_cny", "star_product_after_cny"),
    "star_product_raised": ("star_product_before_cny", "star_product_after_cny"),
    "star_lift_during": ("new_followers", "entry_rate", "field_paid_cny"),
    "star_lift_after": ("new_followers", "entry_rate", "field_paid_cny"),
    "without_star_paid_cny": ("paid_amount_cny", "star_top1_share"),
    "without_star_net_cny": ("net_paid_amount_cny", "deal_net_cny"),
    "without_star_ad_cost_ratio": ("shop_ad_cost_ratio", "star_top1_share"),
    "shop_contribution_cny": ("net_paid_amount_cny", "ad_cost_cny", "creator_commission_rate", "deal_contribution_cny"),
    "without_star_contribution_cny": ("shop_contribution_cny", "deal_contribution_cny"),
    "next_deal_net_cny": ("deal_net_cny",),
    "next_fee_cny": ("next_deal_net_cny", *NEXT),
    "last_fee_cny": ("deal_fee_cny",),
}
