"""Creators over time: what is known after each session, since the last change, and the states that follow from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from factbook.measures.common import Array, column
from factbook.measures.creator_keys import match_creators
from factbook.methods.quadrant import rate_above
from factbook.methods.shrinkage import pooled_spread, probability_above

INTERVENTIONS = ("product_changed", "script_changed", "offer_added")
STATES = ("new", "trial", "core", "rising", "low", "recovered", "mismatch")


@dataclass(frozen=True, slots=True)
class Ruler:
    """What every session is held against: the prior, the correlation within sessions, the two lines, and the
    probability from which a state is given."""

    alpha: float
    beta: float
    correlation: float
    conversion: float
    exposure: float
    sure: float

    @property
    def strength(self) -> float:
        """The prior's weight, in people who clicked."""
        return self.alpha + self.beta


def interventions(actions: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Days on which a creator's product, script or offer was changed: `creator`, `day`, `action`, once each."""
    if actions.empty or rows.empty:
        return pd.DataFrame({"creator": [], "day": pd.Series(dtype="datetime64[ns]"), "action": []})
    changed = actions[actions["action"].isin(INTERVENTIONS) & actions["date"].notna()]
    found = pd.DataFrame(
        {"creator": match_creators(changed, rows), "day": changed["date"], "action": changed["action"]}
    )
    return found.dropna().drop_duplicates().sort_values(["creator", "day"], ignore_index=True)


def steps(rows: pd.DataFrame, changes: pd.DataFrame, ruler: Ruler) -> pd.DataFrame:
    """After each session, in order: what the sessions since the last change say of its creator.

    `segment` counts the creator's changes so far (0 before any); `high` and `seen` are the probabilities that
    conversion and exposure are above their lines, `n` the effective clicks behind the first, `converts` whether
    the first is sure, `verdict` is core, rising, low or empty. A session on the day of a change counts as after it.
    """
    order = rows.sort_values(["creator", "started_at"], kind="stable")
    made = order[["creator", "day"]].assign(segment=_segments(order, changes))
    group = [made["creator"], made["segment"]]
    made["sessions"] = made.groupby(group, sort=False).cumcount() + 1.0
    s, n = _effective(order, group, ruler.correlation)
    made["n"] = n
    made["high"] = rate_above(s, n, (ruler.alpha, ruler.beta), ruler.conversion)
    made["seen"] = _seen(order, group, ruler.exposure)
    converts = (made["high"] >= ruler.sure) & (made["n"] >= ruler.strength)
    return made.assign(verdict=_verdict(made, ruler), converts=converts)


def _segments(order: pd.DataFrame, changes: pd.DataFrame) -> Array:
    """How many changes a creator had had when a session began; changes of one day count once."""
    if changes.empty:
        return np.zeros(len(order))
    days = changes[["creator", "day"]].drop_duplicates()
    marks = days.assign(mark=days.groupby("creator").cumcount() + 1.0).sort_values("day")
    left = order[["creator", "day"]].assign(place=np.arange(len(order))).sort_values("day", kind="stable")
    left["day"], marks["day"] = left["day"].astype("datetime64[ns]"), marks["day"].astype("datetime64[ns]")
    met = pd.merge_asof(left, marks, on="day", by="creator")
    return met.sort_values("place")["mark"].fillna(0.0).to_numpy(float)


def _effective(order: pd.DataFrame, group: list[pd.Series], correlation: float) -> tuple[Array, Array]:
    """Buyers and clickers so far, deflated by how alike the people of one session are."""
    s, n = column(order, "buyers"), column(order, "product_click_users")
    known = s.notna() & n.notna()
    s, n = s.where(known, 0.0), n.where(known, 0.0)
    parts = pd.DataFrame({"s": s, "n": n, "spread": n * (1 + (n - 1).clip(lower=0) * correlation)})
    so_far = parts.groupby(group, sort=False).cumsum()
    shrink = (so_far["n"] / so_far["spread"].where(so_far["spread"] > 0)).fillna(1.0)
    return (so_far["s"] * shrink).to_numpy(float), (so_far["n"] * shrink).to_numpy(float)


def _seen(order: pd.DataFrame, group: list[pd.Series], line: float) -> Array:
    """Probability that impressions per product so far are above the line, from the pooled spread of sessions."""
    shown, listed = column(order, "product_impressions"), column(order, "products_listed")
    use = (shown > 0) & (listed > 0)
    if not use.any() or not line > 0:
        return np.full(len(order), np.nan)
    codes = pd.factorize(order.loc[use, "creator"])[0].astype(np.intp)
    noise = pooled_spread(np.log(shown[use] / listed[use]), codes)
    parts = pd.DataFrame({"shown": shown.where(use, 0.0), "listed": listed.where(use, 0.0), "count": use.astype(float)})
    so_far = parts.groupby(group, sort=False).cumsum()
    with np.errstate(divide="ignore", invalid="ignore"):
        centre, error = np.log(so_far["shown"] / so_far["listed"]), noise / np.sqrt(so_far["count"])
        return probability_above(centre, error, float(np.log(line)))


def _verdict(made: pd.DataFrame, ruler: Ruler) -> np.ndarray:
    high, seen = made["high"].to_numpy(float), made["seen"].to_numpy(float)
    chances = np.nan_to_num(np.vstack([high * seen, high * (1 - seen), 1 - high]))
    sure = (chances.max(axis=0) >= ruler.sure) & (made["n"] >= ruler.strength)
    return np.where(sure, np.array(["core", "rising", "low"], dtype=object)[chances.argmax(axis=0)], "")


def still_low(made: pd.DataFrame) -> set[str]:
    """Creators whose sessions since their last change are low, for sure."""
    last = made.drop_duplicates("creator", keep="last")
    return set(last.loc[(last["segment"] > 0) & (last["verdict"] == "low"), "creator"])


def transitions(made: pd.DataFrame) -> pd.DataFrame:
    """When each creator's state changed: `creator`, `before`, `state`, `day`, `chance`, `sessions`.

    trial from the first session on; core, rising or low as soon as that is sure; after a change recovered, for
    one who was low before it, and mismatch, for one who is low again.
    """
    first = made.drop_duplicates("creator").assign(state="trial", chance=np.nan, sessions=0.0)
    sure = made[(made["verdict"] != "") | made["converts"]]
    low = sure["verdict"] == "low"
    risen = sure["converts"] & _low_before(sure)
    place = np.where(sure["verdict"] == "core", sure["seen"], 1 - sure["seen"])
    chance = np.select([low, risen], [1 - sure["high"], sure["high"]], sure["high"] * place)
    state = np.select([low & (sure["segment"] > 0), risen], ["mismatch", "recovered"], sure["verdict"])
    sure = sure.assign(state=state, chance=chance)
    sure = sure[sure["state"] != ""]
    told = pd.concat([first, sure]).sort_values(["creator", "day"], kind="stable")
    told["before"] = told.groupby("creator")["state"].shift().fillna("")
    changed = told[told["state"] != told["before"]]
    return changed[["creator", "before", "state", "day", "chance", "sessions"]].reset_index(drop=True)


def _low_before(sure: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether the creator was low in an earlier segment than that of the row."""
    if sure.empty:
        return np.zeros(0, dtype=bool)
    first_low = sure["segment"].where(sure["verdict"] == "low").groupby(sure["creator"]).transform("min")
    return (sure["segment"] > first_low).to_numpy(bool)
