"""Which folders are merchants: one that holds exports/ or report files, else a parent of such folders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from factbook.intake import is_merchant

EMPTY = "holds no exports/, no .xlsx and no .csv"
_ASIDE = (".", "_", "~")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A folder to render; `reason` says why it cannot be."""

    folder: Path
    reason: str = ""


def candidates(folders: Iterable[Path]) -> tuple[Candidate, ...]:
    """Every merchant below the folders, once; what cannot be rendered comes along with the reason."""
    found = [candidate for folder in folders for candidate in _below(Path(folder).resolve())]
    kept: dict[str, Candidate] = {}
    clashes = []
    for candidate in {c.folder: c for c in found}.values():
        first = kept.setdefault(candidate.folder.name, candidate)
        if first is not candidate:
            reason = f"another merchant's folder is called {candidate.folder.name} too; rename one of them"
            clashes.append(Candidate(candidate.folder, reason))
    return (*kept.values(), *clashes)


def _below(folder: Path) -> list[Candidate]:
    if not folder.is_dir():
        return [Candidate(folder, f'folder "{folder.name}" does not exist')]
    if is_merchant(folder):
        return [Candidate(folder)]
    visible = (path for path in sorted(folder.iterdir()) if not path.name.startswith(_ASIDE))
    children = [path for path in visible if path.is_dir()]
    if not any(is_merchant(child) for child in children):
        return [Candidate(folder, f"{folder.name} {EMPTY}, and no merchant's folder")]
    return [Candidate(child, "" if is_merchant(child) else f"{child.name} {EMPTY}") for child in children]
