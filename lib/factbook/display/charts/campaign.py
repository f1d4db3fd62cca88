"""Campaign days against what they would have sold without the campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis

BEFORE = 28  # days shown before the period
LANE = 24  # pixels of height for a row of campaign names
NAME_DAYS, NAME_ROOM = 9, 170  # a name may be wider than its campaign
JOINED, LOST = "joined", ("missed", "not_eligible")
ORDINARY, OUTSIDE = "#C9D2DC", "#98A3AF"
COLUMNS = (head("date", "day"), *canvas.figures("paid_amount_cny"), head("star_cny", "cny"), head("campaign"))


@dataclass(frozen=True)
class Span:
    """A campaign of the form: the days of it that are shown, and what became of it."""

    name: str
    start: date
    end: date
    state: str
    lane: int = 0

    @property
    def joined(self) -> bool:
        return self.state == JOINED

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


@style.themed
def campaign_days(dx: Diagnosis) -> Shown:
    """Daily sales with the campaigns' days marked, and what they would have sold without them."""
    frame = _days(dx)
    if not len(frame):
        return canvas.absent(dx, "campaign_days", ("paid_amount_cny",), "no_report:trade_analysis")
    days = [date.fromisoformat(text) for text in frame["date"]]
    spans = _lanes(_spans(dx, days[0], days[-1]))
    if not spans:
        told = bool(dx.tables.get("campaigns", {}).get("records"))
        return canvas.absent(
            dx, "campaign_days", ("campaigns_joined",), "no_joined_campaign" if told else "no_campaigns"
        )
    top = 40 + LANE * (1 + max(span.lane for span in spans))
    fig = style.figure(900, 280 + top)
    ax = style.axes(fig, 80, top, 176, canvas.FOOT + 24)
    frame = frame.assign(campaign=[_on(day, spans, dx.language) for day in days], star_cny=_stars(dx, frame))
    _bars(ax, frame, days, spans)
    ruler.figures(ax.yaxis, "cny", dx.language)
    ruler.settle(fig)
    ruler.dates(ax, days, dx.language)
    for span in spans:
        _name(ax, span, dx.language)
    _legend(ax, frame, _usual(ax, dx, [span for span in spans if span.joined]), dx.language)
    key, values = _title(dx, spans)
    sources = canvas.row_sources(dx, "paid_amount_cny", "campaigns_joined")
    return canvas.show(dx, Drawn("campaign_days", fig, frame, COLUMNS, key, values, sources))


def _days(dx: Diagnosis) -> pd.DataFrame:
    """Daily sales of the period and of the 28 days before, where the history has them."""
    history = canvas.wide(dx, ("paid_amount_cny",), "date", "history")
    frame = history if len(history) else canvas.wide(dx, ("paid_amount_cny",), "date")
    first = (dx.period.start - timedelta(days=BEFORE)).isoformat()
    if not len(frame):
        return frame
    inside = (frame["date"] >= first) & (frame["date"] <= dx.period.end.isoformat())
    return frame[inside].reset_index(drop=True)


def _spans(dx: Diagnosis, first: date, last: date) -> list[Span]:
    """The campaigns that have a day among those shown, cut to them."""
    found = []
    for row in dx.tables.get("campaigns", {}).get("records", ()):
        if row.get("start") and row.get("end"):
            start, end = (date.fromisoformat(str(row[name])[:10]) for name in ("start", "end"))
            cut = Span(str(row["campaign"]), max(start, first), min(end, last), str(row.get("state") or ""))
            found += [cut] if cut.start <= cut.end else []
    return found


def _lanes(spans: Sequence[Span]) -> list[Span]:
    """Neighbours one above the other, so that their names do not meet."""
    placed: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end, span.name)):
        near = [other for other in placed if other.end + timedelta(days=NAME_DAYS) >= span.start]
        taken = {other.lane for other in near}
        placed.append(replace(span, lane=next(n for n in range(len(spans)) if n not in taken)))
    return placed


def _on(day: date, spans: Sequence[Span], language: str) -> str:
    names = [span.name for span in spans if span.joined and span.holds(day)]
    return canvas.listed(names, language) if names else ""


def _bars(ax: Axes, frame: pd.DataFrame, days: Sequence[date], spans: Sequence[Span]) -> None:
    """A bar a day, campaign days in their own colour, with the stars' part of the day on top."""
    spots, paid = [day.toordinal() for day in days], frame["paid_amount_cny"].astype(float)
    joined = [any(span.joined and span.holds(day) for span in spans) for day in days]
    colours = [style.FIELD["C"] if yes else ORDINARY for yes in joined]
    stars = frame["star_cny"].clip(upper=paid)
    ax.bar(spots, paid - stars, width=0.82, color=colours)
    ax.bar(spots, stars, bottom=paid - stars, width=0.82, color=style.FIELD["T"])
    ax.set_xlim(days[0].toordinal() - 0.7, days[-1].toordinal() + 0.7)
    ax.set_ylim(0, max(float(paid.max()), 1.0) * 1.08)


