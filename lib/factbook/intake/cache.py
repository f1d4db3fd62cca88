"""What was read of a file, kept for the next time: one parquet file for each, in the user's cache folder.

A file is known by its path, size and time; where those changed, by the digest of its bytes. What is kept also depends
on the knowledge and the code that read it, so that neither can be outlived. Everything may be deleted at any time, by
anybody, also while another process reads or writes. `FACTBOOK_CACHE` names another folder, or is `off`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import pyarrow as pa

from factbook.intake import dates, kept
from factbook.intake.files import digest_of
from factbook.intake.sheets import Export

SETTING = "FACTBOOK_CACHE"
OFF = "off"
# Where each system keeps what may be deleted: the variable that says so, and the folder under home without it.
PLACES = {"win32": ("LOCALAPPDATA", "AppData/Local"), "darwin": ("", "Library/Caches")}
OTHERWISE = ("XDG_CACHE_HOME", ".cache")
SETTLED = 2 * 10**9  # nanoseconds after which a file's time tells every later change
UNUSED_DAYS = 60
MOST_BYTES = 8 << 30
DAY = 86_400
DAMAGED = (OSError, ValueError, LookupError, TypeError, AttributeError, pa.ArrowException)


def folder() -> Path | None:
    """The cache folder; None where the cache is off."""
    asked = os.environ.get(SETTING, "")
    if asked.casefold() == OFF:
        return None
    if asked:
        return Path(asked).expanduser().absolute()
    variable, usual = PLACES.get(sys.platform, OTHERWISE)
    base = os.environ.get(variable, "") if variable else ""
    return (Path(base) if base else Path.home() / usual) / "factbook"


@dataclass(frozen=True)
class Stamp:
    """A file as the system knows it."""

    size: int
    time: int  # nanoseconds

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """Of a file as it is now; raises OSError."""
        found = path.stat()
        return cls(found.st_size, found.st_mtime_ns)


class Cache:
    """The readings of one merchant's files."""

    def __init__(self, merchant: Path, words: str = "") -> None:
        place = folder()
        # A setting that points into the merchant's own folder would leave our files among the client's.
        inside = place is not None and place.is_relative_to(merchant.absolute())
        self.folder = None if inside else place
        self.words = words  # what this engagement taught: it changes what files mean

    def get(self, path: Path, name: str) -> tuple[Export, ...] | None:
        """What was read of a file the last time; None where that is not known, or not any more true."""
        if self.folder is None:
            return None
        with suppress(*DAMAGED):  # gone, damaged or not ours: the file is read again
            digest = self._digest(path)
            entry = self._entry(digest, name) if digest else None
            if entry and entry.is_file():
                found = kept.load(entry)
                os.utime(entry)  # used today
                return found
        return None

    def put(self, path: Path, name: str, exports: Sequence[Export], stamp: Stamp) -> None:
        """Keep what was read of a file that had this stamp before it was opened."""
        if self.folder is None:
            return
        with suppress(OSError, pa.ArrowException):  # a full disk or a folder that is closed costs time, nothing else
            whole = len(exports) == 1 and exports[0].loaded.size == stamp.size
            digest = exports[0].loaded.digest if whole else digest_of(path)
            if Stamp.of(path) != stamp:
                return
            with self._writing(self._entry(digest, name)) as file:
                kept.save(exports, file)  # a file that cannot be kept is read anew each time
            self._know(path, digest, stamp)
            self._tidy()

    def _digest(self, path: Path) -> str:
        # A path never seen is not worth a look at its bytes: it is about to be read.
        known = json.loads(self._note(path).read_text("utf-8"))
        stamp = Stamp.of(path)
        if known["size"] != stamp.size:
            return ""
        if known["time"] == stamp.time and known["written"] - stamp.time > SETTLED:
            return str(known["digest"])
        digest = digest_of(path)
        if digest == known["digest"]:
            self._know(path, digest, stamp)
        return digest

    def _know(self, path: Path, digest: str, stamp: Stamp) -> None:
        known = {"size": stamp.size, "time": stamp.time, "written": time.time_ns(), "digest": digest}
        with self._writing(self._note(path)) as file:
            file.write(json.dumps(known).encode())

    def _note(self, path: Path) -> Path:
        return self._place(f"{_key(str(path.absolute()))}.json")

    def _entry(self, digest: str, name: str) -> Path:
        return self._place(f"{_key(digest, name, self.words, version())}.parquet")

    def _place(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / name

    @contextmanager
    def _writing(self, target: Path) -> Iterator[Any]:
        """A file that takes its place whole, or not at all."""
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # a client's figures are nobody else's business
        number, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
        try:
            with os.fdopen(number, "wb") as file:
                yield file
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _tidy(self) -> None:
        """Let go what was not used for long, and the longest unused where there is too much."""
        assert self.folder is not None
        known = sorted(((file.stat(), file) for file in self.folder.iterdir()), key=lambda one: -one[0].st_mtime)
        size, oldest = 0, time.time() - UNUSED_DAYS * DAY
        for stat, file in known:
            size += stat.st_size
            if stat.st_mtime < oldest or size > MOST_BYTES:
                file.unlink(missing_ok=True)


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]


@cache
def version() -> str:
    """What the reading of a file depends on besides the file: knowledge, code, guests, and this year's end."""
    digest = hashlib.sha256()
    package = resources.files("factbook")
    for room, first in (("knowledge", "exports"), ("intake", "")):
        for file in sorted(package.joinpath(room).iterdir(), key=lambda file: file.name):
            if file.is_file() and file.name.startswith(first):
                digest.update(file.read_bytes())
    guests = [metadata.version(name) for name in ("pandas", "pyarrow", "python-calamine")]
    digest.update("\0".join([*guests, str(dates.last_year())]).encode())
    return digest.hexdigest()
