"""Where the figures of creators over time stand."""

from __future__ import annotations

from factbook.measures import creator_fame, creator_tiers
from factbook.measures.trail import ALL, By, Piece, Trail, ratios, sums

TIER: By = (("tier",), ("level",))
TIERED_PAID = Piece("tiered", "paid_amount_cny", zero=True)

CREATOR_TRAILS: tuple[Trail, ...] = (
    *ratios(creator_tiers.TIER_RATES, "tiered", TIER),
    *sums({"creators_by_tier": "creator"}, "tiered", TIER, "different"),
    Trail("tier_paid_cny", TIER, (TIERED_PAID,)),
    Trail("tier_share", TIER, (TIERED_PAID,), (Piece("creators", "paid_amount_cny"),)),
    *sums({"alliance_commission_cny": "commission_estimate_cny"}, "creators", ALL),
    *sums({"alliance_sample_cny": "cost_cny"}, "samples", ALL),
    *ratios([creator_fame.FAME], "partner_videos", ALL),
    *sums({"creator_new_buyers": "new"}, "creator_buyers", ALL),
    Trail("creator_new_buyer_share", ALL, (Piece("creator_buyers", "new"),), (Piece("creator_buyers", "one"),)),
)
CREATOR_MADE_OF: dict[str, tuple[str, ...]] = {
    "creator_quadrant": ("creator_conversion_high", "creator_exposure_high"),
    "creators_unknown": ("creators_judged", "active_creators"),
    "creator_story": ("creator_click_to_pay_users", "creator_exposures_per_product"),
    "creators_by_state": ("active_creators",),
    "story_moves": ("creators_by_state",),
    "creator_recovery_rate": ("creators_by_state",),
    "channel_creators": ("active_creators", "alliance_sample_cny"),
    "channel_live_rate": ("channel_creators", "active_creators"),
    "channel_again_rate": ("channel_creators", "active_creators"),
    "samples_idle": ("alliance_sample_cny", "active_creators"),
    "samples_idle_cny": ("samples_idle", "alliance_sample_cny"),
    "tier_contribution_cny": ("tier_paid_cny", "tier_refund_rate", "tier_commission_rate"),
    "creator_tail_share": ("creator_head_share", "active_creators"),
    "creator_tail_contribution_cny": ("creator_tail_share", "creator_refund_rate", "creator_commission_rate"),
    "cost_per_active_creator_cny": ("alliance_commission_cny", "alliance_sample_cny", "active_creators"),
    "creators_unprofitable": ("creator_commission_rate", "creator_refund_rate"),
    "unprofitable_loss_cny": ("creators_unprofitable", "creator_commission_rate"),
    "alliance_named_share": ("active_creators", "field_paid_cny"),
    "bucket_share": ("bucket_paid_cny",),
    "creator_doubts": ("active_creators",),
    "creator_retention": ("active_creators",),
    "creator_retention_next": ("active_creators",),
    "plan_sessions": ("plan_session_value_cny", "plan_budget_sessions"),
    "plan_session_value_cny": ("creator_paid_cny", "creator_refund_rate", "creator_commission_rate"),
    "plan_creators": ("plan_budget_sessions",),
    "plan_step_sessions": ("plan_budget_sessions",),
    "plan_budget_sessions": ("active_creators",),
    "plan_learning_sessions": ("plan_budget_sessions",),
    "plan_value_cny": ("plan_value_now_cny", "plan_budget_sessions"),
    "plan_value_now_cny": ("creator_contribution_cny", "active_creators"),
}
