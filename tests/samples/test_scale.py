"""The generator repeats itself byte for byte and makes any size."""

from __future__ import annotations

import filecmp
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from factbook import form, samples
from factbook.errors import ParameterError
from factbook.knowledge.exports import exports
from factbook.samples import answers, book, truth, write_orders, writing
from factbook.samples.spec import Shop
from factbook.samples.world import World, simulate
from tests.samples.book import MERCHANTS, SAMPLES, sheets

SHOPS = {shop.id: shop for shop in samples.SAMPLES}
KNITWEAR: Shop = SHOPS["knitwear"]


@cache
def world(merchant: str) -> World:
    return simulate(SHOPS[merchant], writing.SEED)


def files_of(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_committed_exports_are_what_the_generator_makes(merchant: str) -> None:
    """Every cell of every committed workbook and CSV; no file too many, none missing."""
    folder = SAMPLES / merchant / "exports"
    made = [export for writer in writing.WRITERS for export in writer.exports(world(merchant), writing.Scale())]
    assert sorted(export.name for export in made) == sorted(path.name for path in folder.iterdir())
    for export in made:
        kept = sheets(folder / export.name, export.encoding)
        assert list(kept) == list(export.sheets)
        for name, sheet in export.sheets.items():
            assert kept[name] == [list(row) for row in book.rows(sheet)], (export.name, name)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_committed_truth_and_form_are_what_the_generator_makes(tmp_path: Path, merchant: str) -> None:
    """truth.json byte by byte, the form by its answers."""
    made = truth.write(world(merchant), tmp_path)
    assert made.read_bytes() == (SAMPLES / merchant / "truth.json").read_bytes()
    kept = form.read(SAMPLES / merchant / "intake.xlsx")[0]
    for name, table in answers.form(world(merchant)).tables.items():
        assert len(kept.get(name, [])) == len(table), name


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs differ in no byte, workbooks included; the folders are returned.

    The large workbook is left out for its time: it goes through the same writer, its cells are compared above.
    """
    small = tuple(writer for writer in writing.WRITERS if writer.report != "trade_analysis")
    monkeypatch.setattr(writing, "WRITERS", small)
    for run in ("a", "b"):
        assert samples.write(tmp_path / run, ["food"], days=30, orders=40, seed=1) == [tmp_path / run / "food"]
    names = [str(name) for name in files_of(tmp_path / "a")]
    same, differing, odd = filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", names, shallow=False)
    assert (sorted(same), differing, odd) == (names, [], [])


def test_another_seed_gives_another_month_with_the_same_truth() -> None:
    """Sessions differ, the period's sales do not."""
    one, two = (simulate(SHOPS["food"], seed, days=30) for seed in (1, 2))
    assert one.sessions["paid"].tolist() != two.sessions["paid"].tolist()
    assert one.current["paid"].sum() == pytest.approx(two.current["paid"].sum(), abs=5)


@pytest.mark.parametrize("count", [0, 123])
def test_orders_sets_the_rows_of_the_order_export(tmp_path: Path, count: int) -> None:
    """`orders` is the number of rows; none leaves the header."""
    (export,) = write_orders.exports(world("food"), count)
    path = book.save(tmp_path, export)
    assert len(pd.read_csv(path, encoding="gb18030", dtype=str)) == count


def test_days_and_creators_set_the_size_and_keep_the_story() -> None:
    """Fewer days shorten the history, another number of creators keeps the labels' shares of the alliance."""
    small = simulate(KNITWEAR, writing.SEED, days=37, count=60)
    assert small.atoms["date"].nunique() == 37
    assert len(small.creators) == pytest.approx(60, abs=3)
    rows = small.sessions
    current = rows[(rows["label"] != "") & KNITWEAR.period.contains(rows["date"])]
    share = current.groupby("label")["paid"].sum() / current["paid"].sum()
    assert share["core"] == pytest.approx(0.58, rel=0.005)
    assert small.current["paid"].sum() / 100 == pytest.approx(6_000_000, rel=0.001)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_every_report_is_written_at_the_smallest_size(merchant: str) -> None:
    """The period alone, a creator a label, no order: no writer stumbles, every file has its headers."""
    shop = SHOPS[merchant]
    small = simulate(shop, 1, days=shop.period.days, count=len(shop.labels))
    for writer in writing.WRITERS:
        if writer.report not in ("trade_analysis", "live_sessions"):
            made = list(writer.exports(small, writing.Scale(orders=0)))
            assert all(any(book.rows(sheet)[0]) for export in made for sheet in export.sheets.values())
            assert made or writer.report == "buyer_orders"


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


def test_the_world_holds_what_later_reports_will_show() -> None:
    """Food: natural views 22 % in the period; weeks with six live days and more pull 0.41, with four and fewer 0.19."""
    rows = world("food").sessions.query("party == 'self'")
    period = rows[SHOPS["food"].period.contains(rows["date"])]
    assert period["natural_views"].sum() / period["views"].sum() == pytest.approx(0.22, abs=0.005)
    whole = rows[rows["date"].between(pd.Timestamp("2026-07-27"), pd.Timestamp("2026-10-25"))]
    week = whole.groupby(whole["date"].dt.to_period("W"))
    natural, views = week["natural_views"].sum(), week["views"].sum()
    pull, days = natural / (views - natural), week["date"].nunique()
    assert pull[days >= 6].mean() == pytest.approx(0.41, abs=0.005)
    assert pull[days <= 4].mean() == pytest.approx(0.19, abs=0.005)


def test_a_folder_that_is_no_sample_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merchant's own files are never overwritten; an earlier sample's are replaced, none stays behind."""
    monkeypatch.setattr(writing, "WRITERS", ())
    exports_ = tmp_path / "food" / "exports"
    exports_.mkdir(parents=True)
    (exports_ / "成交分析.xlsx").write_bytes(b"real")
    with pytest.raises(ParameterError, match="no sample"):
        samples.write(tmp_path, ["food"])
    (tmp_path / "food" / "merchant.toml").write_text("synthetic = true\n", "utf-8")
    samples.write(tmp_path, ["food"])
    assert not (exports_ / "成交分析.xlsx").exists()


def test_every_writer_names_a_report_the_reader_knows() -> None:
    """The table of writers and the reader's table of reports speak of the same reports."""
    assert {writer.report for writer in writing.WRITERS} <= set(exports().reports)
