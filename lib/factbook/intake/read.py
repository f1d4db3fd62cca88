"""Bytes of a file to grids of cells as they stand; what cannot be opened is a problem, not an exception."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from factbook.intake.grid import Cell, Grid
from factbook.intake.limits import FILE_BYTES, UnreadableError
from factbook.intake.limits import HEAD_ROWS as HEAD
from factbook.intake.read_archives import OTHER_ARCHIVES, members
from factbook.intake.read_books import ARCHIVE, OLE, ZIP, Book, workbook
from factbook.intake.read_texts import SEPARATORS, WIDEST, decode, text_grid
from factbook.records import Problem

__all__ = [
    "HEAD", "OLE", "SEPARATORS", "WIDEST", "ZIP", "Cell", "Grid", "Loaded", "UnreadableError", "decode", "load",
    "load_all",
]  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """A file as it was found: its digest, and its grids or what stood in the way."""

    name: str
    digest: str
    size: int
    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()


def load_all(path: Path, name: str) -> list[Loaded]:
    """One file, or each file of an archive; `name` is how the report speaks of it."""
    data = _bytes(path, name)
    if isinstance(data, Loaded):
        return [data]
    one = _loaded(data, name)
    packed = data.startswith(ZIP) and any(problem.code == ARCHIVE for problem in one.problems)
    return list(_unpacked(data, name)) if packed else [one]


def load(path: Path, name: str) -> Loaded:
    """One file, whatever its extension says."""
    data = _bytes(path, name)
    return data if isinstance(data, Loaded) else _loaded(data, name)


def _bytes(path: Path, name: str) -> bytes | Loaded:
    try:
        size = path.stat().st_size
        if size > FILE_BYTES:
            values = {"found": f"{size >> 20:,} MB", "limit": f"{FILE_BYTES >> 20:,} MB"}
            return Loaded(name, "", size, problems=(Problem("file_large", "error", name, values=values),))
        return path.read_bytes()
    except OSError as error:
        problem = Problem("file_closed", "error", name, values={"found": error.strerror or str(error)})
        return Loaded(name, "", 0, problems=(problem,))


def _loaded(data: bytes, name: str) -> Loaded:
    digest, size = hashlib.sha256(data).hexdigest(), len(data)
    try:
        book = _book(data)
    except UnreadableError as reason:
        return Loaded(name, digest, size, problems=(Problem(reason.code, "error", name, values=reason.values),))
    damaged = (Problem("sheet_damaged", "error", name, sheet) for sheet in book.broken)
    return Loaded(name, digest, size, book.grids, (*damaged, *_unreckoned(book.unreckoned, name)))


def _unreckoned(cells: Sequence[str], name: str) -> Iterator[Problem]:
    if cells:
        values = {"found": f"{len(cells):,}", "first": cells[0]}
        yield Problem("formula_unreckoned", "warning", name, values=values)


def _unpacked(data: bytes, name: str) -> Iterator[Loaded]:
    inside = 0
    try:
        for member, content in members(data):
            inside += 1
            yield _loaded(content, f"{name}/{member}")
    except UnreadableError as reason:
        yield _unread(data, name, reason.code, reason.values)
        return
    if not inside:
        yield _unread(data, name, "archive_empty", {})


def _unread(data: bytes, name: str, code: str, values: dict[str, str]) -> Loaded:
    problem = Problem(code, "error", name, values=values)
    return Loaded(name, hashlib.sha256(data).hexdigest(), len(data), problems=(problem,))


def _book(data: bytes) -> Book:
    if not data.strip():
        raise UnreadableError("file_empty")
    if data.startswith(OTHER_ARCHIVES):
        raise UnreadableError(ARCHIVE)
    return workbook(data) if data.startswith((ZIP, OLE)) else Book((text_grid(decode(data)),))
