"""What every record is made of: a sentence in two languages, a span of days, the codes of fields and capabilities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from factbook.errors import ParameterError

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FIELDS = ("F", "A", "C", "T", "S")
CAPABILITIES = ("O1", "O2", "O3", "O4", "O5")
BASICS = ("G1", "G2", "G3")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.zh


def listed(names: Iterable[Text]) -> Text:
    """Names in a row: `a、b、c` / `a, b and c`; empty for none."""
    chosen = list(names)
    *rest, last = [name.en for name in chosen] or [""]
    return Text("、".join(name.zh for name in chosen), f"{', '.join(rest)} and {last}" if rest else last)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """An inclusive span of days."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ParameterError(f"period {self.start}..{self.end} ends before it starts; write START-END")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `20261001-20261031`, `2026-10-01..2026-10-31` or one day; raises ParameterError."""
        digits = re.findall(r"(\d{4})\D?(\d{2})\D?(\d{2})", text)
        if len(digits) not in (1, 2):
            raise ParameterError(f'period "{text}" is not understood; write 20261001-20261031')
        try:
            days = [date(int(y), int(m), int(d)) for y, m, d in digits]
        except ValueError as error:
            raise ParameterError(f'period "{text}" holds a day that does not exist ({error})') from error
        return cls(days[0], days[-1])

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def preceding(self) -> Period:
        """The span of equal length that ends the day before this one starts."""
        return Period(self.start - timedelta(days=self.days), self.start - timedelta(days=1))

    def contains(self, days: pd.Series) -> pd.Series:
        """Boolean series: which dates (datetime64) fall inside."""
        first, after = np.datetime64(self.start, "us"), np.datetime64(self.end + timedelta(days=1), "us")
        moments = days.to_numpy("datetime64[us]")
        return pd.Series((first <= moments) & (moments < after), index=days.index)

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(self.days))

    def __str__(self) -> str:
        return f"{self.start:%Y%m%d}-{self.end:%Y%m%d}"
