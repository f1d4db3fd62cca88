"""A merchant as handed over: files, problems, agreements, typed tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from factbook.records.base import Language, Period
from factbook.records.memory import Status

Severity = Literal["error", "set_aside", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in what was handed over: `code` names its sentence in knowledge/problems.toml."""

    code: str
    severity: Severity
    file: str = ""
    sheet: str = ""
    column: str = ""
    row: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    count: int = 1

    @property
    def place(self) -> str:
        """`file › sheet › column, row 18` with the parts that are known."""
        path = " › ".join(part for part in (self.file, self.sheet, self.column) if part)
        return f"{path}, row {self.row}" if self.row is not None else path

    def __str__(self) -> str:
        said = ", ".join(f"{key} {value}" for key, value in self.values.items())
        return f"{self.place or self.code}: {self.code}{f' ({said})' if said else ''}"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What became of one file: every row is accounted for.

    `rows == kept + set_aside + duplicates + header + totals + blank`, checked by a test for every file.
    """

    name: str
    report: str | None  # id in knowledge/exports.toml, None when not recognised
    digest: str  # sha-256 of the bytes
    size: int
    period: Period | None = None
    tables: tuple[str, ...] = ()
    rows: int = 0
    kept: int = 0
    set_aside: int = 0
    duplicates: int = 0
    header: int = 0
    totals: int = 0
    blank: int = 0
    read: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One reconciliation line: two figures that must agree, and whether they do."""

    code: str  # id of the identity, text in knowledge/problems.toml
    file: str
    left: float
    right: float
    holds: bool
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Override:
    """What the consultant wants changed in a finding, an action or the verdict, and why; from overrides.toml.

    `words` holds new texts by part (`title`, `text`, `why`, `target`) and language; what is not given stays.
    """

    kind: Literal["finding", "action", "verdict"]
    code: str  # of a finding, id of an action; "verdict"
    reason: str
    mute: bool = False
    rank: int | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who is diagnosed; from merchant.toml, the form's profile sheet, and the folder's name last."""

    id: str  # the folder's name
    name: str
    industry: str = ""
    language: Language = "zh"
    synthetic: bool = False
    brand: str = ""
    own_accounts: tuple[str, ...] = ()
    profile: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """Typed tables of one merchant, where each cell came from, and what could not be read."""

    folder: Path
    merchant: Merchant
    period: Period
    tables: Mapping[str, pd.DataFrame]
    files: tuple[FileRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    checks: tuple[Check, ...] = ()
    missing: tuple[str, ...] = ()  # report ids not supplied
    notes: Mapping[str, str] = field(default_factory=dict)  # chapter -> the consultant's Markdown
    overrides: tuple[Override, ...] = ()
    statuses: Mapping[str, Status] = field(default_factory=dict)  # action -> how far it is, from actions.toml

    def table(self, name: str) -> pd.DataFrame:
        """The rows of one table; an empty frame when nothing was supplied."""
        return self.tables[name] if name in self.tables else pd.DataFrame()
