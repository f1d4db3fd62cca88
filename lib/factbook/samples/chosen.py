"""The own sessions a merchant looked into one by one, and what each of them splits into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.samples import names
from factbook.samples.draw import noise, split, stream
from factbook.samples.world import World

COUNT = 4
MOMENT = "%Y-%m-%d_%H-%M-%S"
VIDEO = "短视频引流"


@dataclass(frozen=True, slots=True)
class Channel:
    """Where viewers come from: free or paid, and its share of that kind."""

    name: str
    free: bool
    share: float
    stay: float  # how long they stay, against the room


CHANNELS = (
    Channel("推荐feed", True, 0.50, 0.9), Channel("直播广场", True, 0.12, 0.8), Channel("关注", True, 0.10, 2.2),
    Channel(VIDEO, True, 0.12, 1.1), Channel("搜索", True, 0.06, 1.6), Channel("抖音商城推荐", True, 0.06, 1.2),
    Channel("其他", True, 0.04, 0.9), Channel("千川全域推广", False, 0.86, 0.9),
    Channel("千川标准推广", False, 0.14, 1.0),
)  # fmt: skip
PAID_SALES = 0.52  # of a room's sales, what the platform credits to ads


def own(world: World) -> pd.DataFrame:
    """Own sessions of the period that sold something, oldest first, with people free and paid."""
    rows = world.sessions[world.shop.period.contains(world.sessions["date"])]
    rows = rows[(rows["party"] == "self") & (rows["paid"] > 0)]
    return parted(rows).sort_values(["start", "douyin_id"], ignore_index=True)


def parted(rows: pd.DataFrame) -> pd.DataFrame:
    """Sessions with natural_views as whole numbers and viewers parted in the same proportion."""
    natural = rows["natural_views"].astype("int64")
    free = np.rint(rows["viewers"] * natural / rows["views"].clip(lower=1)).astype("int64")
    return rows.assign(natural_views=natural, free_viewers=free, paid_viewers=rows["viewers"] - free)


def sessions(world: World) -> pd.DataFrame:
    """A handful of them over the period, the last among them; `room_id` names each."""
    rows = own(world)
    places = np.unique(np.linspace(0, len(rows) - 1, COUNT).astype(int))
    ids = names.long_ids(len(rows), stream(world.seed, world.shop.id, "room ids"))
    return rows.assign(room_id=ids).iloc[places].reset_index(drop=True)


def called(session: pd.Series, kind: str, suffix: str = "xlsx") -> str:
    """The name of a session's download: when it was taken, late on the day or after it, and whose session it was."""
    ended = session["start"] + timedelta(minutes=int(session["minutes"]) + 20)
    taken = max(session["date"] + timedelta(hours=23, minutes=40, seconds=44), ended)
    return f"直播间详情页_{kind}_{taken:{MOMENT}}({session['account']}_{session['start']:{MOMENT}}).{suffix}"


def channels(world: World, session: pd.Series) -> pd.DataFrame:
    """A session by channel; views, viewers, sales and ad cost add up to the session's."""
    rng = stream(world.seed, world.shop.id, "channels", str(session["room_id"]))
    free = np.asarray([channel.free for channel in CHANNELS])
    weight = np.asarray([channel.share for channel in CHANNELS]) * noise(rng, 0.05, len(CHANNELS))
    paid_gmv = round(session["gmv"] * PAID_SALES)
    parts = {
        "views": (session["natural_views"], session["views"] - session["natural_views"]),
        "viewers": (session["free_viewers"], session["paid_viewers"]),
        "gmv": (session["gmv"] - paid_gmv, paid_gmv),
        "ad": (0, session["ad_bound"]),
    }
    frame = pd.DataFrame({name: split(sums, weight, (~free).astype(int)) for name, sums in parts.items()})
    frame["channel"] = [channel.name for channel in CHANNELS]
    return frame.assign(free=free, stay=[channel.stay * session["watch"] for channel in CHANNELS])
