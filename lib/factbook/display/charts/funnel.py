"""The room funnel: four rates from being shown the room to paying."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import cells, style, typeset
from factbook.display.charts import canvas, marks, stairs
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.thumbs import line
from factbook.records import Diagnosis, Measure

STEPS = ("entry_rate", "view_to_product_impression", "product_ctr_users", "click_to_pay_users")
COLUMNS = (
    head("step"),
    head("entered", "people"),
    head("stayed", "people"),
    head("lost", "people"),
    head("rate", "fraction"),
    head("peers", "fraction"),
    head("cny", "optional:cny", "against_peers"),
)
ROW, LEFT, RIGHT = 68, 16, 884
PEOPLE = 762  # right edge of the column of people lost
OF = dict(zip(STEPS, ("entry", "product", "click", "pay"), strict=True))  # step of gap_to_peers_cny
BAR = 0.46  # height of a bar, in rows
PLAIN = "#B9C6D6"  # a rate without a verdict


@style.themed
def room_funnel(dx: Diagnosis) -> Shown:
    """Four rates from being shown the room to paying: a bar a step, people lost, the peers' rate if known."""
    steps = [row for id in STEPS if (row := canvas.measured(dx, id)) and row.numerator and row.denominator]
    if not steps:
        return canvas.absent(dx, "room_funnel", STEPS, "no_report:live_sessions")
    fig = style.figure(900, 70 + ROW * len(steps))
    ax = style.axes(fig, 286, 40, 300, canvas.FOOT + 12)
    ax.set(xlim=(0, 1), ylim=(len(steps) - 0.5, -0.5), yticks=[], xticks=[])
    ax.spines.bottom.set_visible(False)
    for n, step in enumerate(steps):
        _bar(ax, dx, n, step)
        _words(ax, n, step, dx.language)
        _yuan(ax, n, canvas.measured(dx, "gap_to_peers_cny", step=OF[step.id]), dx.language)
    _heads(ax, dx.language)
    frame = pd.DataFrame(_row(dx, step) for step in steps)
    key, values = _title(dx, steps, frame)
    sources = [step.source for step in steps]
    return canvas.show(dx, Drawn("room_funnel", fig, frame, COLUMNS, key, values, sources))


def _bar(ax: Axes, dx: Diagnosis, n: int, step: Measure) -> None:
    rate, peer = step.value or 0.0, canvas.peer(dx, step.id)
    verdict = dx.score(f"metric:{step.id}").verdict
    telling = verdict in ("good", "poor")
    ax.barh(n, 1, height=BAR, color="#EEF1F4")
    ax.barh(n, min(rate, 1), height=BAR, color=style.VERDICT[verdict] if telling else PLAIN)
    said = f"{fmt.percent(rate, dx.language)} {style.MARK[verdict] if telling else ''}".strip()
    marks.near(ax, (min(max(rate, peer or 0.0), 1), n), said, (8, 0), weight="bold")
    if peer is not None:
        _peer(ax, n, peer, dx.language)


def _peer(ax: Axes, n: int, peer: float, language: str) -> None:
    ax.plot([peer, peer], [n - 0.32, n + 0.32], color=style.INK, lw=2, solid_capstyle="butt")
    said = say("common.peers_at", language, value=fmt.percent(peer, language))
    side = "left" if peer < 0.5 else "right"
    marks.near(ax, (peer, n - 0.36), said, size=style.TINY, ha=side, va="bottom")


def _words(ax: Axes, n: int, step: Measure, language: str) -> None:
    entered, stayed = step.denominator or 0.0, step.numerator or 0.0
    values = {"entered": fmt.count(entered, language), "stayed": fmt.count(stayed, language)}
    counts = typeset.fit(say(f"room_funnel.{step.id}_counts", language, **values), 264, style.SMALL)
    marks.pixel(ax, LEFT, n - 0.14, say(f"room_funnel.{step.id}", language), row=True, weight="bold")
    marks.pixel(ax, LEFT, n + 0.19, counts, row=True, size=style.SMALL, color=style.SOFT)
    lost = fmt.count(entered - stayed, language)
    marks.pixel(ax, PEOPLE, n, lost, row=True, weight="bold", ha="right")


def _yuan(ax: Axes, n: int, gap: Measure | None, language: str) -> None:
    """What the step sold more or less than it would at the peers' rate; a dash where no peer value was typed in."""
    value = gap.value if gap else None
    said = stairs.signed(value, language) if value is not None else cells.DASH
    colour = style.FAINT if value is None else style.VERDICT["poor"] if value < 0 else style.INK
    marks.pixel(ax, RIGHT, n, said, row=True, weight="bold", ha="right", color=colour)


def _heads(ax: Axes, language: str) -> None:
    look: Look = {"va": "top", "size": style.SMALL, "color": style.SOFT}
    top = style.size(style.root(ax))[1] - 10
    marks.pixel(ax, ax.get_window_extent().x0, top, say("room_funnel.of_step", language), **look)
    marks.pixel(ax, PEOPLE, top, say("room_funnel.lost", language), ha="right", **look)
    marks.pixel(ax, RIGHT, top, say("room_funnel.against_peers", language), ha="right", **look)


def _row(dx: Diagnosis, step: Measure) -> dict[str, object]:
    return {
        "step": say(f"room_funnel.{step.id}", dx.language),
        "entered": step.denominator,
        "stayed": step.numerator,
        "lost": (step.denominator or 0.0) - (step.numerator or 0.0),
        "rate": step.value,
        "peers": canvas.peer(dx, step.id),
        "cny": dx.measures.value("gap_to_peers_cny", step=OF[step.id]),
    }


def _title(dx: Diagnosis, steps: Sequence[Measure], frame: pd.DataFrame) -> tuple[str, dict[str, object]]:
    """The step that trails the peers most where that is clear, else how many of those shown the room buy."""
    buyers = 1000 * (steps[-1].numerator or 0.0) / (steps[0].denominator or 1.0)
    values: dict[str, object] = {"buyers": fmt.decimal(buyers, dx.language, 1)}
    compared = frame.dropna(subset=["peers"])
    if len(steps) < len(STEPS) or not len(compared):
        return ("title_plain" if len(steps) == len(STEPS) else "title_none"), values
    ratio = compared["rate"].astype(float) / compared["peers"].astype(float)
    if ratio.min() > 1 - line("step_shortfall"):
        return "title_fine", values
    worst = compared.iloc[int(ratio.argmin())]
    rates = {name: fmt.percent(float(worst[name]), dx.language) for name in ("rate", "peers")}
    return "title_below", {"step": worst["step"], **rates}
