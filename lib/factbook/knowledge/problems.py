"""The sentences for problems and reconciliation checks, and the one line each becomes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from factbook.knowledge.exports import exports
from factbook.knowledge.form import form
from factbook.knowledge.load import Row, read
from factbook.records import Problem, Text

LISTED = "\n"  # between the names of a value that lists several


class Sentence(Row):
    """One thing that can be wrong: what was found, what was expected, what to do."""

    zh: str
    en: str
    expected: Text
    do: Text


class CheckSentence(Sentence):
    """Two figures that must agree: `title` names the pair, the sentence is said where they part."""

    title: Text


class Problems(Row):
    """The whole file."""

    kinds: dict[str, Text]
    problems: dict[str, Sentence]
    checks: dict[str, CheckSentence]


@cache
def problems() -> Problems:
    """Every sentence, from knowledge/problems.toml."""
    return read("problems.toml", Problems)


@cache
def sentences() -> dict[str, Sentence]:
    """Sentences by code: of files and cells, of checks, and of the intake form (knowledge/form.toml)."""
    asked = {code: Sentence(**row.model_dump()) for code, row in form().problems.items()}
    return {**asked, **problems().problems, **problems().checks}


def title(code: str, language: str) -> str:
    """The name of a reconciliation check; the code itself where it has none."""
    check = problems().checks.get(code)
    return check.title[language] if check else code


def say(problem: Problem, language: str) -> str:
    """One problem as one line: where, what was found, what was expected, what to do."""
    if problem.code not in sentences():
        return one_line(str(problem))
    where = place(problem, language)
    said = sentence(problem, language)
    return one_line(f"{where}{'：' if language == 'zh' else ': '}{said}") if where else said


def sentence(problem: Problem, language: str) -> str:
    """The line without where: what was found, what was expected, what to do."""
    known = sentences().get(problem.code)
    if known is None:
        return one_line(str(problem))
    words = _words(problem.values, language)
    texts = (Text(known.zh, known.en), known.expected, known.do)
    what, expected, do = (_filled(text[language], words) for text in texts)
    gap = " " if expected[:1].isascii() else ""
    said = f"{what}；应为{gap}{expected}；{do}" if language == "zh" else f"{what}; expected {expected}; {do}"
    return one_line(said)


def place(problem: Problem, language: str) -> str:
    """`file › sheet › column, row 18`, with the parts that are known."""
    path = " › ".join(part for part in (problem.file, problem.sheet, problem.column) if part)
    if problem.row is None:
        return path
    row = f"第{problem.row}行" if language == "zh" else f"row {problem.row}"
    return f"{path}{'，' if language == 'zh' else ', '}{row}" if path else row


def one_line(text: str) -> str:
    """Text on one line, without control characters or marks that turn its direction."""
    flat = " ".join(text.split())
    return "".join(char for char in flat if unicodedata.category(char) not in ("Cc", "Cf") or char in "\u200d\ufe0f")


class _Words(dict[str, str]):
    """A value nobody gave stands as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def _filled(text: str, words: Mapping[str, str]) -> str:
    return text.format_map(words)


def _words(values: Mapping[str, str], language: str) -> _Words:
    """The values of a problem, codes turned into words: a kind of cell, a report, a metric."""
    return _Words({key: _NAMED[key](value, language) if key in _NAMED else value for key, value in values.items()})


def _kind(code: str, language: str) -> str:
    found = problems().kinds.get(code)
    return found[language] if found else code


def _report(id: str, language: str) -> str:
    found = exports().reports.get(id)
    return Text(found.zh, found.en)[language] if found else id


def _metric(column: str, language: str) -> str:
    found = exports().columns.get(column)
    return Text(found.headers[0], found.en or column)[language] if found else column


def named(names: Iterable[str], language: str) -> str:
    """Names one after the other, as the language sets them apart."""
    return ("、" if language == "zh" else ", ").join(names)


def _names(values: str, language: str) -> str:
    return named(values.split(LISTED), language)


_NAMED = {
    "kind": _kind,
    "report": _report,
    "metric": _metric,
    "printed": _metric,
    "missing": _names,
    "names": _names,
    "known": _names,
}
