"""The shop's own videos of the period: their sales add up to what 成交分析 says of own video."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.samples import chosen, names, tables
from factbook.samples.draw import Floats, noise, split, spread, stream
from factbook.samples.world import World

COUNT = 28
_OLDER = 24  # days before the period, for a video goes on being watched
LEADING = 5  # videos the page of a session lists
_SUMS = ("paid", "orders", "buyers", "refund", "refund_orders", "imps", "clicks", "ad_bound")
_TITLES = "怎么挑才不踩雷 一次讲明白 工厂里是怎么做的 用了一个月再说 三个细节 今晚直播间见 粉丝问得最多的".split()


def own(world: World) -> pd.DataFrame:
    """One row a video, newest first; money in cents."""
    rng = stream(world.seed, world.shop.id, "videos")
    atoms = world.current
    sums = atoms[(atoms["party"] == "self") & (atoms["carrier"] == "video")].groupby("account")[list(_SUMS)].sum()
    accounts = [account for account in world.shop.accounts if account.name in sums.index]
    who = np.arange(COUNT) % len(accounts)
    weight = noise(rng, 0.9, COUNT)
    totals = sums.loc[[account.name for account in accounts]]
    frame = pd.DataFrame({name: split(totals[name], weight * noise(rng, 0.1, COUNT), who) for name in _SUMS})
    frame["account"] = [accounts[n].name for n in who]
    frame["douyin_id"] = [accounts[n].douyin_id for n in who]
    return _told(world, _played(_led(world, _possible(frame), weight), rng), rng)


def _possible(frame: pd.DataFrame) -> pd.DataFrame:
    """What cannot be: more buyers than orders, more refunds than sales."""
    for less, more in (("buyers", "orders"), ("refund_orders", "orders"), ("refund", "paid"), ("clicks", "imps")):
        frame[less] = frame[[less, more]].min(axis=1)
    return frame


def _led(world: World, frame: pd.DataFrame, weight: Floats) -> pd.DataFrame:
    """Views and sales they led into the rooms: the channel 短视频引流 of all sessions of the period."""
    rooms = chosen.own(world)
    share = next(channel.share for channel in chosen.CHANNELS if channel.name == chosen.VIDEO)
    free = share * (1 - chosen.PAID_SALES)
    frame["led"] = spread(rooms["natural_views"].sum() * share, weight)
    frame["led_paid"] = spread(rooms["paid"].sum() * free, weight)
    frame["led_orders"] = spread(rooms["orders"].sum() * free, weight)
    frame["entry_imps"] = frame["led"] * 23 + 11
    return frame


def _played(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Plays and what follows from them; searches, the shop page and other places after watching."""
    count = len(frame)
    frame["plays"] = np.rint((frame["imps"] * 5.5 + frame["entry_imps"]) * noise(rng, 0.1, count)).astype("int64")
    for name, rate in (("likes", 0.021), ("comments", 0.0022), ("saves", 0.0031), ("shares", 0.0016), ("fans", 0.0009)):
        frame[name] = np.rint(frame["plays"] * rate * noise(rng, 0.2, count)).astype("int64")
    for name, share in (("search", 0.06), ("page", 0.03), ("elsewhere", 0.02)):
        for of in ("paid", "orders", "imps", "clicks"):
            frame[f"{name}_{of}"] = np.rint(frame[of] * share).astype("int64")
    frame["visits"] = frame["plays"] // 160
    frame["done"], frame["five"] = rng.uniform(0.06, 0.22, count), rng.uniform(0.34, 0.52, count)
    frame["cover"], frame["left_2s"] = rng.uniform(0.02, 0.09, count), rng.uniform(0.22, 0.41, count)
    return frame.assign(watch=np.round(rng.uniform(5.2, 14.0, count), 1))


def _told(world: World, frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Titles, ids, times; the newest first."""
    goods = world.shop.products
    number = np.arange(len(frame)) % len(goods)
    titles = rng.permutation(np.resize(_TITLES, len(frame)))
    frame["title"] = [f"{goods[n].name}，{said} #{n + 1}" for n, said in zip(number, titles, strict=True)]
    frame["product_id"] = np.asarray(tables.product_ids(world), dtype=object)[number]
    frame["video_id"] = names.long_ids(len(frame), stream(world.seed, world.shop.id, "video ids"))
    frame["link"] = [f"https://example.invalid/video/{video}" for video in frame["video_id"]]
    days = rng.integers(-_OLDER, world.shop.period.days, len(frame)) * 86_400 + rng.integers(10, 22, len(frame)) * 3600
    frame["published"] = pd.Timestamp(world.shop.period.start) + pd.to_timedelta(days + 127, unit="s")
    frame["promoted"] = np.where(frame["ad_bound"] > 0, "是", "否")
    newest: pd.DataFrame = frame.sort_values(["published", "video_id"], ascending=False, ignore_index=True)
    return newest


def leading(world: World, session: pd.Series, channels: pd.DataFrame) -> pd.DataFrame:
    """The videos that led most viewers into one session: together what its channel 短视频引流 brought."""
    known = own(world)
    frame: pd.DataFrame = known[known["published"] < session["start"]].nlargest(LEADING, "led").reset_index(drop=True)
    came = channels[channels["channel"] == chosen.VIDEO].iloc[0]
    share = came["gmv"] / session["gmv"]
    for name, whole in (
        ("led", came["views"]), ("led_paid", session["paid"] * share), ("led_orders", session["orders"] * share)
    ):  # fmt: skip
        frame[name] = spread(whole, frame["plays"]) if len(frame) else 0
    frame["entry_imps"] = frame["led"] * 23 + 11
    return frame
