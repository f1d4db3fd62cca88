"""One case: a good report, damaged, written, read, and held against what it was."""

from __future__ import annotations

import io
import random
import shutil
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from factbook.errors import IntakeError
from factbook.intake import headers, printed, read_case, reconcile, summary
from factbook.knowledge.exports import exports
from factbook.knowledge.problems import say
from factbook.records import Case, Problem
from tests.intake.build import csv_file
from tests.intake.damage import bytewise, cells, layout
from tests.intake.damage.draft import Draft, draft, written
from tests.intake.damage.good import Good, all_good

Totals = dict[tuple[str, str], tuple[float, int]]  # by table and column: the sum, and how many cells there are
BESIDE = "运单.csv"  # a good file of another report beside every damaged one
SAID = ("error", "set_aside", "warning")
NAMES = ("x", "报表 (1)", "<img src=x onerror=alert(1)>", "=cmd", "🦊 2026_10_01~2026_10_31", "a" * 120, "{0}%s")
HARMS: tuple[Callable[[Draft, str, random.Random], bool], ...] = (*layout.ANY, *layout.FREE, *cells.ANY, *cells.FREE)


@dataclass
class Outcome:
    """What became of a case: its harms, and everything that went wrong."""

    seed: str
    kind: str
    harms: tuple[str, ...]
    wrong: list[str] = field(default_factory=list)
    unaccounted: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    @property
    def fine(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.wrong or self.unaccounted or self.crashes)

    def __str__(self) -> str:
        lines = [*self.wrong, *self.unaccounted, *self.crashes]
        return "\n    ".join([f"{self.seed} {self.kind}: {' + '.join(self.harms)}", *lines[:6]])


def trial(seed: str) -> Outcome:
    """One case, the same for the same seed."""
    rng = random.Random(seed)
    good = rng.choice(all_good())
    one = draft(good, rng)
    one.touched = touched(good.kind)
    data = _no_report(one, rng) if rng.random() < 0.06 else _damaged(one, rng)
    outcome = Outcome(seed, f"{good.kind} {one.form}", tuple(one.harms))
    with tempfile.TemporaryDirectory(prefix="damage") as folder:
        path = _placed(Path(folder), one, data)
        try:
            _judge(outcome, one, path.name, *_read(Path(folder)))
        except Exception:  # whatever it is, it is what is looked for here
            outcome.crashes.append(traceback.format_exc())
    return outcome


def _no_report(one: Draft, rng: random.Random) -> bytes:
    harm = rng.choice(bytewise.NO_REPORTS)
    one.readable, one.harms = False, [harm.__name__]
    return harm(one, rng)


def _damaged(one: Draft, rng: random.Random) -> bytes:
    for _ in range(rng.choice([1, 1, 2, 2, 3])):
        sheet = rng.choice(list(one.sheets))
        pool = HARMS if one.good.plain else (*layout.ANY, *cells.ANY)
        harm = rng.choice(pool)
        lossy = harm.__name__.startswith("column_") and (one.gone or one.doubtful)  # one lost header at a time
        if harm.__name__ not in one.harms and not lossy and len(one.body(sheet)) and harm(one, sheet, rng):
            one.harms.append(harm.__name__)
    texts = bytewise.TEXTS if one.form != "xlsx" and one.good.plain else ()
    data = None
    if rng.random() < 0.35:
        harm_bytes = rng.choice((*texts, *texts, *bytewise.BYTES))
        data = harm_bytes(one, rng)
        one.harms += [harm_bytes.__name__] if data is not None else []
    data = written(one) if data is None else data
    one.packed, one.twice = rng.random() < 0.1, rng.random() < 0.08
    one.suffix = rng.choice(["", "", "", ".xlsx", ".csv", ".xls", ".txt"])
    one.harms += [name for name in ("packed", "twice") if getattr(one, name)] + [one.form, one.suffix]
    return data


