"""Text tables to grids: the encoding, the separator, rows of unequal length."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from factbook.intake import headers
from factbook.intake.grid import Grid
from factbook.intake.limits import CELLS, TEXT_COLUMNS, UnreadableError
from factbook.intake.read_records import QUOTE, records
from factbook.intake.tops import is_known

SEPARATORS = ",;\t|"
MARKED = frozenset(f"{SEPARATORS}\n\r")  # any text has some of them, if it is read the right way round
UNMARKED = ("utf-16-le", "utf-16-be")
PROBE = 4_000  # characters by which text is told from pictures
ODD = r'["\r\n]'  # in a cell: perhaps of a quote that was never closed
LINES = 12  # by which the separator is told
WIDEST = 512  # columns read as text by the quick reader, which wants to be told
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """Text in the encodings the platform and Excel write; raises `UnreadableError` when it is none."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data, (encoding,))
    # Text without zeros is never UTF-16: its commas and line ends have one.
    return _decoded(data, ("utf-8", "gb18030", *(UNMARKED if 0 in data[:PROBE] else ())))


def _decoded(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        start = text[:PROBE]
        table = encoding not in UNMARKED or bool(MARKED & {*start})
        if table and not any(ord(char) < 32 and char not in "\t\r\n\f\v" for char in start):
            return text
    raise UnreadableError("file_kind")


def text_grid(text: str) -> Grid:
    """The table of a text file; raises `UnreadableError` when it is empty or too wide."""
    if not text.strip():
        raise UnreadableError("file_empty")
    lines = _first_lines(text)
    separator = separator_of(text)
    width = max(line.count(separator) for line in lines) + 1
    if width > TEXT_COLUMNS:
        _narrow([line.rstrip("\r\n" + separator).split(separator) for line in lines])
    table = _even(text, separator) if width <= WIDEST else None
    return Grid("", tuple(table.columns), table.num_rows) if table else _ragged(text, separator, width)


def _even(text: str, separator: str) -> pa.Table | None:
    """A table whose rows all have as many cells, none with a quote or of several lines; None where it is another."""
    try:
        table = _arrow(text, separator)
    except pa.ArrowInvalid:
        return None
    odd = QUOTE in text and any(pc.any(pc.match_substring_regex(column, ODD)).as_py() for column in table.columns)
    return None if odd else table


def _first_lines(text: str) -> list[str]:
    # A few lines are enough, and none of them need be short.
    return io.StringIO(text, newline="").readlines(1) if "\n" not in text else text[: _end_of(text, LINES)].splitlines()


def _end_of(text: str, lines: int) -> int:
    end = 0
    for _ in range(lines):
        found = text.find("\n", end)
        if found < 0:
            return len(text)
        end = found + 1
    return end


def separator_of(text: str) -> str:
    """The mark between cells: the one that makes most known headers; else the one the headers have most of.

    A title above the headers, a decimal comma and words below them may have other marks.
    """
    lines = _first_lines(text)
    return max(SEPARATORS, key=lambda mark: max((_known(line, mark), line.count(mark)) for line in lines))


def _known(line: str, mark: str) -> int:
    """How many of a line's cells are known headers."""
    cells = line.split(mark, TEXT_COLUMNS)[:TEXT_COLUMNS]
    return sum(is_known(headers.normal(cell)) for cell in cells) if len(cells) > 1 else 0


def _arrow(text: str, separator: str) -> pa.Table:
    types = {f"f{n}": pa.string() for n in range(WIDEST)}
    return arrow_csv.read_csv(
        pa.BufferReader(text.encode("utf-8", "surrogatepass")),
        read_options=arrow_csv.ReadOptions(autogenerate_column_names=True),
        parse_options=arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=True, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(column_types=types),
    )


def _ragged(text: str, separator: str, width: int) -> Grid:
    # Rows of unequal length (a title above the headers, a note below): slower, and padded with empty cells.
    rows = list(records(text, separator, width))
    widths = tuple(map(len, rows))
    widest = _narrow(list(map(_trimmed, rows)))
    columns = tuple(zip(*(row + [""] * (widest - len(row)) for row in rows), strict=True))
    return Grid("", columns, len(rows), widths=widths, unended=not text.endswith(("\n", "\r")))


def _trimmed(row: list[str]) -> list[str]:
    """The row itself, without the empty cells at its end."""
    while row and not row[-1].strip():
        row.pop()
    return row


def _narrow(rows: list[list[str]]) -> int:
    """The widest row; raises UnreadableError where that is no table."""
    width = max(max(map(len, rows), default=0), 1)
    if width > TEXT_COLUMNS or width * len(rows) > CELLS:
        raise UnreadableError("file_wide", found=f"{width:,}", limit=f"{TEXT_COLUMNS:,}")
    return width
