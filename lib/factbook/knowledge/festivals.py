"""The platform's campaigns at its three levels, as rows with their usual months."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated

from pydantic import Field, model_validator

from factbook.knowledge.gates import gates
from factbook.knowledge.load import Row, read
from factbook.records import Text

Month = Annotated[int, Field(ge=1, le=12)]


class Level(Row):
    """One of the three levels and what it gives."""

    name: Text
    gives: Text


class Festival(Row):
    """One campaign of the platform; without months it may be held in any, by invitation."""

    level: int = Field(ge=1, le=3)
    name: Text
    words: tuple[str, ...]
    months: tuple[Month, ...] = ()
    gate: str = ""


class FestivalsFile(Row):
    """The whole file, and the day on which it was last checked."""

    checked: date
    levels: dict[str, Level]
    festivals: dict[str, Festival]

    @model_validator(mode="after")
    def _known(self) -> FestivalsFile:
        for id, row in self.festivals.items():
            if row.gate and row.gate not in gates():
                raise ValueError(f'{id} asks for a gate "{row.gate}" that gates.toml does not have')
            if str(row.level) not in self.levels:
                raise ValueError(f"{id} stands at level {row.level}, which has no name")
        return self


@cache
def festivals() -> FestivalsFile:
    """Every campaign of the platform, from knowledge/festivals.toml."""
    return read("festivals.toml", FestivalsFile)


def festival_of(name: str) -> str | None:
    """Which campaign of the platform a row of the form means, by its name; None for one of the shop's own."""
    return next((id for id, row in festivals().festivals.items() if any(word in name for word in row.words)), None)
