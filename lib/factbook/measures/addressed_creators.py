"""Rows behind the figures of creators over time: levels, and the buyers they bring."""

from __future__ import annotations

import pandas as pd

from factbook.measures import creator_fame, creator_loyalty, creator_tiers
from factbook.measures.addressed_frame import Frame
from factbook.measures.days import current
from factbook.measures.ground import Ground


def tiered(ground: Ground) -> pd.DataFrame:
    """The period's creator sessions with tier and level of their creator."""
    rows = current(ground.case, ground.creators)
    return creator_tiers.with_tier(ground, rows) if len(rows) else rows


FRAMES: tuple[Frame, ...] = (
    Frame("tiered", tiered),
    Frame("creator_buyers", creator_loyalty.buyer_rows),
    Frame("partner_videos", creator_fame.partner_videos, dated=False),
)
