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
    "A12": Situation(
        Shop({"creator_retention_next": 0.3}, ends={"creator_retention_next": (0.22, 0.4)}),
        {"ends": {"creator_retention_next": (0.22, 0.55)}},
    ),
    "A13": Situation(
        Shop(
            {"channel_live_rate:leader": 0.24, "channel_live_rate:base": 0.82},
            ends={"channel_live_rate:leader": (0.15, 0.37), "channel_live_rate:base": (0.61, 0.93)},
        ),
        {"ends": {"channel_live_rate:leader": (0.05, 0.65)}},
    ),
    "A14": Situation(
        Shop({"creators_unprofitable": 6.0, "unprofitable_loss_cny": 12_000.0}), {"now": {"creators_unprofitable": 1.0}}
    ),
    "A15": Situation(
        Shop({"creator_tail_share": 0.06, "creator_tail_contribution_cny": -9_000.0}),
        {"now": {"creator_tail_contribution_cny": 500.0}},
    ),
    "A16": Situation(Shop({"samples_idle": 9.0, "samples_idle_cny": 5_400.0}), {"now": {"samples_idle": 2.0}}),
    "A17": Situation(
        Shop(
            {"repeat_rate_60d:creator": 0.02, "repeat_rate_60d:own": 0.06},
            ends={"repeat_rate_60d:creator": (0.01, 0.03), "repeat_rate_60d:own": (0.05, 0.07)},
        ),
        {"ends": {"repeat_rate_60d:creator": (0.01, 0.055)}},
    ),
    "A18": Situation(
        Shop({"tier_refund_rate:LV1": 0.58, "tier_refund_rate:LV2": 0.4, "tier_share:LV1": 0.3, "tier_share:LV2": 0.7}),
        {"now": {"tier_refund_rate:LV1": 0.45}},
    ),
    "A19": Situation(
        Shop(
            {"repeat_rate_60d:mismatch": 0.01, "repeat_rate_60d:core": 0.07, "repeat_rate_60d:own": 0.08},
            ends={
                "repeat_rate_60d:mismatch": (0.004, 0.03),
                "repeat_rate_60d:core": (0.05, 0.09),
                "repeat_rate_60d:own": (0.06, 0.11),
            },
        ),
        {"ends": {"repeat_rate_60d:mismatch": (0.001, 0.07)}},
    ),
}
