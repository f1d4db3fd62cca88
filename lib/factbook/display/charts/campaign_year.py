"""The calendar of the year: which campaigns the platform holds, at its three levels, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.campaign import JOINED, LOST
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.festivals import festival_of, festivals
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import label
from factbook.records import Diagnosis

MONTHS_BACK = 11
LANE, BAR, HEAD = 34, 9, 26  # pixels: a lane, a bar, the heading of a level
WIDTH, LEFT, RIGHT, EDGE, APART = 900, 44, 24, 6, 14
NAME_ROOM = 230
USUAL = "usual"
COLUMNS = (head("level"), head("campaign"), head("start", "day"), head("end", "day"), head("state"))


@dataclass(frozen=True)
class Item:
    """A bar of the calendar; `usual`: a festival's months, of which the form says nothing."""

    level: int
    name: str
    start: date
    end: date
    state: str
    lane: int = 0


@dataclass(frozen=True)
class Place:
    """Where a day stands on the canvas, in pixels."""

    first: date
    scale: float

    def at(self, day: date) -> float:
        return LEFT + (day - self.first).days * self.scale


@style.themed
def campaign_year(dx: Diagnosis) -> Shown:
    """A year of campaigns by level: joined, missed and why not, planned, and the festivals nobody wrote down."""
    first, last = _window(dx)
    told = _told(dx, first, last)
    if not told:
        return canvas.absent(dx, "campaign_year", ("campaigns_joined",), "no_campaigns")
    items = [*told, *_untold(dx, told, (first, last))]
    place = Place(first, (WIDTH - LEFT - RIGHT) / (last - first).days)
    placed = {level: _lanes([i for i in items if i.level == level], place, dx.language) for level in (1, 2, 3)}
    rows = {level: 1 + max((item.lane for item in placed[level]), default=0) for level in placed}
    height = sum(HEAD + LANE * n for n in rows.values()) + 64
    fig = style.figure(WIDTH, height + canvas.FOOT)
    ax = style.axes(fig, LEFT, 30, RIGHT, canvas.FOOT + 30)
    _frame(ax, dx, (first, last), height - 60)
    top = 0.0
    for level, found in placed.items():
        top = _level(ax, level, found, top, dx.language)
    key, values = _title(told, dx.language)
    ordered = [item for found in placed.values() for item in found]
    frame = pd.DataFrame(
        [{"level": _level_name(i.level, dx.language), "campaign": i.name, "start": i.start.isoformat(),
          "end": i.end.isoformat(), "state": _state(i.state, dx.language)} for i in ordered]
    )  # fmt: skip
    return canvas.show(dx, Drawn("campaign_year", fig, frame, COLUMNS, key, values, _sources(dx)))


