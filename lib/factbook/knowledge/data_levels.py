"""What level of a capability a figure supports: rules of thumb as rows."""

from __future__ import annotations

from functools import cache

from pydantic import field_validator

from factbook.knowledge.load import Row, read
from factbook.knowledge.metrics import metrics
from factbook.records import CAPABILITIES, Text


class DataLevel(Row):
    """One figure of one capability and the four lines from which it counts as level 2, 3, 4 and 5."""

    capability: str
    metric: str
    slice: dict[str, str]
    against: str
    lines: tuple[float, float, float, float]
    why: Text

    @property
    def key(self) -> str:
        """What tells the rule from the others: `metric`, `metric@slice` or `metric:against`."""
        cut = "".join(f"@{value}" for value in self.slice.values())
        return f"{self.metric}{cut}{f':{self.against}' if self.against else ''}"

    @field_validator("capability")
    @classmethod
    def _known_capability(cls, code: str) -> str:
        if code not in CAPABILITIES:
            raise ValueError(f'"{code}" is not one of {", ".join(CAPABILITIES)}')
        return code

    @field_validator("metric")
    @classmethod
    def _known_metric(cls, id: str) -> str:
        if id not in metrics():
            raise ValueError(f'"{id}" is not a metric')
        return id

    @field_validator("against")
    @classmethod
    def _known_comparison(cls, word: str) -> str:
        if word not in ("", "peer", *metrics()):
            raise ValueError(f'"{word}" is neither empty, "peer" nor a metric')
        return word

    @field_validator("lines")
    @classmethod
    def _monotone(cls, lines: tuple[float, ...]) -> tuple[float, ...]:
        if list(lines) not in (sorted(set(lines)), sorted(set(lines), reverse=True)):
            raise ValueError(f"lines {lines} neither rise nor fall")
        return lines


class DataLevelsFile(Row):
    """The whole file."""

    levels: tuple[DataLevel, ...]


@cache
def data_levels() -> tuple[DataLevel, ...]:
    """Every rule, from knowledge/data_levels.toml."""
    return read("data_levels.toml", DataLevelsFile).levels
