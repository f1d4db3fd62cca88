"""The record of a report accounts for every file; the portfolio's page is made from such records."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd

from factbook.records import MEASURE_COLUMNS, Measures, Score
from factbook.render import index, manifest
from factbook.render.chapters import Executed
from factbook.render.journal import Failure

from .conftest import HOSTILE, diagnosis, executed


def folder(tmp_path: Path) -> Path:
    """A merchant's folder with a read file, a stray one, a hidden one and a lock file of a spreadsheet."""
    place = tmp_path / "data" / "teahouse"
    (place / "exports").mkdir(parents=True)
    for name in ("exports/直播明细.xlsx", "notes.md", ".DS_Store", "exports/~$直播明细.xlsx"):
        (place / name).write_text(name)
    return place


def broken() -> Executed:
    return replace(executed("field"), failures=(Failure("03_field", 4, "谁在卖", "ValueError"),), streams=2)


def record(tmp_path: Path, out: Path | None = None, **changes: object) -> dict:
    """A manifest built, saved where a report would stand, and read again."""
    dx = replace(diagnosis(), **changes)
    built = manifest.build(dx, folder(tmp_path), [executed("summary"), broken()], {"chapters": 1.234})
    place = (out or tmp_path / "reports") / "teahouse" / str(dx.period)
    place.mkdir(parents=True)
    return json.loads(manifest.save(built, place).read_text("utf-8"))


def test_every_visible_file_of_the_merchant_is_named_with_its_digest(tmp_path: Path) -> None:
    """A report can be traced to the bytes it was made from."""
    inputs = {item["file"]: item for item in record(tmp_path)["inputs"]}
    assert set(inputs) == {"exports/直播明细.xlsx", "notes.md"}
    for name, item in inputs.items():
        assert item["sha256"] == hashlib.sha256(name.encode()).hexdigest()
        assert item["bytes"] == len(name.encode())


def test_the_manifest_knows_versions_parameters_durations_and_failures(tmp_path: Path) -> None:
    """What it was made with, how long it took, what could not be produced; no path of this machine."""
    found = record(tmp_path)
    assert found["versions"]["factbook"]
    assert found["parameters"] == {"merchant": "teahouse", "period": "20261001-20261031", "language": "zh"}
    assert found["seconds"] == {"chapters": 1.23}
    assert found["failures"] == [{"chapter": "03_field", "cell": 4, "section": "谁在卖", "error": "ValueError"}]
    assert [chapter["failed"] for chapter in found["chapters"]] == [0, 1]
    assert str(tmp_path) not in json.dumps(found)


def test_a_file_that_was_not_read_is_named(tmp_path: Path) -> None:
    """So that the exit code can tell."""
    assert record(tmp_path, files=diagnosis(read=False).files)["unread"] == ["直播明细.xlsx"]


def test_a_figure_that_is_not_measured_is_null_and_never_nought(tmp_path: Path) -> None:
    """In the manifest, and in words on the portfolio's page."""
    found = record(tmp_path)
    assert found["figures"] == dict.fromkeys(manifest.FIGURES)
    page = index.write(tmp_path / "reports", [], "zh").read_text("utf-8")
    assert "<dd>未测</dd>" in page
    assert "<dd>0" not in page


def test_the_portfolio_lists_what_was_rendered_before_as_well(tmp_path: Path) -> None:
    """Name, period, verdict, GMV, score and a link that works from where the page stands."""
    figure = {"id": "paid_amount_cny", "period": "current", "by": (), "key": (), "value": 12e6}
    measures = Measures(pd.DataFrame([dict.fromkeys(MEASURE_COLUMNS) | figure]))
    scores = (Score("F", "scored", 72.4, verdict="good"),)
    record(tmp_path, measures=measures, scores=scores)
    page = index.write(tmp_path / "reports", [], "zh").read_text("utf-8")
    for expected in (
        "茶馆旗舰店",
        "2026年10月1日至10月31日",
        "先修服务，再谈扩量。",
        "1200万元",
        "72",
        "模拟数据",
    ):
        assert expected in page
    link = page.split('<a href="')[1].split('"')[0]
    assert (tmp_path / "reports" / link).parent.is_dir()


def test_the_portfolio_says_what_could_not_be_produced_and_why(tmp_path: Path) -> None:
    """Boxed sections of a report, and merchants that were not rendered at all."""
    record(tmp_path, files=diagnosis(read=False).files)
    page = index.write(tmp_path / "reports", [(HOSTILE, f"读不出：{HOSTILE}")], "zh").read_text("utf-8")
    assert "有 1 节没能生成" in page
    assert "有 1 个文件没读成" in page
    assert "读不出：&lt;script&gt;" in page
    assert "<script" not in page


def test_the_portfolio_speaks_english(tmp_path: Path) -> None:
    """Verdict, figures and headings."""
    record(tmp_path)
    page = index.write(tmp_path / "reports", [], "en").read_text("utf-8")
    assert "Mend service before growing." in page
    assert "Open" not in page.split("<h1>")[0]
    assert '<html lang="en">' in page


def test_an_empty_portfolio_says_so(tmp_path: Path) -> None:
    """A page is written even where nothing could be rendered."""
    assert "还没有报告。" in index.write(tmp_path / "reports", [], "zh").read_text("utf-8")
