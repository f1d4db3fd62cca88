"""Readings of a file as one parquet file: the rows of every sheet one below the other, all else in its header."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from factbook.intake.bulk_cells import TEXT
from factbook.intake.bulk_frame import IDS, WORDS, repeated, shared_words, texts
from factbook.intake.parts import Counts, Part
from factbook.intake.read import Loaded
from factbook.intake.sheets import Export
from factbook.knowledge.exports import exports as knowledge
from factbook.records import Check, Problem

HEADER, SUM = b"factbook", b"factbook_sum"
PIECE = 1 << 17  # rows written at a time
MANY = 200_000  # rows from which columns are read one by one
PANDAS = {pa.large_string(): IDS}
CONSTANT = ("_file", "_sheet")  # the same in most rows: kept once where they are


def save(exports: Sequence[Export], file: BinaryIO) -> None:
    """Write what was read of one file; raises OSError or an arrow error."""
    header = json.dumps([_export(export) for export in exports], ensure_ascii=False).encode("utf-8", "surrogatepass")
    notes = {HEADER: header, SUM: hashlib.sha256(header).digest()}
    parts = [part for export in exports for part in export.parts]
    pieces = _in_pieces(parts[0]) if len(parts) == 1 else iter([_whole(parts)])
    first = next(pieces).replace_schema_metadata(notes)
    alike = [field.name for field in first.schema if pa.types.is_dictionary(field.type)]
    long = sum(len(part.frame) for part in parts) > MANY
    with pq.ParquetWriter(
        file,
        first.schema,
        compression="lz4",
        use_dictionary=alike if long else True,
        write_statistics=False,
        write_page_checksum=True,
    ) as writer:
        for piece in chain([first], pieces):
            writer.write_table(piece.replace_schema_metadata(notes))


def _in_pieces(part: Part) -> Iterator[pa.Table]:
    """The rows of a table some at a time, so that there is never a second copy of more than those."""
    constant = _constant(part.frame)
    for start in range(0, max(len(part.frame), 1), PIECE):
        yield _table(part.frame.iloc[start : start + PIECE], constant)


def _whole(parts: Sequence[Part]) -> pa.Table:
    tables = [_table(part.frame, _constant(part.frame)) for part in parts]
    return pa.concat_tables([pa.table({}), *tables], promote_options="default")


def load(path: Path) -> tuple[Export, ...]:
    """What was read of one file; raises OSError or ValueError where it cannot be trusted."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        kept = _header(path, file.schema_arrow.metadata or {})
        parts = [part for export in kept for part in export["parts"]]
        if file.metadata.num_rows != sum(part["rows"] for part in parts):
            raise ValueError(path)
        shared = sorted({column for part in parts for column in part["words"]})
        if not shared:
            return _exports(kept, file)
    with pq.ParquetFile(path, read_dictionary=shared, page_checksum_verification=True) as file:
        return _exports(kept, file)


def _header(path: Path, notes: Mapping[bytes, bytes]) -> list[dict[str, Any]]:
    header = notes.get(HEADER, b"")
    if hashlib.sha256(header).digest() != notes.get(SUM):
        raise ValueError(path)
    kept: list[dict[str, Any]] = json.loads(header.decode("utf-8", "surrogatepass"))
    return kept


def _exports(kept: Sequence[Mapping[str, Any]], file: pq.ParquetFile) -> tuple[Export, ...]:
    rows = _Rows(file)
    return tuple(_to_export(export, rows) for export in kept)


def _table(frame: pd.DataFrame, constant: Mapping[str, str]) -> pa.Table:
    return pa.table({name: _column(frame[name]) for name in frame if name not in constant})


def _column(values: pd.Series) -> pa.Array:
    if values.dtype != WORDS:
        return pa.array(values, from_pandas=True)
    codes, known = pd.factorize(values)
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32(), mask=codes < 0), pa.array(known, TEXT))