def _stars(dx: Diagnosis, frame: pd.DataFrame) -> pd.Series:
    """The stars' sales of each day shown; zero where none are known."""
    rows = canvas.known(dx.measures.select("field_paid_cny", ("date", "field")))
    sold = dict(zip(rows["key"], rows["value"].astype(float), strict=True))
    return pd.Series([sold.get((day, "T"), 0.0) for day in frame["date"]], index=frame.index)


def _name(ax: Axes, span: Span, language: str) -> None:
    """A bar above the picture over the campaign's days, with its name and what became of it."""
    y = 1 + (14 + LANE * span.lane) / ax.get_window_extent().height
    first, last = span.start.toordinal() - 0.41, span.end.toordinal() + 0.41
    look: Look = {"color": style.FIELD["C"] if span.joined else OUTSIDE, "lw": 4, "solid_capstyle": "butt"}
    across = ax.get_xaxis_transform()
    ax.plot(
        [first, last],
        [y, y],
        ls="-" if span.joined else (0, (1.5, 1.2)),
        transform=across,
        clip_on=False,
        **look,
    )
    state = "" if span.joined else say("common.colon", language) + label("campaign_state", span.state, language)
    said = typeset.fit(f"{span.name}{state}", NAME_ROOM, style.TINY)
    middle = (first + last) / 2
    shift = (_inward(ax, middle, typeset.width(said, style.TINY)), 4)
    marks.near(ax, (middle, y), said, shift, xycoords=across, size=style.TINY, ha="center", va="bottom")


def _inward(ax: Axes, middle: float, wide: float) -> float:
    """How far a centred name must move to stay between the axes' left edge and the canvas's right."""
    x, right = float(ax.transData.transform((middle, 0))[0]), style.size(style.root(ax))[0] - 8
    left = float(ax.get_window_extent().x0)
    return max(left - (x - wide / 2), 0.0) + min(right - (x + wide / 2), 0.0)


def _usual(ax: Axes, dx: Diagnosis, spans: Sequence[Span]) -> list[tuple[float, str, str]]:
    """What each joined campaign's days would have sold without it, dashed in its band; the words for the last one."""
    found = [(span, rows) for span in spans if len(rows := _expected(dx, span))]
    for _, rows in found:
        spots = [date.fromisoformat(day).toordinal() for day in rows["date"]]
        edges = [spots[0] - 0.5, *(spot + 0.5 for spot in spots)]
        low, high, middle = (rows[name].astype(float).to_numpy() for name in ("low", "high", "value"))
        ax.stairs(high, edges, baseline=low, fill=True, color=style.INK, alpha=0.22, lw=0, zorder=3)
        ax.stairs(middle, edges, baseline=None, color=style.INK, lw=1.6, ls=(0, (4, 2)), zorder=4)
    if not found:
        return []
    _, rows = max(found, key=lambda pair: pair[0].end)
    level = float(rows["value"].astype(float).mean())
    return [(level, say("campaign_days.usual", dx.language, value=fmt.money(level, dx.language)), style.INK)]


def _expected(dx: Diagnosis, span: Span) -> pd.DataFrame:
    """Expected sales by day of one campaign, in this period or before it, on the days shown."""
    parts = [dx.measures.select("campaign_expected_daily_cny", ("campaign", "date"), p) for p in ("current", "history")]
    rows = canvas.known(pd.concat([part for part in parts if len(part)])) if any(map(len, parts)) else pd.DataFrame()
    if not len(rows):
        return rows
    inside = (rows["date"] >= span.start.isoformat()) & (rows["date"] <= span.end.isoformat())
    return rows[(rows["campaign"] == span.name) & inside].sort_values("date", ignore_index=True)


def _legend(ax: Axes, frame: pd.DataFrame, usual: list[tuple[float, str, str]], language: str) -> None:
    """What the colours mean, at the upper right, and the usual day at its height."""
    top = ax.get_ylim()[1]
    words = [(top, say("campaign_days.joined", language), style.FIELD["C"])] if frame["campaign"].any() else []
    words += [(top * 0.9, label("field", "T", language), style.FIELD["T"])] if frame["star_cny"].any() else []
    marks.ends(ax, [*words, *usual])


def _title(dx: Diagnosis, spans: Sequence[Span]) -> tuple[str, dict[str, object]]:
    joined = [canvas.measured(dx, "campaign_uplift_ratio", campaign=span.name) for span in spans if span.joined]
    known = [row for row in joined if row is not None and row.value is not None]
    if known:
        best = max(known, key=lambda row: row.numerator or 0.0)
        change = best.value or 0.0
        values = {"campaign": best.slice["campaign"], "change": fmt.percent(abs(change), dx.language, 0)}
        return ("title_more" if change >= 0 else "title_less"), {**values}
    inside = [span for span in spans if span.end >= dx.period.start]
    if not inside and any(span.joined for span in spans):
        return "title_before", {"campaigns": canvas.listed([s.name for s in spans if s.joined], dx.language)}
    lost = [span.name for span in spans if span.state in LOST]
    names = canvas.listed(lost or [span.name for span in spans], dx.language)
    return ("title_missed" if lost else "title_plain"), {"campaigns": names}
