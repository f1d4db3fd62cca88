"""An ERP's orders with a buyer id, so that who came back can be seen: buyers of stars or creators, and of own rooms.

Written for shops whose story plants it. Of each kind the share that buys again within 60 days is planted exactly.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from factbook.records import Period
from factbook.samples import book, erp_creators, names
from factbook.samples.draw import Ints, stream
from factbook.samples.erp_cohorts import Cohort, first_orders
from factbook.samples.spelling import DASH
from factbook.samples.world import World

HEADERS = ("订单编号", "买家ID", "付款时间", "实付金额", "达人昵称")
FOLLOWED = 60  # days
_BUYERS, _RECENT = 1_000, 250  # buyers of each star session; of the last weeks, who cannot be followed for 60 days
_LATER = 0.02  # buy again, but after 60 days
_LONG_AGO = 130  # days; whoever comes back through a star after so long is in no repeat rate


def exports(world: World) -> Iterator[book.Export]:
    """One CSV in UTF-8; nothing where the story says of nobody whether they come back."""
    rates = _rates(world)
    cohorts = _cohorts(world, rates) if rates else erp_creators.cohorts(world)
    if not cohorts:
        return
    parts = [_orders(world, cohort, number) for number, cohort in enumerate(cohorts)]
    orders = pd.concat(parts, ignore_index=True).sort_values(["moment", "buyer"], ignore_index=True)
    rng = stream(world.seed, world.shop.id, "erp orders")
    cells = {
        "订单编号": names.long_ids(len(orders), rng, "5"),
        "买家ID": orders["buyer"].tolist(),
        "付款时间": [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in orders["moment"]],
        "实付金额": _amounts(world, len(orders), rng),
        "达人昵称": orders["account"].tolist(),
    }
    first, last = orders["moment"].min(), orders["moment"].max()
    yield book.Export(f"ERP订单_{first:%Y%m%d}_{last:%Y%m%d}.csv", {"": _with_known(world, cells)}, "utf-8-sig")


def _with_known(world: World, cells: book.Columns) -> book.Columns:
    """Own rooms' buyers of long ago who bought in the period's star sessions, put among the rest by time."""
    share, span = world.shop.truth.get("star_known_buyers"), world.shop.period
    star = world.sessions[(world.sessions["label"] == "star") & span.contains(world.sessions["date"])]
    table = pd.DataFrame(cells)
    new = int(table["达人昵称"].isin(set(star["account"])).to_numpy()[_inside(table, span)].sum())
    if share is None or not new:
        return cells
    rng = stream(world.seed, world.shop.id, "erp known buyers")
    wanted = float(str(share))
    first = first_orders(star, round(new * wanted / (1 - wanted)), rng)
    limit = pd.Timestamp(span.start) - pd.Timedelta(days=_LONG_AGO)
    own = {account.name for account in world.shop.accounts}
    old = table[table["达人昵称"].isin(own) & (pd.to_datetime(table["付款时间"]) < limit)]
    first = first.iloc[: old["买家ID"].nunique()]  # a short history knows fewer of them
    known = {
        "订单编号": names.long_ids(len(first), rng, "5"),
        "买家ID": rng.choice(old["买家ID"].drop_duplicates().to_numpy(), len(first), replace=False).tolist(),
        "付款时间": [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in first["moment"]],
        "实付金额": _amounts(world, len(first), rng),
        "达人昵称": first["account"].tolist(),
    }
    both = pd.concat([table, pd.DataFrame(known)]).sort_values("付款时间", kind="stable")
    return {header: both[header].tolist() for header in HEADERS}


def _inside(table: pd.DataFrame, span: Period) -> np.ndarray:
    return np.asarray(span.contains(pd.to_datetime(table["付款时间"]).dt.normalize()))


def _rates(world: World) -> tuple[float, float] | None:
    planted = world.shop.truth
    star, own = planted.get("repeat_60d_star"), planted.get("repeat_60d_own")
    return (float(str(star)), float(str(own))) if star is not None and own is not None else None


def _cohorts(world: World, rates: tuple[float, float]) -> list[Cohort]:
    """Buyers of earlier star sessions, as many of own rooms, and recent ones of both without a full follow-up."""
    rows = world.sessions[world.sessions["paid"] > 0]
    limit, late = (pd.Timestamp(world.shop.period.end) - pd.Timedelta(days=FOLLOWED + more) for more in (1, -5))
    star, own = rows[rows["label"] == "star"], rows[rows["party"] == "self"]
    old = star[star["date"] <= limit]
    many = max(len(old), 1) * _BUYERS
    groups = (
        (old, many, rates[0]),
        (own[own["date"] <= limit], many, rates[1]),
        (star[star["date"] > late], _RECENT, rates[0]),
        (own[own["date"] > late], _RECENT, rates[1]),
    )
    rng = stream(world.seed, world.shop.id, "erp buyers")
    return [Cohort(first_orders(sessions, count, rng), again) for sessions, count, again in groups if len(sessions)]


def _orders(world: World, cohort: Cohort, number: int) -> pd.DataFrame:
    """First orders, then the orders of those who came back; nothing after the last day of the period."""
    rng = stream(world.seed, world.shop.id, "erp", str(number))
    first = cohort.first.reset_index(drop=True)
    first["buyer"] = [f"B{number}{n:09d}" for n in rng.permutation(10 * len(first))[: len(first)] + 10_000_000]
    order = rng.permutation(len(first))
    back, later = round(len(first) * cohort.again), round(len(first) * _LATER)
    soon = _return(first.iloc[order[:back]], rng.integers(5, FOLLOWED - 1, back), rng)
    loyal = round(back * cohort.same_room)
    soon.loc[soon.index[:loyal], "account"] = first["account"].to_numpy()[order[:loyal]]
    late = _return(first.iloc[order[back : back + later]], rng.integers(FOLLOWED + 2, 150, later), rng)
    end = pd.Timestamp(world.shop.period.end) + pd.Timedelta(hours=23, minutes=59)
    frame = pd.concat([first, soon, late], ignore_index=True)
    return frame[frame["moment"] <= end]


def _return(buyers: pd.DataFrame, days: Ints, rng: np.random.Generator) -> pd.DataFrame:
    """A second order without a creator: most come back through the shop itself."""
    wait = pd.to_timedelta(days, unit="D") + pd.to_timedelta(rng.integers(0, 7200, len(buyers)), unit="s")
    return buyers.assign(moment=buyers["moment"] + wait, account=DASH)


def _amounts(world: World, count: int, rng: np.random.Generator) -> list[str]:
    price = np.asarray([product.price_cny for product in world.shop.products], dtype=float)
    share = np.asarray([product.share for product in world.shop.products]) / price
    drawn = rng.choice(len(price), count, p=share / share.sum())
    return [f"{price[n] * 0.97:.2f}" for n in drawn]
