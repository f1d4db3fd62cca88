"""The knowledge behind the form: the survey, the method's practices, the sentences for problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from factbook.errors import KnowledgeError
from factbook.form.options import code_of, label_of, options, plain
from factbook.knowledge.form import form
from factbook.knowledge.load import parse, read_parts
from factbook.knowledge.metrics import metrics
from factbook.knowledge.practices import practices
from factbook.knowledge.survey import Survey, survey
from factbook.records import CAPABILITIES, Text

# As the method numbers its items.
CODES = {
    "G1": 5, "G2": 3, "G3": 3,
}  # fmt: skip
FIELDS = {"F": 5, "A": 3, "C": 4, "T": 4, "O": 5}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def texts(node: object) -> Iterator[Text]:
    """Every bilingual text below a row."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, dict):
        for child in node.values():
            yield from texts(child)
    elif isinstance(node, tuple | list):
        for child in node:
            yield from texts(child)
    elif hasattr(type(node), "model_fields"):
        for name in type(node).model_fields:
            yield from texts(getattr(node, name))


def test_every_item_of_the_method_has_a_title_and_a_question() -> None:
    """G1.1 to O5, none missing and none invented, each under its own area."""
    basics = {f"{area}.{n}" for area, count in CODES.items() for n in range(1, count + 1)}
    fields = {f"{field}{n}" for field, count in FIELDS.items() for n in range(1, count + 1)}
    assert set(practices()) == basics | fields
    for code, row in practices().items():
        area = code if code.startswith("O") else code[:2] if code.startswith("G") else code[0]
        assert row.area == area
        assert row.question.zh.endswith("？")
        assert row.question.en.endswith("?")


def test_the_survey_asks_28_items_of_five_capabilities() -> None:
    """Five or six items each, all different; the form's own words name the same count."""
    counts = Counter(item.capability for item in survey().items)
    assert list(counts) == list(CAPABILITIES)
    assert sum(counts.values()) == 28
    assert set(counts.values()) <= {5, 6}
    explained = form().sheet("survey").explain
    assert all("28" in explained[language] for language in ("zh", "en"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_items_ask_or_describe_the_same(language: str) -> None:
    """Titles, questions and anchors are said once in the whole survey."""
    for said in (
        [item.title[language] for item in survey().items],
        [item.question[language] for item in survey().items],
        [anchor[language] for item in survey().items for anchor in item.anchors],
    ):
        assert [text for text, count in Counter(said).items() if count > 1] == []


@pytest.mark.parametrize("rows", [survey(), practices(), form()], ids=["survey", "practices", "form"])
def test_every_text_is_in_both_languages(rows: object) -> None:
    """Chinese is Chinese and English is a sentence of its own, without full-width punctuation."""
    for text in texts(rows):
        assert CHINESE.search(text.zh) or not CHINESE.search(text.en), text
        assert text.en.strip()
        assert not re.search("[，。；：？！（）]", text.en), text.en
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]", text.zh), text.zh


def test_no_two_columns_of_a_sheet_share_a_word_for_their_heading() -> None:
    """A heading is understood by either of its lines, so each must mean one column."""
    for sheet in form().sheets:
        words = Counter(word for c in sheet.columns for word in {plain(c.zh), plain(c.en), plain(c.name)})
        assert [word for word, count in words.items() if count > 1] == [], sheet.id


def test_items_must_be_numbered_without_a_gap() -> None:
    """A survey edited by hand that skips a number is refused with the reason."""
    text = "roles = []\nlevels = []\nseats = []\ncapabilities = []"
    with pytest.raises(KnowledgeError, match=r"O1\.1"):
        parse("survey.toml", text, Survey)


def test_the_metrics_printed_for_peers_exist_and_are_judged() -> None:
    """Asking for a peer value nobody uses would waste the client's time."""
    for metric in form().sheet("peers").prefill:
        assert metrics()[metric].direction != "none", metric


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_label_leads_back_to_its_code(language: str) -> None:
    """Whatever a drop-down offers is understood when the form is read."""
    for sheet in form().sheets:
        for column in sheet.asked:
            for choice in options(column):
                assert code_of(label_of(choice.code, column, language), column) == choice.code


def test_the_owner_of_each_capability_and_the_seats_are_named() -> None:
    """The roadmap needs an owner, the organisation chapter what a seat implies."""
    assert [capability.code for capability in survey().capabilities] == list(CAPABILITIES)
    assert {seat.code for seat in survey().seats} == {
        choice.code for choice in form().sheet("profile").column("team_seat").choices
    }
    assert [level.level for level in survey().levels] == [1, 2, 3, 4, 5]


def test_a_folder_of_knowledge_names_what_is_wrong_with_it(tmp_path, monkeypatch):
    """A file that no list names, and a row that stands in two files."""
    monkeypatch.setattr("factbook.knowledge.load.files", lambda _: tmp_path)
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "one.toml").write_text("a = 1\n", "utf-8")
    (folder / "two.toml").write_text("a = 2\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"no one reads: two\.toml"):
        read_parts("words", ("one",), Survey)
    with pytest.raises(KnowledgeError, match=r"words/two\.toml has rows that stand elsewhere: a"):
        read_parts("words", ("one", "two"), Survey)


def test_the_form_asks_for_every_answer_that_is_read_elsewhere() -> None:
    """What the measures read of the profile has its row, so that nobody need know a key by heart."""
    asked = {column.name for sheet in form().sheets if sheet.id == "profile" for column in sheet.asked}
    assert {"gross_margin", "signed_rate", "capacity_days_per_month", "min_session_minutes"} <= asked
