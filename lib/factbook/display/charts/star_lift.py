"""Brand and sales around the star deals in one picture: an association, never an effect."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from factbook import fmt
from factbook.display import style
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis, Measure

SIGNALS = {
    "brand": ("search_sales", "follows", "entry_rate", "new_5a"),
    "sales": ("own_sales", "shelf_sales", "rest_sales"),
}
FARTHEST = 2.0  # a change beyond +200 % stands at the edge, with its figure beside it
Title = tuple[str, dict[str, object]]


@style.themed
def star_lift(dx: Diagnosis) -> Shown:
    """Each signal's change during the run of deals (hollow) and after it (filled, with its interval)."""
    ids = ("star_lift_after", "star_lift_during")
    measured = [(kind, name, *_pair(dx, name, ids)) for kind, names in SIGNALS.items() for name in names]
    kept = [one for one in measured if one[2] or one[3]]
    if not kept:
        return canvas.absent(dx, "star_lift", ids, "no_deal_in_period")
    fig = style.figure(900, 96 + 34 * (len(kept) + 2) + canvas.FOOT)
    ax = style.axes(fig, 190, 30, 250, canvas.FOOT + 28)
    rows = _places(kept)
    ends = [edge for _, _, after, during in kept for edge in _edges(after, during)]
    low, high = max(min([*ends, 0.0]), -1.0), min(max([*ends, 0.0]), FARTHEST)
    reach = max(high - low, 0.1)
    ax.set(xlim=(low - reach * 0.06, high + reach * 0.06), ylim=(max(rows.values()) + 0.7, -0.7))
    for name, (after, during) in {one[1]: one[2:] for one in kept}.items():
        _signal(ax, rows[name], after, during, dx.language)
    _names(ax, rows, dx.language)
    ruler.figures(ax.xaxis, "fraction", dx.language, 6)
    marks.note(ax, "star_lift.scale", dx.language)
    frame = pd.DataFrame([_row(one, dx.language) for one in kept])
    columns = (head("name"), *(head(name, "fraction") for name in ("during", "after", "low", "high")))
    key, values = _lift_title(kept, dx.language)
    sources = [row.source for one in kept for row in one[2:] if row]
    return canvas.show(dx, Drawn("star_lift", fig, frame, columns, key, values, sources))


Kept = tuple[str, str, Measure | None, Measure | None]


def _pair(dx: Diagnosis, name: str, ids: tuple[str, str]) -> tuple[Measure | None, Measure | None]:
    return canvas.measured(dx, ids[0], signal=name), canvas.measured(dx, ids[1], signal=name)


def _edges(after: Measure | None, during: Measure | None) -> list[float]:
    figures = [after.value, after.low, after.high] if after else []
    figures += [during.value] if during else []
    return [figure for figure in figures if figure is not None]


def _places(kept: Sequence[Kept]) -> dict[str, float]:
    """A row a signal, with a heading's row above each kind."""
    places: dict[str, float] = {}
    spot = 0.0
    for kind in SIGNALS:
        names = [one[1] for one in kept if one[0] == kind]
        if names:
            places[f"kind:{kind}"] = spot
            places |= {name: spot + n + 1 for n, name in enumerate(names)}
            spot += len(names) + 1
    return places


def _signal(ax: Axes, y: float, after: Measure | None, during: Measure | None, language: str) -> None:
    low, high = ax.get_xlim()
    said = []
    if during and during.value is not None:
        spot = min(max(during.value, low), high)
        ax.plot([spot], [y], "D", ms=8, mfc=style.PAPER, mec=style.FIELD["T"], mew=1.6, clip_on=False, zorder=3)
        said.append(say("star_lift.during", language, value=_signed(during.value, language)))
    if after and after.value is not None:
        if after.low is not None and after.high is not None:
            ax.hlines(y, max(after.low, low), min(after.high, high), color=style.FIELD["F"], lw=2.2)
        ax.plot([min(max(after.value, low), high)], [y], "o", ms=8, color=style.FIELD["F"], clip_on=False, zorder=4)
        said.append(say("star_lift.after", language, value=_signed(after.value, language)))
    else:
        said.append(say("star_lift.short", language))
    marks.beside(ax, y, say("common.and", language).join(said))


def _signed(change: float, language: str) -> str:
    """A change in whole per cent, with its sign."""
    whole = round(change, 2) + 0.0
    return ("+" if whole > 0 else "") + fmt.percent(whole, language, 0)


def _names(ax: Axes, rows: dict[str, float], language: str) -> None:
    ax.axvline(0, color=style.INK, lw=1)
    ax.grid(visible=False)
    ax.set_yticks([])
    for name, y in rows.items():
        kind, _, group = name.partition(":")
        text = label("signal", group or kind, language)
        look: Look = {"ha": "right", "weight": "bold" if group else "normal", "size": style.SMALL}
        marks.near(ax, (0, y), text, (-12, 0), xycoords=("axes fraction", "data"), **look)


def _row(one: Kept, language: str) -> dict[str, object]:
    _, name, after, during = one
    return {
        "name": label("signal", name, language),
        "during": during.value if during else None,
        "after": after.value if after else None,
        "low": after.low if after else None,
        "high": after.high if after else None,
    }


def _lift_title(kept: Sequence[Kept], language: str) -> Title:
    """Which signals stand clearly higher after than before."""
    known = [(name, after) for _, name, after, _ in kept if after and after.low is not None]
    risen = [label("signal", name, language) for name, after in known if (after.low or 0.0) > 0]
    if not known:
        return "title_short", {}
    if not risen:
        return "title_flat", {}
    return "title_risen", {"signals": canvas.listed(risen, language)}
