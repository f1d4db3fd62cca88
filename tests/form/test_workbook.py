"""The workbook itself: what a person sees and Excel enforces."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from factbook import form
from factbook.errors import ParameterError
from factbook.form.checks import CHECKS
from factbook.form.options import options
from factbook.knowledge.practices import practices
from factbook.knowledge.survey import survey
from factbook.knowledge.thumbs import thumbs

HOSTILE = [
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1",
    "@SUM(A1:A9)",
    "{=1}",
    "http://x.example",
    "8%",
    "<script>",
    "\t=1",
]
SHEETS = form.layout().sheets


@pytest.fixture(scope="module", params=["zh", "en"])
def blank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank form in each language."""
    path = tmp_path_factory.mktemp("form") / f"{request.param}.xlsx"
    form.write(path, language=request.param)
    return path


def xml(path: Path, number: int) -> str:
    """One worksheet's XML, from 1 (the guide)."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


def cells(path: Path, tab: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(tab).to_python(skip_empty_area=False)


def test_a_blank_form_says_nothing(blank: Path) -> None:
    """Nobody answered: no table, no profile, no figure of 0, and nothing to complain about."""
    assert form.read(blank) == ({}, {}, [])


def test_the_sheets_stand_in_order_with_headings_in_both_languages(blank: Path) -> None:
    """Guide first, then every sheet of the layout; each heading is Chinese, then English."""
    names = CalamineWorkbook.from_path(blank).sheet_names
    assert names[0] == "说明 Guide"
    assert names[1:-1] == [sheet.tab for sheet in SHEETS]
    for sheet in (s for s in SHEETS if s.layout == "table"):
        assert cells(blank, sheet.tab)[0] == [f"{column.zh}\n{column.en}" for column in sheet.columns]


@pytest.mark.parametrize("number", range(len(SHEETS)), ids=[sheet.id for sheet in SHEETS])
def test_every_column_that_can_be_checked_is_checked(blank: Path, number: int) -> None:
    """Drop-downs point at their full list, other kinds carry their limits, and headings stay in view."""
    sheet, text = SHEETS[number], xml(blank, number + 2)
    kinds = re.findall(r'<dataValidation type="(\w+)"', text)
    lists = [c for c in sheet.asked if options(c) or c.kind == "level"]
    assert len(kinds) == sum(column.kind in CHECKS for column in sheet.asked)
    assert kinds.count("list") == len(lists)
    assert 'state="frozen"' in text
    for column in (c for c in lists if c.kind not in ("level", "metric")):
        offered = {cell for row in cells(blank, form.layout().lists_sheet) for cell in row}
        assert {choice.label[blank.stem] for choice in options(column)} <= offered


def test_every_sheet_prints_as_wide_as_its_paper_with_headings_and_pages(blank: Path) -> None:
    """Landscape, one page wide, the name and the pages below; what would be too small on A4 goes on A3."""
    with zipfile.ZipFile(blank) as archive:
        book = archive.read("xl/workbook.xml").decode()
    assert book.count("_xlnm.Print_Titles") == len(SHEETS)
    for number, sheet in enumerate(SHEETS, 2):
        text = xml(blank, number)
        width = sum(column.width for column in sheet.columns)
        paper = 8 if sheet.layout == "table" and width > 200 else 9
        assert f'<pageSetup paperSize="{paper}"' in text
        assert 'fitToHeight="0" orientation="landscape"' in text
        assert "&amp;A" in text
        assert "&amp;P / &amp;N" in text


def test_the_guide_says_that_empty_is_not_measured(blank: Path) -> None:
    """The one rule everything rests on stands on the first sheet."""
    said = " ".join(str(cell) for row in cells(blank, "说明 Guide") for cell in row)
    assert {"zh": "没给数据，不计分", "en": "not measured"}[blank.stem] in said


def test_the_survey_prints_every_item_with_its_anchors(blank: Path) -> None:
    """Three raters, 28 items each, the five anchors beside the question."""
    tab = form.layout().sheet("survey").tab
    rows = cells(blank, tab)[2:]
    items = survey().items
    assert [row[2] for row in rows] == [item.code for item in items] * 3
    for row, item in zip(rows, items, strict=False):
        assert row[3:9] == [item.question[blank.stem], *(anchor[blank.stem] for anchor in item.anchors)]


def test_the_house_values_stand_beside_the_cells_that_change_them(blank: Path) -> None:
    """Every rule of thumb is printed with its origin, and the cells for another value are empty."""
    sheet = form.layout().sheet("thumbs")
    rows = cells(blank, sheet.tab)[2:]
    named = [column.name for column in sheet.columns]
    printed = [dict(zip(named, row, strict=True)) for row in rows if row[0]]
    assert [row["metric"].rpartition("| ")[2] for row in printed] == list(thumbs().metrics)
    for row, thumb in zip(printed, thumbs().metrics.values(), strict=True):
        assert row["house_source"] == thumb.source[blank.stem]
        assert row["house_good"]
        assert [row["good"], row["poor"], row["source"]] == ["", "", ""]


def test_the_checklist_prints_every_practice_of_the_method(blank: Path) -> None:
    """32 codes from G1.1 to O5 in order, each with its question and what could show it."""
    sheet = form.layout().sheet("practices")
    rows = cells(blank, sheet.tab)[2:]
    assert [row[0] for row in rows] == list(practices())
    assert len(rows) == sheet.rows == 32
    for row, practice in zip(rows, practices().values(), strict=True):
        assert [row[2], row[5]] == [practice.question[blank.stem], practice.evidence[blank.stem]]
    assert all("32" in sheet.explain[language] for language in ("zh", "en"))


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """No formula, no link, no number is made of what a shop or creator calls itself."""
    path = tmp_path / "f.xlsx"
    accounts = pd.DataFrame({"account": HOSTILE, "douyin_id": HOSTILE})
    form.write(path, form.FormData({"name": HOSTILE[0], "positioning": HOSTILE[3]}, {"own_accounts": accounts}))
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert "<f>" not in text
            assert "<f " not in text
            assert "<hyperlink " not in text
    tables, profile, problems = form.read(path)
    assert problems == []
    assert list(tables["own_accounts"]["account"]) == [text.strip() for text in HOSTILE]
    assert profile["name"] == HOSTILE[0]


def test_a_half_filled_form_gives_what_it_has(tmp_path: Path) -> None:
    """Open cells are NaN or absent, never 0; untouched sheets are absent."""
    deals = pd.DataFrame([{"deal": "一", "creator": "辛禾", "start": "2026-06-06", "end": "2026-06-06"}])
    form.write(tmp_path / "f.xlsx", form.FormData({"stage": "growth"}, {"star_deals": deals}))
    tables, profile, problems = form.read(tmp_path / "f.xlsx")
    assert problems == []
    assert profile == {"stage": "growth"}
    assert list(tables) == ["star_deals"]
    row = tables["star_deals"].iloc[0]
    assert row[["fee_cny", "commission_rate", "gift_cost_cny", "margin", "creator_id", "kind"]].isna().all()


def test_tables_keep_their_types_and_addresses(tmp_path: Path) -> None:
    """Money and rates are floats, dates are dates, text is text, and each row knows where it stood."""
    rows = pd.DataFrame([{"date": pd.Timestamp(2026, 10, day), "total": 70.0 + day} for day in (1, 2)])
    form.write(tmp_path / "f.xlsx", form.FormData(tables={"service_scores": rows}))
    table = form.read(tmp_path / "f.xlsx")[0]["service_scores"]
    assert table.dtypes.astype(str).to_dict() == {
        "date": "datetime64[ns]", "total": "float64", "product": "float64", "logistics": "float64",
        "service": "float64", "_file": "str", "_sheet": "str", "_row": "int64",
    }  # fmt: skip
    assert list(table["_row"]) == [3, 4]
    assert set(table["_sheet"]) == {form.layout().sheet("service_scores").tab}


def test_unanswered_items_of_a_rater_are_printed_again(tmp_path: Path) -> None:
    """A form handed back half done shows the rater's open items below the answered ones."""
    one = pd.DataFrame([{"rater": "王敏", "role": "host", "item": "O3.2", "current": 2.0}])
    form.write(tmp_path / "f.xlsx", form.FormData(tables={"survey": one}))
    rows = cells(tmp_path / "f.xlsx", form.layout().sheet("survey").tab)[2:]
    assert [row[0] for row in rows] == ["王敏"] * len(survey().items)
    assert sorted(row[2] for row in rows) == sorted(item.code for item in survey().items)


def test_answers_the_form_has_no_place_for_are_refused() -> None:
    """A misspelt table or column is named, never dropped in silence."""
    wrong = form.FormData({"shoe_size": 42}, {"peers": pd.DataFrame({"vlaue": [1.0]}), "pears": pd.DataFrame()})
    with pytest.raises(ParameterError, match="pears, peers › vlaue, profile › shoe_size"):
        form.write("never_written.xlsx", wrong)
    assert not Path("never_written.xlsx").exists()


def test_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    """Excel would cut it; the form says so instead."""
    with pytest.raises(ParameterError, match="shorten it"):
        form.write(tmp_path / "f.xlsx", form.FormData({"positioning": "长" * 40_000}))
