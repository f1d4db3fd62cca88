"""Every wrong cell is named, is never guessed at, and takes nothing else with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from factbook import form
from factbook.knowledge.problems import say
from tests.form.conftest import SOUND, Typed, columns

# sheet, column, what stands in the cell, the problem it must cause
OPTIONAL = [
    ("service_scores", "product", 174, "form_range"),
    ("service_scores", "service", "七十", "form_number"),
    ("service_scores", "logistics", "78%", "form_number"),
    ("survey", "current", 6, "form_level"),
    ("survey", "current", 0, "form_level"),
    ("survey", "target", 3.5, "form_level"),
    ("survey", "importance", "很重要", "form_level"),
    ("survey", "role", "实习生", "form_choice"),
    ("campaigns", "level", 4, "form_level"),
    ("campaigns", "goal_cny", -1, "form_negative"),
    ("campaigns", "goal_cny", True, "form_number"),
    ("peers", "date", "10月31日", "form_date"),
    ("star_deals", "margin", 38, "form_percent"),
    ("star_deals", "commission_rate", 1.5, "form_percent"),
    ("star_deals", "commission_rate", 250, "form_fraction_range"),
    ("star_deals", "commission_rate", "-5%", "form_fraction_range"),
    ("star_deals", "creator_id", 1029384756102938475, "form_id_rounded"),
    ("star_deals", "kind", "包场", "form_choice"),
    ("creator_actions", "cost_cny", "六百", "form_number"),
    ("thumbs", "good", "很好", "form_number"),
    ("product_roles", "role", "主力款", "form_choice"),
    ("product_roles", "margin", 42, "form_percent"),
    ("product_roles", "margin", "-120%", "form_fraction_range"),
    ("product_roles", "product_id", 3712345678901234567, "form_id_rounded"),
    ("product_roles", "scene", "门店", "form_choice"),
    ("readiness", "due", "10月24日", "form_date"),
    ("readiness", "done", "快了", "form_choice"),
    ("campaign_hours", "planned_cny", "十二万", "form_number"),
    ("campaign_hours", "planned_cny", -1, "form_negative"),
    ("campaign_hours", "planned_sessions", 999, "form_range"),
]
KEYS = [
    ("peers", "metric", "no_such_metric", "form_metric"),
    ("peers", "value", 8.3, "form_percent"),
    ("peers", "statistic", "差不多", "form_choice"),
    ("peers", "source", None, "form_key_missing"),
    ("service_scores", "date", "2026/13/02", "form_date"),
    ("service_scores", "date", 46296, "form_date"),
    ("service_scores", "date", "2062-10-01", "form_date_range"),
    ("service_scores", "total", "-", "form_key_missing"),
    ("survey", "item", "O9.9", "form_item"),
    ("survey", "rater", "  ", "form_key_missing"),
    ("campaigns", "state", "也许", "form_choice"),
    ("campaigns", "end", "2026-10-30", "form_end_before_start"),
    ("campaigns", "start", "31/10/2026", "form_date"),
    ("star_deals", "creator", "", "form_key_missing"),
    ("star_deals", "end", "2026-06-05", "form_end_before_start"),
    ("creator_actions", "action", "请吃饭", "form_choice"),
    ("thumbs", "metric", "no_such_metric", "form_metric"),
    ("thumbs", "metric", "price_per_item_cny", "form_undirected"),
    ("thumbs", "source", "", "form_key_missing"),
    ("thumbs", "good", 2, "form_ladder"),
    ("product_roles", "product", None, "form_key_missing"),
    ("practices", "code", "G9.9", "form_item"),
    ("practices", "state", "也许", "form_choice"),
    ("readiness", "campaign", None, "form_key_missing"),
    ("readiness", "part", "仓库", "form_choice"),
    ("campaign_hours", "hour", 24, "form_level"),
    ("campaign_hours", "hour", "20:30", "form_level"),
    ("campaign_hours", "hour", 9.5, "form_level"),
    ("campaign_hours", "date", "10月31日", "form_date"),
    ("campaign_hours", "date", None, "form_key_missing"),
]


def with_cell(sheet: str, column: str, cell: object) -> list[dict[str, Any]]:
    """A sound row, and below it one that differs by this cell (and in a key, to repeat nothing)."""
    first = form.layout().sheet(sheet).unique or ("cost_cny",)
    metric = {"thumbs": "service_score"}.get(sheet, "entry_rate")
    more = {"metric": metric, "product": "面霜", "code": "F1", "task": "备货"}
    other = {**more, "date": "2026-10-02", "item": "O2.2", "statistic": "中位数", "campaign": "618", "deal": "专场2"}
    changed = {name: other[name] for name in first if name in other}
    return [SOUND[sheet], {**SOUND[sheet], **changed, column: cell}]


@pytest.mark.parametrize(("sheet", "column", "cell", "code"), OPTIONAL)
def test_a_bad_optional_cell_is_dropped_and_named(
    typed: Typed, sheet: str, column: str, cell: object, code: str
) -> None:
    """The row stays, the cell is missing, the problem says exactly where."""
    got = typed(**{sheet: with_cell(sheet, column, cell)})
    (problem,) = got.problems
    assert (problem.code, problem.severity, problem.sheet, problem.row) == (code, "warning", sheet, 3)
    assert form.layout().sheet(sheet).column(column).zh in problem.column
    table = got.tables[sheet]
    assert len(table) == 2
    assert pd.isna(table[column].iloc[1])


@pytest.mark.parametrize(("sheet", "column", "cell", "code"), KEYS)
def test_a_bad_key_sets_the_row_aside_and_nothing_else(
    typed: Typed, sheet: str, column: str, cell: object, code: str
) -> None:
    """The neighbour row is read as if nothing had happened."""
    got = typed(**{sheet: with_cell(sheet, column, cell)})
    (problem,) = got.problems
    assert (problem.code, problem.severity, problem.sheet, problem.row) == (code, "set_aside", sheet, 3)
    assert list(got.tables[sheet]["_row"]) == [2]
    assert got.counts[sheet].set_aside == 1


@pytest.mark.parametrize("case", OPTIONAL + KEYS, ids=lambda case: f"{case[0]}-{case[1]}-{case[3]}")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_problem_is_a_whole_sentence(typed: Typed, case: tuple[str, str, Any, str], language: str) -> None:
    """Nothing the sentence wants to say is missing, and it gives the address of the cell as Excel does."""
    sheet, column, cell, _ = case
    (problem,) = typed(**{sheet: with_cell(sheet, column, cell)}).problems
    line = say(problem, language)
    assert "{" not in line
    assert "—" not in line
    position = list(dict.fromkeys([*SOUND[sheet], *columns(sheet)])).index(column)
    assert f"{chr(ord('A') + position)}3" in line


ACCEPTED = [
    ("product_roles", "margin", "-5%", -0.05),
    ("product_roles", "margin", "−5%", -0.05),
    ("product_roles", "role", "New launch", "launch"),
    ("practices", "state", "不适用", "na"),
    ("practices", "state", "N/A", "na"),
    ("readiness", "due", "2026/10/24", pd.Timestamp(2026, 10, 24)),
    ("campaign_hours", "hour", 0, 0.0),
    ("campaign_hours", "hour", "23", 23.0),
    ("campaign_hours", "planned_cny", "12万", 120_000.0),
    ("campaign_hours", "planned_cny", 0, 0.0),
    ("campaign_hours", "planned_cny", "没有", None),
    ("thumbs", "good", None, None),
    ("star_deals", "margin", "45%", 0.45),
    ("star_deals", "margin", "４５％", 0.45),
    ("star_deals", "margin", 0.45, 0.45),
    ("star_deals", "margin", 1, 1.0),
    ("star_deals", "margin", 0, 0.0),
    ("star_deals", "fee_cny", "¥1,234.50", 1234.5),
    ("star_deals", "fee_cny", "50万", 500_000.0),
    ("star_deals", "kind", "mixed", "mixed"),
    ("campaigns", "level", "平台大促", 1.0),
    ("campaigns", "level", "1 platform festival", 1.0),
    ("campaigns", "goal_cny", "1.2亿元", 120_000_000.0),
    ("survey", "current", "不适用", None),
    ("survey", "evidence", "无", None),
    ("peers", "date", "2026年10月1日", pd.Timestamp(2026, 10, 1)),
    ("peers", "date", "2026/10/1 00:00:00", pd.Timestamp(2026, 10, 1)),
    ("peers", "date", 20261001, pd.Timestamp(2026, 10, 1)),
    ("peers", "metric", "entry_rate", "entry_rate"),
    ("peers", "metric", "我改过的名字 | gpm_views", "gpm_views"),
    ("own_accounts", "account", 888, "888"),
    ("own_accounts", "account", "8%", "8%"),
]


@pytest.mark.parametrize(("sheet", "column", "cell", "value"), ACCEPTED)
def test_the_ways_people_write_a_value_are_understood(
    typed: Typed, sheet: str, column: str, cell: object, value: object
) -> None:
    """Percent signs, 万, full-width digits, choices in either language and usual dates are read as meant."""
    table = typed(**{sheet: [{**SOUND[sheet], column: cell}]}).tables[sheet]
    read = table[column].iloc[0]
    assert pd.isna(read) if value is None else read == value


def test_a_repeated_row_is_counted_once(typed: Typed) -> None:
    """The first of two rows about the same thing is used, and the second named with the first's number."""
    twice = [SOUND["service_scores"], {**SOUND["service_scores"], "total": 99}]
    got = typed(service_scores=twice)
    assert [p.code for p in got.problems] == ["form_duplicate"]
    assert got.problems[0].values["first_row"] == "2"
    assert list(got.tables["service_scores"]["total"]) == [72.0]


