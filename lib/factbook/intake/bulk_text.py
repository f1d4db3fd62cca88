"""A big text table in pieces: its headers, then its cells batch by batch, never the whole of it in memory.

The parser gets the bytes as they are. GB18030 needs no transcoding for that: no byte of one of its longer characters
is a comma, a quote or a line end, so only the cells that are used are ever decoded. Other encodings are turned to
UTF-8 in blocks on the way.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from factbook.intake.bulk_cells import Unfit
from factbook.intake.grid import Grid
from factbook.intake.limits import HEAD_ROWS
from factbook.intake.read_books import OLE, ZIP
from factbook.intake.read_records import bare, holds_rows, is_odd
from factbook.intake.read_texts import PROBE, WIDEST, separator_of

LOOK = 1 << 20  # bytes in which encoding and headers are looked for
BLOCKS = 128  # in which a file is parsed,
SMALLEST, LARGEST = 1 << 20, 1 << 22  # each of so many bytes
TAIL = 4  # bytes that tell whether a file ends with a line end
UNSAFE = "|"  # the one separator that may be the second byte of a character in GB18030
MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LINE = re.compile(rb"\r\n|\r|\n")
Torn = tuple[int, tuple[str, ...]]  # a row and its cells, more or fewer than the headers


@dataclass(frozen=True)
class Source:
    """A text file that can be parsed in pieces."""

    path: Path
    encoding: str  # of the bytes as the parser sees them
    stored: str  # of the file's bytes where they are transcoded on the way; empty where they are not
    separator: str
    head: Grid  # the first records, padded to one width
    widths: tuple[int, ...]  # of each of them, as it stands in the file
    lead: bytes  # the bytes they stand in, as the parser sees them
    unended: bool = False  # the file has no line end at its end

    @property
    def rows(self) -> int:
        """About how many records the file has, from those it begins with."""
        lines = max(self.lead.count(b"\n"), 1)
        return int(self.path.stat().st_size / len(self.lead) * lines * 1.1)

    @property
    def block(self) -> int:
        """How many bytes are parsed at a time: the more, the more memory."""
        return min(max(self.path.stat().st_size // BLOCKS, SMALLEST), LARGEST)

    def transcoded(self) -> Source:
        """The same file, turned to UTF-8 on the way."""
        text = self.lead.decode(self.encoding)
        return replace(self, encoding="utf-8", stored=self.encoding, lead=text.encode())


@dataclass(frozen=True)
class Batch:
    """Records of the body: the wanted columns as raw bytes, each record's row, and those of another length."""

    cells: Sequence[pa.BinaryArray]
    rows: np.ndarray  # as Excel numbers them
    torn: tuple[Torn, ...] = ()


def source(path: Path) -> Source:
    """How to parse a file in pieces; raises `Unfit` where it is no text table of one width."""
    with path.open("rb") as file:
        start = file.read(LOOK)
        file.seek(-min(len(start), TAIL), os.SEEK_END)
        ended = file.read().rstrip(b"\0").endswith((b"\n", b"\r"))
    if start.startswith((ZIP, OLE)):
        raise Unfit
    encoding, text = _decoded(start)
    text = text[: text.rfind("\n") + 1]
    if not text or any(ord(char) < 32 and char not in "\t\r\n\f\v" for char in text[:PROBE]):
        raise Unfit
    separator = separator_of(text)
    found = Source(path, encoding, "", separator, *_head(text, separator), start, not ended)
    wide = encoding == "utf-16" or (encoding == "gb18030" and separator == UNSAFE)
    return replace(found, encoding="utf-8", stored=encoding, lead=text.encode()) if wide else found


def _decoded(start: bytes) -> tuple[str, str]:
    marked = tuple(encoding for mark, encoding in MARKS if start.startswith(mark))
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            # What was read may end within a character.
            return encoding, codecs.getincrementaldecoder(encoding)().decode(start).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise Unfit


