"""Big text tables: read in pieces, with the same result as the careful reader's and a fraction of its memory.

A row whose every cell is plain is taken as it stands. Every other row (a total, a blank one, a cell not understood,
more or fewer cells than headers) goes through the careful reader, and so has the same fate and the same problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path

import pandas as pd
import pyarrow as pa

from factbook.intake import bulk_text, families, tables
from factbook.intake.ahead import ahead
from factbook.intake.bulk_cells import Unfit
from factbook.intake.bulk_frame import Growing, Texts, constant, growing
from factbook.intake.bulk_rows import Piece, RowReader, check, piece_of
from factbook.intake.bulk_text import Batch, Source
from factbook.intake.files import digest_and_lines
from factbook.intake.parts import Counts, Part
from factbook.intake.problems import merged
from factbook.intake.read import Loaded
from factbook.intake.recognise import Around, Recognised, plain, recognise
from factbook.intake.sheets import Export, of_parts
from factbook.intake.tables import Rows
from factbook.records import Problem

BIG = 1 << 21  # bytes from which a file is worth it
WORKERS = 1  # beside the parser, which is as busy
Aliases = Mapping[str, str]


def export(path: Path, name: str, aliases: Aliases | None = None) -> Export | None:
    """A big text file as its table; None where only the careful reader can tell what it is."""
    try:
        found = bulk_text.source(path)
        return _in_time(found, name, aliases or {})
    except (Unfit, UnicodeDecodeError, OSError):
        return None  # whatever it is, the careful reader says it


def _in_time(found: Source, name: str, aliases: Aliases) -> Export:
    with ThreadPoolExecutor(max_workers=1) as pool:
        known = pool.submit(digest_and_lines, found.path)
        parts = families.related([_tried(found, name, aliases)])
        digest, lines = known.result()
        # More lines than records: some cells have several, or a quote has swallowed rows.
        if lines > parts[0].counts.rows and bulk_text.swallows(found, max(found.widths)):
            raise Unfit
        loaded = Loaded(name, digest, found.path.stat().st_size)
        return of_parts(loaded, parts, Counts(), [])


def _tried(found: Source, name: str, aliases: Aliases) -> Part:
    try:
        return _part(found, name, aliases)
    except (Unfit, UnicodeDecodeError):
        if found.encoding == "utf-8":
            raise
        return _part(found.transcoded(), name, aliases)


def _part(found: Source, name: str, aliases: Aliases) -> Part:
    known = recognise(found.head, Around(name, frozenset({plain("")}), aliases))
    if not isinstance(known, Recognised) or not tables.readable(known):
        raise Unfit
    found, first = _begun(found, known, name)
    pieces = chain([piece_of(first, known)], _pieces(found, RowReader(found, known, name)))
    rows = _table(pieces, first.frame, found.rows)
    problems = merged([rows.problems], ("", *known.labels.values()))
    problems = [*tables.notes_on(found.head, known, name), *problems]
    return tables.part(known, name, replace(rows, problems=tuple(problems), signed=first.signed))


def _begun(found: Source, known: Recognised, name: str) -> tuple[Source, Rows]:
    """The first rows, read carefully down to one that is kept: what a line means depends on what stands below it."""
    check(known)
    kept = tables.read_rows(found.head, known, name).frame["_row"]
    if kept.empty:
        raise Unfit
    rows = int(kept.iloc[-1])
    columns = tuple(column[:rows] for column in found.head.columns)
    head = replace(found.head, columns=columns, height=rows, widths=found.head.widths[:rows])
    return replace(found, head=head), tables.read_rows(head, known, name)


def _pieces(found: Source, reader: RowReader) -> Iterator[Piece]:
    """The batches in the order of the file; parsing, and the reading of cells, go on side by side."""
    batches = bulk_text.batches(found, reader.width, list(reader.known.positions.values()))
    yield from ahead(lambda pair: reader.read(*pair), _with_end(batches), WORKERS)


def _with_end(batches: Iterator[Batch]) -> Iterator[tuple[Batch, bool]]:
    """Each batch, and whether it is the last."""
    for batch, after in pairwise(chain(batches, [None])):
        if batch is not None:
            yield batch, after is None


def _table(pieces: Iterable[Piece], first: pd.DataFrame, expected: int) -> Rows:
    """All pieces as one table, with the columns that are the same in every row as they are in the first ones."""
    whole: dict[str, Growing | Texts] = {}
    counts, said, closing = Counts(), list[Problem](), list[pd.DataFrame]()
    for piece in pieces:
        whole = whole or {name: growing(values, expected) for name, values in piece.columns.items()}
        for name, values in piece.columns.items():
            whole[name].add(values)
        counts += piece.counts
        said += piece.problems
        pa.default_memory_pool().release_unused()  # of a piece's many buffers little is kept
        closing += (lines for lines in piece.closing if len(lines))
    series = {name: column.series() for name, column in whole.items()}
    size = len(series["_row"])
    columns = list(map(str, first.columns))
    series |= {name: constant(first[name], size) for name in columns if name not in series}
    frame = pd.DataFrame({name: series[name] for name in columns}, copy=False)
    return Rows(frame, counts, tuple(said), closing=pd.concat(closing) if closing else pd.DataFrame())
