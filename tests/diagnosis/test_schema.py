"""diagnosis.json says what its schema says, for every sample, and nothing else would pass."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema
import pytest

from factbook.diagnosis import load, save
from factbook.diagnosis.schema import text
from factbook.records import Diagnosis, Overridden, Text, Version
from tests.conftest import diagnosis_of
from tests.environment import ROOT

FILE = ROOT / "docs" / "diagnosis.schema.json"
EVERY = 9  # of the measures, which are many and alike, every ninth is held against the schema


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        json.loads(FILE.read_text("utf-8")), format_checker=jsonschema.FormatChecker()
    )


def written(dx: Diagnosis, folder: Any) -> dict[str, Any]:
    """What stands in the file of a diagnosis, with fewer measures."""
    found: dict[str, Any] = json.loads(save(dx, folder / "diagnosis.json").read_text("utf-8"))
    return {**found, "measures": found["measures"][::EVERY]}


def test_the_committed_schema_is_the_one_the_records_make() -> None:
    """`make docs` writes it anew."""
    assert FILE.read_text("utf-8") == text()


def test_the_schema_is_itself_valid() -> None:
    """It keeps the rules of its draft."""
    jsonschema.Draft202012Validator.check_schema(validator().schema)


def test_every_sample_s_diagnosis_keeps_the_schema(tmp_path: Any, merchant: str) -> None:
    """All keys, all types, dates as dates, missing as null."""
    errors = [error.json_path for error in validator().iter_errors(written(diagnosis_of(merchant), tmp_path))]
    assert errors == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("findings", 0, "severity"), "urgent"),
        (("measures", 0, "value"), "1,234"),
        (("period", "start"), "soon"),
        (("worth", "findings", 0, "basis"), "yuan"),
        (("surprise",), 1),
        (("scores", 0, "value"), ...),
        (("verdict", "en"), ...),
    ],
    ids=str,
)
def test_what_does_not_keep_it_is_refused(tmp_path: Any, path: tuple[Any, ...], value: object) -> None:
    """A wrong value, a key too many or one too few (…)."""
    document = copy.deepcopy(written(diagnosis_of("food"), tmp_path))
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    assert len(list(validator().iter_errors(document))) == 1


def test_what_the_consultant_changed_keeps_the_schema_and_comes_back(tmp_path: Any) -> None:
    """Both versions are in the file and are the same when it is read again."""
    house, own = (
        Version(1, Text("旧", "old"), Text("旧句", "old text")),
        Version(2, Text("新", "new"), Text("句", "text")),
    )
    changed = Overridden("finding", "G09", "会上商定", ("reworded", "ranked"), house, own)
    muted = Overridden("action", "hold_ad_budget", "已停投", ("muted",), house, None)
    dx = replace(diagnosis_of("food"), overrides=(changed, muted))
    assert not list(validator().iter_errors(written(dx, tmp_path)))
    assert load(tmp_path / "diagnosis.json").overrides == (changed, muted)


def test_worth_is_told_by_finding_and_in_total(tmp_path: Any, merchant: str) -> None:
    """Each total is the sum of the findings it names, none of them named twice."""
    worth = written(diagnosis_of(merchant), tmp_path)["worth"]
    single = {row["finding"]: row for row in worth["findings"]}
    counted = [code for total in worth["totals"] for code in total["counted"]]
    assert len(counted) == len(set(counted)) <= len(single)
    for total in worth["totals"]:
        rows = [single[code] for code in total["counted"]]
        assert {row["basis"] for row in rows} == {total["basis"]}
        assert total["high_cny"] == pytest.approx(sum(row["high_cny"] for row in rows))
        assert total["low_cny"] <= total["high_cny"]
