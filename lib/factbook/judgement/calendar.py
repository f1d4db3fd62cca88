"""The campaign calendar and the star deals of the form, as rows a rule can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from factbook.judgement.facts import Facts, number
from factbook.judgement.say import same
from factbook.knowledge.thumbs import line
from factbook.knowledge.verdicts import verdicts
from factbook.records import Text

FORM = "intake.xlsx › campaigns"


@dataclass(frozen=True, slots=True)
class Event:
    """A campaign: when, whether it was joined, and why not."""

    name: str
    start: date
    end: date
    state: str
    reason: str
    goal: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Deal:
    """A star's session."""

    name: str
    creator: str
    kind: str
    start: date
    end: date


def events(facts: Facts, *states: str) -> tuple[Event, ...]:
    """Campaigns in these states from a quarter before the period to two months after it, in order of time."""
    table, period = facts.case.table("campaigns"), facts.case.period
    first = period.start - timedelta(days=int(line("calendar_days")))
    last = period.end + timedelta(days=int(line("upcoming_days")))
    found = (_event(row) for _, row in table.iterrows())
    kept = [e for e in found if e and e.state in states and e.end >= first and e.start <= last]
    return tuple(sorted(kept, key=lambda event: (event.start, event.name)))


def deals(facts: Facts) -> tuple[Deal, ...]:
    """Star deals that overlap the period."""
    table, period = facts.case.table("star_deals"), facts.case.period
    found = (_deal(row) for _, row in table.iterrows())
    return tuple(deal for deal in found if deal and deal.start <= period.end and deal.end >= period.start)


def every(facts: Facts, *states: str) -> tuple[Event, ...]:
    """Campaigns in these states, however long ago."""
    found = (_event(row) for _, row in facts.case.table("campaigns").iterrows())
    return tuple(event for event in found if event and event.state in states)


def with_star(facts: Facts, event: Event) -> bool:
    """Whether a star's session, whenever it was, fell into a campaign: the two are only told together."""
    found = (_deal(row) for _, row in facts.case.table("star_deals").iterrows())
    return any(deal is not None and deal.start <= event.end and deal.end >= event.start for deal in found)


def ahead(facts: Facts) -> tuple[Event, ...]:
    """Planned campaigns that begin after the period, the nearest first."""
    return tuple(event for event in events(facts, "planned") if event.start > facts.case.period.end)


def short_name(name: str) -> Text:
    """A festival by the name people use, in both languages; anything else as it is written."""
    known = next((text for key, text in verdicts().festivals.items() if key in name), None)
    return known or same(name)


def _event(row: pd.Series) -> Event | None:
    start, end = _day(row.get("start")), _day(row.get("end"))
    if start is None:
        return None
    goal, source = number(row.get("goal_cny")), " › ".join(filter(None, (_text(row, "_file"), _text(row, "_sheet"))))
    said = (_text(row, "campaign"), start, end or start, _text(row, "state"), _text(row, "reason"))
    return Event(*said, goal if goal and goal > 0 else None, source or FORM)


def _deal(row: pd.Series) -> Deal | None:
    start, end = _day(row.get("start")), _day(row.get("end"))
    if start is None:
        return None
    return Deal(_text(row, "deal"), _text(row, "creator"), _text(row, "kind"), start, end or start)


def _day(value: Any) -> date | None:
    stamp = pd.to_datetime(value, errors="coerce")
    return None if pd.isna(stamp) else stamp.date()


def _text(row: pd.Series, name: str) -> str:
    value = row.get(name)
    return "" if value is None or (number(value) is None and pd.isna(value)) else str(value).strip()
