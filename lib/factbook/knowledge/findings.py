"""The words of every finding: title, text and optional pieces, its actions and its worth."""

from __future__ import annotations

from functools import cache

from pydantic import Field, RootModel, model_validator

from factbook.knowledge.load import Row, read_parts
from factbook.records import Text


class WorthRule(Row):
    """How the yuan are reckoned, and the haircut: `low` and `high` multiply the rule's own range."""

    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    how: Text

    @model_validator(mode="after")
    def _ordered(self) -> WorthRule:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class FindingText(Row):
    """One finding's words; {names} are filled by its rule."""

    title: Text
    text: Text
    pieces: dict[str, Text] = Field(default={})
    actions: tuple[str, ...] = ()
    worth: WorthRule | None = None


class FindingsFile(RootModel[dict[str, FindingText]]):
    """The whole file: code → words."""


PARTS = ("service", "growth", "field", "alliance", "campaign", "top_kol", "shelf", "organisation")


@cache
def findings() -> dict[str, FindingText]:
    """Every finding's words by code, from knowledge/findings/."""
    return read_parts("findings", PARTS, FindingsFile).root
