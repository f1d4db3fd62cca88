"""Where a table's headers stand: in one row, or in two with merged cells above; below titles, above its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from factbook.intake import headers
from factbook.intake.grid import Cell, Grid, is_empty

SURE = 0.75  # share of a row's cells that are known headers, from which no other row is looked at
LIKELY = 0.6  # from which a row further down begins another table
FEW = 3  # headers a row must have for that


@dataclass(frozen=True)
class Header:
    """One header: its place, as the file spells it, and as headers are compared (an alias already followed)."""

    position: int
    label: str
    key: str


@dataclass(frozen=True)
class Top:
    """A row (or two) of headers; `row` is the last of them."""

    row: int
    headers: tuple[Header, ...]
    known: int
    depth: int = 1

    @property
    def share(self) -> float:
        """The share of its cells that are known."""
        return self.known / len(self.headers) if self.headers else 0.0


NOTHING = Top(0, (), 0)


def is_known(key: str) -> bool:
    """Whether a header is known to any sheet, be it as one that says nothing."""
    return key[:1] == "=" or key in headers.words_of_sheets() or headers.column_of(key) is not None


def top(grid: Grid, aliases: Mapping[str, str]) -> Top:
    """The headers of a grid: the row with most known ones; two rows where only together they are known."""
    rows = grid.head()
    best = NOTHING
    for number, row in enumerate(rows):
        for found in (_single(number, row, aliases), *_paired(number, rows, grid, aliases)):
            best = max(best, found, key=lambda top: (top.known, -top.depth))
        if best.known >= FEW and best.share >= SURE:
            break
    return best


def of_row(number: int, row: Sequence[Cell], aliases: Mapping[str, str]) -> Top:
    """A row as headers, known or not."""
    return _single(number, row, aliases)


def _single(number: int, row: Sequence[Cell], aliases: Mapping[str, str]) -> Top:
    labels = ((place, cell.strip()) for place, cell in enumerate(row) if isinstance(cell, str))
    return _made(number, [_header(place, label, aliases) for place, label in labels if headers.folded(label)])


def _header(place: int, label: str, aliases: Mapping[str, str]) -> Header:
    key = headers.normal(label)
    return Header(place, label, aliases.get(key, key))


def _made(number: int, found: list[Header], depth: int = 1) -> Top:
    # A header that is known to say nothing counts neither way.
    said = [header for header in found if not headers.is_silent(header.label) or is_known(header.key)]
    return Top(number, tuple(found), sum(is_known(header.key) for header in said), depth)


def _paired(number: int, rows: list[list[Cell]], grid: Grid, aliases: Mapping[str, str]) -> Iterator[Top]:
    if number + 1 >= len(rows) or not _may_be_upper(rows[number], rows[number + 1]):
        return
    upper = _spread(number, rows[number], grid)
    found = [
        _joined(place, above, below, aliases)
        for place, (above, below) in enumerate(zip(upper, rows[number + 1], strict=True))
        if not (is_empty(above) and is_empty(below))
    ]
    yield _made(number + 1, found, depth=2)


def _may_be_upper(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    # Merged cells leave gaps behind them; the row below is made of words.
    gaps = any(is_empty(cell) for cell in upper) and any(not is_empty(cell) for cell in upper)
    words = [cell for cell in lower if not is_empty(cell)]
    return gaps and len(words) > 1 and all(isinstance(cell, str) and not cell.strip()[:1].isdigit() for cell in words)


def _spread(number: int, row: Sequence[Cell], grid: Grid) -> list[Cell]:
    """The upper row with each merged cell over all its columns."""
    areas = [area for area in grid.merged if area[0][0] == number and area[0][1] < area[1][1]]
    filled = list(row)
    if areas:
        for (_, first), (_, last) in areas:
            filled[first : last + 1] = [row[first]] * (min(last, len(row) - 1) - first + 1)
        return filled
    for place in range(1, len(filled)):  # text files keep no merged cells: a gap belongs to the header before it
        if is_empty(filled[place]):
            filled[place] = filled[place - 1]
    return filled


def _joined(place: int, above: Cell, below: Cell, aliases: Mapping[str, str]) -> Header:
    words = [str(cell).strip() for cell in (above, below) if not is_empty(cell)]
    if len(words) < 2 or words[0] == words[1]:
        return _header(place, words[-1], aliases)
    spelled = ("".join(words), f"{words[0]}({words[1]})", words[1])
    known = (header for label in spelled if is_known((header := _header(place, label, aliases)).key))
    return next(known, _header(place, f"{words[0]}·{words[1]}", aliases))