def _window(dx: Diagnosis) -> tuple[date, date]:
    """From the first of a month eleven months back to two months ahead."""
    end = dx.period.end
    months = end.year * 12 + end.month - 1 - MONTHS_BACK
    return date(months // 12, months % 12 + 1, 1), end + timedelta(days=int(line("upcoming_days")))


def _told(dx: Diagnosis, first: date, last: date) -> list[Item]:
    """The rows of the form with a day in the window, cut to it; a row without a level is a themed event."""
    found = []
    for row in dx.tables.get("campaigns", {}).get("records", ()):
        if not row.get("start") or not row.get("end"):
            continue
        start, end = (date.fromisoformat(str(row[name])[:10]) for name in ("start", "end"))
        level = int(row["level"]) if row.get("level") in (1, 2, 3) else 3
        if start <= last and end >= first:
            item = Item(level, str(row["campaign"]), max(start, first), min(end, last), str(row.get("state") or ""))
            found.append(item)
    return found


def _untold(dx: Diagnosis, told: Sequence[Item], span: tuple[date, date]) -> list[Item]:
    """Platform festivals in whose usual months the form has no row."""
    known = {festival_of(item.name) for item in told}
    found = []
    for id, row in festivals().festivals.items():
        if row.level != 1 or id in known:
            continue
        for start, end in _usual(row.months, span):
            found.append(Item(1, row.name[dx.language], start, end, USUAL))
    return found


def _usual(months: Sequence[int], span: tuple[date, date]) -> list[tuple[date, date]]:
    """The runs of those months inside the window."""
    days = [day for day in ruler.every_day(*span) if day.month in months]
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs


def _lanes(items: Sequence[Item], place: Place, language: str) -> list[Item]:
    """Bars and their names side by side where they fit, else one above the other."""
    ends: list[float] = []
    placed = []
    for item in sorted(items, key=lambda item: (item.start, item.end, item.name)):
        wide = typeset.width(_said(item, language), style.SMALL)
        bar = place.at(item.start), place.at(item.end)
        start = min(bar[0], WIDTH - EDGE - wide)
        lane = next((n for n, end in enumerate(ends) if end <= start), len(ends))
        ends[lane : lane + 1] = [max(start + wide, bar[1]) + APART]
        placed.append(replace(item, lane=lane))
    return placed


def _said(item: Item, language: str) -> str:
    state = _state(item.state, language)
    return typeset.fit(f"{item.name}{say('common.colon', language)}{state}", NAME_ROOM, style.SMALL)


def _state(state: str, language: str) -> str:
    if state == USUAL:
        return say("campaign_year.usual", language)
    return label("campaign_state", state, language) if state else say("campaign_year.unknown", language)


def _level_name(level: int, language: str) -> str:
    return festivals().levels[str(level)].name[language]


def _frame(ax: Axes, dx: Diagnosis, span: tuple[date, date], height: float) -> None:
    """An axis of days with heights in pixels from the top."""
    ax.set_xlim(span[0].toordinal(), span[1].toordinal())
    ax.set_ylim(height, 0)
    ax.yaxis.set_visible(False)
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    ruler.dates(ax, ruler.every_day(*span), dx.language)
    ruler.period(ax, dx.period, dx.language)


def _level(ax: Axes, level: int, items: Sequence[Item], top: float, language: str) -> float:
    """One level: its name, then its bars; returns where the next one begins."""
    said = _level_name(level, language)
    empty = "" if items else say("campaign_year.none", language)
    across: Look = {"xycoords": ("axes fraction", "data"), "size": style.SMALL, "weight": "bold"}
    marks.near(ax, (0, top + HEAD / 2), said + empty, (4, 0), ha="left", color=style.SOFT, **across)
    for item in items:
        _bar(ax, item, top + HEAD + LANE * item.lane, language)
    bottom = top + HEAD + LANE * (1 + max((item.lane for item in items), default=-1 if not items else 0))
    return bottom if items else top + HEAD + LANE * 0.4


def _bar(ax: Axes, item: Item, top: float, language: str) -> None:
    """A bar in the look of its state, with its name under it, moved inward at the right edge."""
    looks: dict[str, Look] = {
        JOINED: {"facecolor": style.FIELD["C"], "edgecolor": style.FIELD["C"]},
        "planned": {"facecolor": style.PAPER, "edgecolor": style.FIELD["C"], "ls": (0, (3, 1.5))},
        USUAL: {"facecolor": "#EEF1F4", "edgecolor": style.RULE},
        **{state: {"facecolor": style.PAPER, "edgecolor": style.SOFT, "hatch": style.HATCH} for state in LOST},
    }
    days = max((item.end - item.start).days + 1, 2)
    look = looks.get(item.state, looks[USUAL])
    ax.barh(top + BAR / 2, days, left=item.start.toordinal(), height=BAR, lw=1, zorder=3, **look)
    said = _said(item, language)
    x = float(ax.transData.transform((item.start.toordinal(), 0))[0])
    over = x + typeset.width(said, style.SMALL) - (WIDTH - EDGE)
    colour = style.FAINT if item.state == USUAL else style.INK
    marks.near(ax, (item.start.toordinal(), top + BAR + 10), said, (min(-over, 0), 0), size=style.SMALL, color=colour)


def _title(told: Sequence[Item], language: str) -> tuple[str, dict[str, object]]:
    states = [item.state for item in told]
    joined, lost = states.count(JOINED), sum(state in LOST for state in states)
    values = {"joined": fmt.count(joined, language), "lost": fmt.count(lost, language)}
    coming = sorted((item for item in told if item.state == "planned"), key=lambda item: item.start)
    if coming:
        values |= {"next": coming[0].name, "start": fmt.day(coming[0].start, language)}
    return ("title_next" if coming else "title"), {**values}


def _sources(dx: Diagnosis) -> list[str]:
    return canvas.row_sources(dx, "campaigns_joined")
