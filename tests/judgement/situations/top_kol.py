"""Merchants in whom each rule of top kol fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import DEAL, Situation, deal

COSTS = {"fee_cny": 0.0, "commission_rate": 0.2, "gift_cost_cny": 0.0, "sample_cost_cny": 0.0}
SITUATIONS: dict[str, Situation] = {
    "T01": Situation(Shop({"star_top1_share": 0.51, "paid_amount_cny": 3e7}), {"now": {"star_top1_share": 0.2}}),
    "T02": Situation(
        Shop(deal(-140_000), tables={"star_deals": [DEAL]}), {"now": {"deal_contribution_cny:专场一": 10.0}}
    ),
    "T03": Situation(
        Shop({"deal_refund_rate": 0.38, "star_share": 0.54, "refund_rate": 0.31, "paid_amount_cny": 3e7}),
        {"now": {"deal_refund_rate": 0.32}},
    ),
    "T04": Situation(
        Shop(deal(140_000), tables={"star_deals": [DEAL]}), {"now": {"deal_contribution_cny:专场一": -10.0}}
    ),
    "T05": Situation(
        Shop(
            {"next_fee_cny:{某大V}": 340_000.0, "last_fee_cny:{某大V}": 500_000.0},
            ends={"next_fee_cny:{某大V}": (270_000.0, 440_000.0)},
        ),
        {"now": {"last_fee_cny:{某大V}": 430_000.0}},
    ),
    "T06": Situation(
        Shop(
            {"repeat_rate_60d:star": 0.021, "repeat_rate_60d:own": 0.058},
            ends={"repeat_rate_60d:star": (0.015, 0.028), "repeat_rate_60d:own": (0.049, 0.069)},
        ),
        {"ends": {"repeat_rate_60d:own": (0.02, 0.1)}},
    ),
    "T07": Situation(Shop({"deal_commission_share": 0.66}), {"now": {"deal_commission_share": 0.4}}),
    "T08": Situation(Shop({"deal_gift_share": 0.2}), {"now": {"deal_gift_share": 0.05}}),
    "T09": Situation(
        Shop({"star_product_raised:{某大V}": 0.02}, ends={"star_product_raised:{某大V}": (-0.08, 0.12)}),
        {"ends": {"star_product_raised:{某大V}": (-0.1, 0.4)}},
    ),
    "T10": Situation(
        Shop({"star_product_raised:{某大V}": 0.6}, ends={"star_product_raised:{某大V}": (0.4, 0.8)}),
        {"ends": {"star_product_raised:{某大V}": (-0.1, 1.3)}},
    ),
    "T11": Situation(
        Shop(
            {
                "star_top1_share": 0.51,
                "without_star_paid_cny": 1.47e7,
                "without_star_ad_cost_ratio": 0.089,
                "shop_ad_cost_ratio": 0.044,
                "shop_contribution_cny": 2.06e6,
                "without_star_contribution_cny": 2.48e6,
            }
        ),
        {"now": {"star_top1_share": 0.2}},
    ),
    "T12": Situation(
        Shop({"deal_paid_cny:专场一": 5e6}, tables={"star_deals": [{**DEAL, **COSTS, "fee_cny": None}]}),
        {"tables": {"star_deals": [{**DEAL, **COSTS}]}},
    ),
}
