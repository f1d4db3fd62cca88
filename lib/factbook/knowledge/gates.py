"""The platform's hard lines as rows: figure, line, what closes below it, and the rule that says so."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import Field, RootModel

from factbook.knowledge.load import Row, read
from factbook.records import Text


class GateRow(Row):
    """One line of the platform."""

    name: Text
    figure: Literal["total", "product", "logistics", "service"]
    window: int = Field(ge=1)
    line: float = Field(ge=0, le=100)
    closes: tuple[Literal["F", "A", "C", "T", "S"], ...]
    effect: Text
    since: date | None = None
    rule: str = ""
    note: Text | None = None


class GatesFile(RootModel[dict[str, GateRow]]):
    """The whole file: gate → row."""


@cache
def gates() -> dict[str, GateRow]:
    """Every gate by id, from knowledge/gates.toml."""
    return read("gates.toml", GatesFile).root
