"""What kind of shop it is: shares of the formats against the peers', and where the shelf's orders come from."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, number, pool, source_of, tally
from factbook.measures.days import calendar, current
from factbook.measures.gaps import middles
from factbook.measures.ground import ADDITIVE, Ground
from factbook.records import Measures

# Format as a slice → the metric of its share: own live, partners' live, video of either, product cards of either.
FORMATS = {
    "own_live": "own_live_share",
    "partner_live": "partner_live_share",
    "video": "video_share",
    "card": "shelf_share",
}
PARTS = {
    "own_live_share": {"party": "self", "carrier": "live"},
    "partner_live_share": {"party": "partner", "carrier": "live"},
    "video_share": {"carrier": "video"},
}
OVER = "archetype_ratio"
SEARCH, CHANNEL = "shelf_search_share", "shelf_channel_share"
SEARCH_NAMES = ("搜索",)
SHELF_FORM = "商品卡"


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Shares of the formats in each period, and the channels of the shelf's orders in the current one."""
    return [*_shares(ground), *_channels(ground)]


def format_rows(ground: Ground, id: str) -> pd.DataFrame:
    """Detail rows of one format."""
    rows = ground.trade
    for name, value in PARTS[id].items() if len(rows) else ():
        rows = rows[rows[name] == value]
    return rows


def _shares(ground: Ground) -> list[pd.DataFrame]:
    found, source = [], source_of(ground.trade)
    days = pool(ground.trade, ["day"], ADDITIVE[:1]) if len(ground.trade) else ground.trade
    for id in PARTS if len(days) else ():
        sold = pool(format_rows(ground, id), ["day"], ADDITIVE[:1]).set_index("day")["paid_amount_cny"]
        sides = days.assign(sold=sold.reindex(days["day"]).fillna(0.0).to_numpy())
        rows = calendar(sides, sides["day"])
        spec = [Ratio(id, "sold", "paid_amount_cny")]
        found += [tally(window.rows(rows), spec, (), window.name, source) for window in ground.trade_windows()]
    return found


def archetype(so_far: Measures, peers: pd.DataFrame) -> list[pd.DataFrame]:
    """Over-index of each format: its share ÷ the peers' share, for the formats whose peers were typed in."""
    usual = middles(peers)
    typed = {name: id for name, id in FORMATS.items() if id in usual}
    if not typed:
        return [blanks([OVER], "no_peers")]
    return [entries(_over(so_far, name, id, usual) for name, id in typed.items())]


def _over(so_far: Measures, name: str, id: str, usual: Mapping[str, float]) -> Entry:
    row = so_far.row(id)
    at = Place(row.source if row else "", ("format",), (name,))
    if row is None or row.value is None:
        return Entry(OVER, reason=row.reason if row else "no_rows", at=at)
    return Entry(OVER, row.value / usual[id], row.value, usual[id], number({"n": row.n}, "n"), at=at)


def shelf_orders(ground: Ground) -> pd.DataFrame:
    """Orders through product cards in the period whose channel is named, each with its day."""
    table = ground.case.table("orders")
    if table.empty or "traffic_form" not in table or "traffic_channel" not in table:
        return pd.DataFrame()
    when = table["paid_at"].fillna(table["ordered_at"]) if "paid_at" in table else table["ordered_at"]
    known = (table["traffic_form"] == SHELF_FORM) & table["traffic_channel"].notna() & when.notna()
    rows = table[known].rename(columns={"traffic_channel": "channel"})
    rows = rows.assign(searched=column(rows, "order_amount_cny").where(rows["channel"].isin(SEARCH_NAMES), 0.0))
    return current(ground.case, calendar(rows, when[known]))


def _channels(ground: Ground) -> list[pd.DataFrame]:
    """Share of each channel, and of search, in the amount of the shelf's orders; days are the clusters."""
    rows = shelf_orders(ground)
    if rows.empty:
        reason = "no_report:shop_orders" if ground.case.table("orders").empty else "no_rows"
        return [blanks([SEARCH, CHANNEL], reason)]
    source = source_of(rows)
    days = pool(rows, ["day"], ["searched", "order_amount_cny"])
    found = [tally(days, [Ratio(SEARCH, "searched", "order_amount_cny")], (), "current", source)]
    total = float(rows["order_amount_cny"].sum())
    if total > 0:
        sums = rows.groupby("channel")["order_amount_cny"].agg(["sum", "size"])
        found.append(
            entries(
                Entry(CHANNEL, amount / total, amount, total, float(n), at=Place(source, ("channel",), (str(name),)))
                for name, amount, n in sums.itertuples()
            )
        )
    return found
