"""Where the figures of campaigns stand."""

from __future__ import annotations

from factbook.measures import campaign, campaign_after, campaign_plan, campaign_ready
from factbook.measures.trail import ALL, By, Piece, Trail

ONE: By = (("campaign",),)
FOLLOWED = f"followed_{campaign_after.RETURN_DAYS}d"
BACK = f"back_{campaign_after.RETURN_DAYS}d"

CAMPAIGN_TRAILS: tuple[Trail, ...] = (
    Trail(
        campaign_after.REFUND.id,
        ONE,
        (Piece("campaign_days", campaign_after.REFUND.numerator),),
        (Piece("campaign_days", campaign_after.REFUND.denominator),),
        "day",
    ),
    Trail(campaign.PLANNED, ALL, (Piece("campaign_sheet", "planned"),)),
    Trail(campaign_after.NEW, ONE, (Piece("campaign_buyers", "one"),)),
    Trail(campaign_after.RETURN, ONE, (Piece("campaign_buyers", BACK),), (Piece("campaign_buyers", FOLLOWED),)),
    Trail(campaign_after.RETURN_USUAL, ALL, (Piece("usual_buyers", BACK),), (Piece("usual_buyers", FOLLOWED),)),
    Trail(
        campaign_ready.READY.id,
        (("campaign",), ("campaign", "part")),
        (Piece("readiness", campaign_ready.READY.numerator),),
        (Piece("readiness", campaign_ready.READY.denominator),),
    ),
    *(Trail(ratio.id, ONE, (Piece("readiness", ratio.numerator),)) for ratio in campaign_ready.TASKS),
    Trail(campaign_plan.PLAN, (campaign_plan.BY_HOUR,), (Piece("hour_plan", "planned_cny"),)),
)

EXPECTED = ("campaign_actual_cny", "campaign_baseline_cny")
CAMPAIGN_MADE_OF: dict[str, tuple[str, ...]] = {
    "campaign_uplift_cny": EXPECTED,
    "campaign_uplift_ratio": EXPECTED,
    "campaign_expected_daily_cny": ("campaign_baseline_cny",),
    "campaign_dip_cny": ("paid_amount_cny", "campaign_baseline_cny"),
    "campaign_hangover_cny": ("paid_amount_cny", "campaign_baseline_cny"),
    "campaign_net_cny": ("campaign_uplift_cny", "campaign_dip_cny", "campaign_hangover_cny"),
    "campaign_placebo_p": ("campaign_uplift_cny",),
    "campaign_refund_usual": ("refund_rate",),
    "campaign_refund_gap": ("campaign_refund_rate", "campaign_refund_usual"),
    "campaign_outlook_cny": ("campaign_uplift_ratio", "paid_amount_cny"),
    "campaign_readiness_slope": ("campaign_readiness", "campaign_uplift_ratio"),
    "campaign_readiness_fit": ("campaign_readiness", "campaign_uplift_ratio"),
    "campaign_readiness_outlook": ("campaign_readiness", "campaign_uplift_ratio"),
    "campaign_plan_sold_cny": ("paid_amount_cny",),
    "campaign_plan_so_far_cny": ("campaign_plan_hour_cny",),
    "campaign_sold_so_far_cny": ("campaign_plan_sold_cny",),
    "campaign_plan_ratio": ("campaign_plan_hour_cny", "campaign_plan_sold_cny"),
    "campaign_plan_gap_cny": ("campaign_plan_hour_cny", "campaign_plan_sold_cny"),
    "campaign_behind_hour": ("campaign_plan_so_far_cny", "campaign_sold_so_far_cny"),
    "campaign_behind_cny": ("campaign_plan_so_far_cny", "campaign_sold_so_far_cny"),
    "campaign_timed_share": ("paid_amount_cny",),
    "campaign_hour_paid_cny": ("campaign_actual_cny",),
    "campaign_hour_goal_cny": ("campaign_goal_ratio",),
}
