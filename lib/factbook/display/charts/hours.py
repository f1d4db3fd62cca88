"""Weekday × hour of the start: what 1,000 views sell, and how many viewers an hour brings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize

from factbook import fmt
from factbook.display import style
from factbook.display.charts import bands, canvas, marks
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.words import label
from factbook.records import Diagnosis

HEAT = LinearSegmentedColormap.from_list("fb_heat", ["#EEF3F9", "#9DB8D6", "#3F6BA5", style.FIELD["F"]])
DARK = 0.5  # from here on a cell's figure is written in white
ONE, BOTH = 350, 650  # pixels of height
MAPS = ("gpm_views", "viewers_per_hour")
BY = ("weekday", "hour")
Title = tuple[str, dict[str, object]]


@style.themed
def hour_heatmap(dx: Diagnosis) -> Shown:
    """Sales per 1,000 views and viewers per hour, by weekday and hour of a session's start."""
    frame = _starts(dx)
    if not len(frame):
        return canvas.absent(dx, "hour_heatmap", ("gpm_views",), "no_report:live_sessions")
    shown = [id for id in MAPS if frame[id].notna().any()]
    fig = style.figure(900, BOTH if len(shown) == len(MAPS) else ONE)
    height = (style.size(fig)[1] - canvas.FOOT - 26 - 34 * len(shown) - 30 * (len(shown) - 1)) / len(shown)
    hours = range(frame["hour"].min(), frame["hour"].max() + 1)
    for n, id in enumerate(shown):
        grid = frame.pivot_table(index="weekday", columns="hour", values=id, aggfunc="first")
        top = 34 + n * (height + 64)
        ax = style.axes(fig, 70, top, 16, style.size(fig)[1] - top - height)
        _heat(ax, grid.reindex(index=range(7), columns=hours), id, dx.language)
    key, values = _title(frame, dx.language)
    columns = (head("day_name"), head("hour", "count"), *canvas.figures(*MAPS), head("sessions", "count"))
    return canvas.show(dx, Drawn("hour_heatmap", fig, frame, columns, key, values, frame["source"]))


def _starts(dx: Diagnosis) -> pd.DataFrame:
    """One row a weekday and hour: both figures, sessions, and what pooling over parts of the day needs."""
    rows = canvas.known(dx.measures.select("gpm_views", BY))
    if not len(rows):
        return rows
    viewers = canvas.known(dx.measures.select("viewers_per_hour", BY))
    seen = {(row[0], row[1]): value for row, value in zip(viewers["key"], viewers["value"], strict=True)}
    rows = rows.assign(
        gpm_views=rows["value"].astype(float),
        viewers_per_hour=[seen.get((key[0], key[1]), np.nan) for key in rows["key"]],
        sessions=rows["n"],
        weekday=rows["weekday"].astype(int),
        hour=rows["hour"].astype(int),
    )
    rows = rows.assign(day_name=[label("weekday", day, dx.language) for day in rows["weekday"]])
    return rows.sort_values(["weekday", "hour"], ignore_index=True)


def _heat(ax: Axes, grid: pd.DataFrame, id: str, language: str) -> None:
    ax.set_facecolor("#F7F8FA")
    low, top = float(grid.min().min()), float(grid.max().max())
    scale = Normalize(low - 0.4 * (top - low or 1.0), top)
    sns.heatmap(grid, ax=ax, cmap=HEAT, norm=scale, cbar=False, linewidths=2, linecolor=style.PAPER)
    ax.set(xlabel="", ylabel="")
    ax.grid(visible=False)
    size = style.SMALL if grid.shape[1] <= 16 else 9.5
    for row, column in np.argwhere(grid.notna().to_numpy()):
        value = float(grid.to_numpy()[row, column])
        look: Look = {"size": size, "color": style.PAPER if scale(value) >= DARK else style.INK}
        said = fmt.count(value, language).replace(" ", "")
        ax.text(column + 0.5, row + 0.5, said, ha="center", va="center", **look)
    ax.set_yticks(np.arange(7) + 0.5, [label("weekday", day, language) for day in range(7)], rotation=0)
    spots = list(range(0, grid.shape[1], 1 if grid.shape[1] <= 18 else 2))
    ax.set_xticks([n + 0.5 for n in spots], [f"{grid.columns[n]}:00" for n in spots], rotation=0)
    marks.note(ax, f"hour_heatmap.{id}", language)


def _title(frame: pd.DataFrame, language: str) -> Title:
    rows = frame.assign(band=[bands.band(hour) for hour in frame["hour"]], n=frame["sessions"])
    compared = bands.message(bands.pooled(rows), language)
    if compared:
        return compared
    best = frame.iloc[int(frame["value"].argmax())]
    value = fmt.money_said(float(best["value"]), language)
    return "title_spot", {"day": best["day_name"], "hour": f"{best['hour']}:00", "value": value}
