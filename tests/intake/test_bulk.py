"""Big text tables are read in pieces with the same result as the careful reader's: values, counts and problems."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factbook.intake import bulk, bulk_text
from factbook.intake.read import load
from factbook.intake.sheets import Export, export
from tests.conftest import SAMPLES, sample
from tests.intake.build import ORDERS, csv_file, order

TEXTS = [path for name in SAMPLES for path in sorted((sample(name) / "exports").glob("*.csv"))]
AMOUNT, PLACED, NUMBER = (ORDERS.index(name) for name in ("订单应付金额", "订单提交时间", "子订单编号"))


def same(quick: Export, careful: Export) -> None:
    """Everything that is said of a file, whichever way it was read."""
    for one, other in zip(quick.parts, careful.parts, strict=True):
        texts = {column: "str" for column in one.frame if one.frame[column].dtype == "str"}
        pd.testing.assert_frame_equal(one.frame.astype(texts), other.frame, check_exact=True)
        assert one.counts == other.counts
        assert one.problems == other.problems
        assert (one.file, one.report, one.spec) == (other.file, other.report, other.spec)
    assert (quick.left, quick.problems, quick.checks) == (careful.left, careful.problems, careful.checks)
    assert quick.loaded == replace(careful.loaded, grids=())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_every_text_file_of_the_samples_reads_the_same_both_ways(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever of them the quick reader takes on, in many small pieces."""
    monkeypatch.setattr(bulk_text, "SMALLEST", 1 << 14)
    quick = bulk.export(path, path.name)
    if quick is not None:
        same(quick, export(load(path, path.name)))


def test_the_order_files_of_the_samples_are_taken_on() -> None:
    """The big ones are orders: they must not slip through to the careful reader."""
    orders = [path for path in TEXTS if path.name.startswith("抖店订单")]
    assert len(orders) == len(SAMPLES)
    assert all(bulk.export(path, path.name) for path in orders)


def plain(number: int) -> list[str]:
    return order(number, 收件人=f"买家{number}", 订单应付金额=f"{number % 3000 + 0.99:,.2f}")


def changed(column: int, cell: str) -> object:
    return lambda number: [cell if place == column else old for place, old in enumerate(plain(number))]


EMPTY = [""] * len(ORDERS)
ODD = {
    "bad amount": changed(AMOUNT, "约三十"),
    "another bad amount": lambda number: [*plain(number)[:AMOUNT], f"约{number}", *plain(number)[AMOUNT + 1 :]],
    "ten thousand": changed(AMOUNT, "1.16万"),
    "no amount": changed(AMOUNT, "-"),
    "no such day": changed(PLACED, "2026-02-30 10:00:00"),
    "another way to write it": changed(PLACED, "2026年10月2日 20:00"),
    "out of range": changed(PLACED, "2999-01-01 00:00:00"),
    "no id": changed(NUMBER, " "),
    "rounded id": changed(NUMBER, "7.0E+18"),
    "id with an apostrophe": lambda number: [*plain(number)[:NUMBER], f"'8{number}", *plain(number)[NUMBER + 1 :]],
    "the same again": lambda number: plain(0),
    "the same id, another amount": lambda number: [*plain(0)[:AMOUNT], f"{number}.5", *plain(0)[AMOUNT + 1 :]],
    "blank": lambda number: EMPTY,
    "blank but for a private cell": lambda number: [*EMPTY[:-1], "虚构路"],
    "headers again": lambda number: list(ORDERS),
    "total": lambda number: ["合计", *EMPTY[1:AMOUNT], "9,999.00", *EMPTY[AMOUNT + 1 :]],
    "remark": lambda number: ["注：仅供参考", *EMPTY[1:]],
    "line break": lambda number: [*plain(number)[:2], "面霜\n50g", *plain(number)[3:]],
    "short": lambda number: plain(number)[: AMOUNT + 2],
    "long": lambda number: [*plain(number), "多余"],
    "closing remark": lambda number: ["以上为全部订单", *EMPTY[1:]],
}  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(sorted(ODD))), max_size=12),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from([1 << 11, 1 << 14, 1 << 23]),
)
def test_odd_rows_fare_the_same_both_ways(odd: list[tuple[int, str]], encoding: str, mark: str, block: int) -> None:
    """Whatever stands between the plain rows, and wherever a piece ends."""
    rows = [plain(number) for number in range(400)]
    for number, (place, kind) in enumerate(sorted(odd)):
        rows.insert(place, ODD[kind](500 + number))  # type: ignore[operator]
    both_ways([ORDERS, *rows], encoding, mark, block)


def both_ways(rows: list[list[str]], encoding: str, mark: str, block: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk_text, "SMALLEST", block)
        path = csv_file(Path(folder) / "订单.csv", rows, encoding, mark)
        quick = bulk.export(path, path.name)
        assert quick is not None
        same(quick, export(load(path, path.name)))
