"""Why a figure is missing, as a sentence."""

from __future__ import annotations

from functools import cache

from factbook.knowledge.exports import exports
from factbook.knowledge.form import form
from factbook.knowledge.load import Row, read
from factbook.records import Text

FORM = Text("采集表 intake.xlsx", "interview form intake.xlsx")


class ReasonsFile(Row):
    """The whole file: sentences by code."""

    reasons: dict[str, Text]


@cache
def reasons() -> dict[str, Text]:
    """Every reason by code, from knowledge/reasons.toml."""
    return read("reasons.toml", ReasonsFile).reasons


def report_name(id: str) -> Text:
    """A report as it is called, the form among them; anything else as it is."""
    report = exports().reports.get(id)
    if report is not None:
        return Text(report.zh, report.en)
    return FORM if id == "form" else Text(id, id)


def _asked(id: str) -> Text:
    """A sheet or a column of the form as it is headed; anything else as it is."""
    sheets = {sheet.id: Text(sheet.zh, sheet.en) for sheet in form().sheets}
    columns = {column.name: Text(column.zh, column.en) for sheet in form().sheets for column in sheet.columns}
    return sheets.get(id) or columns.get(id) or Text(id, id)


def absent(name: str) -> str:
    """The reason for a table or a field of the profile that is not there: its report, else the form."""
    known = exports().reports.items()
    report = next((id for id, report in known if any(sheet.table == name for sheet in report.sheets)), None)
    return f"no_report:{report}" if report else f"no_form:{name}"


def sentence(reason: str) -> Text:
    """The sentence of `code` or `code:detail`; KeyError for a code that is not in reasons.toml."""
    code, _, detail = reason.partition(":")
    text, report, asked = reasons()[code], report_name(detail), _asked(detail)
    return Text(
        text.zh.format(report=report.zh, detail=asked.zh),
        text.en.format(report=report.en, detail=asked.en),
    )