@pytest.mark.parametrize(
    ("metric", "good", "poor", "wrong"),
    [
        ("live_days_per_week", 6, 4, False),
        ("live_days_per_week", 4, 6, True),
        ("longest_gap_days", 1, 3, False),
        ("longest_gap_days", 3, 1, True),
        ("live_days_per_week", 3, None, True),  # the house calls 4 poor
        ("live_days_per_week", 7, None, False),
        ("repeat_buyer_share", "40%", "15%", False),
    ],
)
def test_a_rule_of_thumb_stands_in_the_direction_of_its_metric(
    typed: Typed, metric: str, good: object, poor: object, wrong: bool
) -> None:
    """A good value on the poor side is set aside, also where the other end is the house's own."""
    got = typed(thumbs=[{"metric": metric, "good": good, "poor": poor, "source": "经验"}])
    assert [p.code for p in got.problems] == (["form_ladder"] if wrong else [])
    assert ("thumbs" in got.tables) is not wrong


def test_a_campaign_nobody_listed_is_named_with_the_nearest(typed: Typed) -> None:
    """A misspelt campaign would prepare nothing: the row stays, the cell and the likely name are said."""
    rows = [{**SOUND["readiness"], "campaign": name} for name in ("双11", "双l1")]
    got = typed(campaigns=[SOUND["campaigns"]], readiness=rows)
    (problem,) = got.problems
    assert (problem.code, problem.row, problem.values["near"]) == ("form_reference", 3, "双11")
    assert problem.values["at"] == "A3"
    assert len(got.tables["readiness"]) == 2


