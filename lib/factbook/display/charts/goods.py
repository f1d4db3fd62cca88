"""The product mix by role, and refunds by the stage they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from factbook import fmt
from factbook.display import style
from factbook.display.charts import canvas, marks, ruler
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.measures.common import records
from factbook.records import Diagnosis

ROLE = ("role_share", "role_exposure_share", "role_paid_cny", "role_margin", "role_click_to_pay", "role_refund_rate")
NAME_ROOM = 150
STAGES = ("before_shipping", "not_received", "received")
SHADES = {"before_shipping": "#8FA3BD", "not_received": "#C3CDD9", "received": style.FIELD["F"]}
Title = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Shape:
    """A picture of named lines: pixels a line, above and beside them, and how far the scale reaches."""

    step: int
    above: int
    beside: int
    reach: float


def _lines(
    dx: Diagnosis, frame: pd.DataFrame, draw: Callable[[Axes, int, dict[str, Any], str], None], shape: Shape
) -> tuple[Figure, Axes]:
    """One line a row of the frame, each drawn by `draw`, over a scale of fractions."""
    fig = style.figure(900, 76 + shape.step * len(frame) + canvas.FOOT)
    ax = style.axes(fig, NAME_ROOM, shape.above, shape.beside, canvas.FOOT + 26)
    ax.set(ylim=(len(frame) - 0.5, -0.5), xlim=(0, shape.reach))
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    for n, row in enumerate(records(frame)):
        draw(ax, n, row, dx.language)
    ax.set_yticks(range(len(frame)), frame["name"], color=style.INK)
    ruler.figures(ax.xaxis, "fraction", dx.language, 5)
    ruler.settle(fig)
    return fig, ax


@style.themed
def product_roles(dx: Diagnosis) -> Shown:
    """Each role's share of sales beside its share of exposure, with margin and click-to-pay."""
    frame = _roles(dx)
    if not len(frame):
        return canvas.absent(dx, "product_roles", ("role_share", "role_paid_cny"), "no_product_roles")
    most = max(float(frame[["role_share", "role_exposure_share"]].max().max()), 0.01)
    fig, ax = _lines(dx, frame, _role, Shape(step=54, above=44, beside=330, reach=most * 1.12))
    marks.note(ax, "product_roles.scale", dx.language)
    marks.near(ax, (1, 1), say("product_roles.beside", dx.language), (12, 12), xycoords="axes fraction",
               size=style.SMALL, color=style.SOFT)  # fmt: skip
    key, values = _role_title(dx, frame)
    columns = (head("role_name"), *canvas.figures(*ROLE))
    frame = frame.rename(columns={"name": "role_name"})
    return canvas.show(dx, Drawn("product_roles", fig, frame, columns, key, values, canvas.row_sources(dx, *ROLE)))


def _roles(dx: Diagnosis) -> pd.DataFrame:
    frame = canvas.wide(dx, ROLE, "role")
    frame = frame.dropna(subset="role_share") if len(frame) else frame
    frame = frame.sort_values("role_share", ascending=False, ignore_index=True)
    return frame.assign(name=[label("role", role, dx.language) for role in frame["role"]])


def _role(ax: Axes, n: int, row: dict[str, Any], language: str) -> None:
    share, shown = (float(row[id]) for id in ("role_share", "role_exposure_share"))
    ax.barh(n, share, height=0.5, color=style.FIELD["F"])
    if shown == shown:
        ax.plot([shown, shown], [n - 0.36, n + 0.36], color=style.FIELD["S"], lw=4, solid_capstyle="butt")
        ax.plot([shown, shown], [n - 0.36, n + 0.36], color=style.INK, lw=1, solid_capstyle="butt")
    parts = {
        "paid": fmt.money(float(row["role_paid_cny"]), language),
        "margin": _known(row["role_margin"], language),
        "pay": _known(row["role_click_to_pay"], language),
    }
    marks.beside(ax, n, say("product_roles.line", language, **parts), 12, size=style.SMALL)


