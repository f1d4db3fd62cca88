"""The live rooms of a sample: own sessions by the roster, star sessions, creators' sessions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.samples import calendar
from factbook.samples.draw import Ints, noise, split, stream
from factbook.samples.funnel import creator_totals, fill, room_totals
from factbook.samples.spec import Shop, Slot


def own(shop: Shop, days: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Every session of the own accounts; paid amounts in cents, adding up to the field's total in the period."""
    rng = stream(seed, shop.id, "own rooms")
    plan = _roster(shop, days, rng)
    paid, group = calendar.totals(shop, "F", shop.field_cents("F"), _weighted(plan, "w_money"))
    views, _ = calendar.totals(shop, "F", shop.room.views * shop.period.days, _weighted(plan, "w_views"))
    plan["group"] = group
    plan["commission_rate"] = 0.0
    rows = fill(plan, room_totals(shop.room, views.astype(float), paid.astype(float)), shop.room, rng)
    return rows.assign(party="self", label="", natural_views=_natural(shop, rows, seed))


WEEK_TO_WEEK, SESSION_TO_SESSION = 0.35, 0.2  # how far the odds of a view being free wander, as log odds


def _natural(shop: Shop, rows: pd.DataFrame, seed: int) -> Ints:
    """Views that no ad brought: as many as planted in the period and before, unevenly over weeks and sessions.

    Where the leverage is planted week by week, each week keeps its own and only the sessions differ.
    """
    rng, views = stream(seed, shop.id, "natural views"), rows["views"].to_numpy(dtype=np.int64)
    weeks = calendar.weeks_back(shop, rows["date"]).to_numpy()
    by_week = len(shop.leverage) > 1
    leverage = np.take(shop.leverage, np.minimum(weeks, len(shop.leverage) - 1))
    wander = rng.normal(0, 0 if by_week else WEEK_TO_WEEK, int(weeks.max()) + 1)[weeks]
    odds = leverage * np.exp(wander + rng.normal(0, SESSION_TO_SESSION, len(rows)))
    part = np.unique(weeks if by_week else shop.period.contains(rows["date"]), return_inverse=True)[1]
    planted = np.rint(np.bincount(part, views * leverage / (1 + leverage))).astype(np.int64)
    return np.asarray(np.minimum(split(planted, views * odds / (1 + odds), part), views), dtype=np.int64)


def _weighted(plan: pd.DataFrame, column: str) -> pd.DataFrame:
    return plan.assign(weight=plan[column])


def _roster(shop: Shop, days: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    open_days = days[calendar.live_days(shop, days)]
    parts = [_slot(shop, slot, open_days, rng) for slot in shop.slots]
    plan = pd.concat([*parts, _tests(shop, open_days, rng)], ignore_index=True)
    return plan.sort_values(["start", "douyin_id"], ignore_index=True)


def _slot(shop: Shop, slot: Slot, days: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    count = len(days)
    seconds = slot.hour * 3600 + rng.integers(-900, 900, count)
    minutes = np.rint(slot.minutes * np.clip(noise(rng, 0.08, count), 0.75, 1.3)).astype(int)
    views = slot.views * minutes / 60 * days["weight"].to_numpy() * noise(rng, 0.10, count)
    plan = _plan(shop, slot.account, days, seconds, minutes)
    plan["products"] = np.rint(shop.room.products * noise(rng, 0.1, count)).astype(int)
    plan["w_views"], plan["w_money"] = views, views * slot.gpm * noise(rng, 0.14, count)
    return plan


def _tests(shop: Shop, days: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Now and then a room is opened for a few minutes to test the set; nothing is sold in it."""
    chosen = days.iloc[7::17]
    plan = _plan(shop, 0, chosen, 16.5 * 3600 + rng.integers(0, 1800, len(chosen)), rng.integers(4, 22, len(chosen)))
    plan["products"] = 2
    plan["w_views"], plan["w_money"] = 0.01, 0.0
    return plan


def _plan(shop: Shop, account: int, days: pd.DataFrame, seconds: np.ndarray, minutes: np.ndarray) -> pd.DataFrame:
    plan = pd.DataFrame({"date": days["date"].to_numpy(), "minutes": minutes})
    plan["start"] = plan["date"] + pd.to_timedelta(np.asarray(seconds, dtype="int64"), unit="s")
    plan["account"], plan["douyin_id"] = shop.accounts[account].name, shop.accounts[account].douyin_id
    return plan


def stars(shop: Shop, days: pd.DataFrame, seed: int) -> pd.DataFrame:
    """One session a deal, with the deal's own refunds and commission."""
    rng = stream(seed, shop.id, "stars")
    first = days["date"].iloc[0]
    deals = [deal for deal in shop.deals if pd.Timestamp(deal.day) >= first]
    if not deals:
        return pd.DataFrame()
    plan = pd.DataFrame({"date": [pd.Timestamp(deal.day) for deal in deals], "account": [d.creator for d in deals]})
    plan["douyin_id"], plan["minutes"] = (
        [d.douyin_id for d in deals],
        [315 if d.kind == "exclusive" else 240 for d in deals],
    )
    plan["start"] = plan["date"] + pd.to_timedelta(rng.integers(18 * 3600, 20 * 3600, len(deals)), unit="s")
    plan["products"] = [14 if deal.kind == "exclusive" else 3 for deal in deals]
    plan["commission_rate"], plan["group"] = [deal.commission for deal in deals], np.arange(len(deals))
    plan["w_views"] = plan["w_money"] = 1.0
    traits = pd.DataFrame({"pay": 0.11, "exposures": 60_000.0, "refund": [deal.refund for deal in deals]})
    traits["order_cny"] = shop.partner_room.order_cny
    paid = np.asarray([deal.paid_cny * 100.0 for deal in deals])
    totals = creator_totals(shop.partner_room, traits, paid, plan["products"].to_numpy(dtype=float))
    rows = fill(plan, totals, shop.partner_room, rng)
    return rows.assign(party="partner", label="star")
