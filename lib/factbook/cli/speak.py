"""What the command line prints: lines, tables and JSON; text from files is never read as markup."""

from __future__ import annotations

import json as spelling
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text as Line

from factbook.errors import IntakeError
from factbook.knowledge.engagement import engagement
from factbook.knowledge.problems import say
from factbook.records import Problem, Text

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

UNLIMITED = 10_000  # columns; a line in which everything fits

WORDS = {
    "learned": Text(
        "aliases.toml 里新增了这些列名；带 # 的不够有把握，核对后去掉 # 才生效：",
        "added to aliases.toml; those with # are less than likely: remove the # to use them:",
    ),
    "nothing_learned": Text("没有可以学的列名", "no header to learn"),
}


def line(text: str) -> None:
    """One line on standard output, at once: whoever reads a pipe waits for it."""
    out.print(Line(text))
    out.file.flush()


def fail(text: str) -> None:
    """The reason, on standard error."""
    err.print(Line(text))


def json(data: Mapping[str, Any]) -> None:
    """One JSON document; missing figures are null."""
    sys.stdout.write(spelling.dumps(data, ensure_ascii=False, indent=2, allow_nan=False, default=str) + "\n")


def intake(error: IntakeError) -> str:
    """Every problem of a folder, each on a line, in both languages' common form."""
    lines = [say(p, "zh") if isinstance(p, Problem) else str(p) for p in error.problems]
    english = [say(p, "en") if isinstance(p, Problem) else str(p) for p in error.problems]
    head = str(error).splitlines()[0]
    return "\n".join([head, *(f"  {a}\n  {b}" for a, b in zip(english, lines, strict=True))])


def width() -> int:
    """How many characters stand in a line; a file or a pipe has no end."""
    return out.width if out.is_terminal else UNLIMITED


def laid_out(folder: str, files: Iterable[tuple[Path, bool]], language: str) -> None:
    """What `factbook new` wrote, what it left alone, and what comes next."""
    words = engagement().said
    for path, written in files:
        line((words.written if written else words.kept)[language].format(path=path.as_posix()))
    line(words.next[language].format(folder=folder))


def learned(aliases: Sequence[Any], language: str) -> bool:
    """What `check --learn` wrote into aliases.toml (a likely header is used, another only remarked)."""
    fail(WORDS["learned" if aliases else "nothing_learned"][language])
    for alias in aliases:
        fail(f"  {'' if alias.sure else '# '}{alias.header} = {alias.target}  ({alias.place})")
    return bool(aliases)


def outcomes(done: Iterable[Any], folder: Path) -> None:
    """The end of a batch: who failed and why, and where the reports are."""
    done = list(done)
    for outcome in done:
        if not outcome.ok:
            fail(f"✗ {outcome.merchant}: {outcome.reason}")
    line(f"{sum(o.ok for o in done)}/{len(done)} · {folder / 'index.html'}")
