"""The three places that name our dependencies, read without third-party help; run it to print the direct list."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_NAME = re.compile(r"^[A-Za-z0-9_.-]+")


def direct() -> list[str]:
    """The lines of the one `pip:` list in environment.yml."""
    text = (ROOT / "environment.yml").read_text("utf-8").split("- pip:")[1]
    return re.findall(r"^\s+- (.+)$", text, re.MULTILINE)


def declared() -> list[str]:
    """The run-time dependencies of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]


def locked() -> dict[str, set[str]]:
    """Package -> versions pinned in requirements.lock (one a platform at most)."""
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", lock_text(), re.MULTILINE):
        pins.setdefault(canonical(name), set()).add(version)
    return pins


def lock_text() -> str:
    return (ROOT / "requirements.lock").read_text("utf-8")


def canonical(requirement: str) -> str:
    """The bare, normalised name of a requirement."""
    match = _NAME.match(requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match.group()).lower()


if __name__ == "__main__":
    print("\n".join(direct()))
