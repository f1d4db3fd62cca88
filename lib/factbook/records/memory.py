"""How far actions are, and what became of an earlier diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from factbook.records.base import Period, Text

Standing = Literal["planned", "doing", "done", "dropped"]
Movement = Literal["better", "same", "worse", "unknown"]


@dataclass(frozen=True, slots=True)
class Status:
    """How far an action is, from actions.toml in the merchant's folder."""

    state: Standing
    note: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """An action of the earlier plan: what it was to move, what that figure was then and is now.

    `closed_*`: by how much the finding it answered has shrunk since, in yuan per 30 days; `kept`: whether that reaches
    the low end of what was promised. None where no yuan were promised or the earlier finding cannot be priced now.
    """

    action: str
    title: Text
    owner: Text
    metric: str
    target: Text
    status: Standing
    moved: Movement
    then: float | None = None
    now: float | None = None
    note: str = ""
    worth_low_cny: float | None = None
    worth_high_cny: float | None = None
    closed_cny: float | None = None
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier diagnosis of the same merchant, held against this one."""

    period: Period
    file: str
    promises: tuple[Promise, ...] = ()
    gone: tuple[Text, ...] = ()  # titles of findings that no longer fire
    stayed: tuple[Text, ...] = ()
    new: tuple[Text, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)  # id of a score -> its value then

    @property
    def judged(self) -> int:
        """How many promises of yuan can be checked: those of actions that were done."""
        return sum(promise.kept is not None for promise in self.promises)

    @property
    def kept(self) -> int:
        """How many of those reached the low end of what was promised."""
        return sum(promise.kept is True for promise in self.promises)
