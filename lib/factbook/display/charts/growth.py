"""How the merchant grows: weekly sales, the mix of fields, the rhythm of going live, followers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from factbook import fmt
from factbook.display import style
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.charts.funnel import room_funnel
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis

__all__ = ["field_mix", "followers", "rhythm", "room_funnel", "weekly_sales"]

FIELD_ORDER = ("F", "S", "A", "T", "U")
PAID, NET, HOURS = "#B9C6D6", "#2F5488", "#7C93B5"
WORTH_SAYING = 0.05  # a change of share below five points is not the headline
Title = tuple[str, dict[str, object]]


def _weeks(frame: pd.DataFrame) -> list[date]:
    return [date.fromisoformat(text) for text in frame["week"]]


def _centres(days: Sequence[date]) -> list[float]:
    return [day.toordinal() + 3.0 for day in days]


def _week_axis(ax: Axes, days: Sequence[date]) -> None:
    ax.set_xlim(days[0].toordinal() - 1, days[-1].toordinal() + 7)


# ------------------------------------------------------------------ sales by week


@style.themed
def weekly_sales(dx: Diagnosis) -> Shown:
    """Sales by week, with what is left after refunds inside."""
    ids = ("paid_amount_cny", "net_paid_amount_cny")
    frame = canvas.wide(dx, ids, "week", "history")
    if not len(frame):
        return canvas.absent(dx, "weekly_sales", ids, "no_report:trade_analysis")
    fig = style.figure(900, 340)
    ax = style.axes(fig, 90, 34, 160, canvas.FOOT + 24)
    days = _weeks(frame)
    for id, colour in zip(ids, (PAID, NET), strict=True):
        ax.bar(_centres(days), frame[id], width=5.8, color=colour)
    _week_axis(ax, days)
    ruler.figures(ax.yaxis, "cny", dx.language, 5)
    ruler.settle(fig)
    ruler.dates(ax, days, dx.language)
    ruler.period(ax, dx.period, dx.language)
    last = frame.iloc[-1].fillna(0.0)
    words = [f"{say(f'weekly_sales.{id}', dx.language)} {fmt.money(last[id], dx.language)}" for id in ids]
    marks.ends(ax, list(zip(last[list(ids)], words, (PAID, NET), strict=True)))
    marks.note(ax, "weekly_sales.scale", dx.language)
    key, values = _sales_title(dx)
    columns = (head("week", "day"), *canvas.figures(*ids))
    sources = canvas.row_sources(dx, *ids)
    return canvas.show(dx, Drawn("weekly_sales", fig, frame, columns, key, values, sources))


def _sales_title(dx: Diagnosis) -> Title:
    paid, net = dx.measures.value("paid_amount_cny"), dx.measures.value("net_paid_amount_cny")
    before = dx.measures.value("paid_amount_cny", "previous")
    if paid is None or net is None:
        return "title_none", {}
    values: dict[str, object] = {"paid": fmt.money_said(paid, dx.language), "net": fmt.money_said(net, dx.language)}
    if not before:
        return "title_first", values
    change = paid / before - 1
    values["change"] = fmt.percent(abs(change), dx.language, 0)
    return ("title_up" if change >= 0 else "title_down"), values


# ------------------------------------------------------------------ the mix of fields


@style.themed
def field_mix(dx: Diagnosis) -> Shown:
    """Shares of the fields by week; they add up to 100 %."""
    rows = canvas.known(dx.measures.select("field_share", ("week", "field"), "history"))
    if not len(rows):
        return canvas.absent(dx, "field_mix", ("field_share",), "no_report:trade_analysis")
    frame = rows.pivot_table(index="week", columns="field", values="value", aggfunc="first")
    present = [code for code in FIELD_ORDER if code in frame and frame[code].abs().sum() > 0]
    frame = frame[present].fillna(0.0).sort_index().reset_index()
    fig = style.figure(900, 360)
    ax = style.axes(fig, 60, 34, 160, canvas.FOOT + 24)
    _stack(ax, frame, present)
    ruler.figures(ax.yaxis, "fraction", dx.language, 5)
    ruler.settle(fig)
    ruler.dates(ax, _weeks(frame), dx.language)
    marks.ends(ax, _last_shares(frame, present, dx.language))
    marks.note(ax, "field_mix.scale", dx.language)
    key, values = _mix_title(dx)
    columns = (head("week", "day"), *(head(code, "fraction", f"field_{code}") for code in present))
    sources = canvas.row_sources(dx, "field_share")
    return canvas.show(dx, Drawn("field_mix", fig, frame, columns, key, values, sources))


def _stack(ax: Axes, frame: pd.DataFrame, present: Sequence[str]) -> None:
    days = _weeks(frame)
    floor = pd.Series(0.0, index=frame.index)
    for code in present:
        ax.bar(_centres(days), frame[code], width=6.4, bottom=floor, color=style.FIELD[code])
        floor = floor + frame[code]
    _week_axis(ax, days)
    ax.set_ylim(0, 1)


def _last_shares(frame: pd.DataFrame, present: Sequence[str], language: str) -> list[tuple[float, str, str]]:
    last = frame.iloc[-1][list(present)].astype(float)
    middles = last.cumsum() - last / 2
    words: Look = {code: f"{label('field', code, language)} {fmt.percent(last[code], language)}" for code in present}
    return [(float(middles[code]), words[code], style.FIELD[code]) for code in present]


def _mix_title(dx: Diagnosis) -> Title:
    now, before = (canvas.by_slice(dx, "field_share", "field", period) for period in ("current", "previous"))
    moved = {code: now[code] - before[code] for code in now if code in before}
    most = max(moved, key=lambda code: abs(moved[code]), default="")
    if most and abs(moved[most]) >= WORTH_SAYING:
        ends = {"before": before[most], "after": now[most]}
        said = {name: fmt.percent(share, dx.language) for name, share in ends.items()}
        key = "title_rose" if moved[most] > 0 else "title_fell"
        return key, {"field": label("field", most, dx.language), **said}
    leader = max(now, key=lambda code: now[code], default="")
    if not leader:
        return "title_none", {}
    share = fmt.percent(now[leader], dx.language)
    return ("title_lead" if moved else "title_share"), {
        "field": label("field", leader, dx.language),
        "share": share,
    }


# ------------------------------------------------------------------ rhythm and followers: two panels each


def _panels(height: float, right: float = 130) -> tuple[Figure, Axes, Axes]:
    fig = style.figure(900, height)
    half = (height - canvas.FOOT - 24 - 34 - 40) / 2
    upper = style.axes(fig, 60, 34, right, canvas.FOOT + 24 + half + 40)
    lower = style.axes(fig, 60, 34 + half + 40, right, canvas.FOOT + 24)
    return fig, upper, lower


def _finish_panels(dx: Diagnosis, fig: Figure, days: Sequence[date]) -> None:
    ruler.settle(fig)
    for ax in fig.axes:
        _week_axis(ax, days)
        ruler.dates(ax, days, dx.language)
        ruler.period(ax, dx.period, dx.language)
    fig.axes[0].xaxis.set_ticklabels([])


@style.themed
def rhythm(dx: Diagnosis) -> Shown:
    """Days and hours live, by week."""
    ids = ("live_days_per_week", "live_hours_per_week")
    frame = canvas.wide(dx, ids, "week", "history")
    if not len(frame):
        return canvas.absent(dx, "rhythm", ids, "no_report:live_sessions")
    fig, upper, lower = _panels(380)
    days = _weeks(frame)
    upper.bar(_centres(days), frame[ids[0]], width=5.4, color=style.FIELD["F"])
    upper.set(ylim=(0, 7.4), yticks=(0, 2, 4, 7))
    lower.bar(_centres(days), frame[ids[1]], width=5.4, color=HOURS)
    ruler.figures(lower.yaxis, "hours", dx.language)
    marks.note(upper, "rhythm.days", dx.language)
    marks.note(lower, "rhythm.hours", dx.language)
    _finish_panels(dx, fig, days)
    for ax, id in zip((upper, lower), ids, strict=True):
        _period_line(ax, dx, id)
    key, values = _rhythm_title(dx)
    columns = (head("week", "day"), *canvas.figures(*ids))
    sources = canvas.row_sources(dx, *ids)
    return canvas.show(dx, Drawn("rhythm", fig, frame, columns, key, values, sources))


def _period_line(ax: Axes, dx: Diagnosis, id: str) -> None:
    row = canvas.measured(dx, id)
    if row is not None and row.value is not None:
        ax.axhline(row.value, color=style.INK, lw=1, ls=(0, (4, 3)))
        said = say("common.period_at", dx.language, value=fmt.decimal(row.value, dx.language, 1))
        marks.beside(ax, row.value, said)


def _rhythm_title(dx: Diagnosis) -> Title:
    days, gap = dx.measures.value("live_days_per_week"), dx.measures.value("longest_gap_days")
    if days is None:
        return "title_none", {}
    values = {"days": fmt.decimal(days, dx.language, 1), "gap": fmt.decimal(gap, dx.language, 0)}
    keys = {None: "title_days", 0.0: "title_daily", 1.0: "title_one"}
    return keys.get(gap, "title"), {**values}


@style.themed
def followers(dx: Diagnosis) -> Shown:
    """New and net followers by week, and the share of viewers who follow."""
    ids = ("new_followers", "net_followers", "follow_rate")
    frame = canvas.wide(dx, ids, "week", "history")
    if not len(frame):
        return canvas.absent(dx, "followers", ids, "no_report:live_sessions")
    fig, upper, lower = _panels(400)
    days = _weeks(frame)
    upper.bar(_centres(days), frame["new_followers"], width=5.8, color=PAID)
    upper.bar(_centres(days), frame["net_followers"], width=3.4, color=NET)
    lower.plot(_centres(days), frame["follow_rate"], color=style.FIELD["F"], lw=2, marker="o", ms=4)
    lower.set_ylim(0, float(frame["follow_rate"].max(skipna=True) or 0.01) * 1.25)
    ruler.figures(upper.yaxis, "people", dx.language)
    ruler.figures(lower.yaxis, "fraction", dx.language)
    marks.note(upper, "followers.people", dx.language)
    marks.note(lower, "followers.rate", dx.language)
    _finish_panels(dx, fig, days)
    _follower_ends(upper, lower, frame, dx.language)
    key, values = _followers_title(dx)
    columns = (head("week", "day"), *canvas.figures(*ids))
    sources = canvas.row_sources(dx, *ids)
    return canvas.show(dx, Drawn("followers", fig, frame, columns, key, values, sources))


def _follower_ends(upper: Axes, lower: Axes, frame: pd.DataFrame, language: str) -> None:
    last = frame.iloc[-1].fillna(0.0)
    said = {id: say(f"followers.{id}", language) for id in ("new_followers", "net_followers")}
    colours = (PAID, NET)
    words = [(float(last[id]), f"{name} {fmt.count(last[id], language)}") for id, name in said.items()]
    marks.ends(upper, [(y, text, colour) for (y, text), colour in zip(words, colours, strict=True)])
    rates = frame["follow_rate"].dropna().astype(float)
    if len(rates):
        rate = float(rates.iloc[-1])
        marks.ends(lower, [(rate, fmt.percent(rate, language), style.FIELD["F"])])


def _followers_title(dx: Diagnosis) -> Title:
    now, before = dx.measures.value("follow_rate"), dx.measures.value("follow_rate", "previous")
    if now is None:
        return "title_none", {}
    values: dict[str, object] = {"now": fmt.decimal(now * 1000, dx.language, 0)}
    if before is None:
        return "title_plain", values
    values["before"] = fmt.decimal(before * 1000, dx.language, 0)
    if values["now"] == values["before"]:
        return "title_same", values
    return ("title_up" if now > before else "title_down"), values
