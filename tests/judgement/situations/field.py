"""Merchants in whom each rule of field fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import Situation

SITUATIONS: dict[str, Situation] = {
    "F01": Situation(Shop({"field_share:F": 0.62}), {"now": {"field_share:F": 0.4}}),
    "F02": Situation(Shop({"field_share:F": 0.14}), {"now": {"field_share:F": 0.4}}),
    "F03": Situation(
        Shop({"refund_rate": 0.31, "paid_amount_cny": 3e6}, peers={"refund_rate": 0.24}), {"now": {"refund_rate": 0.25}}
    ),
    "F04": Situation(
        Shop({"shop_ad_cost_ratio": 0.3}, before={"shop_ad_cost_ratio": 0.2}), {"now": {"shop_ad_cost_ratio": 0.22}}
    ),
    "F05": Situation(Shop({"gpm_views": 600.0}, before={"gpm_views": 1000.0}), {"now": {"gpm_views": 900.0}}),
    "F06": Situation(
        Shop({"paid_per_hour_cny": 1500.0}, hours={9: (10_000.0, 10.0, 5), 19: (30_000.0, 15.0, 6)}),
        {"hours": {19: (16_000.0, 15.0, 6)}},
    ),
}
