"""What level of each capability a field asks for, by stage and part; and the team that usually carries it."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from factbook.knowledge.load import Row, read
from factbook.knowledge.metrics import metrics
from factbook.records import CAPABILITIES, FIELDS, Text

Level = Annotated[float, Field(ge=1, le=5)]
CapabilityCode = Literal["O1", "O2", "O3", "O4", "O5"]
FieldCode = Literal["F", "A", "C", "T", "S"]
Stage = Literal["cold_start", "growth", "mature"]
STAGES: tuple[Stage, ...] = ("cold_start", "growth", "mature")
Need = dict[CapabilityCode, Level]
People = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class Part(Row):
    """A part a field may play: from which share of sales, and how many levels less it then asks for."""

    code: Literal["main", "support", "trial"]
    share: float = Field(ge=0, le=1, alias="from")
    lighter: float = Field(ge=0, le=4)
    name: Text


class TeamRole(Row):
    """A role in the team: its capability, its duty, and how many people it usually takes."""

    code: str
    capability: CapabilityCode
    name: Text
    duty: Text
    least: dict[Stage, People]
    driver: str = ""
    carries: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.driver) != (self.carries is not None):
            raise ValueError("`driver` and `carries` go together")
        if self.driver and self.driver not in metrics():
            raise ValueError(f'driver "{self.driver}" is not a metric')
        if set(self.least) != set(STAGES) or any(low > high for low, high in self.least.values()):
            raise ValueError(f"`least` needs [few, many] for {', '.join(STAGES)}")
        if self.carries and not 0 < self.carries[0] <= self.carries[1]:
            raise ValueError("`carries` runs from few to many, above 0")
        return self


class FitFile(Row):
    """The whole file."""

    required: dict[Stage, dict[FieldCode, Need]]
    service: CapabilityCode
    usual_stage: Stage
    parts: tuple[Part, ...]
    team: tuple[TeamRole, ...]

    @field_validator("required")
    @classmethod
    def _complete(cls, table: dict[Stage, dict[FieldCode, Need]]) -> dict[Stage, dict[FieldCode, Need]]:
        gaps = [
            f"{stage}.{field}.{capability}"
            for stage in STAGES
            for field in FIELDS
            for capability in CAPABILITIES
            if capability not in table.get(stage, {}).get(field, {})  # type: ignore[call-overload]
        ]
        if gaps:
            raise ValueError(f"no level for {', '.join(gaps)}")
        return table

    @field_validator("parts")
    @classmethod
    def _falling(cls, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        shares = [part.share for part in parts]
        if shares != sorted(shares, reverse=True) or not shares or shares[-1] != 0:
            raise ValueError("parts run from the largest share down to 0")
        return parts

    def stage(self, named: object) -> Stage:
        """The stage the form names; the usual one where it names none."""
        return next((stage for stage in STAGES if stage == named), self.usual_stage)

    def part(self, share: float | None, planned: object = None) -> Part:
        """The part a field plays: the planned one, else the one its share shows; in full where neither is known."""
        for part in self.parts:
            if part.code == planned or (planned is None and (share is None or share >= part.share)):
                return part
        return self.parts[0] if share is None else self.part(share)

    def need(self, field: str, stage: object, part: Part) -> dict[str, float]:
        """Capability → level (1-5) that a field asks for."""
        asked = next(need for code, need in self.required[self.stage(stage)].items() if code == field)
        return {
            capability: level if capability == self.service else max(1.0, level - part.lighter)
            for capability, level in asked.items()
        }


@cache
def fit() -> FitFile:
    """The fit table, the parts and the team, from knowledge/fit.toml."""
    return read("fit.toml", FitFile)
