"""Rows behind the figures of stars and of returning buyers."""

from __future__ import annotations

import pandas as pd

from factbook.measures import buyers
from factbook.measures.addressed_frame import Frame
from factbook.measures.ground import Ground


def buyer_rows(ground: Ground) -> pd.DataFrame:
    """Each buyer's first order, with the star deal it fell into."""
    rows = buyers.buyers(ground)
    for deal, found in buyers.deal_buyers(ground, rows).items() if len(rows) else ():
        rows.loc[found.index, "deal"] = deal
    return rows


FRAMES: tuple[Frame, ...] = (
    Frame("buyers", buyer_rows, dated=False),
    Frame("star_buyers", buyers.known_rows, dated=False),
)
