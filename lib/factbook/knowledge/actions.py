"""What can be done: each action with owner, effort, lead time, gate and what shows success."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field, RootModel

from factbook.knowledge.load import Row, read_parts
from factbook.records import Text

FieldCode = Literal["F", "A", "C", "T", "S", ""]
CapabilityCode = Literal["O1", "O2", "O3", "O4", "O5"]


class ActionRow(Row):
    """One action; `why` and `target` may name figures of the finding that calls for it."""

    title: Text
    why: Text
    field: FieldCode
    capability: CapabilityCode
    owner: Text
    effort_days: float = Field(gt=0)
    lead_days: int = Field(ge=0, le=90)
    horizon: Literal[30, 60, 90]
    metric: str
    target: Text
    opens: tuple[str, ...] = ()  # fields whose gate it opens
    needs_gate: FieldCode = ""  # field whose gate must be open
    after: tuple[str, ...] = ()  # actions that come first when both are in the plan
    only_for: CapabilityCode | Literal[""] = ""  # of a finding on several capabilities, the one it belongs to


class ActionsFile(RootModel[dict[str, ActionRow]]):
    """The whole file: action → row."""


PARTS = ("service", "field", "ads", "alliance", "top_kol", "campaign", "shelf", "organisation")


@cache
def actions() -> dict[str, ActionRow]:
    """Every action by id, from knowledge/actions/."""
    return read_parts("actions", PARTS, ActionsFile).root
