"""What several reports say of one thing: rooms, minutes, channels, ads, orders. Each pair of figures is a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from factbook.intake.sides import ATOM, CUTS, HALF_CENT, Sides, check
from factbook.knowledge.exports import exports
from factbook.records import Check

Tables = Mapping[str, pd.DataFrame]
View = Callable[[Tables], pd.DataFrame]
SAME_START = pd.Timedelta(minutes=2)  # between two reports' start of one session
AFTER_END = pd.Timedelta(minutes=10)  # a series may go on after the end that the list of sessions prints
MINUTE = pd.Timedelta(minutes=1)
NEAR = 0.05  # a session over midnight counts on the day it began, its orders and ads may not
COVERED = 0.95  # share of a day's orders from which an order file is held to have them all
WHOLE = "整体"  # the channel that is all channels together
SESSION = ("gmv_cny", "orders", "ad_cost_cny")
KEYS = ("date", "account", "started_at", "session", "product_id")


@dataclass(frozen=True)
class Agreement:
    """Two views that print the same figures by the same keys, and how far their sums may part.

    A view has some of KEYS and a column for each figure; the left one also `_file`, and `parts`, how many printed
    figures were added up. `near` is a share of the right sum; 0 where only rounding may part the two. `most`: the
    left one need not have all, only not more.
    """

    code: str
    needs: tuple[str, ...]
    left: View
    right: View
    near: float = 0.0
    most: bool = False


def of_reports(tables: Tables) -> list[Check]:
    """Every agreement that the reports supplied allow to be tested, a line for each figure."""
    there = {name: rows for name, rows in tables.items() if len(rows)}
    tested = [one for one in AGREEMENTS if set(one.needs) <= set(there)]
    needed = {name for one in tested for name in one.needs}
    there |= {name: ready(there[name]) for name, ready in READY.items() if name in needed}
    return [found for one in tested for found in _checked(one, there)]


def _checked(one: Agreement, tables: Tables) -> Iterator[Check]:
    left, right = one.left(tables), one.right(tables).drop(columns=["parts", "_file"], errors="ignore")
    keys = [key for key in KEYS if key in left and key in right]
    both = left.merge(right, on=keys, suffixes=("|left", "|right"))
    for metric in (name for name in left if name in right and name not in keys and len(both)):
        sides = _sides(one, str(metric), both)
        if len(sides.groups):
            said = check(sides, _file(sides, both), _holds(one, sides) if one.near else None)
            files = both["_file"].loc[sides.groups.index].nunique()
            yield replace(said, values={**said.values, "files": str(files)}) if said.holds else said


def _sides(one: Agreement, metric: str, both: pd.DataFrame) -> Sides:
    left, right = both[f"{metric}|left"], both[f"{metric}|right"]
    rounding = HALF_CENT if exports().columns[metric].kind == "money" else 0.0
    slack = one.near * right.abs() if one.near else (both["parts"] + 1) * rounding + ATOM
    day = both["date"] if "date" in both else both["started_at"]
    groups = pd.DataFrame({"date": day, "left": left, "right": right, "slack": slack})
    return Sides(one.code, metric, groups.dropna())


def _file(sides: Sides, both: pd.DataFrame) -> str:
    """The file in which the two part most."""
    return str(both["_file"].to_numpy()[sides.groups.index[sides.worst]])


def _holds(one: Agreement, sides: Sides) -> bool:
    left, right = (float(sides.groups[side].sum()) for side in ("left", "right"))
    return left <= right * (1 + one.near) if one.most else abs(left - right) <= one.near * abs(right)


def _summed(rows: pd.DataFrame, keys: Sequence[str], figures: Mapping[str, str]) -> pd.DataFrame:
    """Sums of figures by keys, each called as the other side calls it, with the file and how many were added."""
    there = {own: name for own, name in figures.items() if own in rows and rows[own].notna().any()}
    grouped = rows[[*keys, *there, "_file"]].groupby(list(keys), observed=True)
    sums = grouped[list(there)].sum(min_count=1).rename(columns=there)
    return sums.assign(parts=grouped.size().to_numpy(), _file=grouped["_file"].first().to_numpy()).reset_index()


def _same(names: Sequence[str]) -> dict[str, str]:
    return {name: name for name in names}


# ------------------------------------------------------------------ sessions, each by its place in the list
def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[rows["account"].notna() & rows["started_at"].notna()].sort_values("started_at").reset_index(drop=True)
    return rows.assign(session=rows.index, date=rows["started_at"].dt.normalize())


def _of_list(tables: Tables) -> pd.DataFrame:
    rows = tables["sessions"].drop(columns="ad_cost_cny", errors="ignore")
    rows = rows.rename(columns={"ad_cost_bound_cny": "ad_cost_cny"})
    return rows[["session", "date", *(name for name in SESSION if name in rows)]]


def _matched(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Rows of another report with the session of the list that began when theirs did."""
    known = tables["sessions"][["account", "started_at", "session"]]
    rows = rows[rows["account"].notna() & rows["started_at"].notna()].sort_values("started_at")
    return pd.merge_asof(rows, known, on="started_at", by="account", direction="nearest", tolerance=SAME_START)