def test_a_name_refers_to_nothing_while_the_other_sheet_is_empty(typed: Typed) -> None:
    """A half-filled form is no mistake."""
    assert typed(readiness=[SOUND["readiness"]]).problems == ()


def test_a_peer_value_is_read_in_the_unit_of_its_metric(typed: Typed) -> None:
    """2,500 is a good GPM and no rate: only metrics that are fractions are held to 0–100 %."""
    row = {**SOUND["peers"], "metric": "gpm_views", "value": 2500}
    assert typed(peers=[row]).tables["peers"]["value"].iloc[0] == 2500


@pytest.mark.parametrize(
    ("weights", "kept"), [((0.4, 0.2, 0.4), True), ((0.4, 0.4, 0.4), False), ((0.4, 0.2, None), True)]
)
def test_weights_that_do_not_add_up_are_withdrawn(typed: Typed, weights: tuple[Any, ...], kept: bool) -> None:
    """Three weights make a whole or are not used at all."""
    names = ("体验分权重：商品", "score_weight_logistics", "体验分权重：服务 Score weight: service")
    rows = [{"entry": name, "answer": weight} for name, weight in zip(names, weights, strict=True)]
    got = typed(profile=rows)
    assert ("score_weight_product" in got.profile) is kept
    assert [p.code for p in got.problems] == ([] if kept else ["form_weights"])


