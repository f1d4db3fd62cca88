"""What a picture says: its message, its neutral description, its alt text and the words inside it."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from factbook.errors import KnowledgeError
from factbook.knowledge.load import read_parts
from factbook.knowledge.words import Words
from factbook.records import Text

PARTS = (
    "common",
    "summary",
    "growth",
    "field",
    "alliance",
    "campaign",
    "top_kol",
    "organisation",
    "roadmap",
    "evidence",
)


@cache
def captions() -> dict[str, Text]:
    """Every text by its full key (`room_funnel.title_below`), from knowledge/captions/."""
    tables = read_parts("captions", PARTS, Words).root
    return {f"{table}.{key}": text for table, rows in tables.items() for key, text in rows.items()}


def caption(key: str) -> Text:
    """One text in both languages; raises KnowledgeError naming the nearest key when there is none."""
    try:
        return captions()[key]
    except KeyError:
        near = ", ".join(get_close_matches(key, captions(), n=1)) or "none like it"
        raise KnowledgeError(f'captions has no "{key}"; the nearest key is {near}') from None


def say(key: str, language: str, **values: object) -> str:
    """One text in one language, its {braces} filled with `values`."""
    text = caption(key)[language]
    return text.format(**values) if values else text
