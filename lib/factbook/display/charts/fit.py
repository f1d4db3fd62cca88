"""What each field asks of the team and what it lacks, and the people such a team usually has."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.knowledge.fit import fit
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import label
from factbook.records import CAPABILITIES, FIELDS, Diagnosis

REQUIRED, SHORT, LEVEL, PART = "capability_required", "capability_shortfall", "capability_level", "field_part"
LEFT, WIDE, ROW, TOP = 128, 116, 58, 40  # pixels: field names, a column, a row, the heads
BINDS = LEFT + WIDE * len(CAPABILITIES) + 16
SHADES = ("#C3DCF1", "#FBE6CF", "#F2B279", "#C4501B")  # enough, a little short, short, far short
FIT_COLUMNS = (
    head("field", "word:field"),
    head("capability", "word:area"),
    *canvas.figures(REQUIRED, LEVEL, SHORT),
)
PEOPLE = "team_headcount"
TEAM_COLUMNS = (
    head("role"),
    head("capability", "word:area"),
    head("few", "count", "people_few"),
    head("many", "count", "people_many"),
)


def board(fig: Figure) -> Axes:
    """Axes over the whole canvas in pixels, y downwards, nothing drawn of its own."""
    width, height = style.size(fig)
    ax = style.axes(fig, 0, 0, 0, 0)
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    return ax


@style.themed
def fit_heatmap(dx: Diagnosis) -> Shown:
    """Level asked for and level held, by field and capability; the largest shortfall of a field is framed."""
    rows = canvas.known(dx.measures.select([REQUIRED, SHORT], ("field", "capability")))
    if rows.empty or SHORT not in set(rows["id"]):
        return canvas.absent(dx, "fit_heatmap", (SHORT, LEVEL), "no_survey")
    grid = rows.pivot_table(index=["field", "capability"], columns="id", values="value", aggfunc="first").reset_index()
    grid[LEVEL] = grid["capability"].map(canvas.by_slice(dx, LEVEL, "capability"))
    fields = [field for field in FIELDS if field in set(grid["field"])]
    fig = style.figure(900, TOP + ROW * len(fields) + canvas.FOOT + 34)
    ax = board(fig)
    _heads(ax, dx.language)
    for n, field in enumerate(fields):
        _field(ax, dx, TOP + ROW * n, grid[grid["field"] == field])
    _key(ax, TOP + ROW * len(fields) + 16, dx.language)
    key, values = _title(dx, grid)
    sources = canvas.row_sources(dx, REQUIRED, LEVEL)
    return canvas.show(dx, Drawn("fit_heatmap", fig, grid, FIT_COLUMNS, key, values, sources))


def _heads(ax: Axes, language: str) -> None:
    for n, code in enumerate(CAPABILITIES):
        ax.text(LEFT + WIDE * (n + 0.5), TOP - 14, label("area", code, language), ha="center", va="center")
    ax.text(BINDS, TOP - 14, say("head.binding", language), va="center")


def _field(ax: Axes, dx: Diagnosis, y: float, rows: pd.DataFrame) -> None:
    field, middle = str(rows["field"].iloc[0]), y + ROW / 2
    ax.text(12, middle - 9, label("field", field, dx.language), weight="bold", va="center")
    ax.text(12, middle + 11, _part(dx, field), size=style.TINY, color=style.SOFT, va="center")
    worst = _worst(rows)
    for _, row in rows.iterrows():
        binding = worst is not None and row["capability"] == worst["capability"]
        _cell(ax, (LEFT + WIDE * CAPABILITIES.index(row["capability"]), y), row, (dx.language, binding))
    said = say("fit_heatmap.enough", dx.language)
    if worst is not None:
        said = label("area", worst["capability"], dx.language)
    ax.text(BINDS, middle, typeset.fit(said, 890 - BINDS, style.BASE, bold=True), weight="bold", va="center")


def _part(dx: Diagnosis, field: str) -> str:
    """The part the field plays, with its share; a shut gate says so."""
    if any(gate.state == "shut" and field in gate.closes for gate in dx.gates):
        return label("state", "gated", dx.language)
    if field == "C":
        return say("fit_heatmap.overlay", dx.language)
    place = dx.measures.value(PART, field=field)
    share = dx.measures.value("field_share", field=field)
    name = fit().parts[int(place) - 1].name[dx.language] if place else ""
    return " ".join(part for part in (name, fmt.percent(share, dx.language) if share is not None else "") if part)


def _cell(ax: Axes, corner: tuple[float, float], row: pd.Series, how: tuple[str, bool]) -> None:
    (x, y), (language, binding) = corner, how
    short = row[SHORT]
    shade, ink = (style.PAPER, style.INK) if pd.isna(short) else _shade(float(short))
    look: dict[str, Any] = {"hatch": style.HATCH, "edgecolor": "#C9D0D8"} if pd.isna(short) else {"edgecolor": "none"}
    ax.add_patch(Rectangle((x + 2, y + 2), WIDE - 4, ROW - 4, facecolor=shade, lw=0, **look))
    if binding:
        ax.add_patch(Rectangle((x + 3, y + 3), WIDE - 6, ROW - 6, fill=False, edgecolor=style.INK, lw=2))
    need, level = (fmt.decimal(None if pd.isna(row[id]) else float(row[id]), language, 1) for id in (REQUIRED, LEVEL))
    said = say("fit_heatmap.cell" if pd.notna(short) else "fit_heatmap.asked", language, need=need, level=level)
    spot = x + WIDE / 2
    if pd.notna(short) and short > 0:
        gap = say("fit_heatmap.short", language, short=fmt.decimal(float(short), language, 1))
        ax.text(spot, y + ROW / 2 - 9, gap, weight="bold", ha="center", va="center", color=ink)
        ax.text(spot, y + ROW / 2 + 11, said, size=style.TINY, ha="center", va="center", color=ink)
    else:
        ax.text(spot, y + ROW / 2, said, size=style.SMALL, ha="center", va="center", color=ink)


def _shade(short: float) -> tuple[str, str]:
    lines = (0.0, line("shortfall"), line("binding_gap"))
    place = sum(short > 0 if edge == 0 else short >= edge for edge in lines)
    return SHADES[place], style.PAPER if place == len(SHADES) - 1 else style.INK


def _key(ax: Axes, y: float, language: str) -> None:
    """What the shades mean, darkest last."""
    x, keys = float(LEFT), ("enough", "little", "some", "far")
    for shade, key in zip(SHADES, keys, strict=True):
        said = say(f"fit_heatmap.key_{key}", language)
        ax.add_patch(Rectangle((x, y - 6), 14, 12, facecolor=shade, lw=0))
        ax.text(x + 20, y, said, size=style.TINY, color=style.SOFT, va="center")
        x += 20 + typeset.width(said, style.TINY) + 20


def _title(dx: Diagnosis, grid: pd.DataFrame) -> tuple[str, dict[str, object]]:
    """The binding capability of the field that sells most."""
    shares = canvas.by_slice(dx, "field_share", "field")
    known = [field for field in shares if field in set(grid["field"]) and field != "U"]
    if not known:
        return "title_plain", {}
    main = max(known, key=lambda field: shares[field])
    mine = grid[grid["field"] == main].dropna(subset=[SHORT])
    if mine.empty:
        return "title_plain", {}
    worst, values = _worst(mine), {"field": label("field", main, dx.language)}
    if worst is None:
        return "title_enough", {**values}
    need, level = (fmt.decimal(float(worst[id]), dx.language, 1) for id in (REQUIRED, LEVEL))
    values |= {"capability": label("area", worst["capability"], dx.language), "need": need, "level": level}
    return "title", {**values}


def _worst(rows: pd.DataFrame) -> pd.Series | None:
    """The row of the largest shortfall (the one more asked for, where two are equal); None where nothing is short."""
    short = rows[rows[SHORT] > 0].sort_values([SHORT, REQUIRED], ascending=False, kind="stable")
    return None if short.empty else short.iloc[0]


@style.themed
def team_form(dx: Diagnosis) -> Shown:
    """People a team like this usually has, role by role: a rule of thumb, never a standard."""
    rows = canvas.known(dx.measures.select(PEOPLE, "role"))
    if rows.empty:
        return canvas.absent(dx, "team_form", (PEOPLE, "live_hours_per_week"), "no_values")
    found = {row["role"]: (int(row["low"]), int(row["high"])) for _, row in rows.iterrows()}
    roles = [role for role in fit().team if role.code in found]
    fig = style.figure(900, 34 + 34 * len(roles) + canvas.FOOT + 10)
    ax, most = board(fig), max(high for _, high in found.values())
    scale = 300 / max(most, 1)
    for n, role in enumerate(roles):
        y, (few, many) = 30 + 34 * n, found[role.code]
        ax.text(12, y, typeset.fit(role.name[dx.language], 170, style.BASE), va="center")
        ax.text(190, y, label("area", role.capability, dx.language), size=style.SMALL, color=style.SOFT, va="center")
        ax.add_patch(Rectangle((290, y - 8), max(few * scale, 2), 16, facecolor="#1B3A6B", lw=0))
        ax.add_patch(Rectangle((290 + few * scale, y - 8), (many - few) * scale, 16, facecolor="#A9B9D0", lw=0))
        said = say("team_form.one" if few == many else "team_form.span", dx.language, few=few, many=many)
        ax.text(298 + many * scale, y, said, size=style.SMALL, weight="bold", va="center")
        room = 890 - 372 - 298
        ax.text(
            670,
            y,
            typeset.fit(role.duty[dx.language], room, style.TINY),
            size=style.TINY,
            color=style.SOFT,
            va="center",
        )
    few, many = (sum(ends[k] for ends in found.values()) for k in (0, 1))
    frame = pd.DataFrame(
        {"role": role.name[dx.language], "capability": role.capability, "few": found[role.code][0],
         "many": found[role.code][1]} for role in roles
    )  # fmt: skip
    stage = say(f"team_form.{fit().stage(dx.merchant.profile.get('stage'))}", dx.language)
    values = {"few": few, "many": many, "stage": stage}
    return canvas.show(
        dx, Drawn("team_form", fig, frame, TEAM_COLUMNS, "title", values, canvas.row_sources(dx, PEOPLE))
    )
