"""What went wrong while a merchant was rendered: facts for the manifest, tracebacks for the log only."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Failure:
    """A section that could not be produced: where, and the kind of error (its text is in the log)."""

    chapter: str
    cell: int
    section: str
    error: str

    def __str__(self) -> str:
        where = f"{self.chapter} › {self.section}" if self.section else self.chapter
        return f"{where}, cell {self.cell}: {self.error}"


@dataclass
class Journal:
    """Failures and streams of one chapter; several chapters share the log of their merchant."""

    chapter: str
    log: Log
    failures: list[Failure] = field(default_factory=list)
    streams: int = 0

    def fail(self, cell: int, section: str, error: str, detail: str) -> None:
        """Note a section that could not be produced; `detail` is the traceback."""
        failure = Failure(self.chapter, cell, section, error)
        self.failures.append(failure)
        self.log.write(f"{failure}\n{detail}")

    def stream(self, cell: int, text: str) -> None:
        """Note what a cell printed: kept for the consultant, not for the client."""
        self.streams += 1
        self.log.write(f"{self.chapter}, cell {cell} printed:\n{text}")


class Log:
    """A merchant's render.log, written by several chapters at once; absent when nothing was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        path.unlink(missing_ok=True)

    def write(self, text: str) -> None:
        """Append one entry, without terminal colours."""
        with self._lock:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(_COLOURS.sub("", text).rstrip() + "\n\n")

    def logger(self) -> logging.Logger:
        """A logger whose warnings join the log instead of the terminal."""
        logger = logging.Logger("factbook.render", logging.WARNING)
        logger.addHandler(_Entries(self))
        return logger

    @contextmanager
    def sink(self, path: Path) -> Iterator[IO[bytes]]:
        """A file for what a kernel process itself prints; it joins the log when the kernel has ended."""
        with path.open("w+b") as file:
            yield file
            file.seek(0)
            text = file.read().decode("utf-8", "replace").strip()
        path.unlink()
        if text:
            self.write(f"a kernel printed:\n{text}")


class _Entries(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__()
        self.log = log

    def emit(self, record: logging.LogRecord) -> None:
        self.log.write(self.format(record))
