"""Where a merchant's files lie, and which of them are exports."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from factbook.errors import IntakeError
from factbook.records import Period, Problem

EXPORTS = "exports"
FORM = "intake.xlsx"
MERCHANT = "merchant.toml"
NOTES = "notes.md"
REPORTS = frozenset({".xlsx", ".xls", ".csv", ".zip"})
BLOCK = 1 << 20
# Files of ours and of the operating system's that stand beside the exports.
KEPT = ("truth.json", "diagnosis.json", "manifest.json")
OURS = (NOTES, MERCHANT, FORM, "readme.md", "aliases.toml", "overrides.toml", "actions.toml", *KEPT)
OTHERS = frozenset({*OURS, "thumbs.db", "desktop.ini"})
_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.年]?([01]\d)[-_.月]?([0-3]\d)(?!\d{1,5}(?!\d))")


@dataclass(frozen=True)
class Folder:
    """A merchant's folder: the export files with the names they are called by, and the form."""

    path: Path
    exports: tuple[tuple[Path, str], ...]
    form: Path | None


def find(folder: Path) -> Folder:
    """The files of a merchant; raises IntakeError when the folder does not exist or holds none."""
    if not folder.is_dir():
        raise IntakeError(str(folder), [Problem("folder_missing", "error", str(folder))])
    root = folder / EXPORTS if (folder / EXPORTS).is_dir() else folder
    found = tuple((path, path.relative_to(root).as_posix()) for path in _candidates(root))
    form = next((path for path in (folder / FORM, root / FORM) if path.is_file()), None)
    if not found and form is None:
        raise IntakeError(str(folder), [Problem("folder_empty", "error", str(folder))])
    return Folder(folder, found, form)


def _candidates(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir(), key=lambda path: path.name):
        if path.is_file() and is_export(path.name):
            yield path
        elif path.is_dir() and not path.name.startswith(".") and not _is_merchant(path):
            yield from sorted(inner for inner in path.iterdir() if inner.is_file() and is_export(inner.name))


def _is_merchant(path: Path) -> bool:
    return (path / EXPORTS).is_dir() or (path / MERCHANT).is_file()


def is_merchant(folder: Path) -> bool:
    """Whether a folder is one merchant's: exports/, merchant.toml, or report files in it."""
    if not folder.is_dir() or folder.name.startswith((".", "_", "~")):
        return False
    files = (path for path in folder.iterdir() if path.is_file())
    return _is_merchant(folder) or any(path.suffix.lower() in REPORTS and is_export(path.name) for path in files)


def is_export(name: str) -> bool:
    """Whether a file may be an export, by what it is surely not."""
    return not name.startswith((".", "~$")) and name.casefold() not in OTHERS


def digest_of(path: Path) -> str:
    """The sha-256 of a file's bytes, read in blocks; raises OSError."""
    return digest_and_lines(path)[0]


def digest_and_lines(path: Path) -> tuple[str, int]:
    """The sha-256 of a file's bytes and how many line ends there are among them; raises OSError."""
    digest, lines = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            lines += block.count(b"\n")
    return digest.hexdigest(), lines


def period_in(name: str) -> Period | None:
    """The period a file's name speaks of: its first two days, or one; None when there is none."""
    days = []
    for year, month, day in _DAY.findall(name):
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue  # digits that only look like a day
    return Period(min(days[:2]), max(days[:2])) if days else None