def _head(text: str, separator: str) -> tuple[Grid, tuple[int, ...]]:
    try:
        rows = [row for row, _ in zip(_records(text, separator), range(HEAD_ROWS), strict=False)]
    except csv.Error as error:
        raise Unfit from error
    width = max(map(len, rows), default=0)
    if not 1 < width <= WIDEST:
        raise Unfit
    full = [row + [""] * (width - len(row)) for row in rows]
    widths = tuple(map(len, rows))
    return Grid("", tuple(zip(*full, strict=True)), len(full), widths=widths), widths


def _records(text: str, separator: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def batches(found: Source, width: int, positions: Sequence[int]) -> Iterator[Batch]:
    """The records below the head, in the order of the file, of `width` cells; raises `Unfit` where parsing fails."""
    torn: deque[Torn] = deque()
    first = found.head.height + 1
    nothing = pa.array([], pa.binary())
    try:
        for cells in _reader(found, width, positions, torn):
            batch = _numbered(cells.columns, first, torn)
            yield batch
            first += len(batch.rows) + len(batch.torn)
    except (pa.ArrowException, UnicodeError, csv.Error) as error:
        raise Unfit from error
    if torn:
        yield Batch([nothing for _ in positions], np.array([], np.int64), tuple(torn))


def swallows(found: Source, width: int) -> bool:
    """Whether a quote that is never closed has made cells of whole rows; the file is searched once."""
    for batch in batches(found, width, range(width)):
        tall = [cell for column in batch.cells for cell in column.filter(pc.match_substring(column, "\n")).to_pylist()]
        lines = [[cell.decode(found.encoding, "replace") for cell in tall], *(cells for _, cells in batch.torn)]
        if any(holds_rows(cells, found.separator, width) for cells in lines):
            return True
    return False


def _numbered(cells: Sequence[pa.BinaryArray], first: int, torn: deque[Torn]) -> Batch:
    # Records of another length stand between the others and keep their numbers.
    rows = len(cells[0])
    mine: list[Torn] = []
    while torn and torn[0][0] < first + rows + len(mine):
        mine.append(torn.popleft())
    numbers = np.arange(first, first + rows + len(mine))
    if mine:
        numbers = np.setdiff1d(numbers, [number for number, _ in mine], assume_unique=True)
    return Batch(cells, numbers, tuple(mine))


def _reader(found: Source, width: int, positions: Sequence[int], torn: deque[Torn]) -> Any:
    skip = found.head.height

    def uneven(row: Any) -> str:
        cells = bare(row.text, found.separator) if is_odd(row.text) else next(_records(row.text, found.separator), [])
        torn.append((skip + row.number, tuple(cells)))
        return "skip"

    names = [str(position) for position in range(width)]
    wanted = [names[position] for position in positions]
    return arrow_csv.open_csv(
        _opened(found, skip),
        read_options=arrow_csv.ReadOptions(column_names=names, block_size=found.block, use_threads=False),
        parse_options=arrow_csv.ParseOptions(
            delimiter=found.separator,
            newlines_in_values=True,
            ignore_empty_lines=False,
            # Such a row is handed over as text, which the parser takes to be UTF-8; without a handler it is an error.
            invalid_row_handler=uneven if found.encoding == "utf-8" else None,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(wanted, pa.binary()), include_columns=wanted, strings_can_be_null=False
        ),
    )


def _opened(found: Source, skip: int) -> Any:
    file = pa.OSFile(str(found.path))
    stream = pa.transcoding_input_stream(file, found.stored, found.encoding) if found.stored else file
    stream.read(_length(found, skip))
    return stream


def _length(found: Source, records: int) -> int:
    """How many bytes the first records take."""
    reader = _records(found.lead.decode(found.encoding, "replace"), found.separator)
    for _ in range(records):
        next(reader)
    ends = (match.end() for match in _LINE.finditer(found.lead))
    return next(end for number, end in enumerate(ends, start=1) if number == reader.line_num)
