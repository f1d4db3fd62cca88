"""How the merchant grows: the room funnel, weekly sales, the mix of fields, the rhythm of going live, followers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis, Measure

STEPS = ("entry_rate", "view_to_product_impression", "product_ctr_users", "click_to_pay_users")
FIELD_ORDER = ("F", "S", "A", "T", "U")
PAID, NET = "#B9C6D6", "#2F5488"
WORTH_SAYING = 0.05  # a change of share below five points is not the headline


# ------------------------------------------------------------------ the room funnel


@style.themed
def room_funnel(dx: Diagnosis) -> Shown:
    """Four rates from being shown the room to paying: a bar a step, people lost, the peers' rate where typed in."""
    steps = [row for id in STEPS if (row := canvas.measured(dx, id)) and row.numerator and row.denominator]
    if not steps:
        return canvas.absent(dx, "room_funnel", STEPS, "no_report:live_sessions")
    fig = style.figure(900, 70 + 68 * len(steps))
    ax = style.axes(fig, 286, 40, 190, canvas.FOOT + 12)
    ax.set(xlim=(0, 1), ylim=(len(steps) - 0.5, -0.5), yticks=[], xticks=[])
    ax.spines.bottom.set_visible(False)
    for n, step in enumerate(steps):
        _funnel_step(ax, dx, n, step)
    _funnel_heads(ax, dx.language)
    frame = _funnel_frame(dx, steps)
    key, values = _funnel_title(dx, steps, frame)
    columns = (
        head("step"),
        head("entered", "people"),
        head("stayed", "people"),
        head("lost", "people"),
        head("rate", "fraction"),
        head("peers", "fraction"),
    )
    sources = [step.source for step in steps]
    return canvas.show(dx, Drawn("room_funnel", fig, frame, columns, key, values, sources))


def _funnel_step(ax: Axes, dx: Diagnosis, n: int, step: Measure) -> None:
    rate, peer = step.value or 0.0, canvas.peer(dx, step.id)
    verdict = dx.score(f"metric:{step.id}").verdict
    ax.barh(n, 1, height=0.46, color="#EEF1F4")
    ax.barh(n, min(rate, 1), height=0.46, color=style.VERDICT[verdict] if verdict else PAID)
    far = max(rate, peer or 0.0)
    said = f"{fmt.percent(rate, dx.language)} {style.MARK[verdict]}".strip()
    ax.annotate(said, (min(far, 1), n), (8, 0), textcoords="offset points", va="center", weight="bold")
    if peer is not None:
        _peer_tick(ax, n, peer, dx.language)
    _funnel_words(ax, n, step, dx.language)


def _peer_tick(ax: Axes, n: int, peer: float, language: str) -> None:
    ax.plot([peer, peer], [n - 0.32, n + 0.32], color=style.INK, lw=2, solid_capstyle="butt")
    said = say("common.peers_at", language, value=fmt.percent(peer, language))
    side = "left" if peer < 0.5 else "right"
    ax.annotate(said, (peer, n - 0.36), size=style.TINY, color=style.INK, ha=side, va="bottom")


def _funnel_words(ax: Axes, n: int, step: Measure, language: str) -> None:
    entered, stayed = step.denominator or 0.0, step.numerator or 0.0
    values = {"entered": fmt.count(entered, language), "stayed": fmt.count(stayed, language)}
    at = {"xycoords": ("figure pixels", "data"), "annotation_clip": False}
    ax.annotate(say(f"room_funnel.{step.id}", language), (16, n - 0.14), weight="bold", va="center", **at)
    said = typeset.fit(say(f"room_funnel.{step.id}_counts", language, **values), 264, style.SMALL)
    ax.annotate(said, (16, n + 0.19), size=style.SMALL, color=style.SOFT, va="center", **at)
    lost = fmt.count(entered - stayed, language)
    ax.annotate(lost, (884, n), weight="bold", ha="right", va="center", **at)


