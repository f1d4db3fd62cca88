"""Every exception the workbook raises, one sentence each."""

from __future__ import annotations

from collections.abc import Iterable


class FactbookError(Exception):
    """Something the user can mend; its text says what, where, what was expected and what to do."""


class IntakeError(FactbookError):
    """A merchant's folder cannot be diagnosed at all; carries every problem found, not only the first."""

    def __init__(self, folder: str, problems: Iterable[object]) -> None:
        self.folder = folder
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} in {folder}"
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems)]))


class KnowledgeError(FactbookError):
    """A knowledge file (TOML) does not say what it must; names file, key and reason."""


class ParameterError(FactbookError):
    """A parameter of a notebook or a command is unknown, has the wrong type or an impossible value."""


class Refused(FactbookError):
    """A method declines to give a figure, and says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class RenderError(FactbookError):
    """A report could not be written; the reason is for the consultant, never for the client."""
