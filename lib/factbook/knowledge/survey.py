"""The capability survey as rows: capabilities, items with their five anchors, raters' roles, team seats."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import field_validator

from factbook.knowledge.load import Row, read
from factbook.records import CAPABILITIES, Text


class Role(Row):
    """Who answers the survey."""

    code: str
    name: Text


class Level(Row):
    """One of the five steps, the same for every item."""

    level: int
    name: Text
    means: Text


class Seat(Row):
    """Where the Douyin team sits, what that usually brings and what it usually lacks."""

    code: str
    name: Text
    strength: Text
    watch: Text
    weak: tuple[Literal["O1", "O2", "O3", "O4", "O5"], ...]  # capabilities such a team usually lacks


class Item(Row):
    """One question with five anchors, lowest first, and what a rater could show for the answer."""

    code: str
    title: Text
    question: Text
    anchors: tuple[Text, Text, Text, Text, Text]
    evidence: Text

    @property
    def capability(self) -> str:
        return self.code.partition(".")[0]


class Capability(Row):
    """One of O1-O5: what good looks like, who owns it, and its items."""

    code: str
    name: Text
    good: Text
    owner: Text
    items: tuple[Item, ...]


class Survey(Row):
    """The whole file."""

    roles: tuple[Role, ...]
    levels: tuple[Level, ...]
    seats: tuple[Seat, ...]
    capabilities: tuple[Capability, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order they are asked."""
        return tuple(item for capability in self.capabilities for item in capability.items)

    def item(self, code: str) -> Item:
        return next(item for item in self.items if item.code == code)

    def capability(self, code: str) -> Capability:
        return next(capability for capability in self.capabilities if capability.code == code)

    def role(self, code: str) -> Role:
        return next(role for role in self.roles if role.code == code)

    def seat(self, code: str) -> Seat:
        return next(seat for seat in self.seats if seat.code == code)

    @field_validator("capabilities")
    @classmethod
    def _codes_follow(cls, capabilities: tuple[Capability, ...]) -> tuple[Capability, ...]:
        found = [item.code for capability in capabilities for item in capability.items]
        due = [f"{c.code}.{n}" for c in capabilities for n in range(1, len(c.items) + 1)]
        if found != due or tuple(c.code for c in capabilities) != CAPABILITIES:
            raise ValueError(f"items must be numbered O1.1, O1.2 … under {', '.join(CAPABILITIES)}; found {found}")
        return capabilities


@cache
def survey() -> Survey:
    """The capability survey, from knowledge/survey.toml."""
    return read("survey.toml", Survey)
