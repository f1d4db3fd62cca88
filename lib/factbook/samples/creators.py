"""The creators of the alliance: who they are, how they truly convert, and their sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from factbook.samples import calendar, names
from factbook.samples.draw import Ints, mirrored, noise, split, spread, stream
from factbook.samples.funnel import creator_totals, fill
from factbook.samples.spec import Label, Shop

_HOURS = np.asarray([9, 11, 14, 16, 19, 20, 21, 22])
_TRAITS = ["account", "douyin_id", "label", "commission_rate"]


def scaled(labels: Sequence[Label], count: int | None) -> tuple[Label, ...]:
    """The labels for another number of creators, in the same proportions (at least one each)."""
    if count is None:
        return tuple(labels)
    whole = sum(label.count for label in labels)
    return tuple(replace(label, count=max(1, round(label.count * count / whole))) for label in labels)


def roll(shop: Shop, seed: int) -> pd.DataFrame:
    """One row a creator: account, douyin_id, creator_id, label and true pay, exposures, weight, sessions."""
    rng = stream(seed, shop.id, "creators")
    frame = pd.concat([_cast(label, rng) for label in shop.labels], ignore_index=True)
    order = rng.permutation(len(frame))
    frame["account"] = np.asarray(names.creators(len(frame), rng), dtype=object)[order]
    frame["douyin_id"] = names.douyin_ids(len(frame), rng)
    frame["creator_id"] = names.long_ids(len(frame), rng, "6")
    return frame


def _cast(label: Label, rng: np.random.Generator) -> pd.DataFrame:
    count = label.count
    weight = np.clip(noise(rng, 0.45, count), 0.4, 2.2)
    frame = pd.DataFrame({"label": label.code, "weight": weight / weight.sum() * label.share}, index=range(count))
    # Evenly spaced, so that a label holds what its row says for every seed.
    frame["pay"] = label.pay * (1 + label.pay_spread * rng.permutation(np.linspace(-1, 1, count)))
    frame["exposures"] = label.exposures * (1 + label.exposure_spread * rng.permutation(np.linspace(-1, 1, count)))
    frame["sessions"] = np.maximum(1, np.rint(label.sessions * (weight / weight.mean()) ** 0.5)).astype(int)
    frame["order_cny"], frame["refund"], frame["commission_rate"] = label.order_cny, label.refund, label.commission
    return frame


def sessions(shop: Shop, days: pd.DataFrame, creators: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Creators' sessions in the period, and before it as far as the sample keeps them."""
    rng = stream(seed, shop.id, "creators' sessions")
    plan = _plan(creators, creators["sessions"].to_numpy(), _open_days(shop, days), rng)
    plan["w_money"] = _planted(shop, creators, plan) if shop.creators_first else _by_day(shop, creators, plan, rng)
    parts = [_filled(shop, creators, plan, rng)]
    earlier = days[~days["in_period"]].tail(shop.creator_history_weeks * 7)
    if shop.creator_history_weeks and len(earlier):
        parts.append(_filled(shop, creators, _before(creators, earlier, parts[0], rng), rng))
    rows = pd.concat(parts, ignore_index=True).assign(party="partner")
    return rows.sort_values(["start", "douyin_id"], ignore_index=True)


def _open_days(shop: Shop, days: pd.DataFrame) -> pd.DataFrame:
    closed = pd.Series(False, index=days.index)
    for block in calendar.blocks(shop, "A"):
        if block.share == 0:
            closed |= days["date"].between(pd.Timestamp(block.start), pd.Timestamp(block.end))
    return days[days["in_period"] & ~closed]


def _plan(creators: pd.DataFrame, counts: Ints, days: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Sessions dealt out over the days, so that none is skipped and no creator is live twice a day."""
    who = np.repeat(np.arange(len(creators)), np.minimum(counts, len(days)))
    turn = np.arange(len(who)) % len(days)
    # The first and the last day come first: a file begins and ends with a session.
    order = np.concatenate([[0, len(days) - 1], 1 + rng.permutation(len(days) - 2)])
    plan = pd.DataFrame({"who": who, "date": days["date"].to_numpy()[order[turn]]})
    count = len(plan)
    plan["minutes"] = rng.integers(85, 240, count)
    seconds = rng.choice(_HOURS, count) * 3600 + rng.integers(0, 3000, count)
    plan["start"] = plan["date"] + pd.to_timedelta(seconds, unit="s")
    plan["products"] = rng.integers(3, 7, count)
    plan["w_views"] = plan["products"] * noise(rng, 0.10, count)
    plan["size"] = plan["w_views"] * noise(rng, 0.18, count)
    return plan.join(creators[_TRAITS], on="who")


def _planted(shop: Shop, creators: pd.DataFrame, plan: pd.DataFrame) -> Ints:
    """Cents a session: a label's share of the alliance, then each creator's, then each session's."""
    live = shop.field_cents("A") * (1 - shop.partner_video)
    sums = spread(live, [label.share for label in shop.labels])
    within = plan["size"] / plan.groupby("who")["size"].transform("sum")
    codes = pd.Categorical(plan["label"], [label.code for label in shop.labels]).codes
    return split(sums, within * creators["weight"].to_numpy()[plan["who"]], codes)


def _by_day(shop: Shop, creators: pd.DataFrame, plan: pd.DataFrame, rng: np.random.Generator) -> Ints:
    """Cents a session: the day's total, then each session's by the size of its creator."""
    live = shop.field_cents("A") * (1 - shop.partner_video)
    dates = pd.DataFrame({"date": np.sort(plan["date"].unique())})
    dates["weight"] = mirrored(rng, 0.10, len(dates))
    sums, group = calendar.totals(shop, "A", live, dates)
    weight = creators["weight"].to_numpy()[plan["who"]] / creators["sessions"].to_numpy()[plan["who"]]
    return split(split(sums, dates["weight"], group), plan["size"] * weight, dates["date"].searchsorted(plan["date"]))


def _filled(shop: Shop, creators: pd.DataFrame, plan: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """`plan` with every figure: w_money holds each session's cents, the rest follows the creator's traits."""
    codes, who = pd.factorize(plan["who"], sort=True)
    plan = plan.assign(group=codes)
    sums = plan.groupby("group")[["w_money", "products"]].sum()
    paid, listed = sums["w_money"].to_numpy(dtype=float), sums["products"].to_numpy(dtype=float)
    totals = creator_totals(shop.partner_room, creators.iloc[who].reset_index(drop=True), paid, listed)
    return fill(plan, totals, shop.partner_room, rng)


def _before(
    creators: pd.DataFrame, days: pd.DataFrame, current: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Earlier sessions of the same creators at nearly the same level; half of the unknown are new in the period."""
    fresh = (creators["label"] == "unknown").to_numpy() & (np.arange(len(creators)) % 2 == 0)
    pace = creators["sessions"].to_numpy() / 30 * len(days) * 0.85
    plan = _plan(creators, np.where(fresh, 0, np.maximum(2, np.rint(pace))).astype(int), days, rng)
    usual = plan["who"].map(current.groupby("who")["paid"].mean()).to_numpy(dtype=float)
    total = current["paid"].sum() * len(days) / current["date"].nunique() * 0.97
    plan["w_money"] = spread(total, usual * noise(rng, 0.2, len(plan)))
    return plan