def test_a_wrong_profile_entry_is_named_by_its_row(typed: Typed) -> None:
    """A margin typed as 45 is dropped; the entries around it are read."""
    rows = [
        {"entry": e, "answer": a} for e, a in (("店铺名称", "甲店"), ("毛利率", 45), ("星座", "狮子"), ("品牌", "甲"))
    ]
    got = typed(profile=rows)
    assert got.profile == {"name": "甲店", "brand": "甲"}
    assert [(p.code, p.row) for p in got.problems] == [("form_percent", 3), ("form_field_unknown", 4)]
    assert got.problems[0].values["percent"] == "45%"


def test_a_renamed_key_heading_is_one_problem_not_one_a_row(typed: Typed) -> None:
    """Without its key column a sheet cannot be used, and says so once."""
    rows = [{**SOUND["creator_actions"], "cost_cny": n} for n in range(5)]
    got = typed({"date": "哪天"}, creator_actions=rows)
    assert [p.code for p in got.problems if p.severity == "warning" and "Date" in p.values["name"]] == [
        "form_column_missing"
    ]
    assert "creator_actions" not in got.tables
    assert got.counts["creator_actions"].set_aside == 5


def test_a_heading_reworded_in_one_language_is_still_known(typed: Typed) -> None:
    """A form of an earlier edition, or one a person tidied up, loses no column over a word."""
    reworded = {"total": "体验分总分\nThe score", "product": "商品\nProduct"}
    got = typed(reworded, service_scores=[SOUND["service_scores"]])
    assert got.problems == ()
    assert got.tables["service_scores"][["total", "product"]].iloc[0].to_list() == [72, 74]


def test_unknown_and_missing_sheets_are_named(tmp_path: Path, typed: Typed) -> None:
    """A draft of the consultant's is left alone, a missing sheet counts as not supplied."""
    got = typed(own_accounts=[SOUND["own_accounts"]], 草稿=[{"a": "b"}])
    assert [(p.code, p.sheet, p.severity) for p in got.problems] == [("form_sheet_unknown", "草稿", "note")]
    _, _, problems = form.read(tmp_path / "intake.xlsx")
    missing = {p.values["name"] for p in problems if p.code == "form_sheet_missing"}
    assert missing == {sheet.tab for sheet in form.layout().sheets if sheet.id != "own_accounts"}


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut", None])
def test_a_file_that_cannot_be_opened_is_a_problem_not_a_crash(tmp_path: Path, damage: bytes | None) -> None:
    """An empty, a cut and an absent file each give one problem that says why."""
    path = tmp_path / "intake.xlsx"
    if damage is not None:
        path.write_bytes(damage)
    tables, profile, problems = form.read(path)
    assert (tables, profile) == ({}, {})
    assert [(p.code, p.severity, p.file) for p in problems] == [("form_unreadable", "error", "intake.xlsx")]
    assert problems[0].values["reason"]


def test_every_row_is_accounted_for(typed: Typed) -> None:
    """Kept, set aside, repeated, blank and heading rows add up to what stands in the sheet."""
    good = SOUND["service_scores"]
    blank = dict.fromkeys(good)
    rows = [good, {**good, "date": None}, blank, {**good, "total": 1}, {**good, "date": "2026-10-02"}]
    count = typed(service_scores=rows).counts["service_scores"]
    assert (count.header, count.kept, count.set_aside, count.duplicates, count.blank) == (1, 2, 1, 1, 1)
    assert count.rows == 6
