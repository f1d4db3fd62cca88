"""The intake form as rows: sheets, columns, what a cell may hold, and the sentences for what is wrong."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from factbook.knowledge.load import Row, read
from factbook.records import Text

FormKind = Literal[
    "text",
    "id",
    "choice",
    "role",
    "level",
    "item",
    "practice",
    "metric",
    "value",
    "money",
    "fraction",
    "number",
    "date",
    "shown",
]


TAB_LIMIT = 31


class Choice(Row):
    """One allowed value: the code the tables carry, and the words a person picks."""

    code: str
    zh: str
    en: str

    @property
    def label(self) -> Text:
        return Text(self.zh, self.en)


class FormColumn(Row):
    """A column of a sheet, or a row of the profile: what it is called and what it accepts."""

    name: str
    zh: str
    en: str
    kind: FormKind
    explain: Text
    example: str | Text = ""
    min: float | None = None
    max: float | None = None
    width: int = 16
    not_applicable: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def heading(self) -> str:
        """What the sheet shows: Chinese, then English below it."""
        return f"{self.zh}\n{self.en}"

    def shown_example(self, language: str) -> str:
        """The example in one language; a code for columns with choices, "" for none."""
        return self.example if isinstance(self.example, str) else self.example[language]


class FormSheet(Row):
    """A sheet of the form: its columns and the rules that hold across a row."""

    id: str
    zh: str
    en: str
    explain: Text
    allows: Text
    columns: tuple[FormColumn, ...]
    layout: Literal["table", "key_value"] = "table"
    keys: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    ladder: tuple[str, ...] = ()
    refers: dict[str, str] = Field(default_factory=dict)
    within: dict[str, tuple[str, str]] = Field(default_factory=dict)
    prefill: tuple[str, ...] = ()
    rows: int = 100
    pinned: int = 1
    filter: bool = False

    @property
    def tab(self) -> str:
        """The name on the sheet's tab."""
        return f"{self.zh} {self.en}"

    @property
    def asked(self) -> tuple[FormColumn, ...]:
        """The columns that are read back; the others are only shown."""
        return tuple(column for column in self.columns if column.kind != "shown")

    def column(self, name: str) -> FormColumn:
        return next(column for column in self.columns if column.name == name)

    @model_validator(mode="after")
    def tab_fits(self) -> FormSheet:
        """Excel's names of sheets have 31 letters at most."""
        if len(self.tab) > TAB_LIMIT:
            raise ValueError(f'the tab "{self.tab}" is longer than {TAB_LIMIT} letters')
        return self

    @model_validator(mode="after")
    def rules_name_columns(self) -> FormSheet:
        """Every rule speaks of a column that exists."""
        known = {column.name for column in self.columns}
        named = {*self.keys, *self.answers, *self.unique, *self.order, *self.ladder, *self.refers, *self.within}
        if named - known:
            raise ValueError(f"sheet {self.id} has rules on unknown columns: {', '.join(sorted(named - known))}")
        return self


class Guide(Row):
    """The words of the first sheet."""

    sheet: Text
    title: Text
    lead: Text
    sheets_title: Text
    rules: tuple[Text, ...]


class FormProblem(Row):
    """The sentences for one thing that can be wrong with a cell: what, what was expected, what to do."""

    zh: str
    en: str
    expected: Text
    do: Text


class Form(Row):
    """The whole file."""

    missing: tuple[str, ...]
    hint_mark: str
    lists_sheet: str
    earliest: date
    latest: date
    required: Text
    optional: Text
    example: Text
    not_applicable: Text
    check_title: Text
    guide: Guide
    readiness: dict[str, Text]
    sheets: tuple[FormSheet, ...]
    problems: dict[str, FormProblem]

    def sheet(self, id: str) -> FormSheet:
        return next(sheet for sheet in self.sheets if sheet.id == id)

    @model_validator(mode="after")
    def references_lead_somewhere(self) -> Form:
        """A column that names rows of another sheet names one that exists."""
        known = {f"{sheet.id}.{column.name}" for sheet in self.sheets for column in sheet.columns}
        named = {to for sheet in self.sheets for to in sheet.refers.values()}
        ends = {f"{id}.{end}" for sheet in self.sheets for id in _other(sheet) for end in _ends(sheet)}
        wrong = (named | ends) - known
        if wrong:
            raise ValueError(f"no such column to refer to: {', '.join(sorted(wrong))}")
        return self


def _other(sheet: FormSheet) -> set[str]:
    """The sheets that a sheet's rows refer to."""
    return {to.partition(".")[0] for to in sheet.refers.values()}


def _ends(sheet: FormSheet) -> set[str]:
    """The columns of the other sheet between which this one's dates lie."""
    return {end for pair in sheet.within.values() for end in pair}


@cache
def form() -> Form:
    """The intake form, from knowledge/form.toml."""
    return read("form.toml", Form)
