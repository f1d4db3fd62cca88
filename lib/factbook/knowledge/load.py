"""Reads a knowledge file and says exactly what is wrong with it."""

from __future__ import annotations

import tomllib
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


def parse(name: str, text: str, model: type[M]) -> M:
    """As `read`, from text; used for files that live outside the library (overrides, aliases)."""
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{name} is not TOML: {error}") from error
    except ValidationError as error:
        lines = [f"  {name} › {' › '.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise KnowledgeError("\n".join([f"{len(lines)} problems in {name}", *lines])) from error


def revive(kind: Any, data: Any) -> Any:
    """A record (dataclass, or tuple of them) from plain JSON values; raises ValueError when it does not fit."""
    return TypeAdapter(kind).validate_python(data)
