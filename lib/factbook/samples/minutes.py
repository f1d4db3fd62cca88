"""A session minute by minute: sums are the session's, people online come and go."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.samples.draw import Floats, Ints, noise, spread, stream
from factbook.samples.world import World

# What viewers do, by how many are in the room; and what buyers do, by when a product is on offer.
_SEEN = ("imp_users", "click_users", "comments", "new_followers", "club")
_SOLD = ("orders", "items", "buyers")


def series(world: World, session: pd.Series) -> pd.DataFrame:
    """One row a minute of an own session; money in cents."""
    rng = stream(world.seed, world.shop.id, "minutes", str(session["room_id"]))
    count = int(session["minutes"])
    online = _online(session, count, rng)
    rises = np.diff(online, prepend=0)
    entered = np.maximum(rises, 0) + _more(session, rises, online, rng)
    frame = pd.DataFrame({"online": online, "entered": entered, "left": entered - rises})
    for name in _SEEN:
        frame[name] = spread(session[name], (online + 1) * noise(rng, 0.3, count))
    frame["likes"] = spread(session["views"] * 3 + session["comments"], (online + 1) * noise(rng, 0.4, count))
    start = session["start"].floor("min")
    return _sales(session, frame, rng).assign(minute=pd.date_range(start, periods=count, freq="min"))


def _online(session: pd.Series, count: int, rng: np.random.Generator) -> Ints:
    """A curve that rises, sways and falls, with the session's peak and, for its mean, the session's average."""
    time = np.linspace(0, 1, count)
    sway = 0.25 * np.sin(time * np.pi * 5 + rng.uniform(0, 6))
    sway += np.convolve(rng.normal(0, 0.15, count), _WINDOW, "same")
    shape = np.clip(np.sin(np.pi * (0.06 + 0.86 * time)) + sway, 0.02, None)
    shape = shape / shape.max()
    wanted = min(session["online"] / session["peak"], 0.95)
    return np.asarray(np.rint(session["peak"] * shape ** _power(shape, wanted)), dtype=np.int64)


_WINDOW = np.ones(9) / 9


def _power(shape: Floats, wanted: float) -> float:
    """The exponent that gives a curve with maximum 1 the wanted mean."""
    low, high = 0.01, 60.0
    for _ in range(60):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if (shape**middle).mean() > wanted else (low, middle)
    return low


def _more(session: pd.Series, rises: Ints, online: Ints, rng: np.random.Generator) -> Ints:
    """Those who enter while others leave, so that entries add up to the session's views."""
    rest = max(int(session["views"]) - int(np.maximum(rises, 0).sum()), 0)
    return spread(rest, (online + 5) * noise(rng, 0.2, len(online)))


def _sales(session: pd.Series, frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Orders fall in bursts: most minutes of a small room sell nothing."""
    burst = rng.gamma(0.35, 1.0, len(frame)) * (frame["online"].to_numpy() + 1)
    for name in _SOLD:
        frame[name] = spread(session[name], burst)
    frame["buyers"] = frame[["buyers", "orders"]].min(axis=1)
    frame["gmv"] = spread(session["gmv"], frame["orders"] * noise(rng, 0.25, len(frame)))
    frame["ad"] = spread(session["ad_bound"], frame["entered"] + 1)
    return frame
