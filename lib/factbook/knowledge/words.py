"""The workbook's words in both languages: labels and verdicts (words.toml), titles and headings (headings.toml)."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from pydantic import RootModel

from factbook.errors import KnowledgeError
from factbook.knowledge.load import read
from factbook.records import Text

FILES = ("words.toml", "headings.toml")


class Words(RootModel[dict[str, dict[str, Text]]]):
    """The whole file: table → key → word."""


@cache
def words() -> dict[str, Text]:
    """Every word by its full key (`label.core`), from words.toml and headings.toml."""
    tables = [item for name in FILES for item in read(name, Words).root.items()]
    return {f"{table}.{key}": text for table, rows in tables for key, text in rows.items()}


def word(key: str) -> Text:
    """One word in both languages; raises KnowledgeError naming the nearest key when there is none."""
    try:
        return words()[key]
    except KeyError:
        near = ", ".join(get_close_matches(key, words(), n=1)) or "none like it"
        raise KnowledgeError(f'{" and ".join(FILES)} have no "{key}"; the nearest key is {near}') from None


def say(key: str, language: str, **values: object) -> str:
    """One word in one language, its {braces} filled with `values`."""
    text = word(key)[language]
    return text.format(**values) if values else text


def label(table: str, code: object, language: str) -> str:
    """The word for a code of the data (`label("carrier", "live", "zh")`); an unknown code as it is."""
    found = words().get(f"{table}.{code}")
    return found[language] if found else str(code)
