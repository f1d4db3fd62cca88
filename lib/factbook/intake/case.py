"""A merchant's folder to a Case: recognise, read, clean, settle, reconcile; every problem carried along."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from factbook.errors import IntakeError
from factbook.form import Reading, RowCount, read_form
from factbook.intake import agree, assemble, reconcile
from factbook.intake.aliases import read_aliases
from factbook.intake.files import Folder, find
from factbook.intake.merchant import merchant_of, period_of, read_toml
from factbook.intake.notes import read_notes
from factbook.intake.overrides import read_overrides
from factbook.intake.problems import SEVERITIES
from factbook.intake.reading import read_files
from factbook.intake.sheets import Export
from factbook.intake.statuses import read_statuses
from factbook.knowledge.exports import exports as knowledge
from factbook.records import Case, FileRecord, Period, Problem

FORM_REPORT = "intake_form"


def read_case(folder: Path, period: Period | None = None) -> Case:
    """Everything a merchant handed over, typed and reconciled.

    `period` comes before the one in merchant.toml; without either, the last 30 days of sales data. Raises
    IntakeError with every problem when the folder is missing, empty, or nothing in it can be read.
    """
    found = find(Path(folder))
    keys, problems = read_toml(found.path)
    aliases, slips = read_aliases(found.path)
    overrides, statuses = read_overrides(found.path), read_statuses(found.path)
    files, form = read_files(found, aliases), _form(found)
    if not any(file.read for file in files) and not form.readable:
        raise IntakeError(str(folder), [*problems, *(p for file in files for p in file.problems), *form.problems])
    asked, doubts = period_of(keys)
    dated, whole = assemble.by_table(files)
    tables, overlaps = assemble.tables_of(dated, assemble.ranks(files))
    chosen, guess = _period(period or asked, tables, files, form)
    pictures, older = assemble.tables_of(whole, assemble.ranks(files, chosen))
    merchant = merchant_of(found.path, keys, form.profile, form.tables.get("own_accounts", pd.DataFrame()))
    tables, owners = assemble.with_parties({**tables, **pictures}, merchant)
    daily, sessions = (tables.get(name, pd.DataFrame()) for name in ("trade_daily", "sessions"))
    checks = [check for file in files for check in file.checks]
    checks += [*reconcile.own_live(sessions, daily), *agree.of_reports({**tables, **form.tables})]
    notes, remarks = read_notes(found.path)
    said = [p for file in files for p in file.problems]
    late = [*slips, *overlaps, *older, *owners, *reconcile.breaks(checks), *reconcile.days_missing(daily, chosen)]
    records = (*assemble.records(files, tables), *_form_record(found, form))
    return Case(
        folder=found.path,
        merchant=merchant,
        period=chosen,
        tables={**tables, **form.tables},
        files=records,
        problems=_ordered([*problems, *doubts, *said, *form.problems, *guess, *late, *remarks]),
        checks=tuple(checks),
        missing=_missing(records),
        notes=notes,
        overrides=overrides,
        statuses=statuses,
    )


def _form(found: Folder) -> Reading:
    return read_form(found.form) if found.form else Reading({}, {}, (), {}, readable=False)


def _form_record(found: Folder, form: Reading) -> list[FileRecord]:
    if found.form is None:
        return []
    data = found.form.read_bytes()
    total = {
        name: sum(getattr(count, name) for count in form.counts.values()) for name in ("rows", *RowCount.__slots__)
    }
    digest = hashlib.sha256(data).hexdigest()
    tables = tuple(form.tables)
    return [FileRecord(found.form.name, FORM_REPORT, digest, len(data), tables=tables, read=form.readable, **total)]


def _period(
    asked: Period | None, tables: assemble.Tables, files: Sequence[Export], form: Reading
) -> tuple[Period, list[Problem]]:
    if asked:
        return asked, []
    usual = assemble.usual_period({**tables, **form.tables}, map(assemble.period_of, files))
    if usual:
        return usual, []
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - the desk's own calendar
    last = Period(yesterday - timedelta(days=assemble.USUAL_DAYS - 1), yesterday)
    return last, [Problem("period_unknown", "warning", values={"period": str(last)})]


def _ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: SEVERITIES.index(problem.severity)))


def _missing(records: Iterable[FileRecord]) -> tuple[str, ...]:
    supplied = {record.report for record in records if record.read}
    return tuple(id for id, report in knowledge().reports.items() if report.expected and id not in supplied)
