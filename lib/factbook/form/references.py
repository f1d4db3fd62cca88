"""What one sheet takes from another: names the other does not have, and dates outside the row that is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import pandas as pd

from factbook.form.cells import Bad, as_text, spell
from factbook.form.rows import Tab
from factbook.form.sheets import Part
from factbook.knowledge.form import FormSheet, form
from factbook.records import Problem


def strangers(parts: Iterable[Part]) -> list[Problem]:
    """A warning for each name that stands in no row of the sheet it comes from; an empty sheet has no say."""
    filled = {part.tab.sheet.id: (part.tab, part.table) for part in parts if part.tab and len(part.table)}
    found: list[Problem] = []
    for tab, table in filled.values():
        for name, to in tab.sheet.refers.items():
            id, _, there = to.partition(".")
            if id in filled:
                known = [str(value) for value in filled[id][1][there].dropna()]
                found += _unknown(tab, table[table[name].notna()], (name, form().sheet(id)), known)
                found += _outside(tab, table, (name, there), filled[id][1])
    return found


def _unknown(tab: Tab, table: pd.DataFrame, link: tuple[str, FormSheet], known: list[str]) -> Iterator[Problem]:
    name, other = link
    wrong = table[~table[name].isin(known)].drop_duplicates(name)
    for cell, row in zip(wrong[name], wrong["_row"], strict=True):
        near = get_close_matches(str(cell), known, n=1, cutoff=0)[0]
        words = {"cell": spell(cell), "near": near, "sheet_zh": other.zh, "sheet_en": other.en}
        yield tab.problem(Bad("form_reference", words), "warning", tab.sheet.column(name), int(row))


def _outside(tab: Tab, table: pd.DataFrame, link: tuple[str, str], other: pd.DataFrame) -> Iterator[Problem]:
    """A warning for each date that no row of the same name in the other sheet holds."""
    name, there = link
    for column, (first, last) in tab.sheet.within.items():
        for _, row in table[table[column].notna()].iterrows():
            spans = other[(other[there] == row[name]) & other[first].notna() & other[last].notna()]
            if spans.empty or ((spans[first] <= row[column]) & (row[column] <= spans[last])).any():
                continue
            ends = {"first": as_text(spans[first].min()), "last": as_text(spans[last].max())}
            bad = Bad("form_outside", {"cell": as_text(row[column]), "name": spell(row[name]), **ends})
            yield tab.problem(bad, "warning", tab.sheet.column(column), int(row["_row"]))
