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
ZOOMED = 220  # pixels of height for a second panel
DWARFS = 2.5  # times the highest other day, from which a star's day hides the rest
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
    frame = frame.assign(campaign=[_on(day, spans, dx.language) for day in days], star_cny=_stars(dx, frame))
    known = [rows for span in spans if span.joined and len(rows := _expected(dx, span))]
    panels = _panels(40 + LANE * (1 + max(span.lane for span in spans)), _ceiling(frame, known))
    for ax in panels:
        _bars(ax, frame, days, spans)
    if len(panels) > 1:
        _cut(panels, frame, days, _ceiling(frame, known) or 0.0, dx.language)
    for ax in panels:
        ruler.figures(ax.yaxis, "cny", dx.language)
    ruler.settle(style.root(panels[0]))
    for ax in panels:
        ruler.dates(ax, days, dx.language)
    for span in spans:
        _name(panels[0], span, dx.language)
    _legends(panels, frame, _usual(panels[-1], known, dx.language), dx.language)
    key, values = _title(dx, spans)
    sources = canvas.row_sources(dx, "paid_amount_cny", "campaigns_joined")
    return canvas.show(dx, Drawn("campaign_days", style.root(panels[0]), frame, COLUMNS, key, values, sources))


def _panels(top: float, ceiling: float | None) -> tuple[Axes, ...]:
    """One panel, or two where a star's days dwarf the others: all of it, and below it what lies under the ceiling."""
    below = canvas.FOOT + 24
    fig = style.figure(900, 280 + top + (ZOOMED if ceiling else 0))
    first = style.axes(fig, 80, top, 176, below + (ZOOMED + 40 if ceiling else 0))
    return (first, style.axes(fig, 80, style.size(fig)[1] - below - ZOOMED + 40, 176, below)) if ceiling else (first,)


def _ceiling(frame: pd.DataFrame, known: Sequence[pd.DataFrame]) -> float | None:
    """The height under which the days without a star and the expected sales lie; None where one scale shows both."""
    paid = frame["paid_amount_cny"].astype(float)
    star = frame["star_cny"].astype(float) > paid / 2
    ends = [float(rows["high"].astype(float).max()) for rows in known]
    top = max([float(paid[~star].max()) if (~star).any() else 0.0, *ends])
    return top * 1.15 if star.any() and top > 0 and float(paid.max()) > DWARFS * top else None


def _cut(panels: Sequence[Axes], frame: pd.DataFrame, days: Sequence[date], ceiling: float, language: str) -> None:
    """The second panel up to the ceiling, its cut columns marked; what they hold stands on them in the first."""
    whole, zoomed = panels
    zoomed.set_ylim(0, ceiling)
    whole.set_ylim(0, whole.get_ylim()[1] * 1.1)
    marks.note(zoomed, "campaign_days.zoomed", language, value=fmt.money(ceiling, language))
    tall = [(day.toordinal(), amount) for day, amount in zip(days, frame["paid_amount_cny"], strict=True)]
    tall = sorted((spot for spot in tall if spot[1] > ceiling), key=lambda spot: -spot[1])
    slash: Look = {"color": style.PAPER, "lw": 3, "zorder": 6, "solid_capstyle": "butt"}
    for x, _ in tall:
        zoomed.plot([x - 0.5, x + 0.5], [ceiling * 0.88, ceiling * 0.94], **slash)
    _amounts(whole, tall, language)


def _amounts(ax: Axes, tall: Sequence[tuple[int, float]], language: str) -> None:
    """Amounts on their columns, the largest first; one that would lie on another is left out (the data hold it)."""
    taken: list[marks.Box] = []
    for x, amount in tall:
        look: Look = {"ha": "center", "va": "bottom", "size": style.TINY, "bbox": marks.PLATE}
        said = marks.near(ax, (x, amount), fmt.money(amount, language), (0, 3), **look)
        place = marks.box(said)
        if any(place.meets(other) for other in taken):
            said.remove()
        else:
            taken.append(place)


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


def _usual(ax: Axes, known: Sequence[pd.DataFrame], language: str) -> list[tuple[float, str, str]]:
    """What each joined campaign's days would have sold without it, dashed in its band; the words for the last one."""
    for rows in known:
        spots = [date.fromisoformat(day).toordinal() for day in rows["date"]]
        edges = [spots[0] - 0.5, *(spot + 0.5 for spot in spots)]
        low, high, middle = (rows[name].astype(float).to_numpy() for name in ("low", "high", "value"))
        ax.stairs(high, edges, baseline=low, fill=True, color=style.INK, alpha=0.22, lw=0, zorder=3)
        ax.stairs(middle, edges, baseline=None, color=style.INK, lw=1.6, ls=(0, (4, 2)), zorder=4)
    if not known:
        return []
    level = float(max(known, key=lambda rows: str(rows["date"].iloc[-1]))["value"].astype(float).mean())
    return [(level, say("campaign_days.usual", language, value=fmt.money(level, language)), style.INK)]


def _expected(dx: Diagnosis, span: Span) -> pd.DataFrame:
    """Expected sales by day of one campaign, in this period or before it, on the days shown."""
    parts = [dx.measures.select("campaign_expected_daily_cny", ("campaign", "date"), p) for p in ("current", "history")]
    rows = canvas.known(pd.concat([part for part in parts if len(part)])) if any(map(len, parts)) else pd.DataFrame()
    if not len(rows):
        return rows
    inside = (rows["date"] >= span.start.isoformat()) & (rows["date"] <= span.end.isoformat())
    return rows[(rows["campaign"] == span.name) & inside].sort_values("date", ignore_index=True)


def _legends(panels: Sequence[Axes], frame: pd.DataFrame, usual: list[tuple[float, str, str]], language: str) -> None:
    """What the colours mean, at the upper right, and the usual day at its height where it can be seen."""
    top = panels[0].get_ylim()[1]
    words = [(top, say("campaign_days.joined", language), style.FIELD["C"])] if frame["campaign"].any() else []
    words += [(top * 0.9, label("field", "T", language), style.FIELD["T"])] if frame["star_cny"].any() else []
    if len(panels) == 1:
        words += usual
    else:
        marks.ends(panels[-1], usual)
    marks.ends(panels[0], words)


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
