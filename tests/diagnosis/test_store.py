"""A diagnosis comes back from its file as it went in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from factbook.diagnosis import load, load_diagnosis, save
from factbook.errors import ParameterError
from factbook.records import Period
from tests.conftest import diagnosis_of, sample


def test_saving_and_loading_gives_the_same_diagnosis(tmp_path: Path, merchant: str) -> None:
    """Every part equal, measures included, for every sample."""
    before = diagnosis_of(merchant)
    after = load(save(before, tmp_path / "diagnosis.json"))
    pd.testing.assert_frame_equal(
        after.measures.frame,
        before.measures.frame,
        check_dtype=False,
        check_exact=True,
        check_index_type=False,
    )
    assert replace(after, measures=before.measures, tables={}) == replace(before, tables={})


def test_the_file_is_strict_json(tmp_path: Path) -> None:
    """No NaN or Infinity: missing is null."""

    def refuse(word: str) -> None:
        raise AssertionError(word)

    path = save(diagnosis_of("food"), tmp_path / "d.json")
    json.loads(path.read_text("utf-8"), parse_constant=refuse)


def test_the_spine_is_five_statements_long() -> None:
    """The road stays on half a screen."""
    import ast
    import inspect

    from factbook.diagnosis import spine

    function = ast.parse(inspect.getsource(spine.diagnose)).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert len(function.body) - 1 == 5  # the docstring apart


def test_truths_are_never_read(tmp_path: Path) -> None:
    """The diagnosis is the same without truth.json beside it."""
    import shutil

    from factbook.diagnosis import diagnose

    folder = tmp_path / "food"
    shutil.copytree(sample("food"), folder)
    (folder / "truth.json").unlink()
    assert diagnose(folder).verdict == diagnosis_of("food").verdict


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"merchant": "data/samples/fod"}, 'did you mean "data/samples/food"'),
        ({"merchant": "data/samples/food", "language": "fr"}, "write zh or en"),
        ({"merchant": "data/samples/food", "period": "October"}, "write 20261001-20261031"),
        ({"merchant": "data/samples/food", "file": "README.md"}, "is not a saved diagnosis"),
    ],
)
def test_a_wrong_parameter_says_what_was_expected(words: dict[str, str], said: str) -> None:
    """A chapter's parameters are checked before anything is computed."""
    with pytest.raises(ParameterError, match=said):
        load_diagnosis(**words)


def test_periods_read_both_spellings_and_step_back_by_their_length() -> None:
    """`A-B` and `A..B` are one period; the one before has as many days."""
    period = Period.parse("20261001-20261031")
    assert period == Period.parse("2026-10-01..2026-10-31")
    assert period.preceding().days == period.days
    assert str(period.preceding()) == "20260831-20260930"
