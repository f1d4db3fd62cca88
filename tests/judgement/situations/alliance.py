"""Merchants in whom each rule of alliance fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.make import Shop
from tests.judgement.situations.common import Situation, labelled

SITUATIONS: dict[str, Situation] = {
    "A01": Situation(
        Shop(labelled("mismatch", 61, 0.13, label_contribution_cny=-4_000, creator_refund_rate=0.63)),
        {"now": {"label_contribution_cny:mismatch": 100.0}},
    ),
    "A02": Situation(
        Shop({**labelled("rising", 22, 0.08, creator_exposures_per_product=1_900), "creator_exposure_line": 5_200.0}),
        {"now": {"creators_by_label:rising": 0.0}},
    ),
    "A03": Situation(Shop({"creator_top1_share": 0.4}), {"now": {"creator_top1_share": 0.1}}),
    "A04": Situation(Shop({"creator_head_share": 0.9}), {"now": {"creator_head_share": 0.6}}),
    "A05": Situation(
        Shop({**labelled("unknown", 71, 0.16), **labelled("core", 14, 0.58)}),
        {"now": {"creators_by_label:unknown": 5.0}},
    ),
    "A06": Situation(
        Shop({"alliance_daily_median_cny": 9e4, "refund_rate": 0.2}, days={"field_paid_cny@A": [9e4] * 20 + [0.0] * 4}),
        {"days": {"field_paid_cny@A": [9e4] * 24}},
    ),
    "A07": Situation(
        Shop({"active_creators": 12.0}, weeks={"active_creators": [20.0] * 6 + [12.0] * 3}),
        {"weeks": {"active_creators": [20.0] * 9}},
    ),
    "A08": Situation(
        Shop({"field_refund_rate:A": 0.5, "field_refund_rate:F": 0.3, "field_paid_cny:A": 1e6}),
        {"now": {"field_refund_rate:A": 0.35}},
    ),
    "A09": Situation(Shop(labelled("mismatch", 5, 0.1)), {"now": {"label_contribution_cny:mismatch": -10.0}}),
    "A10": Situation(Shop(labelled("core", 14, 0.58)), {"now": {"label_share:core": 0.3}}),
    "A11": Situation(Shop(labelled("low", 18, 0.05)), {"now": {"creators_by_label:low": 1.0}}),
}
