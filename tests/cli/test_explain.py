"""`factbook explain` and `factbook check` as a person reads them."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner, Result

from factbook import intake
from factbook.cli import checked, speak
from factbook.cli.app import app
from factbook.errors import FactbookError, ParameterError
from factbook.intake import read_case, summary
from factbook.intake.read import decode
from factbook.measures import lineage
from factbook.measures.lineage import Tracer
from factbook.records import Case, Period
from tests.conftest import case_of, sample
from tests.intake.build import session, sessions


@cache
def _food() -> Tracer:
    return Tracer(case_of("food"))


def traced(case: Case) -> Tracer:
    return _food() if case is case_of("food") else Tracer(case)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample is read and measured once for all commands of this file; any other folder as it is."""
    reads = intake.read_case

    def read(folder: Path, period: Period | None = None) -> Case:
        return case_of("food") if folder == sample("food") and period is None else reads(folder, period)

    monkeypatch.setattr(intake, "read_case", read)
    monkeypatch.setattr(lineage, "Tracer", traced)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


def explained(*words: str) -> dict[str, Any]:
    done = run("explain", sample("food"), *words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.output))


def test_the_json_holds_every_row_and_their_sum() -> None:
    """Both sides with figure, table, columns and rows; contributions add up to the figure."""
    said = explained("refund_rate")
    assert said["value"] == pytest.approx(said["numerator"]["value"] / said["denominator"]["value"])
    for side in (said["numerator"], said["denominator"]):
        assert side["tables"] == ["trade_daily"]
        assert side["count"] == len(side["rows"])
        assert sum(row["contribution"] for row in side["rows"]) == pytest.approx(side["value"], rel=1e-9)
        assert all(row["file"].endswith(".xlsx") and row["sheet"] and row["row"] > 1 for row in side["rows"])
    assert said["metric"]["formula"]


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ["公式", "分子", "分母", "行"]), ("en", ["formula", "numerator", "denominator"])]
)
def test_a_person_reads_formula_sides_and_rows(language: str, words: list[str]) -> None:
    """First and last rows by file and sheet, the count, and what is left out in between."""
    done = run("explain", sample("food"), "refund_rate", "--language", language)
    assert done.exit_code == 0, done.output
    assert all(word in done.output for word in words)
    assert ".xlsx › 自营成交" in done.output
    assert "--all" in done.output
    assert len(done.output.splitlines()) < 50


def test_all_lists_every_row() -> None:
    """`--all` leaves nothing out."""
    done = run("explain", sample("food"), "refund_rate", "--all")
    assert "--all" not in done.output
    assert len(done.output.splitlines()) > 300


def test_a_slice_may_have_two_names() -> None:
    """`--slice` may be given twice, and its words are checked."""
    hours = Tracer(case_of("food")).frame
    weekday, hour = hours.loc[hours["by"] == ("weekday", "hour"), "key"].iloc[0]
    said = explained("gpm_views", "--slice", f"weekday={weekday}", "--slice", f"hour={hour}")
    assert said["slice"] == {"weekday": weekday, "hour": hour}
    error = run("explain", sample("food"), "gpm_views", "--slice", "weekday").exception
    assert isinstance(error, ParameterError)
    assert "name=value" in str(error)


def test_the_period_before_can_be_explained_too() -> None:
    """`--before` traces the figure that changes are measured against."""
    assert explained("refund_rate", "--before")["period"]["name"] == "previous"
    assert explained("refund_rate", "--before")["value"] != explained("refund_rate")["value"]


def test_a_figure_made_of_metrics_names_them_with_their_values() -> None:
    """What was computed from other metrics leads on to those."""
    parts = {part["id"]: part["value"] for part in explained("break_even_gap")["made_of"]}
    assert explained("break_even_gap")["value"] == pytest.approx(parts["room_ad_roi"] - parts["break_even_roi"])


def test_what_is_not_measured_says_why() -> None:
    """No figure, no rows, and the reason in words."""
    done = run("explain", sample("food"), "realtime_gpm_product", "--language", "en")
    assert done.exit_code == 0, done.output
    assert "not measured (" in done.output


