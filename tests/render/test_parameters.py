"""A notebook never sees a parameter it does not know or of another type."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbook.errors import ParameterError
from factbook.render import nodes, parameters

from .conftest import cell

SOURCE = """merchant: str = "x"  # folder
count: int = 3  # how many
share: float = 0.5
open: bool = True
guess = 1"""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A notebook with a parameter of each type, one of them without annotation."""
    path = tmp_path / "01_any.ipynb"
    nodes.save(nodes.notebook([cell("parameters", SOURCE, "parameters")]), path)
    return path


def test_values_come_back_in_the_types_the_notebook_states(notebook: Path) -> None:
    """A number typed on the command line is a number in the notebook."""
    given = {"merchant": "y", "count": "5", "share": "0.25", "open": "no", "guess": "7"}
    assert parameters.check(notebook, given) == {
        "merchant": "y",
        "count": 5,
        "share": 0.25,
        "open": False,
        "guess": 7,
    }


@pytest.mark.parametrize(
    ("name", "value"), [("count", "abc"), ("count", 1.5), ("merchant", 3), ("share", "half"), ("guess", "x")]
)
def test_a_value_of_another_type_is_refused_with_what_was_expected(notebook: Path, name: str, value: object) -> None:
    """The message names the parameter, the type and an example."""
    with pytest.raises(ParameterError, match=rf"{name}: expected \w+, got {value!r}; for instance"):
        parameters.check(notebook, {name: value})


def test_an_unknown_name_suggests_the_nearest(notebook: Path) -> None:
    """A slip of the pen is found at once."""
    with pytest.raises(ParameterError, match=r'"merchnt" is not a parameter .* did you mean "merchant"'):
        parameters.check(notebook, {"merchnt": "x"})


def test_every_wrong_parameter_is_named_at_once(notebook: Path) -> None:
    """Nobody mends one only to meet the next."""
    with pytest.raises(ParameterError) as caught:
        parameters.check(notebook, {"merchnt": "x", "count": "abc", "zzz": 1, "share": "half", "open": True})
    for name in ("merchnt", "count", "zzz", "share"):
        assert name in str(caught.value)
    assert "open" not in str(caught.value).splitlines()[-1]


def test_the_chapters_of_the_workbook_take_the_four_parameters(tmp_path: Path) -> None:
    """Every chapter accepts what the batch injects."""
    from factbook.render.chapters import chapters

    given = {"merchant": "m", "period": "", "language": "zh", "diagnosis": "d.json"}
    assert [parameters.check(chapter.path, given) for chapter in chapters()] == [given] * 9
