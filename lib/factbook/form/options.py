"""What a drop-down offers, and which code a person meant by what stands in the cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

from factbook.knowledge.form import Choice, FormColumn
from factbook.knowledge.metrics import metrics
from factbook.knowledge.practices import practices
from factbook.knowledge.survey import survey


def plain(text: str) -> str:
    """A spelling without width, case and space: how headings, names and choices are compared."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _choices(column: FormColumn) -> tuple[Choice, ...]:
    return column.choices


def _levels(column: FormColumn) -> tuple[Choice, ...]:
    return tuple(Choice(code=c.code, zh=f"{c.code} {c.zh}", en=f"{c.code} {c.en}") for c in column.choices)


def _roles(_: FormColumn) -> tuple[Choice, ...]:
    return tuple(Choice(code=role.code, zh=role.name.zh, en=role.name.en) for role in survey().roles)


def _items(_: FormColumn) -> tuple[Choice, ...]:
    return tuple(Choice(code=item.code, zh=item.code, en=item.code) for item in survey().items)


def _practices(_: FormColumn) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, zh=code, en=code) for code in practices())


def _metrics(_: FormColumn) -> tuple[Choice, ...]:
    # Names are not unique (人数 and 次数 twins, room and shop), so the label carries the id.
    return tuple(
        Choice(code=row.id, zh=f"{row.name.zh} | {row.id}", en=f"{row.name.en} | {row.id}")
        for row in metrics().values()
    )


SOURCES: dict[str, Callable[[FormColumn], tuple[Choice, ...]]] = {
    "choice": _choices,
    "level": _levels,
    "role": _roles,
    "item": _items,
    "practice": _practices,
    "metric": _metrics,
}


def options(column: FormColumn) -> tuple[Choice, ...]:
    """The values a column's drop-down offers, in order; empty where the column takes free input."""
    source = SOURCES.get(column.kind)
    return source(column) if source else ()


@cache
def _spellings(column: FormColumn) -> dict[str, str]:
    named = {plain(word): c.code for c in column.choices for word in (c.zh, c.en)}
    offered = {plain(word): c.code for c in options(column) for word in (c.code, c.zh, c.en)}
    return named | offered


def code_of(text: str, column: FormColumn) -> str | None:
    """The code meant by a cell's text (code or label in either language); None when it is none of them."""
    return _spellings(column).get(plain(text))


def label_of(code: str, column: FormColumn, language: str) -> str:
    """The words a drop-down shows for a code; an unknown code as it is, so that reading names it."""
    found = next((c for c in options(column) if c.code == code), None)
    return found.label[language] if found else code
