"""Files that would fill the machine are named and left alone, each with what was found and how much there may be."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from factbook.errors import IntakeError
from factbook.intake import limits, read, read_books, read_case, read_texts
from factbook.intake.read import Loaded, load_all
from factbook.knowledge.problems import say
from tests.intake.build import ORDERS, SESSION_HEADERS, book, csv_file, order, session
from tests.intake.damage import bytewise
from tests.intake.damage.draft import draft
from tests.intake.damage.good import all_good


def refused(path: Path) -> str:
    """The one problem of a file that was not opened, said in both languages; its code."""
    (loaded,) = load_all(path, path.name)
    assert isinstance(loaded, Loaded)
    (problem,) = loaded.problems
    for language in ("zh", "en"):
        assert str(problem.values.get("found", "")) in say(problem, language)
        assert str(problem.values.get("limit", "")) in say(problem, language)
    return problem.code


def damaged(path: Path, name: str) -> Path:
    """A file of one of the harms that make no report."""
    one = draft(next(good for good in all_good() if good.kind == "orders"), random.Random(1), "xlsx")
    harm = next(harm for harm in bytewise.NO_REPORTS if harm.__name__ == name)
    path.write_bytes(harm(one, random.Random(1)))
    return path


def test_a_table_of_a_million_columns_is_no_table(tmp_path: Path) -> None:
    """Told from its first lines."""
    assert refused(damaged(tmp_path / "x.csv", "_wide")) == "file_wide"


def test_a_stray_cell_in_the_far_corner_is_named(tmp_path: Path) -> None:
    """17 billion cells between it and the data."""
    assert refused(damaged(tmp_path / "x.xlsx", "_far_corner")) == "file_cells"


def test_an_archive_that_says_it_is_too_large_is_not_unpacked(tmp_path: Path) -> None:
    """Four gigabytes, by its own list."""
    assert refused(damaged(tmp_path / "x.zip", "_bomb")) == "file_expands"


def test_a_sheet_that_lies_about_its_size_is_stopped_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an archive says of its sizes is not believed."""
    path = book(tmp_path / "x.xlsx", {"s": [SESSION_HEADERS, *([session()] * 40)]})
    monkeypatch.setattr(read_books, "MEMBER_BYTES", 20_000)
    monkeypatch.setattr(read_books, "weigh_members", lambda members: None)
    assert refused(path) == "file_expands"


def test_a_file_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its size on disk, before a byte of it is read."""
    path = csv_file(tmp_path / "x.csv", [ORDERS, order(1)])
    monkeypatch.setattr(read, "FILE_BYTES", 100)
    assert refused(path) == "file_large"


def test_an_archive_of_very_many_files_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However small each of them is."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for number in range(30):
            file.writestr(f"{number}.csv", "a")
    (tmp_path / "x.zip").write_bytes(data.getvalue())
    monkeypatch.setattr(read_books, "MEMBERS", 20)
    assert refused(tmp_path / "x.zip") == "file_expands"


def test_a_ragged_table_of_too_many_cells_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many short rows and one long one would be padded to many times their size."""
    path = csv_file(tmp_path / "x.csv", [["a", "b"], *([["1", "2"]] * 200), ["3"] * 400])
    monkeypatch.setattr(read_texts, "CELLS", 10_000)
    assert refused(path) == "file_wide"


@pytest.mark.parametrize("name", [harm.__name__ for harm in bytewise.NO_REPORTS])
def test_what_is_no_report_is_an_error_and_no_crash(tmp_path: Path, name: str) -> None:
    """Nothing, a password, a picture, a bomb, archives in archives: one clear message."""
    (tmp_path / "exports").mkdir()
    damaged(tmp_path / "exports" / "x.xlsx", name)

    with pytest.raises(IntakeError) as error:
        read_case(tmp_path)
    assert error.value.problems


def test_the_limits_leave_room_for_what_the_platform_writes() -> None:
    """The widest report has 64 columns, and a month of orders a million rows."""
    assert limits.TEXT_COLUMNS >= 64
    assert limits.CELLS >= 64 * limits.MOST_ROWS
