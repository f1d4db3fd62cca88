"""The words that `factbook new` puts into an engagement's folder."""

from __future__ import annotations

from functools import cache

from factbook.knowledge.load import Row, read
from factbook.records import Text


class Readme(Row):
    """The README beside the exports: which reports to download, and where."""

    title: Text
    lead: Text
    rules: tuple[Text, ...]
    first: Text
    more: Text
    rare: Text
    report: Text
    where: Text
    allows: Text
    note: Text


class Said(Row):
    """What the command says when it is done."""

    written: Text
    kept: Text
    next: Text


class Engagement(Row):
    """The whole file."""

    first: tuple[str, ...]
    readme: Readme
    merchant: dict[str, Text]
    notes: dict[str, Text]
    said: Said


@cache
def engagement() -> Engagement:
    """The words of a new engagement, from knowledge/engagement.toml."""
    return read("engagement.toml", Engagement)
