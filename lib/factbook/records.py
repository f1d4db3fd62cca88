"""The values that travel the road: frozen dataclasses, and the one wrapper around a tidy frame of measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

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
        return days.between(pd.Timestamp(self.start), pd.Timestamp(self.end) + pd.Timedelta(days=1, seconds=-1))

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(self.days))

    def __str__(self) -> str:
        return f"{self.start:%Y%m%d}-{self.end:%Y%m%d}"


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

    def table(self, name: str) -> pd.DataFrame:
        """The rows of one table; an empty frame when nothing was supplied."""
        return self.tables.get(name, pd.DataFrame())


MEASURE_COLUMNS = (
    "id",  # metric id in knowledge/metrics/
    "period",  # "current" | "previous" | "history"
    "by",  # tuple of slice names, () for the whole period
    "key",  # tuple of slice values as text, same length as `by`
    "value",  # ratio as a fraction, money in yuan; NaN when not measured
    "numerator",
    "denominator",
    "n",  # sample size: sessions, days, creators or raters, as the registry says
    "low",  # 95 % interval, NaN when none
    "high",
    "reason",  # "" or the code of why it is not measured (knowledge/text.toml [reason])
    "source",  # "file › sheet" of the rows used
)


@dataclass(frozen=True)
class Measures:
    """One row per metric × period × slice; columns as in MEASURE_COLUMNS."""

    frame: pd.DataFrame

    @classmethod
    def empty(cls) -> Measures:
        return cls(pd.DataFrame(columns=list(MEASURE_COLUMNS)))

    @classmethod
    def concat(cls, parts: Iterable[pd.DataFrame]) -> Measures:
        frames = [part for part in parts if len(part)]
        if not frames:
            return cls.empty()
        return cls(pd.concat(frames, ignore_index=True)[list(MEASURE_COLUMNS)])

    def select(self, id: str | Sequence[str], by: str | tuple[str, ...] = (), period: str = "current") -> pd.DataFrame:
        """Rows of one metric (or several) at one slicing, each slice name a column; empty when none."""
        names = (by,) if isinstance(by, str) else tuple(by)
        ids = [id] if isinstance(id, str) else list(id)
        frame = self.frame
        # compared one by one: a Series against a tuple of its own length would be compared element by element
        cut = frame["by"].map(lambda by: by == names)
        rows = frame[frame["id"].isin(ids) & (frame["period"] == period) & cut.astype(bool)]
        rows = rows.reset_index(drop=True).copy()
        for position, name in enumerate(names):
            rows[name] = [key[position] for key in rows["key"]]
        return rows

    def row(self, id: str, period: str = "current", **slice: str) -> Measure | None:
        """One measure, or None when the road never computed it."""
        chosen = self.select(id, tuple(slice), period)
        for name, value in slice.items():
            chosen = chosen[chosen[name] == str(value)]
        return Measure.of(chosen.iloc[0]) if len(chosen) else None

    def value(self, id: str, period: str = "current", **slice: str) -> float | None:
        """The figure itself; None when it is not measured."""
        row = self.row(id, period, **slice)
        return row.value if row else None


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with everything needed to trace it; None where it does not exist."""

    id: str
    period: str
    slice: Mapping[str, str]
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    n: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    source: str = ""

    @classmethod
    def of(cls, row: pd.Series) -> Measure:
        """From a row of the tidy frame."""
        numbers = {name: _number(row[name]) for name in ("value", "numerator", "denominator", "n", "low", "high")}
        slices = dict(zip(row["by"], row["key"], strict=True))
        return cls(row["id"], row["period"], slices, reason=row["reason"], source=row["source"], **numbers)


ScoreState = Literal["scored", "verdict", "not_scored", "not_measured", "gated"]
Verdict = Literal["good", "normal", "poor", ""]


@dataclass(frozen=True, slots=True)
class Score:
    """A judgement on one metric (`metric:gpm_views`), one area (`G1`, `F`, `O5`) or one cell (`F.traffic`)."""

    id: str
    state: ScoreState
    value: float | None = None  # 0-100
    low: float | None = None
    high: float | None = None
    verdict: Verdict = ""
    basis: str = ""  # "peers" | "history" | "rule_of_thumb" | "survey" | ""
    approximate: bool = False
    measured_weight: float | None = None  # share of the area's weight that could be measured
    reason: str = ""  # code in knowledge/text.toml [reason]
    parts: tuple[str, ...] = ()  # ids of what went into it


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure a finding rests on."""

    metric: str
    value: float | None
    n: float | None = None
    basis: str = ""
    source: str = ""
    slice: Mapping[str, str] = field(default_factory=dict)
    compared_with: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Condition, evidence and remedy of one rule that fired."""

    code: str
    area: str  # G1..G3, F, A, C, T, S, O1..O5
    severity: Literal["high", "medium", "low", "strength"]
    title: Text
    text: Text
    evidence: tuple[Evidence, ...]
    worth_low_cny: float | None = None  # per 30 days, contribution where a margin is known (see worth_basis)
    worth_high_cny: float | None = None
    worth_basis: str = ""  # "gmv" | "net_gmv" | "contribution"
    actions: tuple[str, ...] = ()
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, by whom, with what it takes and what will show success."""

    id: str
    title: Text
    why: Text
    field: str
    capability: str
    owner: Text
    effort_days: float
    lead_days: int
    horizon: int  # 30, 60 or 90
    metric: str
    target: Text
    findings: tuple[str, ...] = ()
    worth_low_cny: float | None = None
    worth_high_cny: float | None = None
    blocked_by: str = ""  # a gate that must open first
    order: int = 0


@dataclass(frozen=True, slots=True)
class Gate:
    """A hard line of the platform: open, shut or not measured."""

    id: str
    name: Text
    line: float
    value: float | None
    state: Literal["open", "shut", "not_measured"]
    closes: tuple[str, ...] = ()  # fields
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything a chapter may say about one merchant and period; the only thing a notebook holds."""

    merchant: Merchant
    period: Period
    language: Language
    measures: Measures
    scores: tuple[Score, ...] = ()
    gates: tuple[Gate, ...] = ()
    findings: tuple[Finding, ...] = ()
    actions: tuple[Action, ...] = ()
    verdict: Text = Text("", "")
    files: tuple[FileRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    checks: tuple[Check, ...] = ()
    missing: tuple[str, ...] = ()
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # as `check --json`
    notes: Mapping[str, str] = field(default_factory=dict)
    schema_version: int = 1

    def speak(self, language: Language) -> Diagnosis:
        """The same diagnosis, shown in another language."""
        return replace(self, language=language)

    def score(self, id: str) -> Score:
        """The score of an area or cell; a not-measured one where the road never judged it."""
        return next((s for s in self.scores if s.id == id), Score(id, "not_measured", reason="not_judged"))

    def finding(self, code: str) -> Finding | None:
        return next((f for f in self.findings if f.code == code), None)

    def peer(self, metric: str) -> float | None:
        """The value of comparable shops that was typed in for a metric; None when there is none."""
        records = self.tables.get("peers", {}).get("records", [])
        return next((r["value"] for r in records if r["metric"] == metric and r["value"] is not None), None)

    def findings_in(self, *areas: str) -> tuple[Finding, ...]:
        """Findings of some areas, most important first."""
        return tuple(f for f in self.findings if f.area in areas)
