"""Every line of the reconciliation holds on good files, and fails with both figures on a file damaged just so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from factbook import form
from factbook.intake import read_case
from factbook.knowledge.problems import problems, say
from tests.intake.build import book, csv_file, merchant
from tests.intake.situations import DAY, EACH, SITUATIONS, Files, ads, listed, minutes, workbook


def laid(folder: Path, files: Files, typed: Mapping[str, pd.DataFrame]) -> Path:
    """A merchant's folder with these files."""
    for name, sheets in files.items():
        path = merchant(folder) / "exports" / name
        csv_file(path, sheets[""]) if name.endswith(".csv") else book(path, sheets)
    if typed:
        form.write(folder / "intake.xlsx", form.FormData(tables=typed))
    return folder


def test_every_line_has_its_situation() -> None:
    """Whoever adds a check shows here how it holds and how it fails."""
    assert set(SITUATIONS) == set(problems().checks)


@pytest.mark.parametrize("code", SITUATIONS)
def test_good_files_agree(tmp_path: Path, code: str) -> None:
    """The line is there, it holds, and no other line of these files is broken."""
    one = SITUATIONS[code]
    case = read_case(laid(tmp_path, one.good, one.typed))
    found = [check for check in case.checks if check.code == code]
    assert found
    assert one.metric in {check.values["metric"] for check in found} or code == "printed"
    assert [check for check in case.checks if not check.holds] == []


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_damaged_file_is_told_with_both_figures(tmp_path: Path, code: str) -> None:
    """The line breaks, with what each side says and where they part most; the warning says the same in words."""
    one = SITUATIONS[code]
    case = read_case(laid(tmp_path, one.bad, one.typed))
    (check,) = [c for c in case.checks if (c.code, c.values["metric"], c.holds) == (code, one.metric, False)]
    assert (check.left, check.right) == pytest.approx((one.left, one.right), abs=0.005)
    assert one.where.items() <= check.values.items()
    (problem,) = [p for p in case.problems if p.code == code and p.values["metric"] == one.metric]
    said = {language: say(problem, language) for language in ("zh", "en")}
    assert problem.severity == "warning"
    assert all("{" not in words and "—" not in words for words in said.values())
    assert (
        all(problem.values[side] in words for side in ("left", "right") for words in said.values()) or code == "printed"
    )


LONG = [*EACH[:-1], (20.00, 3), (15.00, 2), (10.00, 1)]


def running(flows: Sequence[tuple[float, int]]) -> list[tuple[float, int]]:
    """What a logger that counts from the start writes of the same minutes."""
    return [(sum(gmv for gmv, _ in flows[: n + 1]), sum(sold for _, sold in flows[: n + 1])) for n in range(len(flows))]


@pytest.mark.parametrize("flows", [LONG, running(LONG)], ids=["of_each_minute", "running_totals"])
def test_running_totals_are_told_from_what_happened_in_a_minute(
    tmp_path: Path, flows: Sequence[tuple[float, int]]
) -> None:
    """Both ways of counting bring the same minutes, and their sum is the session in the list and its channels."""
    case = read_case(laid(tmp_path, {**minutes(flows), **listed(), **workbook()}, {}))
    assert case.table("minutes")["gmv_cny"].tolist() == pytest.approx([gmv for gmv, _ in LONG])
    sums = {check.code: check for check in case.checks if check.values["metric"] == "gmv_cny"}
    for code in ("session_minutes", "minute_channels"):
        assert (sums[code].left, sums[code].right, sums[code].holds) == (61045.30, 61045.30, True)


def test_a_closing_line_of_some_rows_only_is_not_held_against_all(tmp_path: Path) -> None:
    """Two accounts, each with a line of its own: neither is the sum of the sheet."""
    rows = ads("day", "消耗(元)", (DAY, "100.00"), ("2026-09-08", "50.00"), last="100.00")
    case = read_case(laid(tmp_path, {"千川标准.csv": {"": [*rows, rows[-1]]}}, {}))
    assert case.files[0].totals == 2
    assert "closing_sum" not in {check.code for check in case.checks}


def test_figures_in_ten_thousands_are_held_to_their_last_place(tmp_path: Path) -> None:
    """A closing line of 1.2万 clicks may stand for anything from 11,500 to 12,500."""
    rows = ads("day", "消耗(元)", (DAY, "100.00"), last="100.00")
    rows[1][-1], rows[2][-1] = "11840", "1.2万"
    good = read_case(laid(tmp_path / "good", {"千川标准.csv": {"": rows}}, {}))
    rows[1][-1] = "11340"
    bad = read_case(laid(tmp_path / "bad", {"千川标准.csv": {"": rows}}, {}))
    told = [{c.values["metric"]: c.holds for c in case.checks if c.code == "closing_sum"} for case in (good, bad)]
    assert [holds["ad_clicks"] for holds in told] == [True, False]
    assert all(holds["ad_cost_cny"] for holds in told)
