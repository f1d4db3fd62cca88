"""How creators are won: approached → sampled → live → selling again, by the channel they came through."""

from __future__ import annotations

import pandas as pd

from factbook.knowledge.thumbs import line
from factbook.measures.common import NAN, Entry, Place, blanks, column, entries, source_of
from factbook.measures.creator_keys import match_creators
from factbook.measures.ground import Ground
from factbook.methods.quadrant import wilson

STEPS = ("approached", "sampled", "live", "again")
UNLISTED = "unlisted"  # nobody wrote down where the creator came from
FUNNEL = ("channel_creators", "channel_live_rate", "channel_again_rate")
IDLE = ("samples_idle", "samples_idle_cny")


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Creators by step and channel since the records begin, two rates that allow for time, and idle samples."""
    people = careers(ground)
    if people.empty:
        return [blanks((*FUNNEL, *IDLE), ground.no_sessions(ground.own, "no_partner_sessions"))]
    source = " + ".join(filter(None, (source_of(ground.case.table("creator_actions")), source_of(ground.creators))))
    ripe = pd.Timestamp(ground.case.period.end) - pd.Timedelta(days=line("sample_days"))
    return [_steps(people, source), _rates(people, ripe, source), _idle(people, ripe, source)]


def careers(ground: Ground) -> pd.DataFrame:
    """One row per creator (index): `channel`, the first day of each step (NaT: not reached), `sample_cost`."""
    rows = ground.creators
    end = pd.Timestamp(ground.case.period.end)
    rows = rows[rows["day"] <= end] if len(rows) else rows
    acts = actions(ground)
    if rows.empty and acts.empty:
        return pd.DataFrame()
    days = {step: _first(acts, action) for step, action in (("approached", "approached"), ("sampled", "samples_sent"))}
    days |= _sessions(rows)
    people = pd.DataFrame(days)
    channel = acts.dropna(subset="channel").groupby("who")["channel"].first() if len(acts) else pd.Series(dtype=object)
    cost = acts[acts["action"] == "samples_sent"].groupby("who")["cost"].sum() if len(acts) else pd.Series(dtype=float)
    people["channel"] = channel.reindex(people.index).astype(object).fillna(UNLISTED)
    return people.assign(sample_cost=cost.reindex(people.index), last_sample=_last_sample(acts))


def actions(ground: Ground) -> pd.DataFrame:
    """The form's rows up to the period's end, with `who`: the display name, or the name as it was written."""
    acts = ground.case.table("creator_actions")
    if acts.empty:
        return acts
    acts = acts[acts["date"].notna() & (acts["date"] <= pd.Timestamp(ground.case.period.end))]
    who = match_creators(acts, ground.creators) if len(ground.creators) else pd.Series(None, index=acts.index)
    channel = acts["channel"] if "channel" in acts else pd.Series(None, index=acts.index, dtype=object)
    named = who.astype(object).fillna(acts["creator"].astype(object))
    return acts.assign(who=named, channel=channel.astype(object), cost=column(acts, "cost_cny")).dropna(subset="who")


def _first(acts: pd.DataFrame, action: str) -> pd.Series:
    if acts.empty:
        return pd.Series(dtype="datetime64[ns]")
    return acts[acts["action"] == action].groupby("who")["date"].min()


def _last_sample(acts: pd.DataFrame) -> pd.Series:
    if acts.empty:
        return pd.Series(dtype="datetime64[ns]")
    return acts[acts["action"] == "samples_sent"].groupby("who")["date"].max()


def _sessions(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """First day on air, the day of the second session that sold, and the last day."""
    if rows.empty:
        return dict.fromkeys(("live", "again", "last"), pd.Series(dtype="datetime64[ns]"))
    order = rows.sort_values("started_at", kind="stable")
    sold = order[column(order, "paid_amount_cny") > 0]
    second = sold[sold.groupby("creator").cumcount() == 1].set_index("creator")["day"]
    days = order.groupby("creator")["day"]
    return {"live": days.min(), "again": second, "last": days.max()}


def _steps(people: pd.DataFrame, source: str) -> pd.DataFrame:
    """Creators who reached each step, all together and by channel; a step nobody recorded is not measured.

    Whoever was sampled or was live had been approached, so they count there where approaches are written down.
    """
    reached = people[list(STEPS)].notna()
    known = {"approached": bool(reached["approached"].any()), "sampled": bool(reached["sampled"].any())}
    reached["approached"] = reached.any(axis=1)
    found = []
    for key, rows in (((), reached), *(((str(c),), reached[people["channel"] == c]) for c in _channels(people))):
        by = ("channel", "step") if key else ("step",)
        for step in STEPS:
            at = Place(source, by, (*key, step))
            if known.get(step, True):
                found.append(Entry("channel_creators", float(rows[step].sum()), n=float(len(rows)), at=at))
            else:
                found.append(Entry("channel_creators", n=float(len(rows)), reason=f"not_recorded_{step}", at=at))
    return entries(found)


def _channels(people: pd.DataFrame) -> list[str]:
    """Channels that were written down, largest first; unlisted last, and only beside others."""
    counts = people["channel"].value_counts()
    listed = [str(name) for name in counts.index if name != UNLISTED]
    return [*listed, UNLISTED] if listed and UNLISTED in counts else listed


def _rates(people: pd.DataFrame, ripe: pd.Timestamp, source: str) -> pd.DataFrame:
    """Creators approached who went live, and live ones who sold again, among those with time enough to do so.

    Where no approach is written down, those sampled stand in their place, and the rate says so.
    """
    base, why = ("approached", "") if people["approached"].notna().any() else ("sampled", "rate_from_samples")
    early = people[["approached", "sampled", "live"]].min(axis=1) if base == "approached" else people["sampled"]
    begun, live = people[early <= ripe], people[people["live"] <= ripe]
    won = {
        "channel_live_rate": (
            begun,
            begun["live"].notna() if base == "approached" else begun["last"] >= begun["sampled"],
            why,
        ),
        "channel_again_rate": (live, live["again"].notna(), ""),
    }
    found: list[Entry] = []
    for id, (rows, reached, said) in won.items():
        found.append(_rate(id, reached, Place(source), said))
        for channel in _channels(people):
            found.append(_rate(id, reached[rows["channel"] == channel], Place(source, ("channel",), (channel,)), said))
    return entries(found)


def _rate(id: str, reached: pd.Series, at: Place, said: str) -> Entry:
    top, n = float(reached.sum()), float(len(reached))
    if n == 0:
        return Entry(id, n=0.0, reason="too_fresh" if id == "channel_again_rate" else "no_ripe_samples", at=at)
    low, high = wilson(top, n)
    return Entry(id, top / n, top, n, n, low, high, said, at)


def _idle(people: pd.DataFrame, ripe: pd.Timestamp, source: str) -> pd.DataFrame:
    """Creators whose last samples lie longer than they should without a session since, and what those cost."""
    if people["sampled"].isna().all():
        return blanks(IDLE, "no_samples")
    sent = people[people["last_sample"] <= ripe]
    idle = sent[~(sent["last"] >= sent["last_sample"])]
    n, cost, at = float(len(sent)), idle["sample_cost"], Place(source)
    paid = float(cost.sum()) if len(idle) else 0.0
    return entries(
        [
            Entry("samples_idle", float(len(idle)), n=n, at=at),
            Entry("samples_idle_cny", paid if cost.notna().any() or idle.empty else NAN, n=n, at=at),
        ]
    )
