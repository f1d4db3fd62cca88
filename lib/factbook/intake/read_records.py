"""Text to records, also where a name begins with a quote that nobody closed: it must not swallow the rows below it."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator, Sequence
from itertools import islice

FEW = 2  # marks that a line must have, at the least, to be a row by itself
QUOTE = '"'


def records(text: str, separator: str, width: int) -> Iterator[list[str]]:
    """The records of a text table whose rows have about `width` cells."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # of the whole process: raised, never lowered
    lines = list(io.StringIO(text, newline=""))
    at = 0
    while at < len(lines):
        at = yield from _until_broken(lines, at, separator, width)


def _until_broken(lines: Sequence[str], start: int, separator: str, width: int) -> Generator[list[str], None, int]:
    """Records from a line on, down to one whose quotes are broken: of that one the first line; returns the next one."""
    reader, at = csv.reader(islice(lines, start, None), delimiter=separator), start
    for row in reader:
        end = start + reader.line_num
        if is_odd("".join(lines[at:end])) or (end - at > 1 and holds_rows(row, separator, width)):
            yield bare(lines[at], separator)
            return at + 1
        yield row
        at = end
    return at


def is_odd(record: str) -> bool:
    """Whether a record has a quote without its other half."""
    return record.count(QUOTE) % 2 == 1


def holds_rows(row: Sequence[str], separator: str, width: int) -> bool:
    """Whether a whole row stands in one of a record's cells."""
    enough = max(FEW, width - 1)
    tall = (cell for cell in row if "\n" in cell or "\r" in cell)
    return any(line.count(separator) >= enough for cell in tall for line in cell.splitlines())


def bare(line: str, separator: str) -> list[str]:
    """A line cut at every separator, without the quotes that meant nothing."""
    cells = next(csv.reader([line], delimiter=separator, quoting=csv.QUOTE_NONE), [])
    return [cell.strip(QUOTE).replace(QUOTE * 2, QUOTE) for cell in cells]
