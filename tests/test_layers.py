"""A room imports only from rooms to its left, and third-party guests stay in theirs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.environment import ROOT

LIBRARY = ROOT / "lib" / "factbook"
ROOMS = (
    "errors fmt records knowledge form samples methods intake measures judgement diagnosis display live render cli"
).split()

# Where each heavy guest may be imported; a guest that is not named here may be used from `records` on.
GUESTS = {
    "pydantic": {"knowledge"},
    "xlsxwriter": {"form", "samples", "render"},
    "scipy": {"methods"},
    "python_calamine": {"form", "intake"},
    "pyarrow": {"intake"},
    "matplotlib": {"display"},
    "seaborn": {"display"},
    "ipywidgets": {"live"},
    "anywidget": {"live"},
    "papermill": {"render"},
    "nbformat": {"render"},
    "nbclient": {"render"},
    "nbconvert": {"render"},
    "fontTools": {"display", "render"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def modules() -> list[Path]:
    return sorted(path for path in LIBRARY.rglob("*.py") if path != LIBRARY / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            yield from (f"{base}.{alias.name}" for alias in node.names)


def test_every_module_belongs_to_a_room() -> None:
    """No file stands outside the written order."""
    assert {room(path) for path in modules()} <= set(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(LIBRARY)))
def test_a_module_imports_only_from_rooms_to_its_left(path: Path) -> None:
    """The road runs one way; the failing message names both ends."""
    here = ROOMS.index(room(path))
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "factbook" and len(parts) > 1:
            assert parts[1] in ROOMS, f"{path.relative_to(LIBRARY)} imports {name}, which is no room"
            assert ROOMS.index(parts[1]) <= here, f"{path.relative_to(LIBRARY)} imports {name}, to its right"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(LIBRARY)))
def test_a_guest_stays_in_its_room(path: Path) -> None:
    """A third-party library is imported only where design.md gives it a place."""
    for name in imports(path):
        guest = name.split(".")[0]
        assert room(path) in GUESTS.get(guest, {room(path)}), f"{guest} is not a guest of {room(path)}"


def test_the_first_rooms_need_no_guest_at_all() -> None:
    """errors and fmt start without pandas."""
    for name in ("errors.py", "fmt.py"):
        assert not {n.split(".")[0] for n in imports(LIBRARY / name)} & {"pandas", "numpy"}
