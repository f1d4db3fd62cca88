"""A new engagement's folder: whole, in both languages, and never at the cost of what is there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from factbook import form
from factbook.cli.app import app
from factbook.cli.engagement import lay_out
from factbook.errors import ParameterError
from factbook.intake import read_case
from factbook.intake.notes import CHAPTERS, read_notes
from factbook.knowledge.engagement import engagement
from factbook.knowledge.exports import exports

FILES = {"exports/README.md", "merchant.toml", "intake.xlsx", "notes.md"}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_folder_holds_what_an_engagement_needs(tmp_path: Path, language: str) -> None:
    """README, merchant.toml, empty form and notes; reading it back finds nothing wrong but the missing data."""
    done = run("new", "山茶茶馆", "--out", tmp_path, "--language", language)
    assert done.exit_code == 0, done.output
    folder = tmp_path / "山茶茶馆"
    assert files(folder) == FILES
    case = read_case(folder)
    assert {problem.code for problem in case.problems} == {"period_unknown"}
    assert (case.merchant.name, case.merchant.language) == ("山茶茶馆", language)
    assert [file.name for file in case.files] == ["intake.xlsx"]
    assert form.read(folder / "intake.xlsx") == ({}, {}, [])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_readme_names_every_report_and_where_it_is(tmp_path: Path, language: str) -> None:
    """Each report of the registry once, with its menu path; the two that matter most come first."""
    folder, _ = lay_out("shop", tmp_path, "zh" if language == "zh" else "en")
    text = (folder / "exports" / "README.md").read_text("utf-8")
    known = {id: report for id, report in exports().reports.items() if report.sheets}
    for report in known.values():
        assert text.count(f"| {report.path_zh} |") >= 1
        assert report.zh in text
    order = sorted(known, key=lambda id: text.index(f"| {known[id].path_zh} |"))
    assert tuple(order[:2]) == engagement().first


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    """A second run writes what is missing, leaves the rest byte for byte, and says which is which."""
    folder, _ = lay_out("shop", tmp_path, "zh")
    (folder / "merchant.toml").write_text('name = "mine"\n', "utf-8")
    (folder / "notes.md").unlink()
    before = {name: (folder / name).read_bytes() for name in FILES - {"notes.md"}}
    done = run("new", "shop", "--out", tmp_path)
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert (folder / "notes.md").is_file()
    assert done.output.count("没有动") == 3
    assert done.output.count("新建") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notes_have_a_heading_for_every_chapter(tmp_path: Path, language: str) -> None:
    """What is written under a heading reaches the chapter of that name."""
    folder, _ = lay_out("shop", tmp_path, "zh" if language == "zh" else "en")
    path = folder / "notes.md"
    headings = [line for line in path.read_text("utf-8").splitlines() if line]
    path.write_text("\n".join(f"{heading}\n\nword {n}\n" for n, heading in enumerate(headings)), "utf-8")
    notes, problems = read_notes(folder)
    assert problems == []
    assert list(notes) == list(CHAPTERS)
    assert list(notes.values()) == [f"word {n}" for n in range(len(CHAPTERS))]


def test_every_example_in_merchant_toml_is_right_once_its_mark_is_removed(tmp_path: Path) -> None:
    """A consultant who takes away a # gets a key that intake accepts."""
    folder, _ = lay_out("shop", tmp_path, "zh")
    path = folder / "merchant.toml"
    lines = path.read_text("utf-8").splitlines()
    bare = [line.removeprefix("# ") if " = " in line else line for line in lines]
    path.write_text("\n".join(bare), "utf-8")
    assert len(tomllib.loads(path.read_text("utf-8"))) == 7
    assert read_case(folder).problems == ()


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", "-x", ".hidden", "a\nb", "CON?", "tail.", "\u202eevil"])
def test_a_name_no_folder_can_have_is_wrong_use(tmp_path: Path, name: str) -> None:
    """It is refused before anything is written."""
    with pytest.raises(ParameterError, match="folder's name"):
        lay_out(name, tmp_path, "zh")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    """A file of that name is neither replaced nor a traceback."""
    (tmp_path / "shop").write_text("x")
    with pytest.raises(ParameterError, match="cannot be made"):
        lay_out("shop", tmp_path, "zh")


def test_quotes_in_a_name_stay_inside_the_name(tmp_path: Path) -> None:
    """A shop may be called anything a folder may be called."""
    folder, _ = lay_out("O'Hara's 茶 & Co #1", tmp_path, "en")
    assert read_case(folder).merchant.name == "O'Hara's 茶 & Co #1"
