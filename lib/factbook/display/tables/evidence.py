"""Tables of the evidence chapter: files, reconciliation, data not used, what is missing, definitions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from factbook import fmt
from factbook.display.shown import FOLD, Shown
from factbook.display.tables.common import Layout, Words, col, lay, records
from factbook.knowledge.exports import exports
from factbook.knowledge.metrics import Metric, metrics
from factbook.knowledge.problems import sentence, title
from factbook.knowledge.reasons import FORM
from factbook.knowledge.words import label
from factbook.knowledge.words import say as word
from factbook.records import Check, Diagnosis, FileRecord, Problem, Text

MOST_PROBLEMS = 60
MOST_COLUMNS = 3  # named on one line

_ROWS = ("rows", "kept", "set_aside", "duplicates", "header", "totals", "blank")

FILES = Layout("files", (col("file"), col("report"), col("period", "short"), *(col(name, "number") for name in _ROWS)))

RECONCILIATION = Layout(
    "reconciliation",
    (
        col("check"),
        col("figure"),
        col("file"),
        col("checks", "number"),
        col("left", "figure"),
        col("right", "figure"),
        col("difference", "figure"),
        col("holds", "mark:holds"),
    ),
)

SET_ASIDE = Layout(
    "set_aside",
    (
        col("severity", "mark:problem_severity"),
        col("file"),
        col("sheet"),
        col("column"),
        col("row", "number"),
        col("rows", "number"),
        col("problem"),
    ),
)

MISSING = Layout("missing_reports", (col("report"), col("path"), col("allows")))

DEFINITIONS = Layout(
    "metric_definitions",
    (col("metric"), col("formula"), col("basis"), col("numerator"), col("denominator"), col("source")),
)


def report_name(id: str | None, language: str) -> str:
    """A report in words; the intake form and unknown files have names of their own."""
    report = exports().reports.get(id or "")
    if report is not None:
        return report.en if language == "en" else report.zh
    return FORM[language] if id == "form" else word("say.unknown_report", language)


def files(dx: Diagnosis) -> Shown:
    """What arrived and what became of every row."""
    return lay(dx, FILES, records(_file(record, dx) for record in dx.files))


def _file(record: FileRecord, dx: Diagnosis) -> dict[str, Any]:
    span = record.period
    return {
        "file": record.name,
        "report": report_name(record.report, dx.language) if record.read else word("say.unread", dx.language),
        "period": fmt.span(span.start, span.end, dx.language) if span else "",
        **{name: getattr(record, name) for name in _ROWS},
        FOLD: "" if not record.read or record.set_aside else word("say.fold_whole", dx.language),
    }


def reconciliation(dx: Diagnosis) -> Shown:
    """Identities of the platform's reports: each break by itself, then what agrees, added up over files."""
    broken = [_checks([check], dx) for check in dx.checks if not check.holds]
    kept = sorted((check for check in dx.checks if check.holds), key=_identity)
    agreed = [_checks(list(group), dx) for _, group in groupby(kept, key=_identity)]
    return lay(dx, RECONCILIATION, records([*broken, *agreed]))


def _identity(check: Check) -> tuple[str, str]:
    return check.code, check.values.get("metric", "")


def _checks(group: list[Check], dx: Diagnosis) -> dict[str, Any]:
    left, right = sum(check.left for check in group), sum(check.right for check in group)
    found = exports().columns.get(group[0].values.get("metric", ""))
    names = list(dict.fromkeys(check.file for check in group))
    files = max(len(names), *(int(check.values.get("files", "1")) for check in group))
    return {
        "check": title(group[0].code, dx.language),
        "figure": Text(found.headers[0], found.en)[dx.language] if found else "",
        "file": names[0] if files == 1 else word("say.files", dx.language, n=files),
        "checks": len(group),
        "left": left,
        "right": right,
        "difference": round(left - right, 2),  # to the cent: a sum of binary fractions has a tail
        "unit": "number" if found and found.kind == "count" else "exact",
        "holds": "yes" if group[0].holds else "no",
        FOLD: word("say.fold_agree", dx.language) if group[0].holds else "",
    }


_WORST_FIRST = ("error", "set_aside", "warning", "note")


def set_aside(dx: Diagnosis) -> Shown:
    """Every problem of what was handed over, worst first: like ones on one line, with what to do."""
    groups = _alike(dx.problems, dx.language)
    shown = [_problems(group, dx) for group in groups[:MOST_PROBLEMS]]
    all_shown = len(shown) == len(groups)
    note = "" if all_shown else word("say.problems_listed", dx.language, shown=len(shown), total=len(groups))
    only_notes = bool(shown) and all(row["severity"] == "note" for row in shown)
    layout = replace(SET_ASIDE, name="only_notes") if only_notes else SET_ASIDE
    return lay(dx, layout, records(shown), Words(note=note))


def _alike(problems: Iterable[Problem], language: str) -> list[list[Problem]]:
    """Problems of one column in several files together, then those of which the same sentence is said."""
    columns: dict[tuple[str, ...], list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: _WORST_FIRST.index(problem.severity)):
        columns.setdefault((problem.severity, problem.code, problem.sheet, problem.column), []).append(problem)
    sentences: dict[tuple[str, ...], list[Problem]] = {}
    for (severity, _, sheet, _), group in columns.items():
        sentences.setdefault((severity, sheet, sentence(group[0], language)), []).extend(group)
    return list(sentences.values())


def _problems(group: list[Problem], dx: Diagnosis) -> dict[str, Any]:
    """Problems that are alike as one row; the first of them speaks."""
    first, columns = group[0], list(dict.fromkeys(problem.column for problem in group))
    names = {problem.file for problem in group}
    more = word("say.more_columns", dx.language, n=len(columns)) if len(columns) > MOST_COLUMNS else ""
    return {
        "severity": first.severity,
        "file": first.file if len(names) == 1 else word("say.files", dx.language, n=len(names)),
        "sheet": first.sheet,
        "column": " · ".join(filter(None, columns[:MOST_COLUMNS])) + more,
        "row": first.row if len(group) == 1 else None,
        "rows": sum(problem.count for problem in group),
        "problem": sentence(first, dx.language),
        FOLD: word("say.fold_notes", dx.language) if first.severity == "note" else "",
    }


def missing_reports(dx: Diagnosis) -> Shown:
    """Reports not supplied: where the client finds each, and what it would make visible."""
    known = exports().reports
    return lay(dx, MISSING, records(_missing(id, dx) for id in dx.missing if id in known or id == "form"))


def _missing(id: str, dx: Diagnosis) -> dict[str, Any]:
    report = exports().reports.get(id)
    if report is None:
        return {"report": FORM[dx.language], "path": "", "allows": word("say.form_allows", dx.language)}
    return {
        "report": report_name(id, dx.language),
        "path": report.path_zh,
        "allows": report.allows_en if dx.language == "en" else report.allows_zh,
    }


def metric_definitions(dx: Diagnosis) -> Shown:
    """How every metric that has a figure in this diagnosis is computed, in words."""
    frame = dx.measures.frame
    used = set(frame.loc[frame["value"].notna(), "id"])
    return lay(dx, DEFINITIONS, records(_definition(m, dx) for m in metrics().values() if m.id in used))


def _definition(metric: Metric, dx: Diagnosis) -> dict[str, Any]:
    language = dx.language
    return {
        "metric": metric.name[language],
        "formula": metric.formula[language],
        "basis": metric.basis[language],
        "numerator": metric.numerator[language],
        "denominator": metric.denominator[language] if metric.denominator else "",
        "source": metric.source[language],
        FOLD: label("area", metric.area, language),
    }
