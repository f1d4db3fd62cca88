"""Stars: what is left of a deal when everything is paid, and how much of the shop hangs on one name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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

COSTS = ("deal_commission_cny", "deal_fee_cny", "deal_gift_cny", "deal_sample_cny")
MARGIN, LEFT = "deal_margin_cny", "deal_contribution_cny"
IDS = (MARGIN, *COSTS, LEFT)
MOST_DEALS = 8
REST = ("F", "S", "A", "U")
COST, OTHERS = "#A9B7C8", "#C9D2DC"
Title = tuple[str, dict[str, object]]


# ------------------------------------------------------------------ what is left of the deals


@style.themed
def deal_waterfall(dx: Diagnosis) -> Shown:
    """From the margin on net sales, through commission, fee, gifts and samples, to what is left."""
    rows = canvas.known(dx.measures.select(list(IDS)))
    found = rows.set_index("id")["value"].astype(float)
    if LEFT not in found or MARGIN not in found:
        return canvas.absent(dx, "deal_waterfall", (LEFT, *IDS), "no_star_deals")
    frame = _stairs(found, dx.language)
    deals = canvas.known(dx.measures.select(LEFT, "deal")).head(MOST_DEALS)
    fig = style.figure(900, 360)
    ax = style.axes(fig, 80, 34, 370 if len(deals) > 1 else 30, canvas.FOOT + 28)
    _steps(ax, frame, dx.language)
    ruler.settle(fig)
    if len(deals) > 1:
        _deals(style.axes(fig, 676, 34, 100, canvas.FOOT + 28), deals, dx.language)
    marks.note(ax, "deal_waterfall.path", dx.language, **_path(dx))
    key, values = _deal_title(dx)
    columns = (head("name"), head("cny", "cny"))
    return canvas.show(dx, Drawn("deal_waterfall", fig, frame, columns, key, values, rows["source"]))


def _stairs(found: pd.Series, language: str) -> pd.DataFrame:
    """A row a step: what it adds (costs take away) and where it starts; costs of nothing are left out."""
    ids = [id for id in IDS if id in found and (id not in COSTS or found[id] != 0)]
    signed = [-found[id] if id in COSTS else found[id] for id in ids]
    floors, height = [], 0.0
    for id, step in zip(ids, signed, strict=True):
        floors.append(0.0 if id == LEFT else height)
        height += step
    names = [say(f"deal_waterfall.{id}", language) for id in ids]
    return pd.DataFrame({"id": ids, "name": names, "cny": signed, "floor": floors})


def _steps(ax: Axes, frame: pd.DataFrame, language: str) -> None:
    for n, (id, cny, floor) in enumerate(zip(frame["id"], frame["cny"], frame["floor"], strict=True)):
        colour = COST if id in COSTS else style.VERDICT["good" if cny >= 0 else "poor"]
        ax.bar(n, cny, bottom=floor, width=0.6, color=colour)
        below = floor <= 0 and cny < 0
        end = min(floor, floor + cny) if below else max(floor, floor + cny)
        look: Look = {"va": "top" if below else "bottom", "bbox": marks.PLATE, "size": style.SMALL}
        marks.near(ax, (n, end), fmt.money(cny, language), (0, -4 if below else 4), ha="center", weight="bold", **look)
        if id in COSTS:
            ax.plot([n - 0.7, n + 0.3], [floor, floor], color=style.FAINT, lw=1)
    ends = [0.0, *frame["floor"], *(frame["floor"] + frame["cny"])]
    reach = max(ends) - min(ends)
    ax.set_ylim(min(ends) - reach * (0.12 if min(ends) < 0 else 0.02), max(ends) + reach * 0.14)
    ax.axhline(0, color=style.INK, lw=1)
    ax.spines.bottom.set_visible(False)
    ax.set_xticks(range(len(frame)), list(frame["name"]), color=style.INK)
    ruler.figures(ax.yaxis, "cny", language)


def _deals(ax: Axes, deals: pd.DataFrame, language: str) -> None:
    left = deals["value"].astype(float)
    colours = [style.VERDICT["good" if value >= 0 else "poor"] for value in left]
    ax.barh(range(len(left)), left, height=0.5, color=colours)
    low, high = min(float(left.min()), 0.0), max(float(left.max()), 0.0)
    ax.set(ylim=(len(left) - 0.4, -0.6), xticks=[], xlim=(low, high if high > low else low + 1))
    names = [typeset.fit(name, 110, style.SMALL) for name in deals["deal"]]
    ax.set_yticks(range(len(left)), names, color=style.INK)
    ax.axvline(0, color=style.INK, lw=1)
    ax.grid(visible=False)
    ax.spines.bottom.set_visible(False)
    for n, value in enumerate(left):
        marks.beside(ax, n, fmt.money(value, language))
    marks.note(ax, "deal_waterfall.by_deal", language)


def _path(dx: Diagnosis) -> dict[str, object]:
    ids = {"paid": "deal_paid_cny", "net": "deal_net_cny", "margin": MARGIN}
    return {name: fmt.money_said(dx.measures.value(id), dx.language) for name, id in ids.items()}


def _deal_title(dx: Diagnosis) -> Title:
    left, even = dx.measures.value(LEFT) or 0.0, dx.measures.value("deal_break_even_cny")
    values = {**_path(dx), "left": fmt.money_said(abs(left), dx.language), "even": fmt.money_said(even, dx.language)}
    stars = len(dx.measures.select(LEFT, "star"))
    loss = "title_loss" if even is None or stars > 1 else "title_even"  # each star breaks even at its own sales
    return ("title_gain" if left >= 0 else loss), values


# ------------------------------------------------------------------ dependence on one name


@style.themed
def star_dependence(dx: Diagnosis) -> Shown:
    """Daily sales of the period, the stars' part apart from everything else."""
    rows = canvas.known(dx.measures.select("field_paid_cny", ("date", "field")))
    share = dx.measures.value("star_share")
    if not len(rows) or share is None:
        return canvas.absent(dx, "star_dependence", ("star_share", "field_paid_cny"), "no_star_deals")
    grid = rows.pivot_table(index="date", columns="field", values="value", aggfunc="first")
    grid = grid.reindex(columns=["T", *REST]).fillna(0.0).sort_index()
    frame = pd.DataFrame({"star_cny": grid["T"], "rest_cny": grid[list(REST)].sum(axis=1)}).reset_index()
    fig = style.figure(900, 340)
    ax = style.axes(fig, 80, 34, 190, canvas.FOOT + 24)
    days = [date.fromisoformat(text) for text in frame["date"]]
    _daily(ax, frame, days)
    ruler.figures(ax.yaxis, "cny", dx.language)
    ruler.settle(fig)
    ruler.dates(ax, days, dx.language)
    marks.note(ax, "star_dependence.scale", dx.language)
    _parts(ax, share, dx.measures.value("star_top1_share"), dx.language)
    columns = (head("date", "day"), head("star_cny", "cny"), head("rest_cny", "cny"))
    key, values = _star_title(dx, share)
    return canvas.show(dx, Drawn("star_dependence", fig, frame, columns, key, values, rows["source"]))


