"""A folder is a merchant if it holds exports/ or report files, else a parent of merchants."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.render.merchants import candidates


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    """Three merchants of three kinds, an empty folder, a hidden one and a stray file."""
    (tmp_path / "port" / "exports-kind" / "exports").mkdir(parents=True)
    (tmp_path / "port" / "loose-kind").mkdir()
    (tmp_path / "port" / "loose-kind" / "订单.csv").write_text("x")
    (tmp_path / "port" / "toml-kind").mkdir()
    (tmp_path / "port" / "toml-kind" / "merchant.toml").write_text("")
    (tmp_path / "port" / "empty").mkdir()
    (tmp_path / "port" / ".hidden").mkdir()
    (tmp_path / "port" / "readme.txt").write_text("x")
    return tmp_path / "port"


def test_a_parent_stands_for_its_merchants(portfolio: Path) -> None:
    """Each child with exports/, report files or merchant.toml is one."""
    ready = [c.folder.name for c in candidates([portfolio]) if not c.reason]
    assert ready == ["exports-kind", "loose-kind", "toml-kind"]


def test_a_child_with_nothing_in_it_is_named_and_not_passed_over(portfolio: Path) -> None:
    """Nothing is lost silently; hidden folders are not merchants."""
    named = {c.folder.name: c.reason for c in candidates([portfolio]) if c.reason}
    assert named == {"empty": "empty holds no exports/, no .xlsx and no .csv"}


def test_a_merchant_stands_for_itself(portfolio: Path) -> None:
    """Its exports/ is not taken for a merchant."""
    assert [c.folder.name for c in candidates([portfolio / "exports-kind"])] == ["exports-kind"]


def test_a_folder_that_does_not_exist_or_holds_nothing_is_named(tmp_path: Path) -> None:
    """With the reason."""
    (tmp_path / "void").mkdir()
    missing, void = candidates([tmp_path / "nowhere", tmp_path / "void"])
    assert "does not exist" in missing.reason
    assert "holds no exports/" in void.reason


def test_the_same_folder_twice_is_one_merchant(portfolio: Path) -> None:
    """Given by itself and through its parent."""
    names = [c.folder.name for c in candidates([portfolio / "loose-kind", portfolio])]
    assert names.count("loose-kind") == 1


def test_two_folders_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    """The second is named with what to do."""
    for parent in ("a", "b"):
        (tmp_path / parent / "shop" / "exports").mkdir(parents=True)
    first, second = candidates([tmp_path / "a", tmp_path / "b"])
    assert not first.reason
    assert "rename one of them" in second.reason
