"""The story of each creator: states and the day each began, who stands where week by week, and what a change led to."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures import labels
from factbook.measures.common import Entry, Place, blanks, entries, records, source_of
from factbook.measures.creator_keys import match_creators
from factbook.measures.days import current, iso, whole_weeks
from factbook.measures.ground import Ground
from factbook.measures.journeys import INTERVENTIONS, STATES, interventions, transitions
from factbook.methods.quadrant import wilson

IDS = ("creator_story", "creators_by_state", "story_moves", "creator_recovery_rate")


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Dated states of every creator, counts by state at each week's end, the period's moves, and recoveries."""
    rows = current(ground.case, ground.creators)
    if rows.empty:
        return [blanks(IDS, ground.no_sessions(ground.own, "no_partner_sessions"))]
    try:
        verdicts = labels.judge(ground, rows)
    except Refused as refused:
        return [blanks(IDS, refused.reason)]
    story = with_new(ground, transitions(verdicts.steps))
    source = source_of(rows)
    changed = interventions(ground.case.table("creator_actions"), ground.creators)
    return [
        _dated(story, source),
        _standing(ground, story, source),
        _moves(ground, story, source),
        _recoveries(story, changed, source),
    ]


def with_new(ground: Ground, story: pd.DataFrame) -> pd.DataFrame:
    """The states with `new` before them: creators of the form's action sheet until their first session."""
    actions = ground.case.table("creator_actions")
    end = pd.Timestamp(ground.case.period.end)
    actions = actions[actions["date"].notna() & (actions["date"] <= end)] if len(actions) else actions
    if actions.empty:
        return story
    names = match_creators(actions, ground.creators).fillna(actions["creator"]).rename("creator")
    first = actions["date"].groupby(names).min()
    began = story.groupby("creator")["day"].min()
    early = first[~(began.reindex(first.index) <= first)]
    new = pd.DataFrame({"creator": early.index, "day": early.to_numpy(), "state": "new", "before": ""})
    told = pd.concat([new.assign(chance=np.nan, sessions=0.0), story]).sort_values(["creator", "day"], kind="stable")
    told["before"] = told.groupby("creator")["state"].shift().fillna("")
    return told.reset_index(drop=True)


def _dated(story: pd.DataFrame, source: str) -> pd.DataFrame:
    """One row per creator and state begun; the value is the probability it was reached with (1 for new and trial)."""
    by, days = ("creator", "state", "date"), iso(story["day"])
    made = records(story.assign(date=days, chance=story["chance"].fillna(1.0)).drop_duplicates(list(by)))
    return entries(
        Entry("creator_story", row["chance"], n=row["sessions"], at=Place(source, by, tuple(str(row[k]) for k in by)))
        for row in made
    )


def _standing(ground: Ground, story: pd.DataFrame, source: str) -> pd.DataFrame:
    """Creators by state at the period's end, and at the end of every whole week with creators in it."""
    end = pd.Timestamp(ground.case.period.end)
    first = story.loc[story["state"] != "new", "day"].min()
    mondays = sorted(pd.Timestamp(week) for week in whole_weeks(ground.live_days))
    found = [_counted(story, end, Place(source))]
    for monday in (day for day in mondays if first <= day + pd.Timedelta(days=6) <= end):
        at = Place(source, ("week",), (monday.date().isoformat(),), "history")
        found.append(_counted(story, monday + pd.Timedelta(days=6), at))
    return pd.concat(found, ignore_index=True)


def _counted(story: pd.DataFrame, day: pd.Timestamp, at: Place) -> pd.DataFrame:
    """Creators by the state they were in on a day; a state nobody is in is a true zero."""
    last = story[story["day"] <= day].drop_duplicates("creator", keep="last")
    counts = last["state"].value_counts().reindex(STATES, fill_value=0)
    by = (*at.by, "state")
    return entries(
        Entry(
            "creators_by_state",
            float(count),
            n=float(len(last)),
            at=Place(source=at.source, by=by, key=(*at.key, str(state)), period=at.period),
        )
        for state, count in counts.items()
    )


def _moves(ground: Ground, story: pd.DataFrame, source: str) -> pd.DataFrame:
    """How many creators moved from one state to another in the period."""
    inside = story[ground.case.period.contains(story["day"]) & (story["before"] != "")]
    if inside.empty:
        return blanks(["story_moves"], "no_moves")
    counts = inside.groupby(["before", "state"])["creator"].nunique()
    return entries(
        Entry("story_moves", float(n), n=float(n), at=Place(source, ("from", "to"), (str(was), str(now))))
        for was, now, n in counts.reset_index().itertuples(index=False, name=None)
    )


def _recoveries(story: pd.DataFrame, changed: pd.DataFrame, source: str) -> pd.DataFrame:
    """Of the low creators whose product, script or offer was changed, and of whom it shows: how many recovered.

    Also by what was changed; a creator who was given two things counts for both.
    """
    after = story[story["state"].isin(("recovered", "mismatch"))]
    if after.empty:
        return blanks(["creator_recovery_rate"], "no_interventions")
    won = after.groupby("creator")["state"].agg(lambda states: float("recovered" in set(states)))
    found = [_share(won, Place(source))]
    for action in INTERVENTIONS:
        mine = won[won.index.isin(changed.loc[changed["action"] == action, "creator"])]
        if len(mine):
            found.append(_share(mine, Place(source, ("action",), (action,))))
    return entries(found)


def _share(won: pd.Series, at: Place) -> Entry:
    low, high = wilson(float(won.sum()), float(len(won)))
    return Entry(
        "creator_recovery_rate", float(won.mean()), float(won.sum()), float(len(won)), float(len(won)), low, high, at=at
    )
