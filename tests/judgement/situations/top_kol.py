"""Merchants in whom each rule of top kol fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import DEAL, Situation, deal

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
}
