"""One session minute by minute: online with its peaks and falls, sales, spend and products shown below."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator

from factbook import fmt
from factbook.display import style
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.charts.marks import Spot
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.knowledge.metrics import metrics
from factbook.measures.common import records
from factbook.records import Diagnosis

CURVE = ("minute_online", "minute_gmv_cny", "minute_ad_cost_cny", "minute_product_impressions")
BARS = CURVE[1:]
COLOURS = {"minute_gmv_cny": style.FIELD["F"], "minute_ad_cost_cny": style.FIELD["S"]}
LOOKS = {"peak": ("^", style.VERDICT["good"]), "drop": ("v", style.VERDICT["poor"])}
BLOCK = 5  # minutes a bar adds up
TOP, PANEL, GAP = 210, 62, 34  # pixels
HOUR = 60
Title = tuple[str, dict[str, object]]


@style.themed
def minute_curve(dx: Diagnosis) -> Shown:
    """The session documented best, by the minute: online, GMV, spend and products shown, its turns named."""
    frame = _minutes(dx)
    if not len(frame):
        return canvas.absent(dx, "minute_curve", CURVE, "needs_minutes")
    bars = [id for id in BARS if frame[id].notna().any()]
    fig = style.figure(900, TOP + len(bars) * (PANEL + GAP) + canvas.FOOT + 40)
    turns = _turns(dx, frame)
    _online(_axes(fig, 34, TOP - 30), dx, frame, turns)
    for n, id in enumerate(bars):
        _bars(_axes(fig, TOP + 34 + n * (PANEL + GAP), PANEL), dx, frame, id)
    _clock(fig, frame)
    ruler.settle(fig)
    key, values = _title(dx, frame, turns)
    columns = (head("minute"), *canvas.figures(*CURVE))
    sources = canvas.row_sources(dx, *CURVE, "product_pitches")
    return canvas.show(dx, Drawn("minute_curve", fig, frame, columns, key, values, sources))


def _minutes(dx: Diagnosis) -> pd.DataFrame:
    rows = canvas.known(dx.measures.select(CURVE, ("session", "minute")))
    if not len(rows):
        return pd.DataFrame(columns=["minute", *CURVE])
    grid = rows.pivot_table(index=["session", "minute"], columns="id", values="value", aggfunc="first")
    frame = grid.reindex(columns=list(CURVE)).reset_index().sort_values("minute", ignore_index=True)
    frame = frame.dropna(subset="minute_online") if frame["minute_online"].notna().any() else frame.iloc[:0]
    moments = [datetime.fromisoformat(text) for text in frame["minute"]]
    first = moments[0].replace(hour=0, minute=0) if moments else None
    return frame.assign(at=[(moment - first).total_seconds() / 60 for moment in moments] if first else [])


def _axes(fig: Figure, top: float, height: float) -> Axes:
    whole = style.size(fig)[1]
    return style.axes(fig, 70, top, 34, whole - top - height)


def _span(frame: pd.DataFrame) -> tuple[float, float]:
    return float(frame["at"].iloc[0]) - 1, float(frame["at"].iloc[-1]) + 1


def _online(ax: Axes, dx: Diagnosis, frame: pd.DataFrame, turns: pd.DataFrame) -> None:
    online, most = frame["minute_online"].astype(float), max(float(frame["minute_online"].max()), 1.0)
    ax.fill_between(frame["at"], online, color=style.FIELD["F"], alpha=0.12, lw=0)
    ax.plot(frame["at"], online, color=style.FIELD["F"], lw=1.6)
    ax.set(xlim=_span(frame), ylim=(0, most * 1.3))
    ruler.figures(ax.yaxis, "people", dx.language, 4)
    marks.note(ax, "minute_curve.online", dx.language)
    spots = []
    for row in records(turns):
        mark, colour = LOOKS[row["turn"]]
        ax.plot([row["at"]], [row["value"]], mark, color=colour, ms=9, mec=style.PAPER, mew=1, zorder=4)
        said = say(f"minute_curve.{row['turn']}", dx.language, time=row["minute"][11:], n=fmt.count(row["value"]))
        spots.append(Spot(float(row["at"]), float(row["value"]), said))
    marks.place(ax, spots, dots=[(spot.x, spot.y) for spot in spots])


def _bars(ax: Axes, dx: Diagnosis, frame: pd.DataFrame, id: str) -> None:
    """Five minutes a bar: the mean minute of each block, so that the axis stays per minute."""
    blocks = frame.assign(block=(frame["at"] // BLOCK) * BLOCK).groupby("block")[id].mean()
    colour = COLOURS.get(id, style.FIELD["A"])
    ax.bar(blocks.index + BLOCK / 2, blocks, width=BLOCK * 0.8, color=colour)
    ax.set(xlim=_span(frame), ylim=(0, max(float(blocks.max()), 1e-9) * 1.1))
    ruler.figures(ax.yaxis, metrics()[id].unit, dx.language, 2)
    marks.note(ax, f"minute_curve.{id}", dx.language)
    if id == "minute_product_impressions":
        for moment in _listed(dx, frame):
            ax.axvline(moment, color=style.INK, lw=1, ls=(0, (2, 2)))


def _listed(dx: Diagnosis, frame: pd.DataFrame) -> list[float]:
    """The minutes at which a product was put on sale."""
    rows = dx.measures.select("product_pitches", ("session", "minute", "product"))
    first = datetime.fromisoformat(frame["minute"].iloc[0]).replace(hour=0, minute=0)
    return sorted({(datetime.fromisoformat(text) - first).total_seconds() / 60 for text in rows["minute"]})


def _clock(fig: Figure, frame: pd.DataFrame) -> None:
    """Times of day, below the last panel only."""
    low, high = _span(frame)
    step = next(n for n in (15, 30, HOUR, 2 * HOUR, 4 * HOUR) if (high - low) / n <= 9 or n == 4 * HOUR)
    ticks = np.arange(np.ceil(low / step) * step, high + 1e-9, step)
    for n, ax in enumerate(fig.axes):
        ax.xaxis.set_major_locator(FixedLocator(ticks.tolist()))
        ax.xaxis.set_ticklabels([f"{int(t // HOUR) % 24:02d}:{int(t % HOUR):02d}" for t in ticks])
        ax.tick_params(labelbottom=n == len(fig.axes) - 1)


def _turns(dx: Diagnosis, frame: pd.DataFrame) -> pd.DataFrame:
    rows = canvas.known(dx.measures.select("turn_online", ("session", "minute", "turn")))
    if not len(rows):
        return pd.DataFrame(columns=["minute", "turn", "value", "at"])
    places = dict(zip(frame["minute"], frame["at"], strict=True))
    return rows.assign(at=rows["minute"].map(places)).dropna(subset="at")


def _title(dx: Diagnosis, frame: pd.DataFrame, turns: pd.DataFrame) -> Title:
    account, _, started = str(frame["session"].iloc[0]).rpartition("@")
    day = datetime.fromisoformat(started)
    listed = bool(_listed(dx, frame))
    values: dict[str, object] = {
        "account": account,
        "day": fmt.day(day.date(), dx.language),
        "time": started[11:16],
        "why": say(f"minute_curve.{'listed' if listed else 'largest'}", dx.language),
        "peak": fmt.count(float(frame["minute_online"].max()), dx.language),
        "peak_time": str(frame["minute"].iloc[int(frame["minute_online"].argmax())])[11:],
    }
    top = _highest(turns)
    times = None if top is None else dx.measures.value("turn_gmv_times", **top)
    if top is None or times is None:
        return "title_plain", values
    return ("title_sold" if times >= 1 else "title_not_sold"), {**values, "times": fmt.decimal(times, dx.language, 1)}


def _highest(turns: pd.DataFrame) -> dict[str, str] | None:
    """The slice of the highest peak."""
    tops = turns[turns["turn"] == "peak"]
    if not len(tops):
        return None
    row = tops.iloc[int(tops["value"].argmax())]
    return {name: str(row[name]) for name in ("session", "minute", "turn")}
