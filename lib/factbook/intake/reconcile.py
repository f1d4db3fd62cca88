"""Figures that must agree: the identities of 成交分析, own rooms against own live sales, days missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from factbook.intake import printed, wholes
from factbook.intake.parts import Part
from factbook.intake.problems import spelled
from factbook.intake.sides import ATOM, CUTS, HALF_CENT, Sides, check, compared, sums
from factbook.intake.wholes import METRICS
from factbook.knowledge.exports import exports
from factbook.records import Check, Period, Problem

PARTS_OF_GMV = ("paid_amount_cny", "coupon_cny", "platform_subsidy_cny", "creator_subsidy_cny")
OWN_LIVE_TOLERANCE = 0.05  # a session over midnight counts on the day it began, its orders may not


@dataclass(frozen=True)
class Identity:
    """A whole and its parts in one table: the column that tells them apart, and the rows it holds for."""

    code: str
    keys: tuple[str, ...]
    split: str
    rows: tuple[tuple[str, str], ...] = ()


IDENTITIES = (
    Identity("carrier_sum", ("date", "party"), "carrier", (("slot", "all"),)),
    Identity("party_sum", ("date", "carrier", "slot"), "party"),
    Identity("slot_sum", ("date", "party", "carrier"), "slot"),
)


def of_file(file: str, parts: Sequence[Part]) -> list[Check]:
    """Every identity that one file's sheets allow to be checked."""
    tables: dict[str, list[pd.DataFrame]] = {}
    for part in parts:
        if len(part.frame):
            tables.setdefault(part.spec.table, []).append(part.frame)
    whole = {table: pd.concat(frames) if len(frames) > 1 else frames[0] for table, frames in tables.items()}
    closed = wholes.of_file(file, whole, parts)
    return [*_of_trade(file, tables), *_net(file, whole), *closed, *printed.of_file(file, whole)]


def _of_trade(file: str, tables: Mapping[str, list[pd.DataFrame]]) -> list[Check]:
    if "trade_daily" not in tables:
        return []
    daily = pd.concat(map(_needed, tables["trade_daily"])).astype(dict.fromkeys(CUTS, "category"))
    metrics = [metric for metric in METRICS if metric in daily and daily[metric].notna().any()]
    sides = [side for identity in IDENTITIES for side in _identity(daily, identity, metrics)]
    sides += _parts_of_gmv(daily)
    if "accounts" in tables:
        sides += _accounts(daily, pd.concat(tables["accounts"], ignore_index=True), metrics)
    return [check(side, file) for side in sides]


def _needed(daily: pd.DataFrame) -> pd.DataFrame:
    wanted = {*METRICS, *PARTS_OF_GMV}
    # A damaged sheet may lack the columns that tell whole and parts apart; then nothing of it is compared.
    return daily.reindex(columns=["date", *CUTS, *(column for column in daily.columns if column in wanted)])


def _identity(daily: pd.DataFrame, identity: Identity, metrics: Sequence[str]) -> list[Sides]:
    rows = daily
    for column, value in identity.rows:
        rows = rows[rows[column] == value]
    whole = rows[identity.split] == "all"
    total, parts = (sums(rows[chosen], identity.keys, metrics) for chosen in (whole, ~whole))
    return compared(identity.code, total, parts)


def _parts_of_gmv(daily: pd.DataFrame) -> list[Sides]:
    needed = ["gmv_cny", *PARTS_OF_GMV]
    if not set(needed) <= set(daily):
        return []
    rows = daily[daily[needed].notna().all(axis=1)]
    if rows.empty:
        return []
    right = rows[list(PARTS_OF_GMV)].sum(axis=1)
    groups = rows[["date", *CUTS]].assign(left=rows["gmv_cny"], right=right)
    slack = HALF_CENT * (len(PARTS_OF_GMV) + 1) + ATOM
    return [Sides("amount_parts", "gmv_cny", groups.assign(slack=slack))]


def _accounts(daily: pd.DataFrame, accounts: pd.DataFrame, metrics: Sequence[str]) -> list[Sides]:
    accounts = accounts.reindex(columns=list(dict.fromkeys([*accounts.columns, "date", "party", "account_role"])))
    partner = daily[(daily["party"] == "partner") & (daily["carrier"] == "all") & (daily["slot"] == "all")]
    listed = accounts[(accounts["party"] == "partner") & ~accounts["account_role"].isin(["total", "overlap"])]
    both = [metric for metric in metrics if metric in accounts]
    return compared("account_sum", *(sums(rows, ["date"], both) for rows in (partner, listed)))


