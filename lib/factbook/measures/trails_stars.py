"""Where the figures of stars and of returning buyers stand."""

from __future__ import annotations

from factbook.measures import buyers
from factbook.measures.trail import ALL, By, Piece, Trail

BUYER_BY: By = ((), ("source",), ("deal",))

STAR_TRAILS: tuple[Trail, ...] = (
    *(
        Trail(id, BUYER_BY, (Piece("buyers", f"back_{days}d"),), (Piece("buyers", f"followed_{days}d"),))
        for id, days in buyers.REPEAT.items()
    ),
    Trail(buyers.KNOWN, ALL, (Piece("star_buyers", "known"),), (Piece("star_buyers", "one"),)),
)
STAR_MADE_OF: dict[str, tuple[str, ...]] = {}
