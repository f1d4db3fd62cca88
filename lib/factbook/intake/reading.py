"""A merchant's export files, read: from the cache where they are as they were, in pieces where they are big."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from factbook.intake import bulk
from factbook.intake.ahead import ahead
from factbook.intake.aliases import signature
from factbook.intake.cache import Cache, Stamp
from factbook.intake.files import Folder
from factbook.intake.read import Loaded, load_all
from factbook.intake.sheets import Export, export

OPENERS = 2  # opening a workbook releases the interpreter's lock, so two files are opened at a time
Aliases = Mapping[str, str]


@dataclass(frozen=True)
class _Opened:
    """A file as far as it could be read beside others."""

    path: Path
    name: str
    stamp: Stamp | None
    kept: Sequence[Export] = ()
    loaded: Sequence[Loaded] = ()


def read_files(found: Folder, aliases: Aliases) -> list[Export]:
    """Every export file of a folder, each with what it brought and what was wrong with it."""
    cache = Cache(found.path, signature(aliases))
    opened = ahead(lambda file: _opened(*file, cache), found.exports, OPENERS)
    return [export for one in opened for export in one.kept or _read(one, aliases, cache)]


def _opened(path: Path, name: str, cache: Cache) -> _Opened:
    stamp = None
    with suppress(OSError):  # said when the file is opened
        stamp = Stamp.of(path)
    kept = cache.get(path, name) if stamp else None
    if kept:
        return _Opened(path, name, stamp, kept)
    big = stamp is not None and stamp.size >= bulk.BIG
    return _Opened(path, name, stamp, loaded=() if big else load_all(path, name))


def _read(one: _Opened, aliases: Aliases, cache: Cache) -> list[Export]:
    whole = None if one.loaded else bulk.export(one.path, one.name, aliases)
    loaded = one.loaded if one.loaded or whole else load_all(one.path, one.name)
    exports = [whole] if whole else [_light(export(file, aliases)) for file in loaded]
    if one.stamp:
        cache.put(one.path, one.name, exports, one.stamp)
    return exports


def _light(read: Export) -> Export:
    # The cells have become tables; nobody needs them any more.
    return replace(read, loaded=replace(read.loaded, grids=()))