def _net(file: str, tables: Mapping[str, pd.DataFrame]) -> list[Check]:
    """净成交金额 = 成交金额 − 1小时退款金额, of every session."""
    needed = ["gmv_cny", "refund_1h_cny", "net_gmv_cny"]
    rows = tables.get("sessions", pd.DataFrame())
    rows = rows.dropna(subset=needed) if set(needed) <= set(rows) else rows[:0]
    if rows.empty:
        return []
    sides = {"left": rows["net_gmv_cny"], "right": rows["gmv_cny"] - rows["refund_1h_cny"]}
    groups = pd.DataFrame({"date": rows["started_at"], **sides, "slack": 3 * HALF_CENT + ATOM})
    return [check(Sides("net_gmv", "net_gmv_cny", groups), file)]


def own_live(sessions: pd.DataFrame, daily: pd.DataFrame) -> list[Check]:
    """Per session file: what own rooms sold against 自营 直播 over the days both files cover."""
    if sessions.empty or daily.empty:
        return []
    live = daily[(daily["party"] == "self") & (daily["carrier"] == "live") & (daily["slot"] == "all")]
    sold = live.groupby("date")["paid_amount_cny"].sum(min_count=1)
    own = sessions[sessions["party"] == "self"]
    rooms = own.groupby(["_file", own["started_at"].dt.normalize()])["paid_amount_cny"].sum(min_count=1)
    files: list[str] = rooms.index.unique("_file").tolist()
    return [check for file in files if (check := _own_live(file, rooms.loc[file], sold))]


def _own_live(file: str, rooms: pd.Series, sold: pd.Series) -> Check | None:
    days = sold.loc[rooms.index.min() : rooms.index.max()].dropna()
    if days.empty:
        return None
    left = rooms.reindex(days.index).fillna(0.0)  # a day without a session sold nothing in a room
    slack = OWN_LIVE_TOLERANCE * days.abs()
    groups = pd.DataFrame({"left": left, "right": days, "slack": slack}).rename_axis("date").reset_index()
    apart = abs(groups["left"].sum() - groups["right"].sum())
    holds = bool(apart <= OWN_LIVE_TOLERANCE * abs(groups["right"].sum()))
    return check(Sides("own_live", "paid_amount_cny", groups), file, holds)


def breaks(checks: Iterable[Check]) -> list[Problem]:
    """A warning for each pair of figures that should agree and does not."""
    broken = [check for check in checks if not check.holds]
    return [Problem(c.code, "warning", c.file, _sheet(c.values.get("party", "")), values=_figures(c)) for c in broken]


def _sheet(party: str) -> str:
    """The sheet of 成交分析 that has a party's sales."""
    sheets = exports().reports["trade_analysis"].sheets
    return next((sheet.name for sheet in sheets if sheet.constants.get("party") == party), "")


def _figures(check: Check) -> dict[str, str]:
    sides = {"left": check.left, "right": check.right}
    return {
        **check.values,
        **{side: spelled(figure, check.values["metric"]) for side, figure in sides.items()},
    }


def days_missing(daily: pd.DataFrame, period: Period) -> list[Problem]:
    """Days without sales data: gaps between the first and the last, and days of the period beyond them."""
    if daily.empty:
        return []
    days = pd.DatetimeIndex(daily["date"].unique())
    gaps = pd.date_range(days.min(), days.max()).difference(days)
    wanted = pd.date_range(period.start, period.end)
    outside = wanted[(wanted < days.min()) | (wanted > days.max())]
    span = {"first": f"{days.min():%Y-%m-%d}", "last": f"{days.max():%Y-%m-%d}"}
    found = [("days_missing", gaps), ("period_not_covered", outside)]
    return [
        Problem(code, "warning", values={**span, "days": _listed(lost)}, count=len(lost))
        for code, lost in found
        if len(lost)
    ]


def _listed(days: pd.DatetimeIndex) -> str:
    named = ", ".join(f"{day:%Y-%m-%d}" for day in days[:5])
    return f"{named} …" if len(days) > 5 else named
