"""The command line: its words, its exit codes and its messages."""

from __future__ import annotations

import json
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import sample
from tests.intake.build import session, sessions


def factbook(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    command = [sys.executable, "-c", "from factbook.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_check_json_gives_rows_and_totals_in_yuan() -> None:
    """`check --json` names each report with its rows, period, totals and problems."""
    done = factbook("check", sample("food"), "--json")
    assert done.returncode == 0, done.stderr
    tables = json.loads(done.stdout)["tables"]
    for id in ("trade_analysis", "live_sessions", "shop_orders"):
        assert {"rows", "set_aside", "period", "totals", "problems"} <= tables[id].keys()
    trade = tables["trade_analysis"]
    assert sum(trade["by_party"].values()) == pytest.approx(trade["totals"]["paid_amount_cny"], abs=0.005)
    assert set(trade["by_carrier"]) == {"live", "video", "product_card", "article", "other"}


@pytest.mark.parametrize(("language", "word"), [("zh", "¥399,999.99"), ("en", "agree, 0 do not")])
def test_check_speaks_both_languages(language: str, word: str) -> None:
    """The table for a person is in the language asked for."""
    done = factbook("check", sample("food"), "--language", language)
    assert done.returncode == 0, done.stderr
    assert word in done.stdout
    assert len(done.stdout.splitlines()) < 40, "a report is a line, however many files it has"


def test_check_names_the_files_that_were_not_used_in_full(tmp_path: Path) -> None:
    """A good file is part of its report; one with a row set aside stands by itself, with the fate of its rows."""
    sessions(tmp_path / "exports" / "好.xlsx", [session()])
    sessions(tmp_path / "exports" / "坏.xlsx", [session(主播抖音号="b"), session(直播开始时间="2026/13/02 10:00:00")])
    said = factbook("check", tmp_path, "--language", "zh").stdout
    assert re.search(r"罗盘 直播明细 +2 .* 2 +1$", said, re.MULTILINE), "two files, two rows read, one set aside"
    assert "搁置 1" in said
    assert said.index("没有全部用上的文件") < said.index("坏.xlsx")
    assert "好.xlsx" not in said


def test_diagnose_saves_the_keys_the_design_names(tmp_path: Path) -> None:
    """diagnosis.json holds every key of design section 8."""
    out = tmp_path / "deep" / "dx.json"
    done = factbook("diagnose", sample("food"), "--json", out)
    assert done.returncode == 0, done.stderr
    keys = "schema_version merchant period tables measures scores findings worth actions problems".split()
    data = json.loads(out.read_text("utf-8"))
    assert set(keys) <= data.keys()
    measure = "id value numerator denominator n low high basis slice source".split()
    assert set(measure) <= data["measures"][0].keys()


def test_a_missing_folder_is_wrong_use_and_says_so() -> None:
    """No traceback: what was looked for, and exit code 2."""
    done = factbook("check", "data/samples/skincar")
    assert done.returncode == 2
    assert "skincar" in done.stderr
    assert 'did you mean "data/samples/skincare"' in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_folder_fails_with_what_to_do(tmp_path: Path) -> None:
    """Nothing to read is a failed merchant, exit code 1."""
    done = factbook("check", tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_a_wrong_period_is_wrong_use(tmp_path: Path) -> None:
    """A period that ends before it starts is named, exit code 2."""
    done = factbook("diagnose", sample("food"), "--json", tmp_path / "x.json", "--period", "20261031-20261001")
    assert done.returncode == 2
    assert "ends before it starts" in done.stderr


def test_an_unread_file_tells_by_the_exit_code_and_the_rest_is_still_read(tmp_path: Path) -> None:
    """A truncated workbook among good ones: exit 1, its name is said, the other totals stand."""
    folder = tmp_path / "food"
    shutil.copytree(sample("food"), folder)
    (folder / "exports" / "坏掉的.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    done = factbook("check", folder, "--json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert data["tables"]["trade_analysis"]["totals"]["paid_amount_cny"] > 0
    assert "坏掉的.xlsx" in done.stdout


@pytest.mark.parametrize("words", [("frobnicate",), ("check",), ("render", "x", "--language", "fr")])
def test_wrong_words_exit_with_two(words: tuple[str, ...]) -> None:
    """An unknown verb, a missing folder or a language we do not speak is wrong use."""
    assert factbook(*words).returncode == 2


def test_a_line_reaches_a_pipe_at_once() -> None:
    """`factbook meet` prints its address and goes on working: whoever reads the pipe must have it."""
    code = "import time; from factbook.cli import speak; speak.line('http://here'); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        ready, _, _ = select.select([server.stdout], [], [], 30)
        said = server.stdout.readline() if ready else ""
        server.kill()
    assert said == "http://here\n"
