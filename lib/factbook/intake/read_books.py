"""Workbooks (xlsx, xls) to grids, after a look at how much they would unfold to."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from factbook.intake.grid import Area, Cell, Grid
from factbook.intake.limits import CELLS, DEFLATE, MEMBER_BYTES, MEMBERS, MOST_ROWS, UNPACKED_BYTES, UnreadableError

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
# What a damaged archive makes of the reader of archives.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError, OverflowError,
)  # fmt: skip
CHUNK = 1 << 23  # most sheets are one piece
ROWS = 500  # taken over from the reader at a time
ARCHIVE = "file_archive"  # a zip with files in it, or an archive of another kind
TAIL = 8_192
FORMULA = b"<f"
NARROW = 702  # columns up to ZZ
_BEYOND_ZZ = re.compile(rb"r=[\"'][A-Za-z]{3}\d")
_BEYOND_BP = re.compile(rb"r=[\"'](?:[A-Za-z]{3}|[C-Zc-z][A-Za-z]|[Bb][Q-Zq-z])\d")
# A cell with a formula and no value, as programs write it that cannot calculate; an empty text is a value.
_UNRECKONED = re.compile(
    rb"<c r=[\"']([A-Z]{1,3}\d{1,7})[\"'](?![^>]*t=[\"']str)[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>"
)
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,10})[\"']")


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook, the names of those that cannot be read, and the formulas without a value."""

    grids: tuple[Grid, ...]
    broken: tuple[str, ...] = ()
    unreckoned: tuple[str, ...] = ()


def workbook(data: bytes) -> Book:
    """A workbook, opened; raises `UnreadableError` where nothing of it can be used."""
    if data.startswith(OLE) and LOCKED in data:
        raise UnreadableError("file_encrypted")
    unreckoned = _weigh(data) if data.startswith(ZIP) else ()
    return Book(*_opened(data), unreckoned)


def _opened(data: bytes) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(data))
    except PasswordError as error:
        raise UnreadableError("file_encrypted") from error
    except CalamineError as error:
        raise UnreadableError("file_encrypted" if "assword" in str(error) else "file_damaged") from error
    except BaseException as error:
        raise _panicked(error) from error
    with book:
        sheets = {name: _sheet(book, name) for name in book.sheet_names}
    grids = tuple(grid for grid in sheets.values() if grid)
    if not grids:
        raise UnreadableError("file_damaged")
    return grids, tuple(name for name, grid in sheets.items() if grid is None)


def _panicked(error: BaseException) -> BaseException:
    # The reader's own language has errors that are no Exception; everything else goes its way.
    return UnreadableError("file_damaged") if type(error).__name__ == "PanicException" else error


def _sheet(book: CalamineWorkbook, name: str) -> Grid | None:
    try:
        sheet = book.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        columns = _columns(islice(sheet.iter_rows(), top, None), sheet.width)
        merged = sheet.merged_cell_ranges or ()
    except CalamineError:
        return None  # named by the caller; the other sheets are read
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            return None
        raise
    return Grid(name, columns, sheet.height, top + 1, tuple(_moved(merged, top, left)))


def _columns(rows: Iterator[list[Cell]], width: int) -> tuple[list[Cell], ...]:
    """The cells by column; those with the same text share it, for most texts of a long column come often."""
    columns: tuple[list[Cell], ...] = tuple([] for _ in range(width))
    known: list[dict[str, str]] = [{} for _ in range(width)]
    while some := list(islice(rows, ROWS)):
        for column, texts, cells in zip(columns, known, zip(*some, strict=True), strict=True):
            texts_only = {*map(type, cells)} == {str}
            column.extend(map(texts.setdefault, cells, cells) if texts_only else cells)
    return columns


def _moved(areas: list[Area] | tuple[()], top: int, left: int) -> Iterator[Area]:
    for (first_row, first), (last_row, last) in areas:
        yield (first_row - top, first - left), (last_row - top, last - left)


def _weigh(data: bytes) -> tuple[str, ...]:
    """The cells whose formula has no value; raises UnreadableError for what is no workbook, is locked or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            members = book.infolist()
            if not any(member.filename == "xl/workbook.xml" for member in members):
                raise UnreadableError(_kind(members))
            weigh_members(members)
            return tuple(cell for member in members for cell in _weigh_member(book, member))
    except BROKEN as error:
        raise UnreadableError("file_damaged") from error


def _kind(members: list[zipfile.ZipInfo]) -> str:
    """What a zip without a workbook is: a damaged one, a document of another kind, or files of somebody's own."""
    names = [member.filename for member in members]
    if any(name.startswith("xl/") for name in names):
        return "file_damaged"
    return "file_kind" if {"[Content_Types].xml", "mimetype"} & {*names} else ARCHIVE


def weigh_members(members: list[zipfile.ZipInfo]) -> None:
    """Raise UnreadableError where an archive says of itself that it is locked or too large."""
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("file_encrypted")
    total = sum(member.file_size for member in members)
    largest = max((member.file_size for member in members), default=0)
    if len(members) > MEMBERS or total > UNPACKED_BYTES or largest > MEMBER_BYTES:
        raise UnreadableError("file_expands", found=f"{total >> 20:,} MB", limit=f"{UNPACKED_BYTES >> 20:,} MB")


def _weigh_member(book: zipfile.ZipFile, member: zipfile.ZipInfo) -> list[str]:
    sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    # What an archive says of its sizes may be untrue; what is small even at the highest ratio need not be looked at.
    return _weigh_sheet(book, member) if sheet or member.compress_size * DEFLATE > MEMBER_BYTES else []


def _weigh_sheet(book: zipfile.ZipFile, member: zipfile.ZipInfo) -> list[str]:
    # The reader lays out every cell from the first to the last row, and as wide as the widest: one stray cell in the
    # far corner is a billion of them. Nearly every sheet is cleared by one look for a column with three letters.
    wide, rest, empty = False, b"", dict[str, None]()
    for part in _pieces(book, member):
        text = rest + part if rest else part
        empty |= dict.fromkeys(map(bytes.decode, _UNRECKONED.findall(text))) if FORMULA in text else {}
        wide = wide or bool(_BEYOND_ZZ.search(text))
        rest = text[-TAIL:]
    rows = max((int(row) for _, row in _ADDRESS.findall(rest)), default=1)
    if wide or rows * NARROW > CELLS:
        _measure(book, member, rows, wide)
    return list(empty)


def _pieces(book: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    size = 0
    with book.open(member) as stream:
        while part := stream.read(CHUNK):
            size += len(part)
            if size > MEMBER_BYTES:
                raise UnreadableError("file_expands", found=f"{size >> 20:,} MB", limit=f"{MEMBER_BYTES >> 20:,} MB")
            yield part


def _measure(book: zipfile.ZipFile, member: zipfile.ZipInfo, rows: int, wide: bool) -> None:
    columns, rest = CELLS // MOST_ROWS, b""
    for part in _pieces(book, member):
        text = rest + part
        if wide or _BEYOND_BP.search(text):
            columns = max([columns, *map(_number, {letters.upper() for letters, _ in _ADDRESS.findall(text)})])
        rest = text[-TAIL:]
    if rows > MOST_ROWS or rows * columns > CELLS:
        raise UnreadableError("file_cells", found=f"{rows * columns:,}", limit=f"{CELLS:,}")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
