"""What was read is kept: a second reading opens no file and says the same; the cache is never believed blindly."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from factbook.intake import bulk, cache, kept, read_case, reading
from factbook.intake.parts import Counts, Part
from factbook.intake.read import Loaded
from factbook.intake.sheets import Export
from factbook.records import Case
from tests.conftest import sample
from tests.environment import ROOT
from tests.intake.build import ORDERS, book, csv_file, days, merchant, order, session, sessions, trade_sheets

OLD = 1_700_000_000  # a time long past: files of today are looked at once more


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own."""
    monkeypatch.setenv("FACTBOOK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A merchant with a workbook that has problems, a list of sessions and an order file."""
    folder = merchant(tmp_path / "shop")
    sheets = trade_sheets(days(3))
    sheets["自营成交"][2] = [*sheets["自营成交"][2][:3], "约5万", *sheets["自营成交"][2][4:]]
    book(folder / "exports" / "成交分析.xlsx", {**sheets, "说明": [["备注"], ["自用"]]})
    sessions(folder / "exports" / "直播明细.xlsx", [session(), session(), session(直播开始时间="-")])
    csv_file(folder / "exports" / "订单.csv", [ORDERS, *map(order, range(30))])
    for path in (folder / "exports").iterdir():
        os.utime(path, (OLD, OLD))
    return folder


def same(one: Case, other: Case) -> None:
    """Two readings that say the same in every respect."""
    assert (one.files, one.problems, one.checks, one.missing) == (
        other.files,
        other.problems,
        other.checks,
        other.missing,
    )
    assert (one.period, one.merchant) == (other.period, other.merchant)
    assert list(one.tables) == list(other.tables)
    for name, frame in one.tables.items():
        pd.testing.assert_frame_equal(frame, other.tables[name], check_exact=True)


def closed(patch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an export was opened")

    patch.setattr(reading, "load_all", refuse)
    patch.setattr(bulk, "export", refuse)


@pytest.mark.parametrize("name", ["knitwear", "food"])
def test_a_second_reading_of_a_sample_opens_no_file_and_says_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables, accounting, problems and checks alike, for every report there is."""
    first = read_case(sample(name))
    closed(monkeypatch)
    same(read_case(sample(name)), first)


def test_a_second_reading_keeps_every_problem(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was set aside, doubled or not understood is said each time."""
    first = read_case(shop)
    assert {"cell_not_understood", "key_missing", "sheet_foreign"} <= {problem.code for problem in first.problems}
    closed(monkeypatch)
    same(read_case(shop), first)


def test_big_files_are_kept_as_they_were_read_in_pieces(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that rows share, constants and ids come back of the same type."""
    monkeypatch.setattr(bulk, "BIG", 1)
    monkeypatch.setattr(kept, "MANY", 10)
    first = read_case(shop)
    assert first.table("orders")["product"].dtype.storage == "python"  # type: ignore[union-attr]
    closed(monkeypatch)
    same(read_case(shop), first)


def test_a_file_that_changed_is_read_again(shop: Path) -> None:
    """Another size, and another content of the same size and time that was written just now."""
    read_case(shop)
    path = shop / "exports" / "订单.csv"
    csv_file(path, [ORDERS, *map(order, range(31))])
    assert len(read_case(shop).table("orders")) == 31
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace(b"1,234.00", b"1,234.50"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert set(read_case(shop).table("orders")["order_amount_cny"]) == {1234.5}


def test_a_file_that_was_only_touched_is_known_by_its_bytes(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copied back or synchronised: another time, the same digest."""
    first = read_case(shop)
    for path in (shop / "exports").iterdir():
        os.utime(path, (OLD + 5, OLD + 5))
    closed(monkeypatch)
    same(read_case(shop), first)


def test_other_knowledge_other_code_and_other_aliases_read_again(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that was read by older rules outlives them."""
    read_case(shop)
    closed(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(cache, "version", lambda: "another")
        with pytest.raises(AssertionError, match="opened"):
            read_case(shop)
    (shop / "aliases.toml").write_text('[aliases]\n"实付款" = "用户支付金额"\n', "utf-8")
    with pytest.raises(AssertionError, match="opened"):
        read_case(shop)


def test_the_version_follows_the_knowledge_and_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """A date of next year is good or bad by today's calendar."""
    now = cache.version()
    cache.version.cache_clear()
    monkeypatch.setattr(cache.dates, "last_year", lambda: 1999)
    assert cache.version() != now
    cache.version.cache_clear()


@pytest.mark.parametrize("harm", ["cut", "emptied", "flipped", "replaced", "notes"])
def test_a_damaged_entry_is_not_believed_and_written_anew(
    shop: Path, store: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happened to the cache, the reading is the file's; after it the cache is whole again."""
    first = read_case(shop)
    entries = sorted(store.glob("*.parquet"))
    assert len(entries) == 3
    for number, entry in enumerate(entries):
        damage(entry, harm, number)
    same(read_case(shop), first)
    closed(monkeypatch)
    same(read_case(shop), first)


def damage(entry: Path, harm: str, number: int) -> None:
    data = entry.read_bytes()
    at = len(data) * (number + 1) // 5
    ways = {
        "cut": data[: len(data) // 2],
        "emptied": b"",
        "flipped": data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :],
        "replaced": b"PAR1 something else PAR1",
    }
    if harm in ways:
        entry.write_bytes(ways[harm])
    else:
        for note in entry.parent.glob("*.json"):
            note.write_text('{"size": "x"}', "utf-8")


def test_any_single_flipped_byte_is_noticed_or_harmless(shop: Path, store: Path) -> None:
    """Byte after byte of one entry: what is handed over is what was kept, or nothing."""
    read_case(shop)
    for entry in store.glob("*.parquet"):
        whole, good = entry.read_bytes(), kept.load(entry)
        for at in range(0, len(whole), max(len(whole) // 150, 1)):
            entry.write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
            try:
                found = kept.load(entry)
            except cache.DAMAGED:
                continue
            assert [export.problems for export in found] == [export.problems for export in good], at
            for one, other in zip(found, good, strict=True):
                for part, was in zip(one.parts, other.parts, strict=True):
                    pd.testing.assert_frame_equal(part.frame, was.frame, check_exact=True)
                    assert (part.counts, part.problems) == (was.counts, was.problems)


def test_nothing_personal_is_kept(shop: Path, store: Path) -> None:
    """Private columns are never read, so the cache cannot hold them; nor does it hold the files themselves."""
    read_case(shop)
    for entry in store.glob("*.parquet"):
        schema = pq.read_schema(entry)
        text = str(pq.read_table(entry).to_pydict()) + (schema.metadata or {}).get(kept.HEADER, b"").decode()
        assert "虚构" not in text
        assert not {"收件人", "收货地址"} & set(schema.names)


def test_the_cache_lies_where_the_system_keeps_what_may_be_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    """By platform, unless FACTBOOK_CACHE names a folder or says off."""
    monkeypatch.delenv("FACTBOOK_CACHE")
    monkeypatch.setattr(Path, "home", lambda: Path("/home/someone"))
    for platform, variable, expected in (
        ("linux", "XDG_CACHE_HOME", "/home/someone/.cache/factbook"),
        ("darwin", "", "/home/someone/Library/Caches/factbook"),
        ("win32", "LOCALAPPDATA", "/home/someone/AppData/Local/factbook"),
    ):
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.delenv(variable or "XDG_CACHE_HOME", raising=False)
        assert cache.folder() == Path(expected)
        if variable:
            monkeypatch.setenv(variable, "/elsewhere")
            assert cache.folder() == Path("/elsewhere/factbook")
            monkeypatch.delenv(variable)
    monkeypatch.setenv("FACTBOOK_CACHE", "OFF")
    assert cache.folder() is None


@pytest.mark.parametrize("place", ["off", "shop/.cache", "file"])
def test_without_a_usable_folder_files_are_read_as_ever(
    shop: Path, tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Switched off, inside the merchant's own folder, or where a file stands: nothing is written there."""
    (tmp_path / "file").write_text("not a folder", "utf-8")
    before = set(shop.rglob("*"))
    monkeypatch.setenv("FACTBOOK_CACHE", place if place == "off" else str(tmp_path / place))
    same(read_case(shop), read_case(shop))
    assert set(shop.rglob("*")) == before
    assert (tmp_path / "file").read_text("utf-8") == "not a folder"


def test_readers_side_by_side_agree_while_the_cache_is_deleted(shop: Path, store: Path) -> None:
    """Entries take their place whole: nobody ever sees half of one."""
    first = read_case(shop)

    def read(turn: int) -> Case:
        if turn % 3 == 0:
            shutil.rmtree(store, ignore_errors=True)
        return read_case(shop)

    with ThreadPoolExecutor(4) as pool:
        for case in pool.map(read, range(16)):
            same(case, first)
    assert not list(store.glob("*.part"))


def test_processes_share_a_cache(shop: Path, store: Path) -> None:
    """Two commands at a time on one merchant print the same, and leave nothing half written."""
    words = [sys.executable, "-c", "from factbook.cli import main; main()", "check", str(shop), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "lib")}
    running = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate()[0] for process in running]
    assert said[0] == said[1] != b""
    assert len(list(store.glob("*.parquet"))) == 3
    assert not list(store.glob("*.part"))


def test_entries_nobody_used_for_long_are_let_go(shop: Path, store: Path) -> None:
    """The cache does not grow for ever; what is used today stays."""
    read_case(shop)
    old = time.time() - (cache.UNUSED_DAYS + 1) * cache.DAY
    stale = store / "stale.parquet"
    stale.write_bytes(b"x")
    os.utime(stale, (old, old))
    csv_file(shop / "exports" / "订单.csv", [ORDERS, order(99)])
    read_case(shop)
    assert not stale.exists()
    assert len(list(store.glob("*.parquet"))) == 4


def test_everything_a_reading_says_is_kept() -> None:
    """Whoever adds a field to these must keep it too, and say so here; a closing line lives on in its checks."""
    names = {kind.__name__: [field.name for field in fields(kind)] for kind in (Export, Loaded, Part, Counts)}
    assert names == {
        "Export": ["loaded", "parts", "left", "problems", "checks"],
        "Loaded": ["name", "digest", "size", "grids", "problems"],
        "Part": ["file", "report", "spec", "frame", "counts", "problems", "closing"],
        "Counts": ["rows", "set_aside", "duplicates", "header", "totals", "blank"],
    }