def _of_book(tables: Tables) -> pd.DataFrame:
    facts = tables["session_facts"]
    return _summed(_matched(facts[facts["section"] == "basics"], tables), ["session"], _same(SESSION))


def _of_minutes(tables: Tables) -> pd.DataFrame:
    return _within(tables["minutes"], tables["sessions"][["account", "started_at", "ended_at", "session"]], ["session"])


def _within(minutes: pd.DataFrame, sessions: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Sums of the minutes that lie in each session."""
    known = sessions.assign(began=sessions["started_at"]).sort_values("began")
    rows = minutes[minutes["account"].notna()]
    rows = rows.assign(began=rows["minute"] + MINUTE).sort_values("began").drop(columns="started_at", errors="ignore")
    rows = pd.merge_asof(rows, known, on="began", by="account")
    return _summed(rows[rows["minute"] <= rows["ended_at"] + AFTER_END], keys, _same(SESSION))


# ------------------------------------------------------------------ one session's workbook
def _channels(tables: Tables, whole: bool) -> pd.DataFrame:
    rows = tables["session_channels"]
    chosen = rows[rows["channel"].eq(WHOLE).fillna(False) == whole]
    return _summed(chosen, _BY_ROOM, _same(SESSION))


def _minutes_of_channels(tables: Tables) -> pd.DataFrame:
    # Sales and costs add up both ways. People do not: a minute's 进入人数 counts one who comes back again, 观看人数
    # counts him once a session, 观看次数 every time, and the channels print their views rounded to 0.1 万.
    rows = tables["session_channels"].dropna(subset=["account", "started_at", "ended_at"])
    return _within(tables["minutes"], rows[["account", "started_at", "ended_at"]].drop_duplicates(), _BY_ROOM)


def _room(tables: Tables) -> pd.DataFrame:
    facts = tables["session_facts"]
    facts = facts[facts["section"] == "products"]
    return _summed(facts, ["account", "started_at"], _same(_GOODS))


def _products(tables: Tables, keys: Sequence[str]) -> pd.DataFrame:
    return _summed(tables["session_products"], keys, _same(_GOODS))


def _skus(tables: Tables) -> pd.DataFrame:
    return _summed(tables["session_skus"], _BY_PRODUCT, _same(("gmv_cny", "items")))


_BY_ROOM = ("account", "started_at")
_BY_PRODUCT = (*_BY_ROOM, "product_id")


# ------------------------------------------------------------------ days of an account
def _days(tables: Tables, figures: Mapping[str, str]) -> pd.DataFrame:
    return _summed(tables["sessions"], ["date", "account"], figures)


def _traffic(tables: Tables) -> pd.DataFrame:
    return _summed(tables["traffic_daily"], ["date", "account"], _same(("gmv_cny", "views")))


def _ads(tables: Tables, grain: str, of: Sequence[str]) -> pd.DataFrame:
    rows = pd.concat([tables[name] for name in of])
    return _summed(rows[rows["grain"] == grain], ["date", "account"], _same(("ad_cost_cny",)))


# ------------------------------------------------------------------ orders, scores
def _paid(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[["_file", "paid_at", "order_id", "order_amount_cny"]]
    rows = rows[rows["paid_at"].notna()]
    rows = rows.assign(date=rows["paid_at"].dt.normalize(), orders=(~rows["order_id"].duplicated()).astype(float))
    return _summed(rows, ["date"], {"orders": "orders", "order_amount_cny": "paid_amount_cny"})


def _paid_whole(tables: Tables) -> pd.DataFrame:
    """The days on which the order file has nearly every order."""
    paid = tables["orders"]
    known = paid.merge(tables["trade_daily"], on="date", suffixes=("", "|all"))
    days = known.loc[known["orders"] >= COVERED * known["orders|all"], "date"]
    return paid[paid["date"].isin(days)].drop(columns="orders")


def _trade(rows: pd.DataFrame) -> pd.DataFrame:
    tops = [rows[cut] == "all" for cut in CUTS]
    return _summed(rows[np.logical_and.reduce(tops)], ["date"], _same(("orders", "paid_amount_cny")))


def _scores(tables: Tables) -> pd.DataFrame:
    return _summed(tables["service_scores_export"], ["date"], _same(("service_score",)))


def _typed(tables: Tables) -> pd.DataFrame:
    return tables["service_scores"][["date", "total"]].rename(columns={"total": "service_score"})


def _orders(tables: Tables) -> pd.DataFrame:
    return tables["orders"].drop(columns="paid_amount_cny")


def _whole(tables: Tables) -> pd.DataFrame:
    return tables["trade_daily"]


# Tables that several agreements look at, as all of them see them: made once.
READY: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "sessions": _listed,
    "orders": _paid,
    "trade_daily": _trade,
}


_GOODS = ("gmv_cny", "orders", "items")
_UNI, _STANDARD = ("qianchuan_uni",), ("qianchuan_standard",)
AGREEMENTS = (
    Agreement("session_book", ("session_facts", "sessions"), _of_book, _of_list),
    Agreement("session_minutes", ("minutes", "sessions"), _of_minutes, _of_list),
    Agreement("channel_sum", ("session_channels",), partial(_channels, whole=False), partial(_channels, whole=True)),
    Agreement("minute_channels", ("minutes", "session_channels"), _minutes_of_channels,
              partial(_channels, whole=False)),
    Agreement("session_goods", ("session_products", "session_facts"), partial(_products, keys=_BY_ROOM), _room),
    Agreement("goods_skus", ("session_skus", "session_products"), _skus, partial(_products, keys=_BY_PRODUCT)),
    *(Agreement("ads_hours", kind, partial(_ads, grain="hour", of=kind), partial(_ads, grain="day", of=kind))
      for kind in (_UNI, _STANDARD)),
    Agreement("ads_sessions", (*_UNI, *_STANDARD, "sessions"), partial(_ads, grain="day", of=(*_UNI, *_STANDARD)),
              partial(_days, figures={"ad_cost_bound_cny": "ad_cost_cny"}), NEAR),
    Agreement("traffic_sessions", ("traffic_daily", "sessions"), _traffic,
              partial(_days, figures=_same(("gmv_cny", "views"))), NEAR),
    Agreement("orders_within", ("orders", "trade_daily"), _orders, _whole, NEAR, most=True),
    Agreement("orders_paid", ("orders", "trade_daily"), _paid_whole, _whole, NEAR),
    Agreement("service_score", ("service_scores_export", "service_scores"), _scores, _typed),
)  # fmt: skip
