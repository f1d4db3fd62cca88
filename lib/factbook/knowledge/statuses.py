"""actions.toml in a merchant's folder: how far each action is, checked against the actions there are.

[lift_service_part]
status = "doing"          # planned, doing, done or dropped
note = "new shifts since 1 November"
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from pydantic import RootModel, field_validator

from factbook.knowledge.actions import actions
from factbook.knowledge.load import Row, parse
from factbook.records import Standing, Status

FILE = "actions.toml"


class StatusRow(Row):
    """One action."""

    status: Standing
    note: str = ""


class StatusesFile(RootModel[dict[str, StatusRow]]):
    """The whole file: action → how far it is."""

    @field_validator("root")
    @classmethod
    def _known(cls, rows: dict[str, StatusRow]) -> dict[str, StatusRow]:
        lines = [f'there is no action "{id}"{_near(id)}' for id in rows if id not in actions()]
        if lines:
            raise ValueError("; ".join(lines))
        return rows


def parse_statuses(text: str) -> Mapping[str, Status]:
    """Action → status; raises KnowledgeError with every wrong row at once."""
    return {id: Status(row.status, row.note.strip()) for id, row in parse(FILE, text, StatusesFile).root.items()}


def written(statuses: Mapping[str, Status]) -> str:
    """The same file again, for the meeting to save."""
    lines = ["# How far each action is: planned, doing, done or dropped."]
    for id, status in statuses.items():
        lines += ["", f"[{id}]", f'status = "{status.state}"']
        lines += [f"note = {_quoted(status.note)}"] if status.note else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string on one line, whatever was typed."""
    escaped = "".join(
        f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else f"\\{c}" if c in '"\\' else c for c in text
    )
    return f'"{escaped}"'


def _near(id: str) -> str:
    near = get_close_matches(id, actions(), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
