"""What may be said under a picture: ordered sentences with conditions, filled with one merchant's figures."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import Formatter
from typing import Any

from pydantic import Field, RootModel, field_validator

from factbook import fmt
from factbook.knowledge.load import Row, read_parts
from factbook.records import Text

Value = float | str | Text | date | None

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
HOW_TO = 'write "name < 3", "name < other_name", "name = \'word\'" or "name known"'
CONDITION = re.compile(
    r"(?P<left>\w+) (?:(?P<sign><=|>=|!=|<|>|=) (?:(?P<number>-?[\d.]+)|'(?P<word>\w+)'|(?P<other>[a-z]\w*))"
    r"|(?P<state>known|unknown))"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One value a sentence may name; `unit` is a key of fmt.UNITS, or `points`, `exact`, `day`, `text`."""

    value: Value
    unit: str = "text"

    @property
    def known(self) -> bool:
        return self.value is not None and self.value == self.value and self.value != ""

    @property
    def number(self) -> float | None:
        """The value where it is a number that exists."""
        return float(self.value) if isinstance(self.value, (int, float)) and self.known else None


UNKNOWN = Fact(None)
Facts = Mapping[str, Fact]


class Spelled(str):
    """A value as text; in a template `{n:day|days}` adds the word that agrees with the number."""

    __slots__ = ("single",)
    single: bool

    def __format__(self, forms: str) -> str:
        if not forms:
            return str(self)
        one, _, many = forms.partition("|")
        return f"{self} {one if self.single else many or one + 's'}"


SPELLINGS: dict[str, Callable[[Any, str], str]] = {
    "points": fmt.points,
    "exact": fmt.money_exact,
    "day": fmt.day,
    "text": lambda value, language: value[language] if isinstance(value, Text) else str(value),
}


def spelled(fact: Fact, language: str) -> Spelled:
    """A fact as a reader sees it."""
    spell = SPELLINGS.get(fact.unit)
    said = Spelled(spell(fact.value, language) if spell else fmt.said(fact.value, fact.unit, language))  # type: ignore[arg-type]
    said.single = fact.value == 1
    return said


class Sentence(Row):
    """A sentence in both languages and when it is true; `slot` is its place, the first true one takes it."""

    slot: int = Field(ge=1)
    when: tuple[str, ...] = ()
    zh: str
    en: str

    @field_validator("when")
    @classmethod
    def _readable(cls, conditions: tuple[str, ...]) -> tuple[str, ...]:
        strange = [text for text in conditions if not CONDITION.fullmatch(text)]
        if strange:
            raise ValueError(f"cannot read {strange}; {HOW_TO}")
        return conditions

    def named(self) -> set[str]:
        """Every fact its text or its conditions name."""
        fields = {name for text in (self.zh, self.en) for _, name, _, _ in Formatter().parse(text) if name}
        parts = [match.groupdict() for match in map(CONDITION.fullmatch, self.when) if match]
        return fields | {part[side] for part in parts for side in ("left", "other") if part[side]}

    def holds(self, facts: Facts) -> bool:
        """Whether every condition is true and every figure the text names is known."""
        fields = {name for _, name, _, _ in Formatter().parse(self.zh) if name}
        fields |= {name for _, name, _, _ in Formatter().parse(self.en) if name}
        known = all(name in facts and facts[name].known for name in fields)
        return known and all(_true(text, facts) for text in self.when)


def _true(condition: str, facts: Facts) -> bool:
    match = CONDITION.fullmatch(condition)
    assert match is not None  # checked when the file was read
    left = facts.get(match["left"], UNKNOWN)
    if match["state"]:
        return left.known == (match["state"] == "known")
    right = facts.get(match["other"], UNKNOWN) if match["other"] else _literal(match)
    return left.known and right.known and OPERATORS[match["sign"]](left.value, right.value)


def _literal(match: re.Match[str]) -> Fact:
    return Fact(float(match["number"])) if match["number"] else Fact(match["word"])


class Reading(Row):
    """The sentences under one picture, what they need, and the one that is said when it is not there."""

    needs: tuple[str, ...] = ()
    missing: Text
    says: tuple[Sentence, ...]


class Readings(RootModel[dict[str, Reading]]):
    """The whole file: picture → reading."""


PARTS = ("summary", "growth", "field", "alliance", "campaign", "top_kol", "organisation", "roadmap", "evidence")


@cache
def readings() -> dict[str, Reading]:
    """Every reading by the key of its picture, from knowledge/readings/."""
    return read_parts("readings", PARTS, Readings).root


def tell(reading: Reading, facts: Facts, language: str) -> tuple[str, ...]:
    """The sentences that are true of these facts, one a slot; the missing sentence when none is."""
    if not all(name in facts and facts[name].known for name in reading.needs):
        return (reading.missing[language],)
    chosen: dict[int, Sentence] = {}
    for sentence in sorted(reading.says, key=lambda sentence: sentence.slot):
        if sentence.slot not in chosen and sentence.holds(facts):
            chosen[sentence.slot] = sentence
    said = {name: spelled(fact, language) for name, fact in facts.items() if fact.known}
    texts = tuple(getattr(sentence, language).format(**said) for sentence in chosen.values())
    return texts or (reading.missing[language],)