def _funnel_heads(ax: Axes, language: str) -> None:
    at = {"xycoords": "figure pixels", "va": "top", "size": style.SMALL, "color": style.SOFT, "annotation_clip": False}
    top = ax.figure.bbox.height - 10
    ax.annotate(say("room_funnel.of_step", language), (ax.get_window_extent().x0, top), **at)
    ax.annotate(say("room_funnel.lost", language), (884, top), ha="right", **at)


def _funnel_frame(dx: Diagnosis, steps: Sequence[Measure]) -> pd.DataFrame:
    rows = [
        {
            "id": step.id,
            "step": say(f"room_funnel.{step.id}", dx.language),
            "entered": step.denominator,
            "stayed": step.numerator,
            "lost": (step.denominator or 0.0) - (step.numerator or 0.0),
            "rate": step.value,
            "peers": canvas.peer(dx, step.id),
        }
        for step in steps
    ]
    return pd.DataFrame(rows)


def _funnel_title(dx: Diagnosis, steps: Sequence[Measure], frame: pd.DataFrame) -> tuple[str, dict[str, str]]:
    compared = frame.dropna(subset=["peers"])
    if not len(compared):
        per = 1000 * (steps[-1].numerator or 0.0) / (steps[0].denominator or 1.0)
        return "title_plain", {"buyers": fmt.decimal(per, dx.language, 1)}
    ratio = compared["rate"].astype(float) / compared["peers"].astype(float)
    worst = compared.loc[ratio.idxmin()]
    values = {
        "step": worst["step"],
        "rate": fmt.percent(worst["rate"], dx.language),
        "peers": fmt.percent(worst["peers"], dx.language),
    }
    return ("title_below" if ratio.min() < 1 else "title_above"), values


# ------------------------------------------------------------------ sales by week


def weeks(frame: pd.DataFrame) -> list[date]:
    """The Mondays of a frame with a column `week`."""
    return [date.fromisoformat(text) for text in frame["week"]]


def _centres(days: Sequence[date]) -> list[float]:
    return [day.toordinal() + 3.0 for day in days]


def _week_axis(ax: Axes, days: Sequence[date]) -> None:
    ax.set_xlim(days[0].toordinal() - 1, days[-1].toordinal() + 7)


@style.themed
def weekly_sales(dx: Diagnosis) -> Shown:
    """Sales by week, with what is left after refunds inside."""
    ids = ("paid_amount_cny", "net_paid_amount_cny")
    frame = canvas.wide(dx, ids, "week", "history")
    if not len(frame):
        return canvas.absent(dx, "weekly_sales", ids, "no_report:trade_analysis")
    fig = style.figure(900, 340)
    ax = style.axes(fig, 90, 34, 160, canvas.FOOT + 24)
    days = weeks(frame)
    for id, colour in zip(ids, (PAID, NET), strict=True):
        ax.bar(_centres(days), frame[id], width=5.8, color=colour)
    _week_axis(ax, days)
    ruler.figures(ax.yaxis, "cny", dx.language)
    ruler.settle(fig)
    ruler.dates(ax, days, dx.language)
    ruler.period(ax, dx.period, dx.language)
    last = frame.iloc[-1]
    words = [f"{say(f'weekly_sales.{id}', dx.language)} {fmt.money(last[id], dx.language)}" for id in ids]
    ruler.ends(ax, list(zip(last[list(ids)].fillna(0.0), words, (PAID, NET), strict=True)))
    ruler.note(ax, "weekly_sales.scale", dx.language)
    key, values = _sales_title(dx)
    columns = (head("week", "day"), *canvas.figures(*ids))
    return canvas.show(dx, Drawn("weekly_sales", fig, frame, columns, key, values, canvas.row_sources(dx, *ids)))


