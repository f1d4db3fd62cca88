"""The four fields and the shelf: every yuan of the shop in exactly one of F, A, T, S or U."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.measures.common import Ratio, column, pool, source_of, tally
from factbook.measures.days import calendar, current, whole_weeks
from factbook.measures.ground import CONTENT, Ground, is_star, partner_accounts
from factbook.measures.heads import levels_told, stars

MONEY = ("paid_amount_cny", "net_paid_amount_cny", "refund_paid_time_cny")
PAID = Ratio("field_paid_cny", "paid_amount_cny")
NET = Ratio("field_net_paid_cny", "net_paid_amount_cny")
SHARE = Ratio("field_share", "paid_amount_cny", "shop_paid_cny")
REFUND = Ratio("field_refund_rate", "refund_paid_time_cny", "paid_amount_cny")
HOME = {"F": "live", "A": "live", "T": "live", "S": "product_card", "U": "other"}
INSIDE = "stars_inside_alliance"


def field_days(ground: Ground) -> pd.DataFrame:
    """One row per day, field and carrier with paid, net, refund and the shop's day; zero where nothing sold.

    T is taken out of the partners' rows; `stars_known` is False on days without account detail, where A
    holds both.
    """
    if ground.trade.empty:
        return pd.DataFrame()
    rows = ground.trade.assign(field=field_of(ground.trade))
    split = pool(rows, ["day", "field", "carrier"], MONEY).set_index(["day", "field", "carrier"])
    stars, known = star_days(ground)
    grid = _move_stars(_complete(split), stars).reset_index()
    grid["shop_paid_cny"] = grid.groupby("day")["paid_amount_cny"].transform("sum")
    return calendar(grid, grid["day"]).assign(stars_known=grid["day"].isin(known))


def field_of(trade: pd.DataFrame) -> np.ndarray:
    """The field of each row before stars are taken out: F, A, S, or U where neither side nor carrier tells."""
    content = trade["carrier"].isin(CONTENT)
    sides = [
        trade["carrier"] == "product_card",
        content & (trade["party"] == "self"),
        content & (trade["party"] == "partner"),
    ]
    return np.select(sides, ["S", "F", "A"], "U")


def _complete(split: pd.DataFrame) -> pd.DataFrame:
    """Every day × (field, carrier), zero where the day sold nothing there."""
    days = split.index.get_level_values("day").unique()
    seen = zip(*(split.index.get_level_values(name) for name in ("field", "carrier")), strict=True)
    kinds = {*seen, *HOME.items()} | {("T", carrier) for carrier in CONTENT}
    wanted = [(day, field, carrier) for day in days for field, carrier in sorted(kinds)]
    full = split.reindex(pd.MultiIndex.from_tuples(wanted, names=split.index.names), fill_value=0.0)
    unknown = split.columns[split.isna().all()]
    full[unknown] = np.nan  # a column the report does not have is missing, not zero
    return full


def _move_stars(grid: pd.DataFrame, stars: pd.DataFrame) -> pd.DataFrame:
    """Take the stars' sales out of A into T, never more than A has on that day and carrier."""
    if stars.empty:
        return grid
    money = list(MONEY)
    sold = stars.assign(field="A").set_index(["day", "field", "carrier"])[money]
    sold = _within(sold[sold.index.isin(grid.index)], grid)
    moved = sold.rename(index={"A": "T"}, level="field")
    grid = grid.copy()
    grid.loc[sold.index, money] -= sold
    grid.loc[moved.index, money] += moved
    return grid


def _within(stars: pd.DataFrame, grid: pd.DataFrame) -> pd.DataFrame:
    """Stars' sales scaled down to what the alliance shows: a session past midnight sells on two days."""
    paid, limit = stars["paid_amount_cny"], grid.loc[stars.index, "paid_amount_cny"]
    part = (limit.clip(upper=paid) / paid.where(paid > 0)).fillna(0.0)
    return stars.mul(part, axis=0)


