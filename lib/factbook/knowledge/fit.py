"""The level of each capability that each field asks for."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import Field, field_validator

from factbook.knowledge.load import Row, read
from factbook.records import CAPABILITIES, FIELDS

Level = Annotated[float, Field(ge=1, le=5)]
Need = dict[Literal["O1", "O2", "O3", "O4", "O5"], Level]


class FitFile(Row):
    """The whole file: field → capability → level asked for."""

    required: dict[Literal["F", "A", "C", "T", "S"], Need]

    @field_validator("required")
    @classmethod
    def _complete(cls, table: dict[str, Need]) -> dict[str, Need]:
        gaps = [f"{f}.{o}" for f in FIELDS for o in CAPABILITIES if o not in table.get(f, {})]
        if gaps:
            raise ValueError(f"no level for {', '.join(gaps)}")
        return table


@cache
def required() -> dict[str, dict[str, float]]:
    """Field → capability → level (1–5), from knowledge/fit.toml."""
    return {field: dict(levels.items()) for field, levels in read("fit.toml", FitFile).required.items()}
