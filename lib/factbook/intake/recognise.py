"""Which report a sheet is, told by its headers; its name decides between sheets with equal headers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from factbook.intake import headers
from factbook.intake.given import found_beside
from factbook.intake.grid import Cell, Grid
from factbook.intake.tops import Top, top
from factbook.knowledge.exports import Sheet, exports, listed
from factbook.records import Period

Rank = Callable[["_Fit"], tuple[int, ...]]
ENOUGH = 0.8  # share of a sheet's headers that must be known when one it needs is missing
MORE = 3  # headers by which a kind that lacks one must be ahead of those that lack none
AT_HOME = 2  # sheet names of a report by which its workbook is known


@dataclass(frozen=True)
class Around:
    """What is known of a sheet besides its cells: the file's name, the sheets beside it, the engagement's aliases."""

    file: str = ""
    sheets: frozenset[str] = frozenset()  # names of the workbook's sheets, as names are compared
    aliases: Mapping[str, str] = field(default_factory=dict)
    report: str = ""  # what the other sheets of the workbook are


@dataclass(frozen=True)
class Kind:
    """A sheet of a report; headers as canonical columns, `own` those that mean another column here than elsewhere."""

    report: str
    sheet: Sheet
    own: Mapping[str, str]
    signature: frozenset[str]
    options: frozenset[str]
    without: frozenset[str]
    listed: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """The sheet's names as names are compared; empty where the report has none."""
        return frozenset(map(plain, self.sheet.names))

    def column(self, key: str) -> str | None:
        """The canonical column of a header (as compared) in this sheet."""
        elsewhere = anywhere(key)
        return self._own(key, elsewhere) or elsewhere

    def columns(self, words: Words) -> frozenset[str]:
        """The columns of many headers in this sheet."""
        if not self.own:
            return words.columns
        mine = {key: self.own[key] for key in self.own.keys() & words.known.keys()}
        mine |= {key: found for key in words.strange if (found := headers.own_column(key, self.own))}
        if not mine:
            return words.columns
        return _with_pieces(filter(None, (words.known | mine).values()))

    def _own(self, key: str, elsewhere: str | None) -> str | None:
        # Only a header that is known nowhere may be one of this sheet's without its end.
        return self.own.get(key) if elsewhere else headers.own_column(key, self.own)


@dataclass(frozen=True)
class Words:
    """The headers of a sheet (as compared) with what each means elsewhere, and those that mean nothing there."""

    known: dict[str, str | None]
    columns: frozenset[str]
    strange: tuple[str, ...]

    @classmethod
    def of(cls, found: Top) -> Words:
        """The headers of one row."""
        known = {header.key: anywhere(header.key) for header in found.headers}
        strange = tuple(key for key, column in known.items() if column is None)
        return cls(known, _with_pieces(filter(None, known.values())), strange)


def _with_pieces(columns: Iterable[str]) -> frozenset[str]:
    """Columns, and for a name with an id both of them."""
    specs, named = exports().columns, frozenset(columns)
    return named.union(*(specs[column].into for column in named if specs[column].kind == "name_id"))


def anywhere(key: str) -> str | None:
    """The canonical column of a header (as compared) wherever it is not given a meaning of its own."""
    return key[1:] if key[:1] == "=" else headers.column_of(key)


@dataclass(frozen=True)
class Recognised:
    """A sheet whose report is known: where its headers stand and which column each one is."""

    report: str
    sheet: Sheet
    header_row: int  # position in the grid
    positions: Mapping[str, int]  # canonical column -> position
    labels: Mapping[str, str]  # canonical column -> header as the file spells it
    missing: tuple[str, ...] = ()  # canonical columns of the signature that are not there
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    aliased: tuple[str, ...] = ()  # headers known through the engagement's aliases
    cut: tuple[str, ...] = ()  # canonical columns whose header lost its end
    given: Mapping[str, Cell] = field(default_factory=dict)  # columns that stand elsewhere, as they are written there
    period: Period | None = None  # what the lines above the headers, or the file's name, speak of


@dataclass(frozen=True)
class Unmatched:
    """A sheet no report claims: the nearest one and the headers that are missing, if any resembles it."""

    report: str = ""
    sheet: str = ""
    missing: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()  # names of sheets with the same headers


@dataclass(frozen=True)
class _Fit:
    """How well a sheet's headers are those of one kind."""

    kind: Kind
    found: frozenset[str]
    lacking: int
    covered: int

    @property
    def weight(self) -> int:
        """How much the kind asked for."""
        sheet = self.kind.sheet
        return len(self.kind.signature) + (sheet.at_least if sheet.any else 0) + len(sheet.literal)


