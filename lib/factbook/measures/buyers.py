"""Who comes back: buyers by where their first order came from, and the share that orders again in 30, 60, 90 days.

Needs orders with a buyer id (an ERP export). "First" is the first order in the file: what came before it began is not
known. A second order counts from the next day on; orders of one day are one purchase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures.common import Entry, Place, blanks, column, entries, source_of
from factbook.measures.ground import Ground
from factbook.measures.heads import stars
from factbook.methods.followup import returned

HORIZONS = (30, 60, 90)  # days
REPEAT = {f"repeat_rate_{days}d": days for days in HORIZONS}
STAR, OWN, CREATOR, SHOP = "star", "own", "creator", "shop"
KNOWN = "star_known_buyer_share"
IDS = (*REPEAT, KNOWN)
AFTER_MIDNIGHT = pd.Timedelta(hours=30)  # a session that began on a deal's last day may sell until the morning


def orders(ground: Ground) -> pd.DataFrame:
    """Orders with a buyer and a time, oldest first, with `day`, their `source`, and the creator behind it."""
    return ground.once("buyer orders", lambda: _orders(ground))


def _orders(ground: Ground) -> pd.DataFrame:
    table = ground.case.table("buyer_orders")
    if table.empty or "buyer_id" not in table:
        return pd.DataFrame()
    rows = table[table["buyer_id"].notna() & table["paid_at"].notna()].sort_values("paid_at", kind="stable")
    return rows.assign(day=rows["paid_at"].dt.normalize(), source=source(ground, rows)).reset_index(drop=True)


def source(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """star | own | creator | shop of each order: by account; an order without one came through the shop itself."""
    names = rows["account"] if "account" in rows else pd.Series(None, index=rows.index, dtype=object)
    heads, own = stars(ground), set(ground.case.merchant.own_accounts)
    kinds = [names.isna() | (names == ""), names.isin(own), names.isin(set(heads["creator"]))]
    return pd.Series(np.select(kinds, [SHOP, OWN, STAR], CREATOR), index=rows.index)


def buyers(ground: Ground) -> pd.DataFrame:
    """One row a buyer: first day, source and creator of the first order, days to the next, days watched."""
    return ground.once("buyers", lambda: _buyers(ground))


def _buyers(ground: Ground) -> pd.DataFrame:
    rows = orders(ground)
    if rows.empty:
        return rows
    days = rows.drop_duplicates(["buyer_id", "day"])
    first = days.groupby("buyer_id", sort=False).nth(0).set_index("buyer_id")
    second = days.groupby("buyer_id", sort=False).nth(1).set_index("buyer_id")["day"]
    last = max(rows["day"].max(), pd.Timestamp(ground.case.period.end))
    keep = [name for name in ("day", "paid_at", "source", "account", "_file", "_sheet", "_row") if name in first]
    wait = (second.reindex(first.index) - first["day"]).dt.days
    followed = (last - first["day"]).dt.days.astype(float)
    whole = {days: (followed >= days).astype(float) for days in HORIZONS}
    sides = {f"followed_{days}d": whole[days] for days in HORIZONS}
    sides |= {f"back_{days}d": whole[days] * (wait <= days) for days in HORIZONS}
    return first[keep].assign(wait=wait, followed=followed, **sides).reset_index()


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Repeat rates of all buyers, by source, by star deal, and how many of a star's buyers the shop knew before."""
    found = buyers(ground)
    if found.empty:
        return [blanks(IDS, "no_report:buyer_orders")]
    rows = list(rates(found, (), ()))
    for kind, group in found.groupby("source"):
        rows += rates(group, ("source",), (str(kind),))
    for deal, group in deal_buyers(ground, found).items():
        rows += rates(group, ("deal",), (deal,), "history")
    return [entries(rows), _known_before(ground)]


def deal_buyers(ground: Ground, found: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """The buyers whose first order fell into a star deal, by deal."""
    deals = ground.case.table("star_deals")
    groups: dict[str, pd.DataFrame] = {}
    for deal in deals.to_dict("records") if len(deals) else []:
        inside = found["paid_at"].between(deal["start"], deal["end"] + AFTER_MIDNIGHT)
        inside &= found["account"] == deal["creator"]
        if inside.any():
            groups[str(deal["deal"])] = found[inside]
    return groups


def rates(group: pd.DataFrame, by: tuple[str, ...], key: tuple[str, ...], period: str = "current") -> Iterator[Entry]:
    """Repeat rates of some buyers, with the interval and why one is not known."""
    at = Place(source_of(group), by, key, period)
    for id, days in REPEAT.items():
        try:
            share = returned(group["wait"], group["followed"], days)
        except Refused as refused:
            yield Entry(id, n=float(len(group)), reason=refused.reason, at=at)
            continue
        why = "" if share.way == "wilson" else "follow_up_estimated"  # some could not be followed to the end
        whole, back = (float(group[f"{side}_{days}d"].sum()) for side in ("followed", "back"))
        yield Entry(id, share.value, back, whole, float(share.n), share.low, share.high, why, at)


def known_rows(ground: Ground) -> pd.DataFrame:
    """Each star buyer's first order from a star in the period, and whether the buyer had ordered before."""
    rows = orders(ground)
    if rows.empty:
        return rows
    rows = rows.assign(known=rows.duplicated("buyer_id").astype(float), one=1.0)
    mine = rows[(rows["source"] == STAR) & ground.case.period.contains(rows["day"])]
    return mine.drop_duplicates("buyer_id")


def _known_before(ground: Ground) -> pd.DataFrame:
    rows = known_rows(ground)
    if rows.empty:
        return blanks([KNOWN], "no_star_buyers")
    known, n = float(column(rows, "known").sum()), float(len(rows))
    return entries([Entry(KNOWN, known / n, known, n, n, at=Place(source_of(rows)))])
