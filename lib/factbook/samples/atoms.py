"""The smallest rows of the trade analysis: one day, party, carrier and account, in cents and counts.

Every sheet is a sum of these, so that what the platform says must add up does, to the cent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.samples import calendar
from factbook.samples.draw import mirrored, noise, split, stream
from factbook.samples.spec import Carrier, Shop

KEYS = ["date", "party", "carrier", "account", "douyin_id"]
BUCKET = "更多账号"
SHARED = (
    "paid", "coupon", "platform", "creator_subsidy", "orders", "items", "buyers", "imp_users", "imps",
    "click_users", "clicks", "refund", "refund_orders", "refund_1h", "refund_1h_orders", "commission",
    "ad_bound", "ad_promoted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Component:
    """Sales outside the recorded sessions: a field's share that runs through one carrier of one party."""

    field: str
    party: str
    carrier: str
    share: float  # of the field's total
    accounts: Mapping[str, tuple[str, float]]  # name -> (douyin id, share)
    trade: Carrier
    before_only: bool = False
    commission: float = 0.0


CHANNELS = {
    "购物车": ("-", 0.16), "搜索": ("-", 0.34), "猜你喜欢": ("-", 0.30), "直播间溢出": ("-", 0.14),
    "短视频溢出": ("-", 0.06),
}  # fmt: skip
_BUCKET = {BUCKET: ("-", 1.0)}


def components(shop: Shop) -> tuple[Component, ...]:
    """What a shop sells beside its recorded sessions."""
    own = {account.name: (account.douyin_id, account.video_share) for account in shop.accounts}
    video, shelf, other = shop.carriers["video"], shop.carriers["product_card"], shop.carriers["other"]
    room = shop.partner_room
    live = Carrier(room.order_cny, 0.04, 0.08, shop.alliance_refund())
    rate = float(np.mean([label.commission for label in shop.labels]))
    return (
        Component("V", "self", "video", 0.96, own, video),
        Component("V", "self", "article", 0.04, own, video),
        Component("S", "self", "product_card", 0.9, CHANNELS, shelf),
        Component("S", "partner", "product_card", 0.1, _BUCKET, shelf),
        Component("U", "self", "other", 1.0, {"其他渠道": ("-", 1.0)}, other),
        Component("A", "partner", "video", shop.partner_video * 0.95, _BUCKET, video, commission=rate),
        Component("A", "partner", "article", shop.partner_video * 0.05, _BUCKET, video, commission=rate),
        Component("A", "partner", "live", 1 - shop.partner_video, _BUCKET, live, before_only=True, commission=rate),
    )


def build(shop: Shop, days: pd.DataFrame, sessions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """All atoms of a sample, KEYS and SHARED first, then what `complete` adds."""
    live = sessions.assign(carrier="live").groupby(KEYS, as_index=False, sort=True)[list(SHARED)].sum()
    recorded = set(sessions.loc[(sessions["party"] == "partner") & (sessions["label"] != "star"), "date"])
    parts = [_component(shop, part, days, recorded, seed) for part in components(shop)]
    atoms = pd.concat([live, *parts], ignore_index=True)
    atoms = atoms[(atoms["paid"] > 0) | (atoms["ad_bound"] > 0)]
    return atoms.sort_values(KEYS, ignore_index=True)


def _component(shop: Shop, part: Component, days: pd.DataFrame, recorded: set[pd.Timestamp], seed: int) -> pd.DataFrame:
    rng = stream(seed, shop.id, part.field, part.party, part.carrier)
    rows = days[["date", "in_period"]].copy()
    wave = mirrored(rng, 0.10, len(rows)) if part.field == "A" else noise(rng, 0.07, len(rows))
    rows["weight"] = np.where(rows["in_period"] & (part.field == "A"), 1.0, days["weight"]) * wave
    sums, group = calendar.totals(shop, part.field, shop.field_cents(part.field) * part.share, rows)
    rows["paid"] = split(sums, rows["weight"], group)
    if part.before_only:
        rows = rows[~rows["in_period"] & ~rows["date"].isin(recorded)].reset_index(drop=True)
    return _figures(_by_account(rows, part, rng), part, shop, rng)


def _by_account(rows: pd.DataFrame, part: Component, rng: np.random.Generator) -> pd.DataFrame:
    names, count = list(part.accounts), len(rows)
    frame = rows.loc[rows.index.repeat(len(names)), ["date"]].reset_index(drop=True)
    frame["account"] = names * count
    frame["douyin_id"] = [part.accounts[name][0] for name in names] * count
    weight = np.tile([part.accounts[name][1] for name in names], count) * noise(rng, 0.08, len(frame))
    frame["paid"] = split(rows["paid"], weight, np.repeat(np.arange(count), len(names)))
    return frame.assign(party=part.party, carrier=part.carrier)


def _scatter(base: pd.Series, sigma: float, rng: np.random.Generator) -> pd.Series:
    return pd.Series(np.rint(base * noise(rng, sigma, len(base))).astype("int64"), index=base.index)


def _figures(frame: pd.DataFrame, part: Component, shop: Shop, rng: np.random.Generator) -> pd.DataFrame:
    """Orders, people and refunds that go with a paid amount."""
    trade, paid = part.trade, frame["paid"]
    sold = (paid > 0).astype("int64")
    frame["orders"] = _scatter(paid / 100 / trade.order_cny, 0.05, rng).clip(lower=sold)
    frame["items"] = _scatter(frame["orders"] * shop.room.items_per_order, 0.03, rng).clip(lower=frame["orders"])
    frame["buyers"] = _scatter(frame["orders"] * 0.97, 0.01, rng).clip(lower=sold, upper=frame["orders"])
    frame["clicks"] = _scatter(frame["orders"] / trade.pay, 0.08, rng)
    frame["click_users"] = _scatter(frame["clicks"] / 1.3, 0.03, rng).clip(upper=frame["clicks"])
    frame["imps"] = _scatter(frame["clicks"] / trade.click, 0.08, rng)
    frame["imp_users"] = _scatter(frame["imps"] / 2.8, 0.03, rng).clip(upper=frame["imps"])
    frame["refund"] = _scatter(paid * trade.refund, 0.06, rng).clip(upper=paid)
    frame["refund_orders"] = _scatter(frame["orders"] * trade.refund, 0.06, rng).clip(upper=frame["orders"])
    frame["refund_1h"] = _scatter(frame["refund"] * 0.2, 0.1, rng).clip(upper=frame["refund"])
    frame["refund_1h_orders"] = _scatter(frame["refund_orders"] * 0.2, 0.05, rng)
    frame["coupon"], frame["platform"] = _scatter(paid * 0.012, 0.1, rng), _scatter(paid * 0.008, 0.1, rng)
    frame["creator_subsidy"] = _scatter(paid * 0.006, 0.1, rng) if part.party == "partner" else 0
    frame["commission"] = _scatter((paid - frame["refund"]) * part.commission, 0.0, rng)
    frame["ad_bound"] = _scatter(paid * 0.03, 0.1, rng) if part.carrier == "video" and part.party == "self" else 0
    frame["ad_promoted"] = _scatter(frame["ad_bound"] * 1.02, 0.01, rng) if part.party == "self" else 0
    return frame