def plain(name: str) -> str:
    """A sheet's or a file's name as names are compared."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


@cache
def kinds() -> tuple[Kind, ...]:
    """Every sheet of every report."""
    return tuple(_kind(id, sheet) for id, report in exports().reports.items() for sheet in report.sheets)


def _kind(report: str, sheet: Sheet) -> Kind:
    own = {headers.normal(header): column for header, column in sheet.headers.items()}

    def columns(spelled: Iterable[str]) -> frozenset[str]:
        keys = map(headers.normal, spelled)
        return frozenset(filter(None, (headers.own_column(key, own) or headers.column_of(key) for key in keys)))

    asked = (columns(sheet.signature), columns(sheet.any), columns(sheet.without))
    return Kind(report, sheet, own, *asked, listed(sheet.table))


def recognise(grid: Grid, around: Around | None = None) -> Recognised | Unmatched:
    """The report and sheet a grid is, or the nearest one with what it lacks."""
    beside = around or Around()
    found = top(grid, beside.aliases)
    chosen = _chosen(found, grid.name, beside)
    if isinstance(chosen, Unmatched):
        return chosen
    known = _read(found, chosen)
    period, given = found_beside(grid.head()[: found.row + 1 - found.depth], beside.file, known.report, known.sheet)
    return replace(known, period=period, given={name: cell for name, cell in given.items() if name in chosen.listed})


def _chosen(found: Top, name: str, around: Around) -> Kind | Unmatched:
    words = Words.of(found)
    fits = [fit for kind in kinds() if (fit := _fit(kind, words, around))]
    named = [fit for fit in fits if plain(name) in fit.kind.names]
    others = [fit for fit in fits if not fit.kind.sheet.book_only]
    at_home = [fit for fit in others if fit.kind.report == around.report]
    # A sheet that has all it needs is the kind that asked for most; one that lacks a header, the best explained.
    groups = (
        (_whole(named), _asked),
        (_nearly(named, found), _explained),
        (_whole(at_home), _asked),
        (_better(_nearly(others, found), _whole(others)), _explained),
        (_whole(others), _asked),
        (_nearly(others, found), _explained),
    )
    return next((_closest(group, rank, name, around) for group, rank in groups if group), None) or _nearest(fits)


def _asked(fit: _Fit) -> tuple[int, ...]:
    return fit.weight, fit.covered, len(fit.kind.sheet.file_words)


def _explained(fit: _Fit) -> tuple[int, ...]:
    return fit.covered, fit.weight


def _whole(fits: Iterable[_Fit]) -> list[_Fit]:
    return [fit for fit in fits if not fit.lacking]


def _nearly(fits: Iterable[_Fit], found: Top) -> list[_Fit]:
    # One header it needs may have been renamed, where nearly all the others are known.
    if found.share < ENOUGH:
        return []
    return [fit for fit in fits if fit.lacking == 1 and fit.weight >= 3 and fit.found]


def _better(nearly: Sequence[_Fit], whole: Sequence[_Fit]) -> list[_Fit]:
    """Kinds that lack one header, but know so many more of the others that no kind without a lack is likelier."""
    known = max((fit.covered for fit in whole), default=0)
    return [fit for fit in nearly if whole and fit.covered >= known + MORE]


def _fit(kind: Kind, words: Words, around: Around) -> _Fit | None:
    sheet = kind.sheet
    if sheet.book_only and not _at_home(kind, around):
        return None
    if sheet.file_words and not any(plain(word) in plain(around.file) for word in sheet.file_words):
        return None
    if not all(any(word in key for key in words.known) for word in sheet.literal):
        return None
    found = kind.columns(words)
    if kind.without & found:
        return None
    short = sheet.at_least - len(kind.options & found) if kind.options else 0
    return _Fit(kind, found, len(kind.signature - found) + max(short, 0), len(found & kind.listed))


def _at_home(kind: Kind, around: Around) -> bool:
    return len(_names_of(kind.report) & around.sheets) >= AT_HOME


@cache
def _names_of(report: str) -> frozenset[str]:
    return frozenset(plain(name) for sheet in exports().reports[report].sheets for name in sheet.names)


def _closest(fits: Sequence[_Fit], rank: Rank, name: str, around: Around) -> Kind | Unmatched:
    most = max(map(rank, fits))
    best = [fit for fit in fits if rank(fit) == most]
    if len(best) > 1:
        # Three sheets of 成交分析 have the same headers: part of the name is enough to tell them apart.
        part = plain(name) or plain(around.file)
        best = [fit for fit in best if any(one in part for one in fit.kind.names)] or best
    if len(best) > 1:
        names = tuple(fit.kind.sheet.name or exports().reports[fit.kind.report].zh for fit in best)
        return Unmatched(best[0].kind.report, best[0].kind.sheet.name, ambiguous=names)
    return best[0].kind


def _nearest(fits: Sequence[_Fit]) -> Unmatched:
    near = [fit for fit in fits if fit.kind.signature & fit.found]
    if not near:
        return Unmatched()

    def rank(fit: _Fit) -> tuple[float, int, int]:
        there = len(fit.kind.signature & fit.found)
        return there / len(fit.kind.signature), there, fit.covered

    best = max(near, key=rank)
    spelled = {best.kind.column(headers.normal(header)): header for header in best.kind.sheet.signature}
    lacking = tuple(header for column, header in spelled.items() if column not in best.found)
    return Unmatched(best.kind.report, best.kind.sheet.name, lacking or best.kind.sheet.any)


def _read(top: Top, kind: Kind) -> Recognised:
    positions: dict[str, int] = {}
    labels: dict[str, str] = {}
    unknown: list[str] = []
    twice: list[str] = []
    for header in top.headers:
        column = kind.column(header.key)
        if column is None:
            unknown.append(header.label)
        elif column in positions:
            twice.append(header.label)
        else:
            positions[column], labels[column] = header.position, header.label
    keys = {header.label: header.key for header in top.headers}
    strange = tuple(label for label in unknown if not headers.is_silent(label))
    aliased = tuple(label for label in labels.values() if keys[label] != headers.normal(label))
    missing = tuple(sorted(kind.signature - _with_pieces(positions)))
    cut = tuple(column for column, label in labels.items() if _is_cut(keys[label], kind))
    return Recognised(kind.report, kind.sheet, top.row, positions, labels, missing, strange, tuple(twice), aliased, cut)


def _is_cut(key: str, kind: Kind) -> bool:
    return key not in kind.own and key not in headers.vocabulary() and not key.startswith("=")
