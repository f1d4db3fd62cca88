"""Which metrics feed which area and which cell of the matrix, and how comparisons are read."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field, field_validator

from factbook.knowledge.load import Row, read
from factbook.knowledge.metrics import metrics


class Comparison(Row):
    """How far from the comparison a figure must be, and how much of an area must be judged."""

    change: float = Field(gt=0)
    history_weeks: int = Field(gt=0)
    history_weeks_min: int = Field(gt=0)
    minimum_weight: float = Field(ge=0, le=1)
    maturing: tuple[str, ...]
    mature_days: int = Field(ge=0)
    peaks: tuple[str, ...]
    good: float
    poor: float

    @field_validator("maturing", "peaks")
    @classmethod
    def _metrics(cls, ids: tuple[str, ...]) -> tuple[str, ...]:
        return _known(ids)


def _known(specs: tuple[str, ...]) -> tuple[str, ...]:
    strange = [spec for spec in specs if spec.partition(":")[0] not in metrics()]
    if strange:
        raise ValueError(f"not in metrics/: {', '.join(strange)}")
    return specs


class Members(Row):
    """The metrics of one area or cell (`id` or `id:key`), with weights that differ from the registry's."""

    metrics: tuple[str, ...]
    weights: dict[str, float] = Field(default={})

    @field_validator("metrics")
    @classmethod
    def _metrics(cls, specs: tuple[str, ...]) -> tuple[str, ...]:
        return _known(specs)

    def weighted(self) -> dict[str, float]:
        """Weight by metric, registry weights where none is given here."""
        registry = metrics()
        return {s: self.weights.get(s, registry[s.partition(":")[0]].weight) for s in self.metrics}


class Pools(Row):
    """Which sales the worth of a finding draws on: by its area, by its code where that differs."""

    areas: dict[str, str]
    findings: dict[str, str]


class AreasFile(Row):
    """The whole file."""

    fields: tuple[Literal["F", "A", "C", "T", "S"], ...]
    columns: tuple[str, ...]
    comparison: Comparison
    areas: dict[str, Members]
    cells: dict[str, Members]
    pools: Pools

    def pool(self, code: str, area: str) -> str:
        """The sales a finding's worth draws on; an area without a pool stands for itself."""
        return self.pools.findings.get(code) or self.pools.areas.get(area, area)


@cache
def areas() -> AreasFile:
    """Areas, cells and the rules of comparison, from knowledge/areas.toml."""
    return read("areas.toml", AreasFile)