def _sales_title(dx: Diagnosis) -> tuple[str, dict[str, str]]:
    paid, net = dx.measures.value("paid_amount_cny"), dx.measures.value("net_paid_amount_cny")
    before = dx.measures.value("paid_amount_cny", "previous")
    values = {"paid": fmt.money(paid, dx.language), "net": fmt.money(net, dx.language)}
    if not paid or not before:
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
    ruler.dates(ax, weeks(frame), dx.language)
    ruler.ends(ax, _last_shares(frame, present, dx.language))
    ruler.note(ax, "field_mix.scale", dx.language)
    key, values = _mix_title(dx)
    columns = (head("week", "day"), *(head(code, "fraction", f"field_{code}") for code in present))
    sources = canvas.row_sources(dx, "field_share")
    return canvas.show(dx, Drawn("field_mix", fig, frame, columns, key, values, sources))


def _stack(ax: Axes, frame: pd.DataFrame, present: Sequence[str]) -> None:
    days = weeks(frame)
    floor = pd.Series(0.0, index=frame.index)
    for code in present:
        ax.bar(_centres(days), frame[code], width=6.4, bottom=floor, color=style.FIELD[code])
        floor = floor + frame[code]
    _week_axis(ax, days)
    ax.set_ylim(0, 1)


def _last_shares(frame: pd.DataFrame, present: Sequence[str], language: str) -> list[tuple[float, str, str]]:
    last = frame.iloc[-1]
    floors = last[list(present)].cumsum() - last[list(present)] / 2
    return [
        (float(floors[code]), f"{label('field', code, language)} {fmt.percent(last[code], language)}", style.FIELD[code])
        for code in present
    ]


def _mix_title(dx: Diagnosis) -> tuple[str, dict[str, str]]:
    now = canvas.known(dx.measures.select("field_share", "field")).set_index("field")["value"]
    before = canvas.known(dx.measures.select("field_share", "field", "previous")).set_index("field")["value"]
    change = (now - before).dropna()
    if len(change) and change.abs().max() >= WORTH_SAYING:
        return _moved(str(change.abs().idxmax()), now, before, dx.language)
    if not len(now):
        return "title_none", {}
    leader = str(now.idxmax())
    said = {"field": label("field", leader, dx.language), "share": fmt.percent(now[leader], dx.language)}
    return "title_lead", said


def _moved(code: str, now: pd.Series, before: pd.Series, language: str) -> tuple[str, dict[str, str]]:
    values = {
        "field": label("field", code, language),
        "before": fmt.percent(before[code], language),
        "after": fmt.percent(now[code], language),
    }
    return ("title_rose" if now[code] > before[code] else "title_fell"), values


# ------------------------------------------------------------------ rhythm and followers: two panels each


def _panels(height: float, right: float = 130) -> tuple[Figure, Axes, Axes]:
    fig = style.figure(900, height)
    half = (height - canvas.FOOT - 24 - 34 - 40) / 2
    upper = style.axes(fig, 60, 34, right, canvas.FOOT + 24 + half + 40)
    lower = style.axes(fig, 60, 34 + half + 40, right, canvas.FOOT + 24)
    return fig, upper, lower


def _finish_panels(dx: Diagnosis, fig: Figure, panels: Sequence[Axes], days: Sequence[date]) -> None:
    ruler.settle(fig)
    for ax in panels:
        _week_axis(ax, days)
        ruler.dates(ax, days, dx.language)
    panels[0].xaxis.set_ticklabels([])


@style.themed
def rhythm(dx: Diagnosis) -> Shown:
    """Days and hours live, by week."""
    ids = ("live_days_per_week", "live_minutes")
    frame = canvas.wide(dx, ids, "week", "history")
    if not len(frame):
        return canvas.absent(dx, "rhythm", ids, "no_report:live_sessions")
    fig, upper, lower = _panels(380)
    days = weeks(frame)
    upper.bar(_centres(days), frame[ids[0]], width=5.4, color=style.FIELD["F"])
    upper.set(ylim=(0, 7.4), yticks=(0, 2, 4, 7))
    lower.bar(_centres(days), frame[ids[1]] / 60, width=5.4, color="#7C93B5")
    ruler.figures(lower.yaxis, "hours", dx.language)
    ruler.note(upper, "rhythm.days", dx.language)
    ruler.note(lower, "rhythm.hours", dx.language)
    _finish_panels(dx, fig, (upper, lower), days)
    key, values = _rhythm_title(dx)
    _period_line(upper, dx, "live_days_per_week", 1.0)
    _period_line(lower, dx, "live_hours_per_week", 1.0)
    columns = (head("week", "day"), *canvas.figures(*ids))
    return canvas.show(dx, Drawn("rhythm", fig, frame, columns, key, values, canvas.row_sources(dx, *ids)))


