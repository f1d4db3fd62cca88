"""What to do first: what each action is worth against what it takes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Action, Diagnosis

MOST = 12  # actions that fit the list; the table below the picture has them all
LIST = 470  # pixels from the left where the list begins
LEADING, APART = 16, 12  # pixels: a line of the list, and the space between two actions
DOT = 21  # pixels two dots keep apart
COLUMNS = (
    head("order", "count"),
    head("action"),
    head("field", "word:field"),
    head("effort", "days"),
    head("worth_low", "cny"),
    head("worth_high", "cny"),
    head("horizon", "count"),
)


@style.themed
def value_effort(dx: Diagnosis) -> Shown:
    """Actions as numbered dots: person-days across, worth per 30 days up; the numbers are named beside it."""
    actions = sorted(dx.actions, key=lambda action: action.order)
    if not actions:
        return canvas.absent(dx, "value_effort", (), "no_actions")
    shown = actions[:MOST]
    lines = [typeset.wrap(action.title[dx.language], 850 - LIST, style.SMALL) for action in shown]
    needed = 72 + sum(APART + LEADING * len(line) for line in lines) + canvas.FOOT
    fig = style.figure(900, max(360.0, needed))
    ax = style.axes(fig, 80, 34, 926 - LIST, canvas.FOOT + 48)
    _plane(ax, shown, dx.language)
    ruler.settle(fig)
    _dots(ax, shown)
    _list(fig, shown, lines, dx.language)
    key = "title_plain" if all(_worth(action) is None for action in shown) else "title"
    values = {"first": shown[0].title[dx.language]}
    frame = pd.DataFrame(_row(n, action, dx.language) for n, action in enumerate(actions, 1))
    return canvas.show(dx, Drawn("value_effort", fig, frame, COLUMNS, key, values))


def _worth(action: Action) -> float | None:
    """The middle of the range; its only end where there is one; None without an estimate."""
    ends = [end for end in (action.worth_low_cny, action.worth_high_cny) if end is not None]
    return sum(ends) / len(ends) if ends else None


def _row(n: int, action: Action, language: str) -> dict[str, object]:
    return {
        "order": n,
        "action": action.title[language],
        "field": action.field,
        "effort": action.effort_days,
        "worth_low": action.worth_low_cny,
        "worth_high": action.worth_high_cny,
        "horizon": action.horizon,
    }


def _plane(ax: Axes, actions: Sequence[Action], language: str) -> None:
    top = max(1.0, *(action.worth_high_cny or action.worth_low_cny or 0.0 for action in actions))
    ax.set_xlim(0, max(1.0, *(action.effort_days for action in actions)) * 1.12)
    ax.set_ylim(-top * 0.16, top * 1.12)
    ruler.figures(ax.yaxis, "cny", language)
    ruler.figures(ax.xaxis, "days", language, 5)
    ticks = {tick: fmt.money(tick, language) for tick in ax.get_yticks() if 0 <= tick <= top * 1.12}
    if any(_worth(action) is None for action in actions):
        ticks[ax.get_ylim()[0] / 2] = say("value_effort.unpriced", language)
    ax.set_yticks(list(ticks), list(ticks.values()))
    ax.axhline(0, color=style.RULE, lw=1)
    ax.set_xlabel(say("value_effort.x", language))
    marks.note(ax, "value_effort.y", language)


def _dots(ax: Axes, actions: Sequence[Action]) -> None:
    """Numbered dots; one that would hide another steps aside along the effort axis."""
    bottom = ax.get_ylim()[0] / 2
    taken: list[tuple[float, float]] = []
    for n, action in enumerate(actions, 1):
        worth = _worth(action)
        y = bottom if worth is None else worth
        x, height = (float(part) for part in ax.transData.transform((action.effort_days, y)))
        taken.append((_aside(x, height, taken), height))
        spot = float(ax.transData.inverted().transform(taken[-1])[0])
        if worth is not None:
            ends = [action.worth_low_cny or worth, action.worth_high_cny or worth]
            ax.plot([spot, spot], ends, color=style.FAINT, lw=2, zorder=2)
        ax.plot([spot], [y], "o", ms=20, color=_colour(action), mec=style.PAPER, mew=1.5, zorder=3, clip_on=False)
        look: Look = {"color": _ink(action), "size": style.SMALL, "weight": "bold", "ha": "center", "zorder": 4}
        marks.near(ax, (spot, y), str(n), **look)


def _aside(x: float, y: float, taken: Sequence[tuple[float, float]]) -> float:
    while any(abs(x - a) < DOT and abs(y - b) < DOT for a, b in taken):
        x += DOT
    return x


def _colour(action: Action) -> str:
    return style.FIELD.get(action.field, style.FIELD["U"])


def _ink(action: Action) -> str:
    return style.PAPER if action.field in ("F", "A", "T") else style.INK


def _list(fig: Figure, actions: Sequence[Action], lines: Sequence[Sequence[str]], language: str) -> None:
    """The numbered actions in words, each with its colour, and below them what the colours mean."""
    width, height = style.size(fig)
    ax = style.axes(fig, 0, 0, 0, 0)
    ax.set(xlim=(0, width), ylim=(0, height))
    ax.axis("off")
    y = height - 40.0
    for n, (action, texts) in enumerate(zip(actions, lines, strict=True), 1):
        ax.plot([LIST + 12], [y], "o", ms=18, color=_colour(action))
        look: Look = {"color": _ink(action), "size": style.TINY, "weight": "bold", "ha": "center"}
        ax.text(LIST + 12, y, str(n), va="center", **look)
        for k, text in enumerate(texts):
            ax.text(LIST + 30, y - LEADING * k, text, size=style.SMALL, va="center")
        y -= LEADING * len(texts) + APART
    _legend(ax, list(dict.fromkeys(action.field for action in actions)), language)


def _legend(ax: Axes, fields: Sequence[str], language: str) -> None:
    x, y = float(LIST), canvas.FOOT + 8.0
    for code in fields:
        name = label("field", code, language) if code in style.FIELD else say("value_effort.whole", language)
        ax.text(x, y, "●", color=style.FIELD.get(code, style.FIELD["U"]), size=style.SMALL, va="center")
        ax.text(x + 14, y, name, size=style.TINY, color=style.SOFT, va="center")
        x += 14 + typeset.width(name, style.TINY) + 14
