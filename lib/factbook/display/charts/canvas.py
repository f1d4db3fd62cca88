"""From a drawn figure to what a cell shows: words, data, source and mark, or why there is no picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from factbook.display import shown, style
from factbook.display.compare import peers
from factbook.display.places import place
from factbook.display.shown import Col, Shown, Spec
from factbook.knowledge.captions import caption, say
from factbook.knowledge.metrics import metrics
from factbook.knowledge.reasons import sentence
from factbook.records import Diagnosis, Measure

FOOT = 22  # pixels kept free at the bottom for the synthetic mark
MAX_SOURCES = 2


@dataclass(frozen=True)
class Drawn:
    """A figure, the rows it was drawn from, and what to say about it; texts are keys of knowledge/captions/."""

    name: str
    fig: Figure
    frame: pd.DataFrame
    columns: tuple[Col, ...]
    title: str = "title"
    values: Mapping[str, Any] = field(default_factory=dict)
    sources: Iterable[str] = ()


def show(dx: Diagnosis, drawn: Drawn) -> Shown:
    """The display object of one picture."""
    said = {**drawn.values}
    title = say(f"{drawn.name}.{drawn.title}", dx.language, **said)
    spec = Spec(
        title=title,
        subtitle=say(f"{drawn.name}.subtitle", dx.language, **said),
        alt=say(f"{drawn.name}.alt", dx.language, title=title, **said),
        source=sources(drawn.sources, dx.language),
        language=dx.language,
        columns=drawn.columns,
        synthetic=dx.merchant.synthetic,
    )
    if dx.merchant.synthetic:
        sign(drawn.fig, shown.SYNTHETIC[dx.language])
    return shown.chart(style.finish(drawn.fig), drawn.frame, spec)


def sign(fig: Figure, mark: str) -> None:
    """A small mark in the lower right corner, inside the picture, so that it travels with it."""
    width, height = style.size(fig)
    spot = (1 - 8 / width, 6 / height)
    fig.text(*spot, mark, size=style.TINY, color=style.SOFT, ha="right", va="bottom")


def sources(named: Iterable[str], language: str) -> str:
    """The files behind a picture, each once; the first two by name."""
    names = [place(name, language) for name in dict.fromkeys(named) if isinstance(name, str) and name]
    said = say("common.and", language).join(names[:MAX_SOURCES])
    rest = len(names) - MAX_SOURCES
    return said + (say("common.more_sources", language, count=rest) if rest > 0 else "")


def listed(names: Iterable[str], language: str) -> str:
    """Names in a row: `达人、活动`, `Alliance and Campaigns`."""
    *rest, last = names
    comma, final = say("common.comma", language), say("common.final", language)
    return f"{comma.join(rest)}{final}{last}" if rest else last


def absent(dx: Diagnosis, name: str, ids: Iterable[str], otherwise: str) -> Shown:
    """The box that stands where a picture would: the first reason the measures give, else `otherwise`."""
    code = next((reason for id in ids if (reason := _reason(dx, id))), otherwise)
    return shown.not_measured(say(f"{name}.topic", dx.language), sentence(code)[dx.language], dx.language)


def _reason(dx: Diagnosis, id: str) -> str:
    frame = dx.measures.frame
    found = frame.loc[(frame["id"] == id) & (frame["reason"] != ""), "reason"]
    return str(found.iloc[0]) if len(found) else ""


def head(name: str, unit: str = "text", key: str = "") -> Col:
    """A column with its heading from knowledge/captions/ [head]."""
    return Col(name, caption(f"head.{key or name}"), unit)


def figures(*ids: str) -> tuple[Col, ...]:
    """Columns named by metrics, with the metric's own name and unit."""
    return tuple(Col(id, metrics()[id].name, metrics()[id].unit) for id in ids)


def known(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The rows that have a figure in each of the columns (`value` when none is named)."""
    return frame.dropna(subset=list(columns or ("value",))).reset_index(drop=True)


def wide(dx: Diagnosis, ids: Iterable[str], by: str, period: str = "current") -> pd.DataFrame:
    """One row a slice, one column a metric, in the order of the slices; empty when nothing is measured."""
    ids = list(ids)
    rows = known(dx.measures.select(ids, by, period))
    if not len(rows):
        return pd.DataFrame(columns=[by, *ids])
    grid = rows.pivot_table(index=by, columns="id", values="value", aggfunc="first")
    return grid.reindex(columns=ids).sort_index().reset_index()


def row_sources(dx: Diagnosis, *ids: str) -> list[str]:
    """Where the rows of these metrics came from."""
    frame = dx.measures.frame
    return list(dict.fromkeys(frame.loc[frame["id"].isin(ids) & (frame["reason"] == ""), "source"]))


def peer(dx: Diagnosis, id: str) -> float | None:
    """The peers' middle figure that was typed in for a metric; None when there is none."""
    return peers(dx, id).value


def totals(dx: Diagnosis, ids: Iterable[str], period: str = "current") -> dict[str, float]:
    """The figures of several metrics for the whole period; those not measured are absent."""
    rows = known(dx.measures.select(list(ids), (), period))
    return dict(zip(rows["id"], rows["value"].astype(float), strict=True))


def by_slice(dx: Diagnosis, id: str, by: str, period: str = "current") -> dict[str, float]:
    """One metric by the values of a slice; those not measured are absent."""
    rows = known(dx.measures.select(id, by, period))
    return dict(zip(rows[by], rows["value"].astype(float), strict=True)) if len(rows) else {}


def measured(dx: Diagnosis, id: str, **cut: str) -> Measure | None:
    """One measure that has a figure, else None."""
    row = dx.measures.row(id, **cut)
    return row if row is not None and row.value is not None else None
