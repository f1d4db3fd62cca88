"""What a filled-in form holds, in the names the tables of a case use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from factbook.records import Problem


@dataclass(frozen=True)
class FormData:
    """The answers: `profile` by field name, `tables` by sheet id with the columns of knowledge/form.toml.

    Rates are fractions, money is yuan, dates are datetime64, choices are codes; NaN or None is not answered.
    """

    profile: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowCount:
    """What became of a sheet's rows: `rows` is the sum of the others."""

    header: int = 0
    kept: int = 0
    set_aside: int = 0
    duplicates: int = 0
    blank: int = 0

    @property
    def rows(self) -> int:
        return self.header + self.kept + self.set_aside + self.duplicates + self.blank


@dataclass(frozen=True)
class Reading:
    """A form as it was read: the answers, what is wrong with it, and what became of every row by sheet id."""

    profile: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    counts: Mapping[str, RowCount]
    readable: bool = True
