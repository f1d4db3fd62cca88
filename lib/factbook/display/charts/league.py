"""The league of own sessions: each against those of the same part of the day and the same length."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style
from factbook.display.charts import bands, canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.measures.common import records
from factbook.measures.ground import MIN_SESSION_MINUTES
from factbook.measures.slots import LENGTHS
from factbook.records import Diagnosis

Title = tuple[str, dict[str, object]]


@style.themed
def session_league(dx: Diagnosis) -> Shown:
    """Every session as a dot: sales per hour, beside those that start at the same part of the day and last as long."""
    rows = canvas.known(dx.measures.select("paid_per_hour_cny", "session"))
    if not len(rows):
        return canvas.absent(dx, "session_league", ("paid_per_hour_cny",), "no_report:live_sessions")
    frame, least = _started(dx, rows), _least(dx)
    frame = frame[frame["minutes"].fillna(least) >= least]
    if not len(frame):
        return canvas.absent(dx, "session_league", (), "too_few")
    slots = _slots(frame)
    fig = style.figure(900, 76 + 62 * len(slots) + canvas.FOOT)
    ax = style.axes(fig, 70, 34, 190, canvas.FOOT + 26)
    most = max(float(frame["value"].max()), 1.0)
    ax.set(ylim=(len(slots) - 0.5, -0.5), xlim=(-0.01 * most, 1.06 * most))
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    for n, slot in enumerate(records(slots)):
        mine = frame[(frame["band"] == slot["band"]) & (frame["length"] == slot["length"])]
        _band(ax, n, float(slot["value"]), mine, dx.language)
    names = [_name(slot, dx.language) for slot in records(slots)]
    ax.set_yticks(range(len(slots)), names, color=style.INK)
    ruler.figures(ax.xaxis, "cny", dx.language, 6)
    ruler.settle(fig)
    marks.note(ax, "session_league.scale", dx.language)
    key, values = _title(bands.pooled(frame), dx.language)
    values["minutes"] = fmt.decimal(least, dx.language, 0)
    likes = canvas.by_slice(dx, "like_for_like", "session")
    frame = frame.rename(columns={"value": "paid_per_hour_cny"})
    frame = frame.assign(like_for_like=frame["session"].map(likes).astype(float))
    columns = (head("account"), head("started"), *canvas.figures("paid_per_hour_cny", "like_for_like"))
    return canvas.show(dx, Drawn("session_league", fig, frame, columns, key, values, frame["source"]))


def _slots(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a slot present: part of the day × length, Σ sales ÷ Σ hours."""
    parts = []
    for length, _ in LENGTHS:
        part = frame[frame["length"] == length]
        if len(part):
            parts.append(bands.pooled(part).assign(length=length))
    order = [name for name, _, _ in bands.BANDS]
    slots = pd.concat(parts, ignore_index=True)
    return slots.sort_values("band", key=lambda names: names.map(order.index), kind="stable", ignore_index=True)


def _name(slot: dict[str, object], language: str) -> str:
    joint = "，" if language == "zh" else ", "
    return joint.join((say(f"bands.{slot['band']}", language), label("length_band", slot["length"], language)))


def _least(dx: Diagnosis) -> float:
    """Shorter sessions are tests and drop-outs; the form's profile may set another number of minutes."""
    set_by_form = dx.merchant.profile.get("min_session_minutes")
    return float(set_by_form) if isinstance(set_by_form, (int, float)) else MIN_SESSION_MINUTES


def _started(dx: Diagnosis, rows: pd.DataFrame) -> pd.DataFrame:
    """Sessions with their start, part of the day and length."""
    parts, minutes = rows["session"].str.rpartition("@"), canvas.by_slice(dx, "live_minutes", "session")
    started = [datetime.fromisoformat(text) for text in parts[2]]
    long = [minutes.get(session, float("nan")) for session in rows["session"]]
    lengths = [next((name for name, least in reversed(LENGTHS) if m >= least), LENGTHS[0][0]) for m in long]
    found = rows.assign(account=parts[0], started=[moment.isoformat(" ", "minutes") for moment in started])
    found = found.assign(minutes=long, length=lengths, band=[bands.band(moment.hour) for moment in started])
    return found.sort_values("started")


def _band(ax: Axes, n: int, value: float, frame: pd.DataFrame, language: str) -> None:
    spots = [n + (k * 0.618034 % 1 - 0.5) * 0.5 for k in range(len(frame))]  # spread evenly, the same every time
    ax.scatter(frame["value"], spots, s=26, color=style.FIELD["F"], alpha=0.55, lw=0)
    ax.plot([value, value], [n - 0.36, n + 0.36], color=style.FIELD["T"], lw=3, solid_capstyle="butt")
    per_hour = say("session_league.per_hour", language, value=fmt.money(value, language))
    marks.beside(ax, n - 0.14, per_hour, 12, weight="bold", size=style.BASE)
    count = say("session_league.count", language, count=len(frame))
    marks.beside(ax, n + 0.2, count, 12, size=style.TINY, color=style.SOFT)


def _title(parts: pd.DataFrame, language: str) -> Title:
    compared = bands.message(parts, language)
    if compared:
        return compared
    only = parts.iloc[int(parts["n"].argmax())]
    value = fmt.money_said(float(only["value"]), language)
    return "title_only", {"best": say(f"bands.{only['band']}", language), "value": value}