def _daily(ax: Axes, frame: pd.DataFrame, days: Sequence[date]) -> None:
    spots = [day.toordinal() for day in days]
    ax.bar(spots, frame["rest_cny"], width=0.82, color=OTHERS)
    ax.bar(spots, frame["star_cny"], bottom=frame["rest_cny"], width=0.82, color=style.FIELD["T"])
    ax.set_xlim(spots[0] - 0.7, spots[-1] + 0.7)


def _parts(ax: Axes, share: float, top: float | None, language: str) -> None:
    """The parts of the whole period, in words beside the picture."""
    high = ax.get_ylim()[1]
    stars = f"{label('field', 'T', language)} {fmt.percent(share, language)}"
    rest = say("star_dependence.rest", language, value=fmt.percent(1 - share, language))
    words = [(high * 0.9, stars, style.FIELD["T"]), (high * 0.3, rest, OTHERS)]
    if top:
        said = say("star_dependence.top", language, value=fmt.percent(top, language))
        words.append((high * 0.8, said, style.PAPER))
    marks.ends(ax, words)


def _star_title(dx: Diagnosis, share: float) -> Title:
    top = dx.measures.value("star_top1_share")
    values: dict[str, object] = {
        "share": fmt.percent(share, dx.language),
        "top": fmt.percent(top, dx.language),
    }
    return ("title_none" if not share else "title_share" if top is None else "title"), values
