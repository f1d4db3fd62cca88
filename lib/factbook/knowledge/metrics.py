"""The metrics as rows: names, unit, basis, direction, area, formula in words and where each comes from."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field, RootModel, field_validator, model_validator

from factbook import fmt
from factbook.knowledge.load import Row, read_parts
from factbook.records import Text

Area = Literal["shop", "G1", "G2", "G3", "F", "A", "C", "T", "S", "O"]


class Metric(Row):
    """One figure: what it is called, how it is computed and judged, and where it comes from."""

    id: str = ""  # the row's key, filled in on loading
    name: Text
    unit: str
    basis: Text
    direction: Literal["up", "down", "none"]
    area: Area
    codes: tuple[str, ...]
    weight: float = Field(ge=0)
    spread: float = Field(gt=0)
    formula: Text
    numerator: Text
    denominator: Text | None = None
    report: str
    source: Text
    f5: bool = False

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        if unit not in fmt.UNITS:
            raise ValueError(f'unit "{unit}" is not one of {", ".join(fmt.UNITS)}')
        return unit


class Metrics(RootModel[dict[str, Metric]]):
    """The whole folder: id → row; every row learns its own key."""

    @model_validator(mode="after")
    def _name_rows(self) -> Metrics:
        named = {key: row.model_copy(update={"id": key}) for key, row in self.root.items()}
        object.__setattr__(self, "root", named)
        return self


PARTS = (
    "shop",
    "fields",
    "room",
    "rhythm",
    "accumulation",
    "alliance",
    "creators",
    "campaign",
    "top_kol",
    "buyers",
    "service",
    "minutes",
    "slots",
    "ads",
    "products",
    "organisation",
    "shelf",
    "decomposition",
    "videos",
    "people",
    "dictionary",
)


@cache
def metrics() -> dict[str, Metric]:
    """Every metric by id, in the order of knowledge/metrics/."""
    return read_parts("metrics", PARTS, Metrics).root


def metric(id: str) -> Metric:
    """One metric; KeyError for an id that is not in the registry."""
    return metrics()[id]
