"""What was promised is held against what came."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from factbook.diagnosis.memory import HISTORY, keep, movement, read, recall
from factbook.diagnosis.store import SCHEMA_VERSION
from factbook.errors import KnowledgeError
from factbook.intake.statuses import read_statuses
from factbook.knowledge.problems import say
from factbook.knowledge.statuses import parse_statuses, written
from factbook.records import (
    MEASURE_COLUMNS,
    Action,
    Diagnosis,
    Evidence,
    Finding,
    Measures,
    Merchant,
    Period,
    RuleOutcome,
    Status,
    Text,
)

THEN, NOW = Period(date(2026, 9, 1), date(2026, 9, 30)), Period(date(2026, 10, 1), date(2026, 10, 31))


def figures(**values: float) -> Measures:
    blank = dict.fromkeys(MEASURE_COLUMNS)
    rows = [
        {**blank, "id": id, "period": "current", "by": (), "key": (), "value": value, "reason": "", "source": "x"}
        for id, value in values.items()
    ]
    return Measures(pd.DataFrame(rows, columns=list(MEASURE_COLUMNS)))


def finding(worth: float | None) -> Finding:
    said, evidence = Text("进房率低", "Entry is low"), (Evidence("entry_rate", 0.1),)
    basis = "contribution" if worth else ""
    return Finding("G01", "G1", "medium", said, said, evidence, worth, worth, basis, ("fix_entry_scene",))


def action(low: float, high: float) -> Action:
    said = Text("换画面", "Change the set")
    return Action(
        "fix_entry_scene", said, said, "F", "O1", said, 5, 7, 30, "entry_rate", said, ("G01",), low, high, order=1
    )


def diagnosis(period: Period, worth: float | None, entry: float, state: str = "fires") -> Diagnosis:
    found = (finding(worth),) if state == "fires" else ()
    return Diagnosis(
        Merchant("x", "某店"), period, "zh", figures(entry_rate=entry), findings=found,
        actions=(action(80_000, 120_000),) if found else (), outcomes=(RuleOutcome("G01", "G1", state),),  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A merchant's folder that keeps September, when entry was 10 % and ¥100,000 a month lay in it."""
    keep(diagnosis(THEN, 100_000, 0.10), tmp_path)
    return tmp_path


def recalled(dx: Diagnosis, folder, **statuses: str):
    made = recall(dx, folder, {id: Status(state) for id, state in statuses.items()})  # type: ignore[arg-type]
    assert made.earlier is not None
    return made.earlier


def test_a_promise_that_was_kept_is_counted_as_a_hit(folder):
    """Entry is up, the finding is gone, the action done: the whole gap closed, above the low end promised."""
    earlier = recalled(diagnosis(NOW, None, 0.15, "silent"), folder, fix_entry_scene="done")
    (promise,) = earlier.promises
    assert (promise.then, promise.now, promise.moved) == (0.10, 0.15, "better")
    assert (promise.closed_cny, promise.kept) == (100_000, True)
    assert (earlier.kept, earlier.judged) == (1, 1)
    assert [title.zh for title in earlier.gone] == ["进房率低"]


def test_a_promise_that_fell_short_is_no_hit(folder):
    """Half of the gap is still there: ¥50,000 closed against ¥80,000 promised."""
    earlier = recalled(diagnosis(NOW, 50_000, 0.11), folder, fix_entry_scene="done")
    assert (earlier.promises[0].closed_cny, earlier.promises[0].kept) == (50_000, False)
    assert earlier.stayed
    assert not earlier.gone


def test_what_was_not_done_is_neither_hit_nor_miss(folder):
    """Planned, under way or dropped: the yuan are shown, the estimate is not judged by them."""
    for state in ("planned", "doing", "dropped"):
        assert recalled(diagnosis(NOW, 50_000, 0.11), folder, fix_entry_scene=state).judged == 0


def test_what_cannot_be_priced_now_is_not_judged(folder):
    """Without the report the rule is not measured: no yuan closed, no verdict."""
    earlier = recalled(diagnosis(NOW, None, 0.11, "not_measured"), folder, fix_entry_scene="done")
    assert (earlier.promises[0].closed_cny, earlier.promises[0].kept) == (None, None)
    assert not earlier.gone


