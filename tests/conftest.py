"""What several tests share: the sample merchants, read and diagnosed once a process."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest
from filelock import FileLock

from factbook.diagnosis import diagnose, spine
from factbook.intake import read_case
from factbook.judgement import Judgement, judge
from factbook.measures import measure
from factbook.records import Case, Diagnosis, Measures
from tests.environment import ROOT

# Tests read files, not what an earlier run made of them; those of the cache switch it on in a folder of their own.
os.environ["FACTBOOK_CACHE"] = "off"
SAMPLES = ("skincare", "knitwear", "food", "appliances")


def sample(name: str) -> Path:
    """The folder of a committed sample merchant."""
    return ROOT / "data" / "samples" / name


SHELF: list[Path] = []  # the run's own folder for what its workers share
T = TypeVar("T")


def pytest_configure(config: pytest.Config) -> None:
    """Where tests run side by side, their temporary folders have one parent, which pytest clears away."""
    if hasattr(config, "workerinput") and config.option.basetemp:
        SHELF.append(Path(config.option.basetemp).parent)


def shared(what: str, make: Callable[[], T]) -> T:
    """What one worker made, for all workers of a run: samples are read, measured and diagnosed once."""
    if not SHELF:
        return make()
    file = SHELF[-1] / f"{what}.pickle"
    with FileLock(file.with_suffix(".lock")):
        if not file.exists():
            file.write_bytes(pickle.dumps(make()))
        return cast(T, pickle.loads(file.read_bytes()))


@cache
def case_of(name: str) -> Case:
    """A sample, read once."""
    return shared(f"case-{name}", lambda: read_case(sample(name)))


@cache
def measures_of(name: str) -> Measures:
    """A sample, measured once."""
    return shared(f"measures-{name}", lambda: measure(case_of(name)))


@cache
def judgement_of(name: str) -> Judgement:
    """A sample, judged once."""
    return shared(f"judgement-{name}", lambda: judge(measures_of(name), case_of(name)))


@cache
def diagnosis_of(name: str) -> Diagnosis:
    """A sample, diagnosed once: the whole road, on what was read and measured for all tests."""
    return shared(f"diagnosis-{name}", lambda: _diagnosed(name))


def _diagnosed(name: str) -> Diagnosis:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spine, "read_case", lambda *_: case_of(name))
        patch.setattr(spine, "measure", lambda _: measures_of(name))
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
