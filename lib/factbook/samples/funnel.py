"""From what a room sold to all its figures: totals by group, spread over the sessions of the group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.samples.draw import Floats, noise, split
from factbook.samples.spec import Room

HOUR_REFUND = 0.21  # of all refunds, those within an hour


@dataclass(frozen=True, slots=True)
class Spread:
    """How one figure scatters: which weight it follows (views, money or between), and by how much."""

    column: str
    follows: str
    sigma: float


SPREADS = (
    Spread("paid", "money", 0.0), Spread("orders", "money", 0.06), Spread("items", "money", 0.05),
    Spread("buyers", "money", 0.04), Spread("refund", "money", 0.10), Spread("refund_orders", "money", 0.10),
    Spread("coupon", "money", 0.08), Spread("platform", "money", 0.08), Spread("creator_subsidy", "money", 0.08),
    Spread("click_users", "between", 0.06), Spread("clicks", "between", 0.06),
    Spread("imp_users", "views", 0.05), Spread("imps", "views", 0.06),
    Spread("views", "views", 0.0), Spread("viewers", "views", 0.03),
    Spread("room_users", "views", 0.08), Spread("room_imps", "views", 0.08),
    Spread("ad_bound", "views", 0.12), Spread("comments", "views", 0.15), Spread("new_followers", "views", 0.14),
    Spread("unfollows", "views", 0.2), Spread("club", "views", 0.2), Spread("shop_club", "views", 0.25),
    Spread("incentive", "views", 0.3),
)  # fmt: skip


def room_totals(room: Room, views: Floats, paid: Floats) -> pd.DataFrame:
    """Group totals of an own room from its views and its paid amount in cents; floats."""
    viewers = views / room.views_per_viewer
    buyers = paid / 100 / room.order_cny * 0.97
    frame = pd.DataFrame({"paid": paid, "views": views, "viewers": viewers, "buyers": buyers})
    frame["imp_users"] = viewers * room.shown
    frame["imps"] = frame["imp_users"] * room.imps_per_user
    frame["click_users"] = buyers / room.pay
    return _rest(frame, room, order_cny=np.full(len(frame), room.order_cny), refund=np.full(len(frame), room.refund))


def creator_totals(room: Room, creators: pd.DataFrame, paid: Floats, listed: Floats) -> pd.DataFrame:
    """Group totals of creators' rooms; `creators` row by row with pay, exposures, order_cny, refund."""
    buyers = paid / 100 / creators["order_cny"].to_numpy() * 0.97
    frame = pd.DataFrame({"paid": paid, "buyers": buyers, "imps": creators["exposures"].to_numpy() * listed})
    frame["click_users"] = buyers / creators["pay"].to_numpy()
    frame["imp_users"] = np.maximum(frame["imps"] / room.imps_per_user, frame["click_users"] * 1.6)
    frame["viewers"] = frame["imp_users"] / room.shown
    frame["views"] = frame["viewers"] * room.views_per_viewer
    return _rest(frame, room, creators["order_cny"].to_numpy(), creators["refund"].to_numpy())


def _rest(frame: pd.DataFrame, room: Room, order_cny: Floats, refund: Floats) -> pd.DataFrame:
    """The figures that follow from paid, viewers, views and buyers, whoever is live."""
    paid, viewers, views = frame["paid"], frame["viewers"], frame["views"]
    frame["orders"] = paid / 100 / order_cny
    frame["items"] = frame["orders"] * room.items_per_order
    frame["clicks"] = frame["click_users"] * room.clicks_per_user
    frame["room_users"] = viewers / room.entry
    frame["room_imps"] = frame["room_users"] * 1.32
    frame["refund"], frame["refund_orders"] = paid * refund, frame["orders"] * refund
    frame["coupon"], frame["platform"] = paid * room.coupon, paid * room.platform
    frame["creator_subsidy"] = paid * room.creator
    frame["ad_bound"] = paid / room.roi if room.roi else 0.0
    frame["comments"], frame["club"] = views * room.comment, viewers * room.club
    frame["new_followers"] = viewers * room.follow
    frame["unfollows"] = frame["new_followers"] * room.unfollow
    frame["shop_club"], frame["incentive"] = viewers * room.club * 0.4, views * 0.02
    return frame


def fill(plan: pd.DataFrame, totals: pd.DataFrame, room: Room, rng: np.random.Generator) -> pd.DataFrame:
    """The sessions of a plan (group, minutes, w_views, w_money …) with every figure, adding up to `totals`."""
    whole = totals.round().astype("int64")
    weight = {"views": plan["w_views"].to_numpy(), "money": plan["w_money"].to_numpy()}
    weight["between"] = np.sqrt(weight["views"] * weight["money"])
    done = {
        s.column: split(whole[s.column], weight[s.follows] * noise(rng, s.sigma, len(plan)), plan["group"])
        for s in SPREADS
    }
    return _bound(pd.concat([plan.reset_index(drop=True), pd.DataFrame(done)], axis=1), room, rng)


def _bound(rows: pd.DataFrame, room: Room, rng: np.random.Generator) -> pd.DataFrame:
    """What cannot be: an order without a buyer, more buyers than orders, a refund above the sale."""
    sold = rows["paid"] > 0
    rows["orders"] = rows["orders"].clip(lower=sold.astype("int64"))
    rows["items"] = rows[["items", "orders"]].max(axis=1)
    rows["buyers"] = rows[["buyers", "orders"]].min(axis=1).clip(lower=sold.astype("int64"))
    rows["refund"] = rows[["refund", "paid"]].min(axis=1)
    rows["refund_orders"] = rows[["refund_orders", "orders"]].min(axis=1)
    rows["viewers"] = rows[["viewers", "views"]].min(axis=1)
    rows["imp_users"] = rows[["imp_users", "viewers"]].min(axis=1)
    rows["imps"] = rows[["imps", "imp_users"]].max(axis=1)
    rows["click_users"] = rows[["click_users", "imp_users"]].min(axis=1)
    rows["clicks"] = rows[["clicks", "click_users"]].max(axis=1)
    return _printed(rows, room, rng)


def _printed(rows: pd.DataFrame, room: Room, rng: np.random.Generator) -> pd.DataFrame:
    """Figures that are means or follow from others: watch time, people online, first-hour refunds, commission."""
    count = len(rows)
    rows["watch"] = np.round(room.watch * noise(rng, 0.10, count), 2)
    rows["online"] = np.rint(rows["views"] * rows["watch"] / rows["minutes"]).astype("int64")
    rows["peak"] = np.rint(rows["online"] * rng.uniform(1.9, 3.4, count)).astype("int64") + 1
    rows["old_fans"] = np.round(np.clip(room.old_fans * noise(rng, 0.12, count), 0, 1), 4)
    rows["gmv"] = rows[["paid", "coupon", "platform", "creator_subsidy"]].sum(axis=1)
    rows["refund_1h"] = np.rint(rows["refund"] * HOUR_REFUND * noise(rng, 0.1, count)).astype("int64")
    rows["refund_1h"] = rows[["refund_1h", "refund"]].min(axis=1)
    rows["refund_1h_orders"] = np.rint(rows["refund_orders"] * HOUR_REFUND).astype("int64")
    rows["net_gmv"] = rows["gmv"] - rows["refund_1h"]
    # The estimate of the platform leaves out what has been refunded by the day of the export.
    rows["commission"] = np.rint((rows["paid"] - rows["refund"]) * rows["commission_rate"]).astype("int64")
    rows["ad_promoted"] = np.rint(rows["ad_bound"] * 1.02).astype("int64")
    return rows
