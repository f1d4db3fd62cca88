"""The generator repeats itself byte for byte and makes any size."""

from __future__ import annotations

import filecmp
from pathlib import Path

import pandas as pd
import pytest

from factbook import form, samples
from factbook.errors import ParameterError
from factbook.samples.world import simulate
from factbook.samples.writing import SEED
from tests.samples.book import SAMPLES, workbook

KNITWEAR = next(shop for shop in samples.SAMPLES if shop.id == "knitwear")


def files_of(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("once")
    assert samples.write(out, ["food"]) == [out / "food"]
    return out / "food"


def test_the_committed_sample_is_what_the_generator_writes(written: Path) -> None:
    """Every file of the food shop: exports cell by cell, texts byte by byte, the form by its answers."""
    assert files_of(written) == files_of(SAMPLES / "food")
    for name in files_of(written):
        if name.name == "intake.xlsx":
            mine, kept = (form.read(folder / name)[0] for folder in (written, SAMPLES / "food"))
            assert all(mine[sheet].equals(kept[sheet]) for sheet in mine)
        elif name.suffix == ".xlsx":
            mine, kept = workbook(written / name), workbook(SAMPLES / "food" / name)
            assert list(mine) == list(kept)
            assert all(mine[sheet].equals(kept[sheet]) for sheet in mine), name
        else:
            assert (written / name).read_bytes() == (SAMPLES / "food" / name).read_bytes(), name


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    """Two runs differ in no byte, workbooks included."""
    for folder in ("a", "b"):
        samples.write(tmp_path / folder, ["food"], days=30, orders=40, seed=1)
    names = [str(name) for name in files_of(tmp_path / "a")]
    same, differing, odd = filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", names, shallow=False)
    assert (sorted(same), differing, odd) == (names, [], [])


def test_another_seed_gives_another_month_with_the_same_truth() -> None:
    """Sessions differ, the period's sales do not."""
    one, two = (simulate(KNITWEAR, seed, days=30) for seed in (1, 2))
    assert one.sessions["paid"].tolist() != two.sessions["paid"].tolist()
    assert one.current["paid"].sum() == pytest.approx(two.current["paid"].sum(), abs=5)


def test_orders_sets_the_rows_of_the_order_export(tmp_path: Path) -> None:
    """`orders` is the number of rows."""
    folder = samples.write(tmp_path, ["food"], days=30, orders=123)[0]
    rows = pd.read_csv(next((folder / "exports").glob("*.csv")), encoding="gb18030", dtype=str)
    assert len(rows) == 123


def test_days_and_creators_set_the_size_and_keep_the_story() -> None:
    """Fewer days shorten the history, other numbers of creators keep the labels' shares of the alliance."""
    world = simulate(KNITWEAR, SEED, days=37, count=60)
    assert world.atoms["date"].nunique() == 37
    assert len(world.creators) == pytest.approx(60, abs=3)
    rows = world.sessions
    current = rows[(rows["label"] != "") & KNITWEAR.period.contains(rows["date"])]
    share = current.groupby("label")["paid"].sum() / current["paid"].sum()
    assert share["core"] == pytest.approx(0.58, rel=0.005)
    assert world.current["paid"].sum() / 100 == pytest.approx(6_000_000, rel=0.001)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"merchants": ["tea"]}, "no sample merchant tea"),
        ({"merchants": ["food"], "days": 7}, "write at least 30"),
        ({"merchants": ["knitwear"], "creators": 2}, "write at least 5"),
    ],
)
def test_a_size_that_does_not_exist_is_refused(tmp_path: Path, wrong: dict[str, object], told: str) -> None:
    """An unknown merchant or too small a size is named, with what would do; nothing is written."""
    with pytest.raises(ParameterError, match=told):
        samples.write(tmp_path, **wrong)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_every_writer_names_a_report_the_reader_knows() -> None:
    """The table of writers and the reader's table of reports speak of the same reports."""
    from factbook.knowledge.exports import exports
    from factbook.samples.writing import WRITERS

    assert {writer.report for writer in WRITERS} <= set(exports().reports)
