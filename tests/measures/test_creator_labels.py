"""Planted creators: labels given are right, and few creators are wronged (the whole: benchmarks.creator_labels)."""

from __future__ import annotations

from benchmarks.creator_labels import knitwear, simulated
from tests.conftest import case_of


def test_labels_of_planted_creators_are_right() -> None:
    """Nine in ten labels given are right, at most one creator in twenty is wronged, and most get a label."""
    found = simulated(3, creators=186, seed=7)
    assert found.right_share >= 0.90
    assert found.wrong_share <= 0.05
    assert found.given / found.creators > 0.5
    assert found.wrong_share < 1 - found.bare_right / found.creators


def test_the_planted_labels_of_the_knitwear_sample_are_found() -> None:
    """Every creator whose label was planted, and nobody else's."""
    found = knitwear(case_of("knitwear"))
    assert (found.given, found.right) == (found.creators, found.creators)
