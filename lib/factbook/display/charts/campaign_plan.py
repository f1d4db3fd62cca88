"""A campaign day against its plan by the hour: each hour, and the day so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.records import Diagnosis

PLAN, SOLD = "campaign_plan_hour_cny", "campaign_plan_sold_cny"
PLAN_SO_FAR, SOLD_SO_FAR = "campaign_plan_so_far_cny", "campaign_sold_so_far_cny"
IDS = (PLAN, SOLD, PLAN_SO_FAR, SOLD_SO_FAR)
COLUMNS = (head("hour_of_day"), *canvas.figures(*IDS))
EVERY = 3  # hours between ticks
UNPLANNED = "#C9D2DC"
DASHES = (0, (4, 2))
HEIGHT, UPPER, LOWER = 470, 190, 130  # of the canvas and of the two panels, in pixels
TOP, RIGHT = 34, 150


@dataclass(frozen=True)
class Planned:
    """A planned day: its campaign, how it ended, and when it was behind (None: never, or not known)."""

    campaign: str
    date: str
    ratio: float | None
    gap: float | None
    behind: int | None
    lacking: float | None

    @property
    def cut(self) -> dict[str, str]:
        return {"campaign": self.campaign, "date": self.date}


@style.themed
def campaign_plan(dx: Diagnosis) -> Shown:
    """The planned day that ended furthest below its plan, hour by hour and so far."""
    days = planned_days(dx)
    if not days:
        return canvas.absent(dx, "campaign_plan", (PLAN, "campaign_actual_cny"), "no_hour_plan")
    day = min(days, key=lambda day: (day.gap is None, day.gap or 0.0, day.date))
    frame = _hours(dx, day)
    fig = style.figure(900, HEIGHT)
    upper = style.axes(fig, 80, TOP, RIGHT, HEIGHT - TOP - UPPER)
    lower = style.axes(fig, 80, HEIGHT - LOWER - canvas.FOOT - 26, RIGHT, canvas.FOOT + 26)
    _each(upper, frame, dx.language)
    _so_far(lower, frame, day, dx.language)
    for ax in (upper, lower):
        ruler.figures(ax.yaxis, "cny", dx.language)
    ruler.settle(fig)
    key, values = _title(day, dx.language)
    shown = frame.rename(columns={"hour": "hour_of_day"})
    return canvas.show(dx, Drawn("campaign_plan", fig, shown, COLUMNS, key, values, canvas.row_sources(dx, SOLD)))


def planned_days(dx: Diagnosis) -> list[Planned]:
    """Every planned day of the period or after it, in order; of the past where there is no other."""
    for period in ("current", "history"):
        rows = canvas.known(dx.measures.select(PLAN, ("campaign", "date", "hour"), period))
        if len(rows):
            keys = rows[["campaign", "date"]].drop_duplicates().itertuples(index=False)
            return [_planned(dx, str(name), str(day), period) for name, day in keys]
    return []


def _planned(dx: Diagnosis, name: str, day: str, period: str) -> Planned:
    ids = ("campaign_plan_ratio", "campaign_plan_gap_cny", "campaign_behind_hour", "campaign_behind_cny")
    ratio, gap, hour, lacking = (dx.measures.value(id, period, campaign=name, date=day) for id in ids)
    return Planned(name, day, ratio, gap, None if hour is None else int(hour), lacking)


def _hours(dx: Diagnosis, day: Planned) -> pd.DataFrame:
    """The 24 hours of a day, one column a figure; what is not planned or not known stays empty."""
    by = ("campaign", "date", "hour")
    rows = pd.concat([dx.measures.select(IDS, by, period) for period in ("current", "history")])
    mine = rows[(rows["campaign"] == day.campaign) & (rows["date"] == day.date)]
    grid = mine.pivot_table(index="hour", columns="id", values="value", aggfunc="first")
    return (
        grid.reindex([f"{hour:02d}" for hour in range(24)]).reindex(columns=list(IDS)).rename_axis("hour").reset_index()
    )


def _each(ax: Axes, frame: pd.DataFrame, language: str) -> None:
    """Sales of each hour as bars, the plan as a dashed step over the hours that have one."""
    hours, plan, sold = frame["hour"].astype(int), frame[PLAN].astype(float), frame[SOLD].astype(float)
    short = sold < plan
    colours = [_colour(low, there) for low, there in zip(short, plan.notna(), strict=True)]
    ax.bar(hours, sold.fillna(0), width=0.8, color=colours)
    edges = [-0.5, *(hour + 0.5 for hour in hours)]
    ax.stairs(plan.to_numpy(), edges, baseline=None, color=style.INK, lw=1.6, ls=DASHES, zorder=4)
    top = max(float(pd.concat([plan, sold]).max()), 1.0) * 1.1
    ax.set_ylim(0, top)
    _clock(ax, language)
    marks.note(ax, "campaign_plan.each", language)
    named = [("plan", style.INK, True), ("sold", style.FIELD["C"], True), ("short", style.VERDICT["poor"], short.any())]
    named.append(("unplanned", UNPLANNED, bool((plan.isna() & (sold > 0)).any())))
    words = [(say(f"campaign_plan.{key}", language), colour) for key, colour, there in named if there]
    marks.ends(ax, [(top * (0.95 - 0.12 * n), said, colour) for n, (said, colour) in enumerate(words)])


def _colour(short: bool, planned: bool) -> str:
    return UNPLANNED if not planned else (style.VERDICT["poor"] if short else style.FIELD["C"])


def _so_far(ax: Axes, frame: pd.DataFrame, day: Planned, language: str) -> None:
    """Plan and sales so far at the end of each planned hour, with the hour from which the day was behind."""
    mine = frame.dropna(subset=[PLAN_SO_FAR])
    spots = mine["hour"].astype(int) + 0.5
    plan, sold = mine[PLAN_SO_FAR].astype(float), mine[SOLD_SO_FAR].astype(float)
    ax.plot(spots, plan, color=style.INK, lw=1.6, ls=DASHES)
    ax.plot(spots, sold, color=style.FIELD["C"], lw=2.4)
    ax.set_ylim(0, max(float(pd.concat([plan, sold]).max()), 1.0) * 1.12)
    _clock(ax, language)
    marks.note(ax, "campaign_plan.so_far", language)
    ends = [(float(part.iloc[-1]), key, colour) for part, key, colour in _ends(plan, sold) if part.notna().any()]
    marks.ends(ax, [(y, say(f"campaign_plan.{key}", language, value=fmt.money(y, language)), c) for y, key, c in ends])
    if day.behind is not None:
        _mark(ax, day, float(sold[mine["hour"].astype(int) == day.behind].iloc[0]), language)


def _ends(plan: pd.Series, sold: pd.Series) -> tuple[tuple[pd.Series, str, str], ...]:
    return (plan, "plan_end", style.INK), (sold, "sold_end", style.FIELD["C"])


def _mark(ax: Axes, day: Planned, height: float, language: str) -> None:
    """A dot where the day fell behind, with what was lacking."""
    colour, x = style.VERDICT["poor"], (day.behind or 0) + 0.5
    ax.plot([x], [height], "o", ms=7, color=colour, zorder=5)
    said = say(
        "campaign_plan.behind", language, hour=_hour(day.behind or 0, language), gap=_money(day.lacking, language)
    )
    left: Look = {"ha": "right", "color": colour, "size": style.SMALL, "weight": "bold", "bbox": marks.PLATE}
    marks.near(ax, (x, height), said, (-10, 14), **left)


def _clock(ax: Axes, language: str) -> None:
    ax.set_xlim(-0.7, 23.7)
    ax.set_xticks(range(0, 24, EVERY))
    ax.set_xticklabels([_hour(hour, language) for hour in range(0, 24, EVERY)])


def _hour(hour: int, language: str) -> str:
    return say("campaign_hours.hour", language, hour=hour)


def _money(value: float | None, language: str) -> str:
    return fmt.money(abs(value or 0.0), language)


def _title(day: Planned, language: str) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {"campaign": day.campaign, "day": fmt.day(date.fromisoformat(day.date), language)}
    if day.ratio is None:
        return "title_ahead", values
    values |= {"gap": _money(day.gap, language), "ratio": fmt.percent(day.ratio, language, 0)}
    if day.behind is None:
        return ("title_met" if (day.gap or 0.0) >= 0 else "title_short"), values
    return "title_behind", values | {"hour": _hour(day.behind, language)}
