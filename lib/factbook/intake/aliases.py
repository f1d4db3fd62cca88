"""What the headers of one engagement mean: aliases.toml in the merchant's folder, read, checked and added to.

[aliases]
"直播看播人数" = "直播间观看人数"    # a known header, or the name of a column such as "viewers"
"""

from __future__ import annotations

import json
import os
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from factbook.errors import FactbookError
from factbook.intake import headers
from factbook.intake.clean import shown
from factbook.knowledge.exports import exports
from factbook.knowledge.problems import one_line
from factbook.records import Case, Problem

FILE = "aliases.toml"
TABLE = "aliases"
SURE = 0.75  # likeness from which a suggestion is written to be used; a lesser one is written as a remark
DIRECT = "="  # marks a target that is a column and not a header


@dataclass(frozen=True)
class Alias:
    """A suggestion: an unknown header, the known one most like it, and where it stands."""

    header: str
    target: str
    place: str
    sure: bool


def read_aliases(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """By header as compared, the header (as compared) or `=column` it stands for; and what is wrong with the file."""
    path = folder / FILE
    if not path.is_file():
        return {}, []
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        return {}, [Problem("alias_toml", "warning", FILE, values={"found": str(error)})]
    table = data.get(TABLE, {})
    others = [name for name in data if name != TABLE or not isinstance(table, dict)]
    problems = [Problem("alias_table", "warning", FILE, column=name) for name in others]
    known: dict[str, str] = {}
    for header, target in (table if isinstance(table, dict) else {}).items():
        problem = _doubt(header, target)
        if problem:
            problems.append(problem)
        else:
            known[headers.normal(header)] = _meant(target)
    return known, problems


def _doubt(header: str, target: Any) -> Problem | None:
    """Why an alias cannot be used; None where it can."""
    key = headers.normal(header)
    if key in headers.private():
        return Problem("alias_private", "warning", FILE, column=header)
    if key in headers.vocabulary():
        return Problem(
            "alias_known", "warning", FILE, column=header, values={"near": headers.spelled(headers.vocabulary()[key])}
        )
    if not isinstance(target, str) or not (target in exports().columns or _is_header(target)):
        return Problem(
            "alias_target", "warning", FILE, column=header, values={"found": shown(target), "near": _near(target)}
        )
    return None


def _is_header(target: str) -> bool:
    key = headers.normal(target)
    return key in headers.vocabulary() or key in headers.words_of_sheets()


def _meant(target: str) -> str:
    return f"{DIRECT}{target}" if target in exports().columns else headers.normal(target)


def _near(target: Any) -> str:
    if not isinstance(target, str):
        return "—"
    names = get_close_matches(target, list(exports().columns), n=1, cutoff=0.6)
    return (names[0] if names else headers.nearest(target)) or "—"


def suggestions(case: Case) -> tuple[Alias, ...]:
    """For each header that was not known, the known one most like it; each header once."""
    found: dict[str, Alias] = {}
    for problem in case.problems:
        target = problem.values.get("near", "")
        if problem.code == "header_unknown" and target:
            sure = headers.likeness(problem.column, target) >= SURE
            place = one_line(" › ".join(part for part in (problem.file, problem.sheet) if part))
            found.setdefault(headers.normal(problem.column), Alias(problem.column, target, place, sure))
    return tuple(found.values())


def learn(folder: Path, case: Case) -> tuple[Alias, ...]:
    """Write the suggestions of a case into aliases.toml, those that are not sure as remarks; what is there stays.

    Returns what was written. Raises FactbookError where the file is there and is no TOML, and OSError.
    """
    path = folder / FILE
    text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    there = _there(text, path)
    new = tuple(alias for alias in suggestions(case) if headers.normal(alias.header) not in there)
    if new:
        _write(path, _with(text, [_line(alias) for alias in new]))
    return new


def _there(text: str, path: Path) -> frozenset[str]:
    """The headers the file speaks of, also in remarks, as headers are compared."""
    try:
        table = tomllib.loads(text).get(TABLE, {})
        if not isinstance(table, dict):
            raise FactbookError(f"{path.name}: {TABLE} is no table; write [{TABLE}] on a line of its own")
        remarks = [_remarked(line) for line in text.splitlines() if line.lstrip().startswith("#")]
    except tomllib.TOMLDecodeError as error:
        raise FactbookError(f"{path.name} cannot be read ({error}); mend or remove it, then run again") from error
    return frozenset(map(headers.normal, (*table, *filter(None, remarks))))


def _remarked(line: str) -> str:
    try:
        return next(iter(tomllib.loads(line.lstrip("# "))), "")
    except tomllib.TOMLDecodeError:
        return ""


def _line(alias: Alias) -> str:
    said = f"{_quoted(alias.header)} = {_quoted(alias.target)}  # {alias.place}"
    return said if alias.sure else f"# {said}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _with(text: str, lines: Iterable[str]) -> str:
    """The text with lines added to its table, after what stands there."""
    rows = text.splitlines()
    if f"[{TABLE}]" not in [row.strip() for row in rows]:
        rows = [*rows, *([""] if rows else []), f"[{TABLE}]"]
    start = next(place for place, row in enumerate(rows) if row.strip() == f"[{TABLE}]") + 1
    end = next((place for place in range(start, len(rows)) if rows[place].lstrip().startswith("[")), len(rows))
    while end > start and not rows[end - 1].strip():
        end -= 1
    return "\n".join([*rows[:end], *lines, *rows[end:]]) + "\n"


def _write(path: Path, text: str) -> None:
    # The file takes its place whole, or not at all.
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".aliases", suffix=".part")
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def signature(aliases: Mapping[str, str]) -> str:
    """The aliases as one text, by which a kept reading is known to rest on them."""
    return json.dumps(sorted(aliases.items()), ensure_ascii=False)