def test_the_kept_file_is_small_and_says_the_same_as_the_whole(folder):
    """The file cut down and the whole diagnosis.json give the same comparison."""
    from factbook.diagnosis import save

    small = folder / HISTORY / f"{THEN}.json"
    cut = read(small)
    whole = read(save(diagnosis(THEN, 100_000, 0.10), folder / "whole.json"))
    assert (cut.findings, cut.actions, cut.period) == (whole.findings, whole.actions, whole.period)
    assert cut.value("entry_rate", {}) == whole.value("entry_rate", {}) == 0.10
    assert small.stat().st_size < (folder / "whole.json").stat().st_size


def test_the_latest_earlier_period_is_taken(folder):
    """Neither the period itself nor a later one is memory; of two earlier ones the later counts."""
    august = Period(date(2026, 8, 1), date(2026, 8, 31))
    keep(diagnosis(august, 1, 0.05), folder)
    keep(diagnosis(NOW, 1, 0.2), folder)
    assert recalled(diagnosis(NOW, 50_000, 0.11), folder).period == THEN
    assert recall(diagnosis(august, 1, 0.05), folder, {}).earlier is None


@pytest.mark.parametrize("version", [1, 3, "2"])
def test_a_diagnosis_of_another_version_is_named_and_not_compared(folder, version):
    """Its parts may mean something else; the sentence says which version it has, and what to do."""
    path = folder / HISTORY / f"{THEN}.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"schema_version": version}), "utf-8")
    dx = recall(diagnosis(NOW, 50_000, 0.11), folder, {})
    assert dx.earlier is None
    (problem,) = dx.problems
    assert (problem.code, problem.file) == ("history_version", f"history/{THEN}.json")
    assert f"格式 {version}，现在用格式 {SCHEMA_VERSION}" in say(problem, "zh")
    assert "factbook keep" in say(problem, "en")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"period": 3}', json.dumps({"period": None, "findings": []})])
def test_a_file_that_is_no_diagnosis_is_a_problem_and_no_end(folder, content):
    """The report stands, the file is named, what can be read is used."""
    (folder / HISTORY / "broken.json").write_text(content, "utf-8")
    dx = recall(diagnosis(NOW, 50_000, 0.11), folder, {})
    assert dx.earlier is not None
    assert [(p.code, p.file) for p in dx.problems] == [("history_unreadable", "history/broken.json")]


def test_without_history_there_is_no_memory(tmp_path):
    """No folder, no comparison, no problem."""
    dx = diagnosis(NOW, 50_000, 0.11)
    assert recall(dx, tmp_path, {}) == dx


@pytest.mark.parametrize(
    ("metric", "then", "now", "moved"),
    [
        ("entry_rate", 0.10, 0.12, "better"),
        ("entry_rate", 0.10, 0.101, "same"),
        ("refund_rate", 0.30, 0.20, "better"),
        ("refund_rate", 0.20, 0.30, "worse"),
        ("entry_rate", None, 0.1, "unknown"),
        ("capability_target", 3.0, 4.0, "unknown"),
        ("entry_rate", 0.0, 0.0, "same"),
    ],
)
def test_a_figure_moves_in_its_own_direction(metric, then, now, moved):
    """Fewer refunds are better; a twentieth is no movement; without a direction nothing is said."""
    assert movement(metric, then, now) == moved


def test_the_status_file_comes_back_as_it_was_written():
    """Whatever is noted, quotes and line breaks included."""
    said = {"rework_pitch": Status("done", 'said "yes"\n\\ twice'), "fix_entry_scene": Status("dropped")}
    again = parse_statuses(written(said))
    assert again == said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[rework_pich]\nstatus = "done"', 'did you mean "rework_pitch"'),
        ('[rework_pitch]\nstatus = "finished"', "rework_pitch › status"),
        ('[rework_pitch]\nstate = "done"', "rework_pitch › state"),
        ("[rework_pitch", "actions.toml"),
    ],
)
def test_a_wrong_status_file_says_what_and_where(tmp_path, text, message):
    """An unknown action, a status that is none, a wrong key, no TOML: an error, not silence."""
    (tmp_path / "actions.toml").write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=message):
        read_statuses(tmp_path)


def test_no_status_file_is_no_status(tmp_path):
    """Everything is planned until somebody says otherwise."""
    assert read_statuses(tmp_path) == {}


def test_recalling_changes_nothing_else(folder):
    """Only the memory is added."""
    dx = diagnosis(NOW, 50_000, 0.11)
    assert replace(recall(dx, folder, {}), earlier=None) == dx
