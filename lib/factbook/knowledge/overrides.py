"""overrides.toml: what a consultant may change by hand in one merchant's diagnosis, checked against what exists."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from factbook.knowledge.actions import actions
from factbook.knowledge.findings import findings
from factbook.knowledge.load import Row, parse
from factbook.records import LANGUAGES, Override

FILE = "overrides.toml"


class Words(Row):
    """New words in one language or both; a language that is not given keeps the workbook's."""

    zh: str = ""
    en: str = ""

    @model_validator(mode="after")
    def _said(self) -> Words:
        if not any(self.spoken.values()):
            raise ValueError('give words, such as { zh = "…", en = "…" }')
        return self

    @property
    def spoken(self) -> dict[str, str]:
        """Language → words, of the languages that were given."""
        return {language: said for language in LANGUAGES if (said := str(getattr(self, language)).strip())}


class Hand(Row):
    """One row: why, and what is changed; a muted one cannot be reworded or ranked at the same time."""

    reason: str = Field(min_length=2)
    mute: bool = False
    rank: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _changes_something(self) -> Hand:
        if self.mute == (self.rank is not None or bool(self.words)):
            raise ValueError("write either mute = true, or new words, or rank = 1, 2 …")
        return self

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """New words by part (`title`, `text`, …) and language."""
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: part.spoken for name, part in parts.items() if isinstance(part, Words)}


H = TypeVar("H", bound=Hand)


class FindingHand(Hand):
    """A finding, by its code."""

    title: Words | None = None
    text: Words | None = None


class ActionHand(Hand):
    """An action, by its id."""

    title: Words | None = None
    why: Words | None = None
    target: Words | None = None


class VerdictHand(Row):
    """The sentence of the first page."""

    reason: str = Field(min_length=2)
    text: Words


class OverridesFile(Row):
    """The whole file."""

    findings: dict[str, FindingHand] = Field(default={})
    actions: dict[str, ActionHand] = Field(default={})
    verdict: VerdictHand | None = None

    @field_validator("findings")
    @classmethod
    def _known_findings(cls, rows: dict[str, FindingHand]) -> dict[str, FindingHand]:
        return _known(rows, findings(), "finding")

    @field_validator("actions")
    @classmethod
    def _known_actions(cls, rows: dict[str, ActionHand]) -> dict[str, ActionHand]:
        return _known(rows, actions(), "action")


def parse_overrides(text: str) -> tuple[Override, ...]:
    """The wishes of overrides.toml, in its order; raises KnowledgeError with every wrong row at once."""
    file = parse(FILE, text, OverridesFile)
    wishes = [
        Override("finding", code, row.reason, row.mute, row.rank, row.words) for code, row in file.findings.items()
    ]
    wishes += [Override("action", id, row.reason, row.mute, row.rank, row.words) for id, row in file.actions.items()]
    if file.verdict:
        words = {"text": file.verdict.text.spoken}
        wishes.append(Override("verdict", "verdict", file.verdict.reason, words=words))
    return tuple(wishes)


def _wish(kind: Literal["finding", "action"], code: str, row: Hand) -> Override:
    return Override(kind, code, row.reason, row.mute, row.rank, row.words)


def _known(rows: dict[str, H], table: Iterable[str], kind: str) -> dict[str, H]:
    names = list(table)
    lines = [f'there is no {kind} "{code}"{_near(code, names)}' for code in rows if code not in names]
    if lines:
        raise ValueError("; ".join(lines))
    return rows


def _near(code: str, names: list[str]) -> str:
    near = get_close_matches(code, names, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
