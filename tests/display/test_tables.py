"""Tables spell every figure by its unit, keep raw values for exporters, and say what is missing."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook import fmt
from factbook.display import cells, shown, tables
from factbook.display.shown import Col, Shown, Spec
from factbook.knowledge.metrics import metrics
from factbook.knowledge.reasons import sentence
from factbook.knowledge.words import say
from factbook.records import Check, Diagnosis, Measures, Problem, Text
from tests.environment import ROOT

ALL: dict[str, Callable[[Diagnosis], Shown]] = {name: getattr(tables, name) for name in tables.__all__}


def column(table: Shown, name: str) -> list[object]:
    """One column of a table's raw rows."""
    at = [head["name"] for head in table.payload["columns"]].index(name)
    return [row[at] for row in table.payload["rows"]]


@pytest.mark.parametrize("name", list(ALL))
def test_every_table_is_a_table_or_says_why_it_is_none(name: str, anyone: Diagnosis) -> None:
    """No table raises, none is an empty grid, and no figure that does not exist is printed."""
    made = ALL[name](anyone)
    assert made.kind in ("table", "box", "text")
    assert made.plain
    assert made.kind != "table" or made.payload["rows"]
    assert not re.search(r"\b(nan|inf|None|NaT|NaN)\b", made.html)
    json.dumps(dict(made.payload), allow_nan=False)


def test_the_chapters_ask_only_for_tables_there_are() -> None:
    """Each `tables.x(dx)` of a notebook is a function of this room, and each function stands in a chapter."""
    cells_ = " ".join(path.read_text("utf-8") for path in (ROOT / "notebooks").glob("0*.ipynb"))
    assert set(re.findall(r"tables\.(\w+)\(dx\)", cells_)) == set(ALL)


@pytest.mark.parametrize("name", list(ALL))
def test_hostile_names_are_escaped_in_every_table(name: str, dx: Diagnosis) -> None:
    """A creator called <script> makes no element."""
    assert "<script" not in ALL[name](dx).html


@given(st.floats(), st.floats())
def test_raw_values_are_json_whatever_they_are(low: float, high: float) -> None:
    """NaN and infinity become null, also inside a pair."""
    assert json.loads(json.dumps(cells.raw((low, high)), allow_nan=False)) is not None
    said = cells.spell((low, high), "interval:cny", "en")
    assert not re.search(r"nan|inf", said)


@given(st.floats(0, 1e12))
def test_an_interval_of_one_figure_reads_as_that_figure(value: float) -> None:
    """Two ends that read the same are written once."""
    assert cells.interval((value, value), "cny", "zh") == fmt.money(value, "zh")


def test_each_row_is_spelled_by_its_own_unit() -> None:
    """A column of mixed metrics shows yuan, percent and people, right aligned, raw in the payload."""
    frame = pd.DataFrame(
        {
            "value": [0.236, 12_000_000.0, None],
            "unit": ["fraction", "cny", "people"],
            "pair": [(0.2, 0.3), None, (None, None)],
        },
        dtype=object,
    )
    columns = (Col("value", Text("值", "value"), "figure"), Col("pair", Text("区间", "range"), "interval"))
    made = shown.table(frame, Spec("t", "s", "a", "", "en", columns))
    assert re.findall(r'<td class="fb-number[^"]*">([^<]*)', made.html) == [
        "23.6%", "20% to 30%", "¥12.00 M", cells.DASH, fmt.NOT_MEASURED["en"], cells.DASH,
    ]  # fmt: skip
    assert made.payload["rows"] == [[0.236, [0.2, 0.3]], [12_000_000.0, None], [None, [None, None]]]
    assert made.payload["row_units"]["value"] == ["fraction", "cny", "people"]


@given(st.lists(st.sampled_from(["", "quiet", "<b>late</b>"]), min_size=1, max_size=12))
def test_folded_rows_are_counted_and_none_is_lost(folds: list[str]) -> None:
    """Rows in sight come first, each fold says how many it holds, and exporters get all of them in order."""
    frame = pd.DataFrame({"row": [f"r{n}" for n in range(len(folds))], shown.FOLD: folds})
    made = shown.table(frame, Spec("t", "s", "a", "", "en", (Col("row", Text("行", "row")),)))
    in_sight = [row for row, fold in zip(frame["row"], folds, strict=True) if not fold]
    assert re.findall(r">(r\d+)</td>", made.html.split("<details")[0]) == in_sight
    assert sorted(re.findall(r">(r\d+)</td>", made.html)) == sorted(frame["row"])
    said = re.findall(r"<summary>(.*?) \((\d+)\)</summary>", made.html)
    assert {title: int(n) for title, n in said} == {
        shown.escape(fold): folds.count(fold) for fold in set(folds) if fold
    }
    assert [row[0] for row in made.payload["rows"]] == list(frame["row"])
    assert made.payload["folds"] == folds


