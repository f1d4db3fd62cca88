"""What creators add to the brand's fame, as far as a report tells it: sales after a search that their videos led to."""

from __future__ import annotations

import pandas as pd

from factbook.measures.common import Ratio, blanks, column, tally
from factbook.measures.ground import Ground
from factbook.measures.videos import inside

FAME = Ratio("creator_search_paid_cny", "search_paid_cny")


def partner_videos(ground: Ground) -> pd.DataFrame:
    """Creators' videos of Compass whose report lies in the period."""
    rows = inside(ground)
    return rows[rows["party"] == "partner"] if len(rows) else rows


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Sales after a search from creators' videos; follows they brought stand in no report."""
    rows = partner_videos(ground)
    if rows.empty:
        return [blanks([FAME.id], "no_partner_videos")]
    if column(rows, "search_paid_cny").isna().all():
        return [blanks([FAME.id], "no_search_column")]
    return [tally(rows, [FAME])]
