"""Rows behind the figures of traffic, videos, formats and the shelf's orders."""

from __future__ import annotations

import pandas as pd

from factbook.measures import formats, rhythm, traffic
from factbook.measures.addressed_frame import Frame
from factbook.measures.ground import Ground


def _format(id: str) -> Frame:
    def rows(ground: Ground) -> pd.DataFrame:
        return formats.format_rows(ground, id)

    return Frame(id.removesuffix("_share"), rows)


FRAMES: tuple[Frame, ...] = (
    Frame("traffic", traffic.traffic_rows),
    Frame("own_videos", rhythm.own_videos, dated=False),
    *map(_format, formats.PARTS),
    Frame("shelf_orders", formats.shelf_orders, dated=False),
    Frame(
        "all_shelf_orders",
        lambda ground: formats.shelf_orders(ground).drop(columns="channel", errors="ignore"),
        dated=False,
    ),
)
