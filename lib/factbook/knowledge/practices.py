"""The FACT method as rows: every practice by its code, with its title, its question and its area."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import field_validator

from factbook.knowledge.actions import actions
from factbook.knowledge.load import Row, read
from factbook.records import Text

PracticeArea = Literal["G1", "G2", "G3", "F", "A", "C", "T", "O1", "O2", "O3", "O4", "O5"]


class Practice(Row):
    """One item of the method: its title, what is asked about a merchant, what could be shown, what puts it into use."""

    area: PracticeArea
    title: Text
    question: Text
    evidence: Text
    actions: tuple[str, ...]

    @field_validator("actions")
    @classmethod
    def _known_actions(cls, ids: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [id for id in ids if id not in actions()]
        if unknown or not ids:
            raise ValueError(f"name one action or more; unknown: {', '.join(unknown) or 'none named'}")
        return ids


class Practices(Row):
    """The whole file."""

    practices: dict[str, Practice]


@cache
def practices() -> dict[str, Practice]:
    """Every practice by code (`G1.1` … `O5`), in the order of the method, from knowledge/practices.toml."""
    return read("practices.toml", Practices).practices


def practice(code: str) -> Practice:
    """One practice; KeyError for a code the method does not have."""
    return practices()[code]