def _known(value: float, language: str) -> str:
    return "–" if pd.isna(value) else fmt.percent(value, language, 1)


def _role_title(dx: Diagnosis, frame: pd.DataFrame) -> Title:
    top = frame.iloc[0]
    missing = canvas.known(dx.measures.select("roles_missing", "need"))
    unmet = [label("need", need, dx.language) for need, v in zip(missing["need"], missing["value"], strict=True) if v]
    values: dict[str, object] = {
        "top": top["name"],
        "share": fmt.percent(float(top["role_share"]), dx.language, 0),
        "missing": canvas.listed(unmet, dx.language) if unmet else "",
    }
    return ("title_missing" if unmet else "title"), values


# ------------------------------------------------------------------ refunds by stage


@style.themed
def refund_stages(dx: Diagnosis) -> Shown:
    """What came back before shipping, on the way and after receipt, as parts of sales; before and now."""
    frame = _stages(dx)
    if not len(frame):
        return canvas.absent(dx, "refund_stages", ("refund_stage_rate",), "no_report:trade_analysis")
    earlier = frame["previous"].notna().any()
    most = max(float(frame[["refund_stage_rate", "previous"]].max().max()), 0.001)
    fig, ax = _lines(dx, frame, _stage, Shape(step=60, above=34, beside=300, reach=most * 1.1))
    marks.note(ax, "refund_stages.scale" if earlier else "refund_stages.scale_now", dx.language)
    key, values = _stage_title(frame, dx.language)
    columns = (head("stage"), *canvas.figures("refund_stage_rate", "refund_stage_share"), head("previous", "fraction"))
    frame = frame.assign(stage=frame["name"])
    sources = canvas.row_sources(dx, "refund_stage_rate")
    return canvas.show(dx, Drawn("refund_stages", fig, frame, columns, key, values, sources))


def _stages(dx: Diagnosis) -> pd.DataFrame:
    frame = canvas.wide(dx, ("refund_stage_rate", "refund_stage_share"), "stage")
    frame = frame[frame["stage"].isin(STAGES)].dropna(subset="refund_stage_rate")
    frame = frame.sort_values("stage", key=lambda names: names.map(STAGES.index), ignore_index=True)
    before = canvas.by_slice(dx, "refund_stage_rate", "stage", "previous")
    names = [label("stage_of_refund", stage, dx.language) for stage in frame["stage"]]
    back = dx.measures.value("refund_stage_rate", stage="returned")
    sent = np.where(frame["stage"] == "received", np.nan if back is None else back, np.nan)
    return frame.assign(name=names, previous=frame["stage"].map(before).astype(float), returned=sent)


def _stage(ax: Axes, n: int, row: dict[str, Any], language: str) -> None:
    rate, before, back = (row[name] for name in ("refund_stage_rate", "previous", "returned"))
    ax.barh(n, rate, height=0.5, color=SHADES[row["stage"]])
    parts = {"rate": fmt.percent(rate, language, 1), "share": fmt.percent(row["refund_stage_share"], language, 0)}
    if pd.notna(before):
        ax.plot([before, before], [n - 0.38, n + 0.38], color=style.INK, lw=2, solid_capstyle="butt")
    marks.beside(
        ax, n - (0.16 if pd.notna(back) else 0), say("refund_stages.line", language, **parts), 12, size=style.SMALL
    )
    if pd.notna(back):
        said = say("refund_stages.sent_back", language, rate=fmt.percent(back, language, 1))
        marks.beside(ax, n + 0.24, said, 12, size=style.TINY, color=style.SOFT)


def _stage_title(frame: pd.DataFrame, language: str) -> Title:
    top = frame.iloc[int(frame["refund_stage_share"].argmax())]
    share = fmt.percent(float(top["refund_stage_share"]), language, 0)
    return f"title_{top['stage']}", {"share": share}
