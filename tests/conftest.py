"""What several tests share: the sample merchants, read and diagnosed once a process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from factbook.diagnosis import diagnose
from factbook.intake import read_case
from factbook.records import Case, Diagnosis
from tests.environment import ROOT

# Tests read files, not what an earlier run made of them; those of the cache switch it on in a folder of their own.
os.environ["FACTBOOK_CACHE"] = "off"
SAMPLES = ("skincare", "knitwear", "food", "appliances")


def sample(name: str) -> Path:
    """The folder of a committed sample merchant."""
    return ROOT / "data" / "samples" / name


@cache
def case_of(name: str) -> Case:
    """A sample, read once."""
    return read_case(sample(name))


@cache
def diagnosis_of(name: str) -> Diagnosis:
    """A sample, diagnosed once."""
    return diagnose(sample(name))


@cache
def truth_of(name: str) -> Mapping[str, Any]:
    """What the simulator planted."""
    import json

    return json.loads((sample(name) / "truth.json").read_text("utf-8"))


@pytest.fixture(params=SAMPLES)
def merchant(request: pytest.FixtureRequest) -> str:
    """Each sample merchant in turn."""
    return str(request.param)
