"""Text tables to grids: the encoding, the separator, rows of unequal length."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pyarrow.csv as arrow_csv

from factbook.intake.grid import Grid
from factbook.intake.limits import CELLS, TEXT_COLUMNS, UnreadableError

SEPARATORS = ",;\t|"
PROBE = 4_000  # characters by which text is told from pictures
LINES = 12  # by which the separator is told
WIDEST = 512  # columns read as text by the quick reader, which wants to be told
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """Text in the encodings the platform and Excel write; raises `UnreadableError` when it is none."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data, (encoding,))
    wide = data[:400].count(0) > len(data[:400]) // 4
    return _decoded(data, ("utf-16-le", "utf-16-be") if wide else ("utf-8", "gb18030"))


def _decoded(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(char) < 32 and char not in "\t\r\n\f\v" for char in text[:PROBE]):
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
    try:
        table = _arrow(text, separator) if width <= WIDEST else None
    except pa.ArrowInvalid:
        table = None
    return Grid("", tuple(table.columns), table.num_rows) if table else _ragged(text, separator)


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
    """The mark between cells: the headers have the most; a title above them and a decimal comma below do not."""
    lines = _first_lines(text)
    return max(SEPARATORS, key=lambda mark: max(line.count(mark) for line in lines))


def _arrow(text: str, separator: str) -> pa.Table:
    types = {f"f{n}": pa.string() for n in range(WIDEST)}
    return arrow_csv.read_csv(
        pa.BufferReader(text.encode("utf-8", "surrogatepass")),
        read_options=arrow_csv.ReadOptions(autogenerate_column_names=True),
        parse_options=arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=True, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(column_types=types),
    )


def _ragged(text: str, separator: str) -> Grid:
    # Rows of unequal length (a title above the headers, a note below): slower, and padded with empty cells.
    csv.field_size_limit(len(text) + 1)
    rows = [_trimmed(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    width = _narrow(rows)
    full = [row + [""] * (width - len(row)) for row in rows]
    return Grid("", tuple(zip(*full, strict=True)), len(full))


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    return row


def _narrow(rows: list[list[str]]) -> int:
    """The widest row; raises UnreadableError where that is no table."""
    width = max(max(map(len, rows), default=0), 1)
    if width > TEXT_COLUMNS or width * len(rows) > CELLS:
        raise UnreadableError("file_wide", found=f"{width:,}", limit=f"{TEXT_COLUMNS:,}")
    return width
