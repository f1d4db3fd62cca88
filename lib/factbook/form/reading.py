"""intake.xlsx to tables: strict about every cell, content with a half-filled form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from factbook.form.data import Reading
from factbook.form.options import plain
from factbook.form.references import strangers
from factbook.form.sheets import Grid, Part, read_profile, read_table
from factbook.knowledge.form import FormSheet, form
from factbook.records import Problem

READERS = {"table": read_table, "key_value": read_profile}


def read(path: Path | str) -> tuple[dict[str, pd.DataFrame], dict[str, Any], list[Problem]]:
    """The answers of a form: tables by sheet id (absent when empty), the profile, and every problem found.

    Rates are fractions, money is yuan, dates datetime64; an empty cell is NaN or None, never 0.
    Each table carries `_file`, `_sheet` and `_row`. Nothing is raised: a damaged file is a problem too.
    """
    got = read_form(path)
    return dict(got.tables), dict(got.profile), list(got.problems)


def read_form(path: Path | str) -> Reading:
    """As `read`, with the fate of every row of every sheet beside it."""
    path = Path(path)
    try:
        book = CalamineWorkbook.from_path(path)
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, OSError) as error:
        trouble = Problem("form_unreadable", "error", path.name, values={"reason": str(error)})
        return Reading({}, {}, (trouble,), {}, readable=False)
    return _read_grids(path.name, grids)


def _read_grids(file: str, grids: Mapping[str, Grid]) -> Reading:
    names, problems = _match(file, grids)
    sheets = {sheet.id: sheet for sheet in form().sheets}
    parts: dict[str, Part] = {
        id: READERS[sheets[id].layout](file, name, sheets[id], grids[name]) for id, name in names.items()
    }
    tables = {id: part.table for id, part in parts.items() if len(part.table)}
    profile = parts["profile"].profile if "profile" in parts else {}
    found = tuple(problem for part in parts.values() for problem in part.problems)
    lost = strangers(parts.values())
    return Reading(profile, tables, (*problems, *found, *lost), {id: part.count for id, part in parts.items()})


def _match(file: str, grids: Mapping[str, Grid]) -> tuple[dict[str, str], list[Problem]]:
    """The tab of each sheet by id, and a problem for every tab or sheet left over."""
    known = {plain(word): s.id for s in form().sheets for word in (s.tab, s.id, s.zh, s.en)}
    guide = form().guide.sheet
    ours = {plain(word) for word in (form().lists_sheet, guide.zh, guide.en, f"{guide.zh} {guide.en}")}
    names: dict[str, str] = {}
    problems: list[Problem] = []
    for name in grids:
        id = known.get(plain(name))
        if id and id not in names:
            names[id] = name
        elif plain(name) not in ours:
            problems.append(Problem("form_sheet_unknown", "note", file, name, values=_known(name)))
    missing = [sheet for sheet in form().sheets if sheet.id not in names]
    problems.extend(_missing(file, sheet) for sheet in missing)
    return {sheet.id: names[sheet.id] for sheet in form().sheets if sheet.id in names}, problems


def _known(name: str) -> dict[str, str]:
    sheets = form().sheets
    return {
        "name": name,
        "known_zh": "、".join(s.zh for s in sheets),
        "known_en": ", ".join(s.en for s in sheets),
    }


def _missing(file: str, sheet: FormSheet) -> Problem:
    return Problem("form_sheet_missing", "warning", file, sheet.tab, values={"name": sheet.tab})
