"""Who is diagnosed: merchant.toml first, the form's profile next, the folder's name last."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from factbook.errors import ParameterError
from factbook.intake.clean import shown
from factbook.intake.files import MERCHANT
from factbook.records import LANGUAGES, Merchant, Period, Problem


@dataclass(frozen=True)
class Key:
    """A key of merchant.toml: its type, its allowed values, and how it is written."""

    name: str
    type: type
    example: str
    allowed: tuple[str, ...] = ()

    def accepts(self, value: Any) -> bool:
        """Whether a value has the type and is one of the allowed ones."""
        if self.type is list:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        return type(value) is self.type and (not self.allowed or value in self.allowed)


KEYS = (
    Key("name", str, 'name = "屿栀蔓护肤旗舰店"'),
    Key("industry", str, 'industry = "美妆护肤"'),
    Key("own_accounts", list, 'own_accounts = ["屿栀蔓官方旗舰店"]'),
    Key("synthetic", bool, "synthetic = true"),
    Key("language", str, 'language = "zh"', LANGUAGES),
    Key("brand", str, 'brand = "屿栀蔓"'),
    Key("period", str, 'period = "20261001-20261031"'),
)


def read_toml(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    """The keys of merchant.toml that are right, and a problem for each that is not."""
    path = folder / MERCHANT
    if not path.is_file():
        return {}, []
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [Problem("merchant_toml", "error", MERCHANT, values={"found": str(error)})]
    known = {key.name: key for key in KEYS}
    right = {name: value for name, value in data.items() if name in known and known[name].accepts(value)}
    problems = [_wrong(name, value, known.get(name)) for name, value in data.items() if name not in right]
    return right, problems


def _wrong(name: str, value: Any, key: Key | None) -> Problem:
    if key is None:
        near = get_close_matches(name, [key.name for key in KEYS], n=1)
        return Problem("merchant_key", "note", MERCHANT, column=name, values={"near": near[0] if near else "—"})
    return Problem(
        "merchant_value",
        "warning",
        MERCHANT,
        column=name,
        values={"found": shown(value), "example": key.example},
    )


def period_of(keys: Mapping[str, Any]) -> tuple[Period | None, list[Problem]]:
    """The period merchant.toml asks for; a wrong one is a problem."""
    try:
        return (Period.parse(keys["period"]) if keys.get("period") else None), []
    except ParameterError:
        values = {"found": shown(keys["period"]), "example": 'period = "20261001-20261031"'}
        return None, [Problem("merchant_value", "warning", MERCHANT, column="period", values=values)]


def merchant_of(folder: Path, keys: Mapping[str, Any], profile: Mapping[str, Any], own: pd.DataFrame) -> Merchant:
    """The merchant; `own` is the form's sheet of own accounts (account, douyin_id)."""
    id = folder.resolve().name
    typed = {name: value for name in ("name", "industry", "brand") if (value := keys.get(name) or profile.get(name))}
    listed = [value for column in ("account", "douyin_id") if column in own for value in own[column].dropna()]
    accounts = dict.fromkeys([*keys.get("own_accounts", ()), *listed])
    return Merchant(
        id=id,
        name=str(typed.get("name", id)),
        industry=str(typed.get("industry", "")),
        brand=str(typed.get("brand", "")),
        language=keys.get("language", "zh"),
        synthetic=keys.get("synthetic", False),
        own_accounts=tuple(accounts),
        profile=dict(profile),
    )
