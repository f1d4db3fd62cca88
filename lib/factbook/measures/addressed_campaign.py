"""Rows behind the buyers and the preparation and plan of campaigns."""

from __future__ import annotations

from factbook.measures import campaign_after, campaign_plan, campaign_ready
from factbook.measures.addressed_frame import Frame

FRAMES: tuple[Frame, ...] = (
    Frame("campaign_buyers", campaign_after.new_buyers, dated=False),
    Frame("usual_buyers", campaign_after.usual_buyers, dated=False),
    Frame("readiness", campaign_ready.tasks, dated=False),
    Frame("hour_plan", campaign_plan.rows, dated=False),
)