def _placed(folder: Path, one: Draft, data: bytes) -> Path:
    exports_ = folder / "exports"
    exports_.mkdir()
    (folder / "merchant.toml").write_text(f'name = "样例"\nown_accounts = ["{one.good.own}"]\n', "utf-8")
    csv_file(
        exports_ / BESIDE, [["运单号", "订单编号", "揽件时间", "发货时间"], ["SF1", "9", "2026-10-03 09:00:00", "-"]]
    )
    names = [one.file, f"{one.file[:-4]} (1){one.file[-4:]}"][: 1 + one.twice]
    for name in names:
        if one.packed:
            data_ = io.BytesIO()
            with zipfile.ZipFile(data_, "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr(f"导出/{name}", data)
            (exports_ / f"{name}.zip").write_bytes(data_.getvalue())
        else:
            (exports_ / name).write_bytes(data)
    return exports_ / (f"{one.file}.zip/导出/{one.file}" if one.packed else one.file)


def _read(folder: Path) -> tuple[Case | None, tuple[Problem, ...]]:
    """The case with everything that is said of it; None and the problems where nothing could be read."""
    try:
        case = read_case(folder)
    except IntakeError as error:
        str(error)
        return None, tuple(error.problems)
    summary(case)
    for problem in case.problems:
        for language in ("zh", "en"):
            assert "\n" not in say(problem, language)
    return case, case.problems


def _judge(outcome: Outcome, one: Draft, name: str, case: Case | None, problems: tuple[Problem, ...]) -> None:
    mine = [problem for problem in problems if problem.file != BESIDE]
    if case is None:
        outcome.unaccounted.append("the file beside it was not read")
        return
    outcome.unaccounted += _fates(case, one)
    if one.survive:
        return
    if not one.readable:
        if not any(problem.severity == "error" for problem in mine) or any(totals(case).values()):
            outcome.wrong.append(f"no error for {one.harms}: {totals(case)}")
        return
    outcome.wrong += _wrong(one, totals(case), mine) + _nameless(one, case)


def _fates(case: Case, one: Draft) -> Iterator[str]:
    held = pd.concat([frame["_file"] for frame in case.tables.values()]).value_counts()
    for file in case.files:
        fates = (file.kept, file.set_aside, file.duplicates, file.header, file.totals, file.blank)
        if file.rows != sum(fates) or min(fates) < 0 or file.kept != int(held.get(file.name, 0)):
            yield f"{file.name}: {file.rows} rows, {fates}, {int(held.get(file.name, 0))} held"
        rows = one.cut_at or one.rows
        if file.name != BESIDE and file.read and one.readable and not one.survive and file.rows != rows:
            yield f"{file.name}: {file.rows} of {rows} rows seen"
        if file.name != BESIDE and not file.read and not any(p.severity == "error" for p in case.problems):
            yield f"{file.name}: unread and unsaid"


def totals(case: Case) -> Totals:
    """The sums of all figures and days of the damaged file."""
    found: Totals = {}
    for table, frame in case.tables.items():
        mine = frame[frame["_file"] != BESIDE]
        for column in (column for column in mine if column not in ("_row", "_file", "_sheet")):
            values = mine[column]
            if values.dtype.kind == "M":
                values = (values - pd.Timestamp(2026, 1, 1)).dt.total_seconds() / 86_400
            if values.dtype.kind == "f" and values.notna().any():
                found[table, str(column)] = float(values.sum()), int(values.notna().sum())
    return found


def _wrong(one: Draft, found: Totals, problems: list[Problem]) -> list[str]:
    truths = [truth(one.good.kind, one.form, frozenset())]
    truths += [truth(one.good.kind, one.form, frozenset(one.lost))] if one.lost else []
    said = [problem for problem in problems if problem.severity in SAID]
    lists = [list(_apart(one, found, known, problems, said, place > 0)) for place, known in enumerate(truths)]
    return min(lists, key=len)


def _apart(
    one: Draft, found: Totals, known: Totals, problems: list[Problem], said: list[Problem], lost: bool
) -> Iterator[str]:
    gone, doubtful = ({name for header in some for name in columns(header)} for some in (one.gone, one.doubtful))
    if lost and not said:
        yield "rows were lost unsaid"
    for key in known | found:
        is_, was = found.get(key, (0.0, 0)), known.get(key, (0.0, 0))
        if is_[1] == was[1] and abs(is_[0] - was[0]) <= 1e-6 * max(1.0, abs(was[0])):
            continue
        allowed = (
            (key[1] in gone and is_[1] < was[1])
            or (one.loose and said)
            or (key[1] in doubtful | gone and _named(problems))
        )
        allowed = allowed or (bool(one.gone | one.doubtful) and not is_[1] and any(map(_unread, said)))
        # Without a header it needs a sheet may be taken for one of another report, which is said.
        allowed = allowed or (bool(one.gone | one.doubtful) and any(p.code == "column_missing" for p in said))
        allowed = allowed or (not is_[1] and any(key[1] in columns(name) for name in _untold(said)))
        if not allowed:
            yield f"{key}: {was} became {is_}; said {[(p.code, p.severity, p.column, p.row) for p in problems]}"


def _unread(problem: Problem) -> bool:
    """Whether a problem says that a whole file or sheet was not used."""
    return problem.severity == "error" or problem.code.startswith("sheet_")


def _untold(said: list[Problem]) -> list[str]:
    """The headers of which a warning says that what they hold cannot be told, so that they are missing."""
    return [
        name for problem in said if problem.code == "cumulative_unclear" for name in problem.values["names"].split("\n")
    ]


def _named(problems: list[Problem]) -> bool:
    return any(problem.severity in SAID or problem.code.startswith("header") for problem in problems)


def _nameless(one: Draft, case: Case) -> list[str]:
    if one.lost or one.loose or one.doubtful:
        return []
    words = {
        word
        for frame in case.tables.values()
        for column in frame
        if frame[column].dtype == "str"
        for word in frame[column].dropna()
    }
    return [f"{name!r} is not in the tables" for name in one.names if name.strip() not in words]


@cache
def truth(kind: str, form: str, without: frozenset[tuple[str, int]]) -> Totals:
    """The totals of a good report, less some of its rows."""
    good = next(good for good in all_good() if good.kind == kind)
    sheets = {
        name: [row for at, row in enumerate(rows) if (name, at) not in without] for name, rows in good.sheets.items()
    }
    one = draft(Good(good.kind, good.file, sheets, good.plain, good.own), random.Random(0), "xlsx")
    folder = Path(tempfile.mkdtemp(prefix="truth"))
    try:
        _placed(folder, one, written(one))
        return totals(read_case(folder))
    finally:
        shutil.rmtree(folder)


@cache
def columns(header: str) -> frozenset[str]:
    """The columns a header may mean, here or there."""
    key, known = headers.normal(header), exports()
    own = [sheet.headers for report in known.reports.values() for sheet in report.sheets]
    found = {column for some in own for name, column in some.items() if headers.normal(name) == key}
    found |= {headers.canonical(header) or ""}
    return frozenset(found.union(*(known.columns[name].into for name in found if name)))


@cache
def touched(kind: str) -> dict[str, frozenset[str]]:
    """By sheet, the headers of figures that others of the same file can tell to be wrong."""
    good = next(good for good in all_good() if good.kind == kind)
    one = draft(good, random.Random(0), "xlsx")
    folder = Path(tempfile.mkdtemp(prefix="touched"))
    try:
        _placed(folder, one, written(one))
        case = read_case(folder)
    finally:
        shutil.rmtree(folder)
    found = {sheet: set(_touched(case, sheet)) for sheet in good.sheets}
    heads = {sheet: [str(header) for header in rows[0]] for sheet, rows in good.sheets.items()}
    return {sheet: frozenset(h for h in heads[sheet] if columns(h) & found[sheet]) for sheet in good.sheets}


def _touched(case: Case, sheet: str) -> Iterator[str]:
    for table, frame in case.tables.items():
        rows = frame[(frame["_sheet"] == sheet) & (frame["_file"] != BESIDE)]
        if rows.empty:
            continue
        for one in printed.quotients(rows.columns):
            some = rows[[one.name, one.top, one.bottom]].dropna()
            if (some > 0).all(axis=1).any():
                yield from (one.name, one.top, one.bottom)
        if table == "trade_daily":
            yield from (*reconcile.METRICS, *reconcile.PARTS_OF_GMV)
        if table in ("accounts", "terminals"):
            yield from reconcile.METRICS
        if table == "sessions":
            yield from ("gmv_cny", "net_gmv_cny", "refund_1h_cny")
