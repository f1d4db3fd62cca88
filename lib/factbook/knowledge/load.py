"""Reads a knowledge file and says exactly what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from factbook.errors import KnowledgeError

M = TypeVar("M", bound=BaseModel)


class Row(BaseModel):
    """A row of a knowledge file: unknown keys are an error, values do not change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read(name: str, model: type[M]) -> M:
    """One knowledge file as its model; raises KnowledgeError with every wrong key at once."""
    text = files("factbook.knowledge").joinpath(name).read_text("utf-8")
    return parse(name, text, model)


def read_parts(folder: str, parts: Sequence[str], model: type[M]) -> M:
    """A folder of knowledge files as one model, in the order of `parts`.

    Raises KnowledgeError naming a row given twice, a file that is not in `parts`, or every wrong key.
    """
    root = files("factbook.knowledge").joinpath(folder)
    forgotten = {path.name for path in root.iterdir()} - {f"{part}.toml" for part in parts}
    if forgotten:
        raise KnowledgeError(f"{folder} has files no one reads: {', '.join(sorted(forgotten))}; name them in its list")
    rows: dict[str, Any] = {}
    for part in parts:
        found = _toml(f"{folder}/{part}.toml", root.joinpath(f"{part}.toml").read_text("utf-8"))
        if twice := rows.keys() & found.keys():
            raise KnowledgeError(f"{folder}/{part}.toml has rows that stand elsewhere: {', '.join(sorted(twice))}")
        rows |= found
    return _valid(folder, rows, model)


def parse(name: str, text: str, model: type[M]) -> M:
    """As `read`, from text; used for files that live outside the library (overrides, aliases)."""
    return _valid(name, _toml(name, text), model)


def _toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{name} is not TOML: {error}") from error


def _valid(name: str, rows: dict[str, Any], model: type[M]) -> M:
    try:
        return model.model_validate(rows)
    except ValidationError as error:
        lines = [f"  {name} › {' › '.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise KnowledgeError("\n".join([f"{len(lines)} problems in {name}", *lines])) from error


def revive(kind: Any, data: Any) -> Any:
    """A record (dataclass, or tuple of them) from plain JSON values; raises ValueError when it does not fit."""
    return TypeAdapter(kind).validate_python(data)


def schema_of(kind: Any) -> dict[str, Any]:
    """The JSON schema of a record (dataclass, or tuple of them) as it is written into a file."""
    return TypeAdapter(kind).json_schema(mode="serialization")