def star_days(ground: Ground) -> tuple[pd.DataFrame, set[pd.Timestamp]]:
    """Stars' sales by day and carrier, and the days on which they can be told apart."""
    rows, known = star_rows(ground)
    return (pool(rows, ["day", "carrier"], MONEY) if len(rows) else pd.DataFrame()), known


def star_rows(ground: Ground) -> tuple[pd.DataFrame, set[pd.Timestamp]]:
    """Stars' rows, and the days on which they can be told apart.

    Per day the best table that covers it: accounts by carrier, accounts, then live sessions. Without an
    interview form and without a list of levels nobody knows who is a star; with either and nobody in it there is none.
    """
    heads = stars(ground)
    if heads.empty:
        told = ground.has_form or levels_told(ground.case)
        return pd.DataFrame(), set(ground.trade["day"]) if told else set()
    found, known = [], set[pd.Timestamp]()
    for rows in star_sources(ground):
        fresh = rows[~rows["day"].isin(known)]
        found.append(fresh[is_star(fresh, heads)])
        known |= set(fresh["day"])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(), known


def star_sources(ground: Ground) -> list[pd.DataFrame]:
    """Tables that tell partners apart by day, best first, with `day`, `carrier` and the money columns."""
    return ground.once("star_sources", lambda: _star_sources(ground))


def _star_sources(ground: Ground) -> list[pd.DataFrame]:
    tables = []
    by_carrier, by_account = (ground.case.table(name) for name in ("carrier_accounts", "accounts"))
    if len(by_carrier):
        rows = partner_accounts(by_carrier)
        tables.append(rows[rows["carrier"].isin(CONTENT)])
    if len(by_account):
        tables.append(partner_accounts(by_account).assign(carrier="live"))
    if len(ground.partner):
        refund = column(ground.partner, "refund_session_cny")
        tables.append(ground.partner.assign(carrier="live", refund_paid_time_cny=refund))
    return tables


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Sales, net sales, share and refunds of the fields; shares add up to one at every slice."""
    grid = ground.grid
    if grid.empty:
        return []
    source = source_of(ground.trade)
    weeks = grid[grid["week"].isin(whole_weeks(ground.trade_days))]
    found = [_slice(weeks, (PAID, SHARE), ("week", "field"), "history", source)]
    for window in ground.trade_windows():
        rows = window.rows(grid)
        found += [
            _slice(rows, (PAID, NET, SHARE, REFUND), ("field",), window.name, source),
            _slice(rows, (PAID, NET, SHARE), ("field", "carrier"), window.name, source),
        ]
    rows = current(ground.case, grid)
    return [*found, _slice(rows, (PAID, SHARE), ("date", "field"), "current", source)]


def _slice(
    grid: pd.DataFrame, ratios: tuple[Ratio, ...], by: tuple[str, ...], period: str, source: str
) -> pd.DataFrame:
    """One slicing, with a row per day and slice as the cluster, and the word where A holds the stars too."""
    if grid.empty:
        return grid
    keys = list(dict.fromkeys(["day", *by]))
    groups = grid.groupby(keys, sort=True)
    rows = groups[list(MONEY)].sum(min_count=1).assign(shop_paid_cny=groups["shop_paid_cny"].first()).reset_index()
    frame = tally(rows, ratios, by, period, source)
    return _mark(frame, grid, by)


def _mark(frame: pd.DataFrame, grid: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Where no day tells stars apart T is unknown; wherever a day does not, A says that it holds them."""
    place = by.index("field")
    outer = grid[by[0]] if place else pd.Series("", index=grid.index)
    known = grid["stars_known"].groupby(outer).agg(["any", "all"])
    known = known.reindex([key[0] if place else "" for key in frame["key"]])
    field = np.array([key[place] for key in frame["key"]])
    lost = (field == "T") & ~known["any"].to_numpy(bool)
    mixed = (field == "A") & ~known["all"].to_numpy(bool)
    frame.loc[lost, ["value", "numerator", "low", "high"]] = np.nan
    frame.loc[lost | mixed, "reason"] = INSIDE
    return frame
