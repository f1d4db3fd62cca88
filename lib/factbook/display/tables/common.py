"""What every table shares: its words from the knowledge room, its sources, and the box of an empty one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.display import shown
from factbook.display.places import sources
from factbook.display.shown import Col, Shown, Spec
from factbook.knowledge.reasons import sentence
from factbook.knowledge.words import say, word
from factbook.records import Diagnosis

# Tables of which no rows is an answer (nothing was set aside), not something unmeasured.
EMPTY_IS_AN_ANSWER = {
    "not_now",
    "to_discuss",
    "memory",
    "first_actions",
    "roadmap",
    "set_aside",
    "missing_reports",
    "creator_doubts",
    "overrides",
}

__all__ = ["PLAIN", "Layout", "Words", "col", "lay", "period", "records", "remark", "sources", "typed", "wide"]


def col(name: str, unit: str = "text", heading: str = "") -> Col:
    """A column with its heading from knowledge/headings.toml."""
    return Col(name, word(f"col.{heading or name}"), unit)


@dataclass(frozen=True)
class Layout:
    """What does not depend on the merchant: the table's key in headings.toml and its columns."""

    name: str
    columns: tuple[Col, ...]


@dataclass(frozen=True)
class Words:
    """The words around one filling of a layout."""

    source: str = ""
    note: str = ""
    values: dict[str, object] = field(default_factory=dict)  # for the {braces} of title and subtitle


PLAIN = Words()


def lay(dx: Diagnosis, layout: Layout, frame: pd.DataFrame, words: Words = PLAIN) -> Shown:
    """The table, or a quiet box that says why there is none and what would bring it."""
    values = {"n": len(frame), "period": period(dx), **words.values}
    title = say(f"title.{layout.name}", dx.language, **values)
    if frame.empty:
        return _empty(layout, title, dx.language)
    spec = Spec(
        title,
        say(f"subtitle.{layout.name}", dx.language, **values),
        say("say.table_alt", dx.language, title=title, n=len(frame)),
        words.source,
        dx.language,
        layout.columns,
        dx.merchant.synthetic,
        words.note,
    )
    return shown.table(frame, spec)


def _empty(layout: Layout, title: str, language: str) -> Shown:
    said = say(f"empty.{layout.name}", language)
    if layout.name not in EMPTY_IS_AN_ANSWER:
        return shown.not_measured(title, said, language)
    return shown.prose(f"<p>{shown.escape(said)}</p>", said, {"title": title})


def period(dx: Diagnosis) -> str:
    """The period in words."""
    return fmt.span(dx.period.start, dx.period.end, dx.language)


def typed(dx: Diagnosis, name: str) -> pd.DataFrame:
    """Rows of the form that travel with the diagnosis (peers, campaigns, star_deals); empty when none."""
    return pd.DataFrame(dx.tables.get(name, {}).get("records", ()))


def remark(code: str, language: str) -> str:
    """The sentence of a reason code; nothing for no code."""
    return sentence(code)[language] if code else ""


def wide(dx: Diagnosis, ids: tuple[str, ...], by: str, **period: str) -> pd.DataFrame:
    """One row per slice value (the index), one column per metric; NaN where not measured."""
    rows = dx.measures.select(ids, by, period.get("period", "current"))
    grid = rows.pivot_table("value", by, "id", aggfunc="first", dropna=False, sort=False) if len(rows) else rows
    return grid.reindex(columns=list(ids))


def records(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame that keeps every value as it is (no column is coerced)."""
    return pd.DataFrame(list(rows), dtype=object)
