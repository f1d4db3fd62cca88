"""README says what is there, and what it tells people to type exists."""

from __future__ import annotations

import re
import subprocess

import pytest

from factbook.cli.app import app
from tests.environment import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_every_path_of_the_tree_exists_and_is_tracked() -> None:
    """The tree drawn in README is the tree in the repository."""
    tree = README.split("## The tree")[1].split("```")[1]
    paths = [line.split()[0] for line in tree.strip().splitlines()]
    tracked = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files"], cwd=ROOT, capture_output=True, text=True
    ).stdout.splitlines()
    for path in paths:
        assert any(name == path or name.startswith(path) for name in tracked), path


def test_every_top_level_folder_and_file_stands_in_the_tree() -> None:
    """Nothing at the top level goes unmentioned, dot files apart."""
    tracked = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files"], cwd=ROOT, capture_output=True, text=True
    ).stdout.splitlines()
    top = {name.split("/")[0] for name in tracked} - {"README.md"}
    assert all(name in README for name in top if not name.startswith("."))


@pytest.mark.parametrize(
    "verb", sorted(set(re.findall(r"^make (\w+)", README, re.MULTILINE) + re.findall(r"`make (\w+)", README)))
)
def test_every_make_verb_of_the_readme_exists(verb: str) -> None:
    """`make report` and its siblings are targets of the Makefile."""
    assert re.search(rf"^{verb}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    "verb",
    sorted(set(re.findall(r"factbook (check|diagnose|render|meet|samples|new|verify|explain)\b", README))),
)
def test_every_factbook_verb_of_the_readme_exists(verb: str) -> None:
    """`factbook check` and its siblings are commands."""
    assert verb in {command.callback.__name__ for command in app.registered_commands if command.callback}


def test_every_link_and_picture_of_the_readme_is_a_tracked_file() -> None:
    """The sample report and its picture are committed."""
    tracked = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files"], cwd=ROOT, capture_output=True, text=True
    ).stdout.splitlines()
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target in tracked, target
