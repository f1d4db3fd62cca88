"""overrides.toml from the folder to the chapter: it survives a new diagnosis and stays out of the client's page."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from factbook.diagnosis import diagnose, load, save
from factbook.display import tables
from factbook.errors import KnowledgeError
from factbook.render.html import page
from tests.conftest import diagnosis_of, sample
from tests.environment import ROOT

WISHES = """
[findings.G07]
reason = "店主9月起每周播6天"
mute = true

[actions.hold_ad_budget]
reason = "会上商定"
title = { zh = "投放先停一周 <b>" }
rank = 2

[findings.V01]
reason = "提前写下"
mute = true
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("by_hand") / "food"
    shutil.copytree(sample("food"), place)
    (place / "overrides.toml").write_text(WISHES, "utf-8")
    return place


def test_what_the_consultant_wrote_is_in_the_diagnosis_its_file_and_its_table(folder: Path, tmp_path: Path) -> None:
    """Muted, reworded and re-ranked, with the workbook's version beside it; the sample itself is untouched."""
    dx = load(save(diagnose(folder), tmp_path / "diagnosis.json"))
    house = diagnosis_of("food")
    assert house.finding("G07")
    assert dx.finding("G07") is None
    moved = next(action for action in dx.actions if action.id == "hold_ad_budget")
    assert (moved.order, moved.title.zh) == (2, "投放先停一周 <b>")
    shown = tables.overrides(dx)
    assert "店主9月起每周播6天" in shown.html
    assert house.finding("G07").title.zh in shown.html
    assert "投放先停一周 &lt;b&gt;" in shown.html
    assert "这次没有用上" in shown.html


def test_a_wrong_file_stops_the_diagnosis_with_the_nearest_code(folder: Path) -> None:
    """A client must not be shown what was meant to be muted."""
    (folder / "overrides.toml").write_text('[findings.G0]\nreason = "xx"\nmute = true\n', "utf-8")
    with pytest.raises(KnowledgeError, match='no finding "G0"; did you mean "G'):
        diagnose(folder)


def test_every_rule_is_accounted_for(merchant: str) -> None:
    """Fired, silent and not measured add up to all rules, and what could not be judged says why."""
    dx = diagnosis_of(merchant)
    assert {one.code for one in dx.outcomes if one.state == "fires"} == {finding.code for finding in dx.findings}
    assert all(bool(one.missing) == bool(one.reason) == (one.state == "not_measured") for one in dx.outcomes)
    for language in ("zh", "en"):
        assert str(len(dx.outcomes)) in tables.rules_judged(dx.speak(language)).plain


def test_the_clients_page_leaves_out_what_is_internal() -> None:
    """The section on changes stands in the notebook and not in the report."""
    notebook = nbformat.read(ROOT / "notebooks" / "09_evidence.ipynb", as_version=4)
    assert "顾问改了什么" in "".join(cell.source for cell in notebook.cells)
    made = page(notebook, "evidence", 9, "zh")
    titles = [str(section.title) for section in made.sections]
    assert "判断了什么，什么没法判断？" in titles
    assert not [title for title in titles if "顾问改了" in title]
