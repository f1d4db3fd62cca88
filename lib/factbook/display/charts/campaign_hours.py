"""A campaign by the hour: what it sold against its goal, spread as ordinary days sell."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.records import Diagnosis

PAID, GOAL = "campaign_hour_paid_cny", "campaign_hour_goal_cny"
EVERY = 3  # hours between ticks
WORST = 3
COLUMNS = (head("hour_of_day"), *canvas.figures(PAID, GOAL))


@style.themed
def campaign_hours(dx: Diagnosis) -> Shown:
    """Sales of the period's largest campaign by the hour, with the goal of each hour as a line."""
    rows = canvas.known(dx.measures.select((PAID, GOAL), ("campaign", "hour")))
    if not len(rows):
        return canvas.absent(dx, "campaign_hours", (PAID, "campaign_actual_cny"), "no_joined_campaign")
    sold = rows[rows["id"] == PAID].groupby("campaign")["value"].sum()
    name = str(sold.idxmax())
    mine = rows[rows["campaign"] == name]
    frame = mine.pivot_table(index="hour", columns="id", values="value", aggfunc="first")
    frame = frame.reindex(columns=[PAID, GOAL]).sort_index().reset_index()
    fig = style.figure(900, 330)
    ax = style.axes(fig, 80, 24, 150, canvas.FOOT + 26)
    _draw(ax, frame, dx.language)
    ruler.figures(ax.yaxis, "cny", dx.language)
    ruler.settle(fig)
    key, values = _title(frame, name, dx.language)
    shown = frame.rename(columns={"hour": "hour_of_day"})
    return canvas.show(dx, Drawn("campaign_hours", fig, shown, COLUMNS, key, values, canvas.row_sources(dx, PAID)))


def _draw(ax: Axes, frame: pd.DataFrame, language: str) -> None:
    hours = frame["hour"].astype(int)
    short = frame[GOAL] > frame[PAID]
    colours = [style.VERDICT["poor"] if low else style.FIELD["C"] for low in short]
    ax.bar(hours, frame[PAID], width=0.8, color=colours)
    ax.set_xlim(-0.7, 23.7)
    top = max(float(frame[[PAID, GOAL]].max().max()), 1.0) * 1.1
    ax.set_ylim(0, top)
    ax.set_xticks(range(0, 24, EVERY))
    ax.set_xticklabels([say("campaign_hours.hour", language, hour=hour) for hour in range(0, 24, EVERY)])
    words = [(top * 0.95, say("campaign_hours.sold", language), style.FIELD["C"])]
    if short.any():
        words.append((top * 0.86, say("campaign_hours.short", language), style.VERDICT["poor"]))
    if frame[GOAL].notna().any():
        edges = [-0.5, *(float(hour) + 0.5 for hour in hours)]
        ax.stairs(frame[GOAL].fillna(0), edges, color=style.INK, lw=1.4, ls=(0, (4, 2)))
        words.append((top * 0.77, say("campaign_hours.goal", language), style.INK))
    marks.ends(ax, words)


def _title(frame: pd.DataFrame, name: str, language: str) -> tuple[str, dict[str, object]]:
    missing = (frame[GOAL] - frame[PAID]).clip(lower=0)
    if frame[GOAL].isna().all():
        best = int(str(frame.sort_values(PAID)["hour"].iloc[-1]))
        return "title_plain", {"campaign": name, "hour": say("campaign_hours.hour", language, hour=best)}
    if not (missing > 0).any():
        return "title_met", {"campaign": name}
    worst = frame.loc[missing.nlargest(WORST).index].loc[lambda rows: missing[rows.index] > 0, "hour"].astype(int)
    hours = canvas.listed([say("campaign_hours.hour", language, hour=hour) for hour in sorted(worst)], language)
    gap = fmt.money_said(float(missing.nlargest(WORST).sum()), language)
    return "title_short", {"campaign": name, "hours": hours, "gap": gap}
