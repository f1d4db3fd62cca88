"""Where the figures of traffic, videos, formats and decompositions stand."""

from __future__ import annotations

from factbook.measures import decomposition, formats, rhythm, traffic
from factbook.measures.trail import ALL, Piece, Trail, by_day, sums

GROWTH_TRAILS: tuple[Trail, ...] = (
    *by_day(traffic.TRAFFIC, "traffic", ((), ("week",))),
    *sums({rhythm.VIDEOS: "one"}, "own_videos", ALL),
    *(
        Trail(
            id,
            ALL,
            (Piece(id.removesuffix("_share"), "paid_amount_cny", zero=True),),
            (Piece("shop", "paid_amount_cny"),),
        )
        for id in formats.PARTS
    ),
    Trail(formats.SEARCH, ALL, (Piece("shelf_orders", "searched"),), (Piece("shelf_orders", "order_amount_cny"),)),
    Trail(
        formats.CHANNEL,
        (("channel",),),
        (Piece("shelf_orders", "order_amount_cny"),),
        (Piece("all_shelf_orders", "order_amount_cny"),),
    ),
)
ROOM_CHAIN = tuple(step.metric for step in decomposition.STEPS)
GROWTH_MADE_OF: dict[str, tuple[str, ...]] = {
    "room_change_cny": ("room_paid_cny",),
    "change_by_step_cny": ROOM_CHAIN,
    "change_by_field_cny": ("field_paid_cny",),
    "field_migration": ("field_share",),
    decomposition.LEFT: ("field_net_paid_cny", "room_ad_cost_cny", "creator_commission_rate", "deal_contribution_cny"),
    "gap_to_peers_cny": ROOM_CHAIN,
    "step_target": ROOM_CHAIN[1:],
    "step_worth_cny": ("step_target", *ROOM_CHAIN, "room_refund_rate"),
    "steps_worth_together_cny": ("step_worth_cny",),
    "steps_worth_overlap_cny": ("steps_worth_together_cny", "step_worth_cny"),
    traffic.TOGETHER: ("traffic_ad_cost_cny", "free_viewers"),
    formats.OVER: tuple(formats.FORMATS.values()),
}
