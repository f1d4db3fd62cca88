"""What leaves the house holds no path of this machine and no record of papermill."""

from __future__ import annotations

import json
from pathlib import Path

from factbook.render import merchant, nodes, scrub

from .conftest import cell, executed


def notebook(text: str):  # type: ignore[no-untyped-def]
    """A notebook as papermill leaves it."""
    made = nodes.notebook(
        [
            cell("parameters", 'merchant = ""', "parameters"),
            cell("random-id", 'merchant = "/secret/data/tea"', "injected-parameters"),
            nodes.code("out", [nodes.display({"text/plain": text, "image/png": "/secret/data/AA=="})]),
        ]
    )
    made.metadata["papermill"] = {"parameters": {"merchant": "/secret/data/tea"}, "input_path": "/secret"}
    made.cells[2].metadata["papermill"] = {"start_time": "now"}
    made.cells[2].metadata["execution"] = {"iopub": "now"}
    return made


HIDDEN = {"/secret/data/tea": "tea", "/secret/data/": "", "/secret/": ""}
SHOWN = {"merchant": "tea", "diagnosis": "../diagnosis.json"}


def test_papermills_record_and_paths_are_gone() -> None:
    """From metadata, from the injected cell and from outputs."""
    clean = scrub.notebook(notebook("read /secret/data/tea/exports/a.xlsx"), HIDDEN, SHOWN)
    text = json.dumps(clean)
    assert "papermill" not in text
    assert "start_time" not in text
    assert "execution" not in text.replace("execution_count", "")
    assert "read tea/exports/a.xlsx" in text
    assert "/secret" not in text.replace("/secret/data/AA==", "")


def test_a_picture_is_not_touched() -> None:
    """Its letters may spell a path by chance."""
    clean = scrub.notebook(notebook(""), HIDDEN, SHOWN)
    assert clean.cells[2].outputs[0]["data"]["image/png"] == "/secret/data/AA=="


def test_the_saved_chapter_can_be_run_again_from_its_own_folder() -> None:
    """Its injected cell names the merchant and the diagnosis beside it."""
    clean = scrub.notebook(notebook(""), HIDDEN, SHOWN)
    assert clean.cells[1].id == "injected-parameters"
    assert clean.cells[1].source == "merchant = 'tea'\ndiagnosis = '../diagnosis.json'"


def test_the_original_is_left_as_it_was() -> None:
    """Scrubbing gives a copy."""
    original = notebook("x")
    before = json.dumps(original)
    scrub.notebook(original, HIDDEN, SHOWN)
    assert json.dumps(original) == before


def test_the_ways_to_merchant_output_and_home_are_hidden(tmp_path: Path) -> None:
    """The root of the file system is not: it would erase every slash."""
    hidden = merchant.hidden(tmp_path / "a" / "tea", Path("/"))
    assert hidden[str(tmp_path / "a" / "tea")] == "tea"
    assert f"{tmp_path / 'a'}/" in hidden
    assert f"{Path.home()}/" in hidden
    assert "/" not in hidden
    assert "//" not in hidden


def test_a_chapter_knows_its_slug() -> None:
    """The page's anchors are made of it."""
    assert executed("field").chapter.slug == "field"