def test_figures_with_a_verdict_stay_in_sight_and_the_others_are_folded(anyone: Diagnosis) -> None:
    """A metric that is not measured is folded with its reason; one that was judged never is."""
    for table in (tables.basics(anyone), tables.f5_metrics(anyone)):
        if table.kind == "table":
            folded = dict(zip(column(table, "verdict"), table.payload["folds"], strict=True))
            judged = folded.keys() - {"", "none"}
            assert not any(folded[verdict] for verdict in judged)
            assert folded.get("", say("say.fold_not_measured", anyone.language))
            assert bool(folded.get("none", judged)) == bool(judged)


def test_a_verdict_is_a_word_and_not_only_a_colour(dx: Diagnosis) -> None:
    """The mark carries its word, so that it reads in black and white."""
    html = tables.basics(dx).html
    assert f'<span class="fb-mark fb-poor">{say("verdict.poor", dx.language)}</span>' in html


def test_basics_show_whose_value_a_figure_is_held_against(dx: Diagnosis) -> None:
    """The comparison of entry rate is the peers' median that was typed in."""
    made = tables.basics(dx)
    at = column(made, "metric").index(metrics()["entry_rate"].name[dx.language])
    assert column(made, "compared")[at] == 0.09
    assert column(made, "remark")[at] == say("statistic.median", dx.language)


def test_real_time_metrics_without_a_minute_file_say_so(dx: Diagnosis) -> None:
    """They stand in the table, not measured, with the reason; they are not dropped."""
    made = tables.f5_metrics(dx)
    at = column(made, "metric").index(metrics()["realtime_online"].name[dx.language])
    assert column(made, "value")[at] is None
    assert column(made, "remark")[at] == sentence("needs_minutes")[dx.language]


def test_first_actions_are_five_in_the_plans_order(dx: Diagnosis) -> None:
    """The plan decides the order, not the worth."""
    one = dx.actions[0]
    many = tuple(replace(one, id=str(n), order=7 - n, title=Text(str(7 - n), str(7 - n))) for n in range(7))
    assert column(tables.first_actions(replace(dx, actions=many)), "action") == ["1", "2", "3", "4", "5"]


def test_the_roadmap_runs_from_thirty_to_ninety_days_and_keeps_all(dx: Diagnosis) -> None:
    """Stages come in order and no action is lost."""
    one = dx.actions[0]
    many = tuple(replace(one, id=str(n), order=n, horizon=stage) for n, stage in enumerate((90, 30, 60, 30)))
    made = tables.roadmap(replace(dx, actions=many))
    assert column(made, "by_when") == [say("say.within_days", dx.language, n=n) for n in (30, 30, 60, 90)]


def test_the_ledger_is_exact_to_the_cent(dx: Diagnosis) -> None:
    """A ledger does not round to 万."""
    assert "¥14,499.75" in tables.deal_ledger(dx).html


def test_sessions_come_best_first_and_at_most_ten(dx: Diagnosis) -> None:
    """The list ranks by what users paid."""
    paid = column(tables.sessions_top(dx), "room_paid_cny")
    assert len(paid) == 10
    assert paid == sorted(paid, reverse=True)


def test_creators_to_act_are_only_those_one_can_act_on(dx: Diagnosis) -> None:
    """Quadrant by quadrant, mismatched ones by loss, each with its advice; nobody whose label is unsure."""
    made = tables.creators_to_act(dx)
    labels = column(made, "label")
    assert labels == sorted(labels, key=["core", "rising", "low", "mismatch"].index)
    assert all(column(made, "advice"))
    losses = [left for label, left in zip(labels, column(made, "contribution"), strict=True) if label == "mismatch"]
    assert losses == sorted(losses)  # type: ignore[type-var]


def test_a_campaign_that_was_missed_keeps_its_reason(dx: Diagnosis) -> None:
    """The calendar says why, and what nobody could sell is a dash, not a failure to measure."""
    made = tables.campaign_calendar(dx)
    at = column(made, "state").index("not_eligible")
    assert column(made, "why_not")[at] == "体验分低于70"
    assert column(made, "actual")[at] is None
    assert cells.DASH in made.html


def test_what_breaks_comes_first_and_what_agrees_is_added_up(dx: Diagnosis) -> None:
    """Every check is counted once: breaks one by one, the rest by identity and file."""
    good = [Check("sum", "a.xlsx", 10.0 + n, 10.0 + n, True) for n in range(3)]
    bad = Check("sum", "a.xlsx", 10.0, 12.5, False)
    made = tables.reconciliation(replace(dx, checks=(*good, bad)))
    assert column(made, "holds") == ["no", "yes"]
    assert column(made, "checks") == [1, 3]
    assert column(made, "difference") == [-2.5, 0.0]
    assert column(made, "left")[1] == 33.0


