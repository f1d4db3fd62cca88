"""Rows behind the figures of videos, people assets and the rest of the dictionary."""

from __future__ import annotations

from factbook.measures import dictionary, people, videos
from factbook.measures.addressed_frame import Frame

FRAMES: tuple[Frame, ...] = (
    Frame("videos", videos.video_rows, dated=False),
    Frame("compass_videos", videos.compass_rows, dated=False),
    Frame("studio_videos", videos.studio_rows, dated=False),
    Frame("video_pieces", videos.piece_rows, dated=False),
    Frame("people", people.people_rows, dated=False),
    Frame("people_last", people.last_day, dated=False),
    Frame("people_stages", people.stage_rows, dated=False),
    Frame("shop_totals", dictionary.shop_rows, dated=False),
    Frame("listed_products", dictionary.product_rows, dated=False),
    Frame("standard_ads", dictionary.standard_rows, dated=False),
)