def _period_line(ax: Axes, dx: Diagnosis, id: str, scale: float) -> None:
    row = canvas.measured(dx, id)
    if row is None or row.value is None:
        return
    ax.axhline(row.value / scale, color=style.INK, lw=1, ls=(0, (4, 3)))
    said = say("common.period_at", dx.language, value=fmt.decimal(row.value / scale, dx.language, 1))
    at = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "annotation_clip": False}
    ax.annotate(said, (1, row.value / scale), (8, 0), size=style.SMALL, va="center", **at)


def _rhythm_title(dx: Diagnosis) -> tuple[str, dict[str, str]]:
    days, gap = dx.measures.value("live_days_per_week"), dx.measures.value("longest_gap_days")
    if days is None:
        return "title_none", {}
    values = {"days": fmt.decimal(days, dx.language, 1)}
    if gap is None:
        return "title_days", values
    return ("title_one" if gap == 1 else "title"), {**values, "gap": fmt.decimal(gap, dx.language, 0)}


@style.themed
def followers(dx: Diagnosis) -> Shown:
    """New and net followers by week, and the share of viewers who follow."""
    ids = ("new_followers", "net_followers", "follow_rate")
    frame = canvas.wide(dx, ids, "week", "history")
    if not len(frame):
        return canvas.absent(dx, "followers", ids, "no_report:live_sessions")
    fig, upper, lower = _panels(400)
    days = weeks(frame)
    upper.bar(_centres(days), frame["new_followers"], width=5.8, color=PAID)
    upper.bar(_centres(days), frame["net_followers"], width=3.4, color=NET)
    lower.plot(_centres(days), frame["follow_rate"], color=style.FIELD["F"], lw=2, marker="o", ms=4)
    lower.set_ylim(0, float(frame["follow_rate"].max(skipna=True) or 0.01) * 1.25)
    ruler.figures(upper.yaxis, "people", dx.language)
    ruler.figures(lower.yaxis, "fraction", dx.language)
    ruler.note(upper, "followers.people", dx.language)
    ruler.note(lower, "followers.rate", dx.language)
    _finish_panels(dx, fig, (upper, lower), days)
    last = frame.iloc[-1].fillna(0.0)
    pairs = (("new_followers", PAID), ("net_followers", NET))
    words = [
        (last[id], f"{say(f'followers.{id}', dx.language)} {fmt.count(last[id], dx.language)}", c) for id, c in pairs
    ]
    ruler.ends(upper, words)
    _rate_end(lower, days, frame, dx.language)
    key, values = _followers_title(dx)
    columns = (head("week", "day"), *canvas.figures(*ids))
    return canvas.show(dx, Drawn("followers", fig, frame, columns, key, values, canvas.row_sources(dx, *ids)))


def _rate_end(ax: Axes, days: Sequence[date], frame: pd.DataFrame, language: str) -> None:
    rates = frame["follow_rate"].dropna()
    if len(rates):
        ruler.ends(ax, [(float(rates.iloc[-1]), fmt.percent(float(rates.iloc[-1]), language), style.FIELD["F"])])


def _followers_title(dx: Diagnosis) -> tuple[str, dict[str, str]]:
    now, before = dx.measures.value("follow_rate"), dx.measures.value("follow_rate", "previous")
    if now is None:
        return "title_none", {}
    values = {"now": fmt.decimal(now * 1000, dx.language, 0)}
    if before is None:
        return "title_plain", values
    values["before"] = fmt.decimal(before * 1000, dx.language, 0)
    return ("title_up" if now >= before else "title_down"), values
