"""Ads by the hour of the day: what was spent, and what was sold beside it."""

from __future__ import annotations

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

LEAST = 2  # hours that can be held against each other
NARROW = 12  # hours from which bars are too narrow for a figure
Title = tuple[str, dict[str, object]]


@style.themed
def ad_hours(dx: Diagnosis) -> Shown:
    """Spend and ROI by hour of the day, one kind of ads, beside the break-even line."""
    kind, frame = _hours(dx)
    if not len(frame):
        return canvas.absent(dx, "ad_hours", ("qc_roi", "qc_weak_hours_share"), "no_ad_hours")
    even = dx.measures.value("break_even_roi")
    fig = style.figure(900, 390)
    _spend(style.axes(fig, 70, 34, 120, canvas.FOOT + 212), dx, frame)
    _roi(style.axes(fig, 70, 212, 120, canvas.FOOT + 26), dx, frame, even)
    for ax in fig.axes:
        ax.set(xlim=(-0.6, len(frame) - 0.4))
        ax.set_xticks(range(len(frame)), [f"{hour}" if len(frame) > NARROW else f"{hour}:00" for hour in frame["hour"]])
    ruler.settle(fig)
    days = fmt.decimal(float(frame["n"].max()), dx.language, 0)
    key, values = _title(dx, frame, even)
    values |= {"days": days, "kind": say(f"ad_hours.{kind}", dx.language)}
    columns = (
        head("hour_of_day", "count"),
        head("spend_a_day", "cny"),
        *canvas.figures("qc_roi"),
        head("days", "count"),
    )
    frame = frame.rename(columns={"hour": "hour_of_day", "spend": "spend_a_day", "roi": "qc_roi", "n": "days"})
    return canvas.show(dx, Drawn("ad_hours", fig, frame, columns, key, values, canvas.row_sources(dx, "qc_roi")))


def _hours(dx: Diagnosis) -> tuple[str, pd.DataFrame]:
    """One kind by hour: 全域 where there is any, else 标准; spend per day with rows."""
    rows = canvas.known(dx.measures.select("qc_roi", ("kind", "hour")))
    for kind in ("uni", "standard"):
        part = rows[rows["kind"] == kind] if len(rows) else rows
        if len(part):
            part = part.assign(hour=part["hour"].astype(int)).sort_values("hour", ignore_index=True)
            spend = part["denominator"].astype(float) / part["n"].astype(float)
            return kind, part.assign(spend=spend, roi=part["value"].astype(float))
    return "", pd.DataFrame()


def _spend(ax: Axes, dx: Diagnosis, frame: pd.DataFrame) -> None:
    ax.bar(range(len(frame)), frame["spend"], width=0.7, color=style.FIELD["S"])
    ax.set_ylim(0, max(float(frame["spend"].max()), 1e-9) * 1.15)
    ruler.figures(ax.yaxis, "cny", dx.language, 3)
    ax.tick_params(labelbottom=False)
    marks.note(ax, "ad_hours.spend", dx.language)


def _roi(ax: Axes, dx: Diagnosis, frame: pd.DataFrame, even: float | None) -> None:
    low = frame["low"].astype(float).fillna(frame["roi"])
    high = frame["high"].astype(float).fillna(frame["roi"])
    ax.vlines(range(len(frame)), low, high, color=style.FIELD["F"], lw=5, alpha=0.3)
    ax.plot(range(len(frame)), frame["roi"], "o", color=style.FIELD["F"], ms=8)
    top = max(float(high.max()), even or 0.0) * 1.25 or 1.0
    ax.set_ylim(0, top)
    ruler.figures(ax.yaxis, "ratio", dx.language, 4)
    marks.note(ax, "ad_hours.roi", dx.language)
    if even is not None:
        ax.axhline(even, color=style.VERDICT["poor"], lw=1.4, ls=(0, (5, 3)))
        said = say("ad_hours.even", dx.language, value=fmt.decimal(even, dx.language))
        marks.beside(ax, even, said, 8, color=style.VERDICT["poor"])
    look: Look = {"ha": "center", "size": style.SMALL, "weight": "bold"}
    for place, ends, shift in ((int(frame["roi"].argmax()), high, 12), (int(frame["roi"].argmin()), low, -14)):
        value = fmt.decimal(float(frame["roi"].iloc[place]), dx.language)
        marks.near(ax, (place, float(ends.iloc[place])), value, (0, shift), **look)


def _title(dx: Diagnosis, frame: pd.DataFrame, even: float | None) -> Title:
    best, worst = frame.iloc[int(frame["roi"].argmax())], frame.iloc[int(frame["roi"].argmin())]
    values: dict[str, object] = {
        "best": best["hour"],
        "best_roi": fmt.decimal(best["roi"], dx.language),
        "worst": worst["hour"],
        "worst_roi": fmt.decimal(worst["roi"], dx.language),
        "even": fmt.decimal(even, dx.language) if even is not None else "",
    }
    if len(frame) < LEAST:
        return "title_one", values
    under = 0 if even is None else int((frame["roi"] < even).sum())
    if under:
        key = "title_all" if under == len(frame) else "title_under"
        return key, {**values, "under": under, "all": len(frame)}
    return "title", values