def test_an_unknown_metric_suggests_the_nearest() -> None:
    """The mistake is named before any file is read."""
    error = run("explain", sample("food"), "gpm_view").exception
    assert isinstance(error, ParameterError)
    assert "nearest is gpm_views" in str(error)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_check_reads_well_on_any_screen(width: int, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report a line, under each other only where that fits; a file not used in full by its whole name."""
    paper = io.StringIO()
    screen = Console(width=width, highlight=False, soft_wrap=True, file=paper, force_terminal=True, color_system=None)
    monkeypatch.setattr(speak, "out", screen)
    whole = case_of("food")
    case = replace(whole, files=(*whole.files[:-2], *(replace(file, set_aside=3) for file in whole.files[-2:])))
    checked.tell(case, summary(whole), language)
    lines = [line.rstrip() for line in paper.getvalue().splitlines()]
    reports = {file.report for file in case.files}
    table = lines[1 : lines.index("")]
    assert all(cell_len(line) <= width for line in table) or all(" · " in line for line in table)
    assert len(table) - (" · " not in table[0]) == len(reports)
    for file in case.files[-2:]:
        assert sum(line.strip() == file.name for line in lines) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_columns_of_a_table_stand_under_each_other(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Chinese letters are two columns wide; counts end where their heading ends."""
    case = case_of("food")
    checked.tell(case, summary(case), language)
    lines = capsys.readouterr().out.splitlines()
    table = lines[1 : lines.index("")]
    ends = {cell_len(line) for line in table}
    assert len(table) > 20
    assert len(ends) == 1, "every report has rows read, and that is the last column"


def test_what_is_to_mend_is_said_once_with_every_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two files with one fault: two places, one sentence; notes are counted until --all asks for them."""
    for name in ("a", "b"):
        wrong = session(主播抖音号=name, 直播开始时间="2026/13/02 10:00:00")
        sessions(tmp_path / "exports" / f"{name}.xlsx", [session(主播昵称=name), wrong])
    case = read_case(tmp_path)
    spoken = {}
    for every in (False, True):
        checked.tell(case, summary(case), "zh", every)
        spoken[every] = capsys.readouterr().out
    assert spoken[False].count("“2026/13/02 10:00:00”不是日期") == 1
    assert all(spoken[False].count(f"{name}.xlsx › 直播间明细 › 直播开始时间，第3行") == 1 for name in ("a", "b"))
    notes = sum(problem.severity == "note" for problem in case.problems)
    assert ("提示" in spoken[True]) == (notes > 0)


def renamed(folder: Path) -> Path:
    """A copy of a sample's orders with one header misspelt."""
    source = next((sample("food") / "exports").glob("抖店订单_*.csv"))
    (folder / "exports").mkdir(parents=True)
    text = decode(source.read_bytes()).replace("选购商品", "选购商品名", 1)
    (folder / "exports" / source.name).write_text(text, "utf-8")
    shutil.copy(sample("food") / "merchant.toml", folder)
    return folder


def said_of(done: Result, column: str) -> set[str]:
    return {problem["code"] for problem in json.loads(done.stdout)["problems"] if problem["column"] == column}


def test_check_learns_headers_it_can_be_sure_of(tmp_path: Path) -> None:
    """`--learn` writes the likely header down, and the same run already reads with it."""
    folder = renamed(tmp_path / "shop")
    assert said_of(run("check", folder, "--json"), "选购商品名") == {"header_unknown"}
    done = run("check", folder, "--learn", "--json")
    assert done.exit_code == 0, done.output
    assert "选购商品名" in (folder / "aliases.toml").read_text("utf-8")
    assert said_of(done, "选购商品名") == {"header_alias"}
    again = run("check", folder, "--learn", "--language", "en")
    assert "no header to learn" in again.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_check_says_how_a_header_it_nearly_knows_gets_read(tmp_path: Path, language: str) -> None:
    """The header, the one it looks like, and the command; once learned there is nothing left to say."""
    folder = renamed(tmp_path / "shop")
    said = run("check", folder, "--language", language).stdout
    assert "选购商品名 → " in said
    assert "factbook check --learn" in said
    assert "选购商品名" not in run("check", folder, "--learn", "--language", language).stdout


def test_a_damaged_aliases_file_is_said_and_left_alone(tmp_path: Path) -> None:
    """What the consultant wrote there is not thrown away."""
    folder = renamed(tmp_path / "shop")
    (folder / "aliases.toml").write_text("[aliases\n", "utf-8")
    error = run("check", folder, "--learn").exception
    assert isinstance(error, FactbookError)
    assert (folder / "aliases.toml").read_text("utf-8") == "[aliases\n"