def test_problems_are_ranked_and_none_is_dropped_silently(dx: Diagnosis) -> None:
    """Unreadable files come first; where the list is cut the note says how many there are."""
    many = [Problem(f"code{n}", "note", "a.xlsx", row=n) for n in range(80)]
    made = tables.set_aside(replace(dx, problems=(*many, Problem("bad_file", "error", "b.xlsx"))))
    assert column(made, "severity")[0] == "error"
    assert "81" in made.payload["note"]


def test_notes_alone_are_folded_and_the_title_says_that_nothing_was_lost(dx: Diagnosis) -> None:
    """What was merely remarked is not headed as data that were not used; one row set aside brings that heading back."""
    note, lost = Problem("minutes_coarse", "note", "a.csv"), Problem("key_missing", "set_aside", "a.csv", row=3)
    notes, both = (tables.set_aside(replace(dx, problems=some)).payload for some in ((note,), (note, lost)))
    assert "没有搁置" in notes["title"] or "Nothing was set aside" in notes["title"]
    assert all(notes["folds"])
    assert both["title"] != notes["title"]
    assert [bool(fold) for fold in both["folds"]] == [False, True]


def test_like_problems_share_a_row_and_keep_their_count(dx: Diagnosis) -> None:
    """Twelve files with the same cut header are one line, and so are columns of which the same is said."""
    cut = [Problem("header_cut", "note", f"{n}.xlsx", "直播分析", "整体金额", 1, {"near": "x"}) for n in range(12)]
    other = Problem("header_cut", "note", "1.xlsx", "直播分析", "另一列", 1, {"near": "x"}, count=3)
    odd = Problem("header_cut", "note", "1.xlsx", "直播分析", "第三列", 1, {"near": "y"}, count=5)
    made = tables.set_aside(replace(dx, problems=(*cut, other, odd)))
    assert column(made, "rows") == [15, 5]
    assert column(made, "row") == [None, 1]
    assert column(made, "column") == ["整体金额 · 另一列", "第三列"]
    assert "12" in str(column(made, "file")[0])
    assert column(made, "file")[1] == "1.xlsx"


def test_the_origin_names_files_versions_and_parameters(dx: Diagnosis) -> None:
    """Each file by digest and size, the libraries by version, period and profile as they were used."""
    made = tables.provenance(dx)
    kinds = column(made, "kind")
    assert set(kinds) == {"parameter", "version", "knowledge", "file"}
    files = [at for at, kind in enumerate(kinds) if kind == "file"]
    assert [column(made, "name")[at] for at in files] == [file.name for file in dx.files]
    assert all(file.digest.startswith(str(column(made, "value")[at])) for at, file in zip(files, dx.files, strict=True))
    assert str(dx.period) in column(made, "value")
    assert platform.python_version() in column(made, "value")


def test_every_metric_used_is_defined_and_no_other(dx: Diagnosis) -> None:
    """The list of definitions is the list of metrics that have a figure in this diagnosis."""
    frame = dx.measures.frame
    used = {metrics()[id].name[dx.language] for id in frame.loc[frame["value"].notna(), "id"]}
    assert set(column(tables.metric_definitions(dx), "metric")) == used


def test_a_missing_report_says_where_it_is_and_what_it_brings(dx_bare: Diagnosis) -> None:
    """The client reads the path of the menu, the words of the platform."""
    made = tables.missing_reports(dx_bare)
    assert "罗盘 → 直播" in str(column(made, "path")[0])
    assert column(made, "allows")[0]


def test_say_and_do_stand_in_one_row(dx: Diagnosis) -> None:
    """The gap is claim less data; where the data say nothing it is unknown, with the reason beside it."""
    made = tables.say_do(dx)
    gaps, reasons = column(made, "say_do_gap"), column(made, "reason")
    assert gaps == [None, 2.0, 2.0, 2.0, 2.0]
    assert bool(reasons[0])
    assert not any(reasons[1:])


def test_every_figure_that_is_missing_has_its_reason_beside_it(dx: Diagnosis) -> None:
    """Where only the views are known, every other metric says which report is missing."""
    frame = dx.measures.frame
    known = frame["id"] == "views"
    blank = frame.assign(value=frame["value"].where(known), reason=known.map({True: "", False: "no_survey"}))
    made = tables.f5_metrics(replace(dx, measures=Measures(blank)))
    pairs = list(zip(column(made, "value"), column(made, "remark"), strict=True))
    assert sum(value is not None for value, _ in pairs) == 1
    assert {reason for value, reason in pairs if value is None} == {sentence("no_survey")[dx.language]}