def _constant(frame: pd.DataFrame) -> dict[str, str]:
    first = {column: frame[column].iloc[0] for column in CONSTANT if column in frame and len(frame)}
    return {column: value for column, value in first.items() if (frame[column] == value).all()}


def _export(export: Export) -> dict[str, Any]:
    loaded = {"name": export.loaded.name, "digest": export.loaded.digest, "size": export.loaded.size}
    return {
        "loaded": loaded | {"problems": list(map(asdict, export.loaded.problems))},
        "parts": [_part(part) for part in export.parts],
        "left": asdict(export.left),
        "problems": list(map(asdict, export.problems)),
        "checks": list(map(asdict, export.checks)),
    }


def _part(part: Part) -> dict[str, Any]:
    sheets = knowledge().reports[part.report].sheets
    return {
        "file": part.file,
        "report": part.report,
        "sheet": sheets.index(part.spec),
        "rows": len(part.frame),
        "columns": list(part.frame.columns),
        "constant": _constant(part.frame),
        "words": [column for column in part.frame if part.frame[column].dtype == WORDS],
        "counts": asdict(part.counts),
        "problems": list(map(asdict, part.problems)),
    }


class _Rows:
    """The rows of a file, handed out part by part in the order they were kept."""

    def __init__(self, file: pq.ParquetFile) -> None:
        self.file, self.at = file, 0
        # Other files are read meanwhile, and of threads for a small one nothing is gained.
        self.whole = file.read(use_threads=False) if file.metadata.num_rows < MANY else None

    def next(self, kept: Mapping[str, Any]) -> pd.DataFrame:
        """The rows of the next part."""
        frame = self._one_by_one(kept) if self.whole is None else self._at_once(self.whole, kept)
        self.at += kept["rows"]
        return frame

    def _at_once(self, whole: pa.Table, kept: Mapping[str, Any]) -> pd.DataFrame:
        own = [name for name in kept["columns"] if name not in kept["constant"]]
        rows = whole.select(own).slice(self.at, kept["rows"])
        for name, fixed in kept["constant"].items():
            rows = rows.append_column(name, pa.chunked_array(repeated(fixed, kept["rows"]), TEXT))
        rows = rows.select(kept["columns"])
        frame: pd.DataFrame = rows.to_pandas(types_mapper=PANDAS.get, ignore_metadata=True, use_threads=False)
        return frame.assign(**{name: shared_words(frame[name]) for name in kept["words"]}) if kept["words"] else frame

    def _one_by_one(self, kept: Mapping[str, Any]) -> pd.DataFrame:
        columns: dict[str, pd.Series] = {}
        for name in kept["columns"]:
            fixed = kept["constant"].get(name)
            columns[name] = self._column(name, kept) if fixed is None else texts(repeated(fixed, kept["rows"]))
        return pd.DataFrame(columns, copy=False)

    def _column(self, name: str, kept: Mapping[str, Any]) -> pd.Series:
        # Column by column there is never a second copy of more than one.
        values = self.file.read(columns=[name]).column(name).slice(self.at, kept["rows"])
        series: pd.Series = values.to_pandas(types_mapper=PANDAS.get)
        return shared_words(series) if name in kept["words"] else series


def _to_export(kept: Mapping[str, Any], rows: _Rows) -> Export:
    one = kept["loaded"]
    return Export(
        Loaded(one["name"], one["digest"], one["size"], problems=_problems(one["problems"])),
        tuple(_to_part(part, rows.next(part)) for part in kept["parts"]),
        Counts(**kept["left"]),
        _problems(kept["problems"]),
        tuple(Check(**check) for check in kept["checks"]),
    )


def _to_part(kept: Mapping[str, Any], frame: pd.DataFrame) -> Part:
    sheet = knowledge().reports[kept["report"]].sheets[kept["sheet"]]
    counts, problems = Counts(**kept["counts"]), _problems(kept["problems"])
    return Part(kept["file"], kept["report"], sheet, frame, counts, problems)


def _problems(kept: Sequence[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(**problem) for problem in kept)
