"""What stands beside a table: in the lines above its headers, and in the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from factbook.intake import dates, headers
from factbook.intake.files import period_in
from factbook.intake.grid import Cell, is_empty
from factbook.knowledge.exports import Sheet, exports
from factbook.records import Period

# `直播间详情页_整场数据下载_2025-09-09_15-40-44(店铺_2025-09-08_00-00-46).xlsx`, and the other way round; the second
# time of the first form has been met as the session's start and as its end, so only the account is taken from it.
_ACCOUNT = (
    re.compile(r"\((?P<account>[^()]+)_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\)"),
    re.compile(r"^直播间详情页_(?P<account>.+)_(?P<started_at>\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)_整场数据下载"),
)
_STAMP = re.compile(r"(?<!\d)20\d{12}(?!\d)")  # when a file was downloaded, to the second
_PAIR = re.compile(r"^([^:：]{1,20})[:：]\s*(.+)$")
PERIOD_KEYS = frozenset({"stat_span", "date"})


def found_beside(
    above: Sequence[Sequence[Cell]], file: str, report: str, sheet: Sheet
) -> tuple[Period | None, dict[str, Cell]]:
    """The period the table speaks of, and the columns that are given beside it (as cells)."""
    name = file.rpartition("/")[2]
    said = dict(_pairs(above))
    figures = _period(above, said) or period_in(_STAMP.sub("", name))
    period = figures or period_in(name)
    wanted = exports().reports[report].identity
    given: dict[str, Cell] = {column: cell for column, cell in said.items() if column in wanted}
    given = {**_account(name, wanted), **given, **_words(name, sheet.from_name)}
    if sheet.dated == "period" and figures:
        given |= {"period_start": figures.start, "period_end": figures.end}
    if sheet.dated == "name" and period:
        given |= {sheet.clock: period.end}
    return period, given


def _pairs(above: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, Cell]]:
    """`key: value` in one cell or in two beside each other, of the lines above the headers."""
    for row in above:
        filled = [cell for cell in row if not is_empty(cell)]
        for cell, after in zip_longest(filled, filled[1:]):
            pair = _PAIR.match(cell.strip()) if isinstance(cell, str) else None
            key, value = (pair[1], pair[2]) if pair else (cell, after)
            column = headers.canonical(key.strip().rstrip(":：")) if isinstance(key, str) else None
            if column and value is not None:
                yield column, value


def _period(above: Sequence[Sequence[Cell]], said: Mapping[str, Cell]) -> Period | None:
    cells = [said[key] for key in PERIOD_KEYS if key in said]
    cells += [cell for row in above for cell in row if isinstance(cell, str)]
    for cell in cells:
        pair = _PAIR.match(cell) if isinstance(cell, str) else None
        found = dates.span(cell) or (dates.span(pair[2]) if pair else None)
        if found:
            return Period(found[0].date(), found[1].date())
    return None


def _account(name: str, wanted: Sequence[str]) -> dict[str, Cell]:
    found = next((match for pattern in _ACCOUNT if (match := pattern.search(name))), None)
    return {column: text for column, text in (found.groupdict() if found else {}).items() if column in wanted}


def _words(name: str, words: Mapping[str, Mapping[str, str]]) -> dict[str, Cell]:
    return {column: value for column, meanings in words.items() for word, value in meanings.items() if word in name}
