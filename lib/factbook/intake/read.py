"""Bytes of a file to grids of cells as they stand; what cannot be opened is a problem, not an exception."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
from python_calamine import CalamineError, CalamineWorkbook

from factbook.records import Problem

Cell = Any  # str | float | int | bool | datetime | date | time | timedelta
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
SEPARATORS = ",;\t|"
WIDEST = 512  # columns a text file may have
HEAD = 12  # rows in which headers are looked for


@dataclass(frozen=True)
class Grid:
    """A sheet: its cells by column, from the row that Excel numbers `first_row`."""

    name: str
    columns: tuple[Any, ...]  # of Sequence[Cell] or, for text files, of arrow arrays
    height: int
    first_row: int = 1

    def cells(self, column: int, start: int = 0) -> Sequence[Cell]:
        """The cells of a column from the grid's row `start` on."""
        cells = self.columns[column]
        part = cells[start:]
        return part.to_pylist() if isinstance(part, pa.ChunkedArray) else part  # type: ignore[no-any-return]

    def head(self) -> list[list[Cell]]:
        """The first rows, in which the headers are looked for."""
        parts = [self.columns[j][:HEAD] for j in range(len(self.columns))]
        lists = [part.to_pylist() if isinstance(part, pa.ChunkedArray) else list(part) for part in parts]
        return [list(row) for row in zip(*lists, strict=True)]


@dataclass(frozen=True)
class Loaded:
    """A file as it was found: its digest, and its grids or what stood in the way."""

    name: str
    digest: str
    size: int
    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()


class UnreadableError(Exception):
    """Carries the code of the problem from the depth of a reader."""

    def __init__(self, code: str) -> None:
        self.code = code


def load(path: Path, name: str) -> Loaded:
    """Read one file, whatever its extension says; `name` is how the report speaks of it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = Problem("file_closed", "error", name, values={"found": error.strerror or str(error)})
        return Loaded(name, "", 0, problems=(problem,))
    digest, size = hashlib.sha256(data).hexdigest(), len(data)
    try:
        grids, broken = _grids(data)
    except UnreadableError as reason:
        return Loaded(name, digest, size, problems=(Problem(reason.code, "error", name),))
    return Loaded(name, digest, size, grids, tuple(Problem("sheet_damaged", "error", name, sheet) for sheet in broken))


def _grids(data: bytes) -> tuple[tuple[Grid, ...], list[str]]:
    if not data.strip():
        raise UnreadableError("file_empty")
    if data.startswith(OLE) and LOCKED in data:
        raise UnreadableError("file_encrypted")
    return _workbook(data) if data.startswith((ZIP, OLE)) else ((_text_grid(decode(data)),), [])


def _workbook(data: bytes) -> tuple[tuple[Grid, ...], list[str]]:
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(data))
    except CalamineError as error:
        other = zipfile.is_zipfile(io.BytesIO(data)) and b"xl/" not in data
        raise UnreadableError("file_kind" if other else "file_damaged") from error
    with book:
        sheets = {name: _sheet(book, name) for name in book.sheet_names}
    grids = tuple(grid for grid in sheets.values() if grid)
    if not grids:
        raise UnreadableError("file_damaged")
    return grids, [name for name, grid in sheets.items() if grid is None]


def _sheet(book: CalamineWorkbook, name: str) -> Grid | None:
    try:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=True)
    except CalamineError:
        return None  # named by the caller; the other sheets are read
    first = sheet.start[0] + 1 if sheet.start else 1
    return Grid(name, tuple(zip(*rows, strict=True)), len(rows), first)


def decode(data: bytes) -> str:
    """Text in the encodings the platform and Excel write; raises `UnreadableError` when it is none."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
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
        if not any(ord(char) < 32 and char not in "\t\r\n\f\v" for char in text[:4000]):
            return text
    raise UnreadableError("file_kind")


def _text_grid(text: str) -> Grid:
    if not text.strip():
        raise UnreadableError("file_empty")
    first = text[: text.index("\n")] if "\n" in text else text
    separator = max(SEPARATORS, key=first.count)
    try:
        table = _arrow(text, separator)
    except pa.ArrowInvalid:
        return _ragged(text, separator)
    return Grid("", tuple(table.columns), table.num_rows)


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
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    width = max(map(len, rows))
    full = [row + [""] * (width - len(row)) for row in rows]
    return Grid("", tuple(zip(*full, strict=True)), len(full))
