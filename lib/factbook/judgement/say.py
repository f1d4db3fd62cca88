"""Figures inside sentences: finite or refused, spelled in both languages at once."""

from __future__ import annotations

import math
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from factbook import fmt
from factbook.errors import Refused
from factbook.records import LANGUAGES, Period, Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A finite number and its unit (a key of fmt.UNITS, or "points"); raises Refused on anything else."""

    value: float
    unit: str

    def __post_init__(self) -> None:
        if self.value is None or not math.isfinite(self.value):
            raise Refused(f"{self.value} is not a figure that can be said")

    def __getitem__(self, language: str) -> str:
        spell = _EXTRA.get(self.unit)
        return spell(self.value, language) if spell else fmt.said(self.value, self.unit, language)


_EXTRA = {
    "points": fmt.points,
    "whole": lambda value, language: fmt.decimal(value, language, 0),
}
Value = Figure | Text
Values = Mapping[str, Value]


def fill(template: Text, values: Values) -> Text:
    """The template in both languages with its {names} filled; KeyError names one that is missing."""
    zh, en = (
        template[language].format_map({name: value[language] for name, value in values.items()})
        for language in LANGUAGES
    )
    return Text(zh, en)


def names(template: Text) -> set[str]:
    """The {names} a template asks for, in either language."""
    return {name for text in (template.zh, template.en) for _, name, _, _ in string.Formatter().parse(text) if name}


def join(pieces: tuple[Text, ...]) -> Text:
    """Sentences in a row: none between in Chinese, a space in English."""
    return Text("".join(piece.zh for piece in pieces), " ".join(piece.en for piece in pieces))


def day(value: date) -> Text:
    return Text(fmt.day(value, "zh"), fmt.day(value, "en"))


def same(text: object) -> Text:
    """A proper name: the same in both languages."""
    return Text(str(text), str(text))


def counted(n: float, zh: str, one: str, many: str) -> Text:
    """`14位达人` / `14 creators` / `1 creator`."""
    if not math.isfinite(n):
        raise Refused(f"{n} cannot be counted")
    return Text(f"{fmt.count(n, 'zh')}{zh}", f"{fmt.count(n, 'en')} {one if n == 1 else many}")


def span(period: Period) -> Text:
    """A whole calendar month by its name, anything else by its days."""
    start, end = period.start, period.end
    whole = start.day == 1 and start.month == end.month and start.year == end.year and _last(end)
    if whole:
        return Text(f"{start.month}月", f"{start:%B}")
    return Text(f"最近{period.days}天", f"the last {period.days} days")


def _last(day_: date) -> bool:
    return (date.fromordinal(day_.toordinal() + 1)).day == 1
