"""Why a figure is missing, as a sentence."""

from __future__ import annotations

from functools import cache

from factbook.knowledge.exports import exports
from factbook.knowledge.load import Row, read
from factbook.records import Text

FORM = Text("访谈表 intake.xlsx", "interview form intake.xlsx")


class ReasonsFile(Row):
    """The whole file: sentences by code."""

    reasons: dict[str, Text]


@cache
def reasons() -> dict[str, Text]:
    """Every reason by code, from knowledge/reasons.toml."""
    return read("reasons.toml", ReasonsFile).reasons


def _report(id: str) -> Text:
    report = exports().reports.get(id)
    if report is not None:
        return Text(report.zh, report.en)
    return FORM if id == "form" else Text(id, id)


def sentence(reason: str) -> Text:
    """The sentence of `code` or `code:detail`; KeyError for a code that is not in reasons.toml."""
    code, _, detail = reason.partition(":")
    text, report = reasons()[code], _report(detail)
    return Text(
        text.zh.format(report=report.zh, detail=detail),
        text.en.format(report=report.en, detail=detail),
    )
