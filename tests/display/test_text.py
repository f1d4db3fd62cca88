"""Verdict, findings, gates, readings, notes and the headline say what is true, plainly, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.display import kpis, text
from factbook.display.compare import comparison
from factbook.display.shown import Shown
from factbook.display.text.cards import slice_words
from factbook.display.text.reading import FACTS
from factbook.errors import KnowledgeError
from factbook.knowledge.load import parse
from factbook.knowledge.readings import Fact, Reading, readings, tell
from factbook.knowledge.words import say
from factbook.records import Diagnosis, Gate, Score, Text
from tests.conftest import diagnosis_of
from tests.environment import ROOT

PAGE: dict[str, Callable[[Diagnosis], Shown]] = {
    "verdict": text.verdict,
    "top_findings": text.top_findings,
    "findings": lambda dx: text.findings(dx, "O5", "F"),
    "gates": text.gates,
    "notes": lambda dx: text.notes(dx, "field"),
    "headline": kpis.headline,
}
CODE = re.compile(r"[a-z_]+|\d{4}-\d\d-\d\d")
TAGS = {"div", "p", "span", "strong", "em", "ul", "ol", "li", "article", "h4", "code", "pre"}


class Tags(HTMLParser):
    """Every element and attribute a page would really create."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def everything(dx: Diagnosis) -> Iterator[tuple[str, Shown]]:
    yield from ((name, show(dx)) for name, show in PAGE.items())
    yield from ((key, text.reading(dx, key)) for key in FACTS)


def test_no_text_ever_holds_a_number_that_does_not_exist(anyone: Diagnosis) -> None:
    """NaN, infinity, None and unfilled braces reach neither the page nor its plain words."""
    for name, shown in everything(anyone):
        assert not re.search(r"\b(nan|inf|None|NaT)\b|[{}]", f"{shown.plain} {shown.html}"), name


def test_hostile_names_stay_text(anyone: Diagnosis) -> None:
    """A creator called <script> or a note with an image makes no element and no attribute of its own."""
    for name, shown in everything(anyone):
        found = Tags(shown.html)
        assert found.tags <= TAGS, name
        assert found.attributes <= {"class", "data-code"}, name


def test_payloads_are_plain_json(anyone: Diagnosis) -> None:
    """What exporters read is JSON without NaN."""
    for _, shown in everything(anyone):
        assert json.loads(json.dumps(dict(shown.payload), allow_nan=False)) is not None


def test_every_picture_a_chapter_reads_has_facts_and_sentences() -> None:
    """The keys of knowledge/readings/, of the facts, and of the notebooks' cells are the same."""
    asked = {
        key
        for path in (ROOT / "notebooks").glob("0*.ipynb")
        for key in re.findall(r'text\.reading\(dx, \\"(\w+)\\"\)', path.read_text("utf-8"))
    }
    assert asked == set(FACTS) == set(readings())


@pytest.mark.parametrize("key", list(FACTS))
def test_a_sentence_names_only_facts_that_its_picture_has(key: str, dx: Diagnosis, dx_bare: Diagnosis) -> None:
    """A misspelled figure would silence a sentence for ever."""
    offered = set(FACTS[key](dx)) | set(FACTS[key](dx_bare))
    for sentence in readings()[key].says:
        assert sentence.named() <= offered, sentence.en


@pytest.mark.parametrize("key", list(FACTS))
def test_what_was_not_measured_is_said_in_a_sentence_of_its_own(key: str, dx_bare: Diagnosis) -> None:
    """A merchant without data gets the missing sentence and no other."""
    shown = text.reading(dx_bare, key)
    assert shown.plain == readings()[key].missing[dx_bare.language]


def test_sentences_end_as_sentences_in_both_languages() -> None:
    """Both languages end their sentences, Chinese has no half-width comma, and both name the same figures."""
    for reading in readings().values():
        for sentence in reading.says:
            assert sentence.zh.endswith("。") or sentence.zh.endswith("}")
            assert sentence.en.endswith((".", "}"))
            assert not re.search(r"[一-鿿],|,[一-鿿]", sentence.zh)
            assert names(sentence.en) - names(sentence.zh) <= {"n_rising"}  # English needs its number for the verb


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_association_is_never_called_an_effect() -> None:
    """No reading says that one figure caused another."""
    for key, reading in readings().items():
        for sentence in reading.says:
            assert not re.search(r"导致|归功|归因|使得|因为投放", sentence.zh), key
            assert not re.search(r"\b(caused|causes|thanks to|due to|drove)\b", sentence.en), key


SAMPLE = """
missing = { zh = "没有。", en = "None." }
says = [
  { slot = 2, zh = "第二句{b}。", en = "Second {b:day|days}." },
  { slot = 1, when = ["a < limit"], zh = "低{a}。", en = "Low {a}." },
  { slot = 1, when = ["a >= 3"], zh = "高{a}。", en = "High {a}." },
]
"""


def test_the_first_true_sentence_of_each_place_is_said() -> None:
    """Conditions choose one sentence a slot, slots give the order, unknown figures silence a sentence."""
    reading = parse("sample", SAMPLE, Reading)
    facts = {"a": Fact(1.0, "count"), "limit": Fact(2.0, "count"), "b": Fact(1.0, "count")}
    assert tell(reading, facts, "en") == ("Low 1.", "Second 1 day.")
    assert tell(reading, {**facts, "a": Fact(5.0, "count"), "b": Fact(3.0, "count")}, "en") == (
        "High 5.",
        "Second 3 days.",
    )
    assert tell(reading, {**facts, "b": Fact(float("nan"), "count")}, "zh") == ("低1。",)
    assert tell(reading, {}, "zh") == ("没有。",)


def test_a_condition_nobody_can_read_is_refused_by_name() -> None:
    """A knowledge file says which condition is wrong and how to write it."""
    with pytest.raises(KnowledgeError, match="a is small"):
        parse("sample", SAMPLE.replace("a < limit", "a is small"), Reading)


def test_an_unknown_word_names_its_nearest_neighbour() -> None:
    """A mistyped key of words.toml is told, not shown."""
    with pytest.raises(KnowledgeError, match=r"label\.core"):
        say("label.cor", "zh")


def test_the_verdict_says_whether_the_data_are_invented(dx: Diagnosis) -> None:
    """A synthetic merchant carries the mark, a real one does not."""
    mark = say("mark.synthetic", dx.language)
    real = replace(dx, merchant=replace(dx.merchant, synthetic=False))
    assert mark in text.verdict(dx).html
    assert mark not in text.verdict(real).html
    assert dx.merchant.name in text.verdict(real).html


def test_the_top_is_three_findings_with_strengths_last(dx: Diagnosis) -> None:
    """Something to mend always stands before something to be proud of."""
    one = dx.findings[0]
    many = tuple(
        replace(one, code=f"X{n}", severity=severity)
        for n, severity in enumerate(("strength", "strength", "low", "high", "medium"))
    )
    cards = text.top_findings(replace(dx, findings=many)).payload["cards"]
    assert [card["code"] for card in cards] == ["X2", "X3", "X4"]
    few = text.top_findings(replace(dx, findings=many[:3])).payload["cards"]
    assert [card["code"] for card in few] == ["X2", "X0", "X1"]


def test_a_card_carries_figure_sample_source_worth_and_next_step(dx: Diagnosis) -> None:
    """No number without its sample and source, no finding without what to do."""
    html = text.findings(dx, "O5").html
    for part in ("68", "31", "直播明细", dx.actions[0].title[dx.language], dx.actions[0].owner[dx.language]):
        assert part in html
    assert ("180万元至270万元" if dx.language == "zh" else "¥1.80 M to ¥2.70 M") in html


def test_nothing_found_differs_from_nothing_measured(dx: Diagnosis) -> None:
    """An area that was judged and is fine is not spoken of like one without data."""
    measured = text.findings(replace(dx, scores=(Score("G1", "scored", 70.0),)), "G1").plain
    assert measured == say("card.none", dx.language)
    assert text.findings(replace(dx, scores=()), "G1").plain == say("card.unmeasured", dx.language)


def test_shut_gates_come_first_with_distance_and_day(dx: Diagnosis) -> None:
    """A shut gate says how far it is from the line, since when, and what it closes."""
    name = Text("门", "gate")
    gates = (
        Gate("open", name, 60.0, 68.0, "open"),
        Gate("unknown", name, 80.0, None, "not_measured"),
        Gate("alliance_entry", name, 70.0, 68.5, "shut", ("A",), date(2026, 10, 25)),
    )
    shown = text.gates(replace(dx, gates=gates))
    assert [gate["state"] for gate in shown.payload["gates"]] == ["shut", "not_measured", "open"]
    first = shown.plain.splitlines()[1]
    assert "1.5" in first
    assert ("10月25日" if dx.language == "zh" else "25 Oct") in first
    assert say("field.A", dx.language) in first


@pytest.mark.parametrize(
    "written",
    [
        "<b onclick=x>hi</b>",
        "![x](https://else.where/x.png)",
        "[go](javascript:alert(1))",
        "<script>1</script>",
    ],
)
def test_notes_are_markdown_and_nothing_more(dx: Diagnosis, written: str) -> None:
    """Raw HTML stays text, pictures from elsewhere are not fetched, scripts are no links."""
    html = text.notes(replace(dx, notes={"field": written}), "field").html
    found = Tags(html)
    assert not found.tags & {"b", "script", "img"}
    assert "onclick" not in found.attributes
    assert 'href="javascript' not in html


def test_a_chapter_without_notes_shows_nothing(dx: Diagnosis) -> None:
    """No box, no heading, no empty paragraph."""
    assert text.notes(dx, "alliance").html == ""


@given(now=st.floats(0.01, 1e9), before=st.floats(0.01, 1e9), unit=st.sampled_from(["cny", "fraction", "score"]))
def test_a_change_points_the_way_the_figure_moved(now: float, before: float, unit: str) -> None:
    """More is called more, less is called less, and only what reads as nothing is called level."""
    said = kpis.change(now, before, unit, "en")
    assert ("more" in said or "higher" in said) <= (now > before)
    assert ("less" in said or "lower" in said) <= (now < before)
    if "level with" in said:
        assert abs(now / before - 1) < 0.001 or abs(now - before) < 0.06


def test_the_headline_keeps_refunds_beside_sales(dx: Diagnosis) -> None:
    """Sales, sales after refunds, refund rate and score stand together, raw in the payload."""
    items = kpis.headline(dx).payload["items"]
    assert [item["id"] for item in items] == [*kpis.HEADLINE, "together", "blank"]
    assert items[0]["value"] == 12_000_000.0
    assert items[0]["previous"] == 9_800_000.0


def test_the_headline_says_what_mending_is_worth_and_what_is_blank(anyone: Diagnosis) -> None:
    """The sum is that of the totals, never of the findings; blank cells are those of the matrix."""
    stake, blank = kpis.headline(anyone).payload["items"][-2:]
    worth = max(anyone.totals, key=lambda total: total.low_cny + total.high_cny, default=None)
    assert stake["value"] == ([worth.low_cny, worth.high_cny] if worth else None)
    states = [
        anyone.score(f"{field}.{column}").state
        for field in "FACTS"
        for column in ("traffic", "conversion", "accumulation")
    ]
    assert blank["value"] == states.count("not_measured")


def test_peers_mean_a_median_before_an_average_and_the_latest_before_an_older(dx: Diagnosis) -> None:
    """The comparison shown is the one the verdict was held against."""
    rows = [
        {"metric": "entry_rate", "value": 0.2, "statistic": "mean", "date": "2026-10-31"},
        {"metric": "entry_rate", "value": 0.1, "statistic": "median", "date": "2026-09-30"},
        {"metric": "entry_rate", "value": 0.11, "statistic": "median", "date": "2026-10-30"},
        {"metric": "entry_rate", "value": 0.3, "statistic": "top", "date": "2026-10-31"},
    ]
    found = comparison(replace(dx, tables={"peers": {"records": rows}}), "entry_rate")
    assert (found.value, found.statistic) == (0.11, "median")
    silent = comparison(
        replace(dx, scores=(Score("metric:entry_rate", "not_scored", reason="no_comparison"),)), "entry_rate"
    )
    assert silent.value is None


PLANTED = {
    "skincare": {"service_score": ("68", "57", "67", "72", "10月25日"), "campaign_calendar": ("双11",)},
    "knitwear": {"creator_quadrant": ("14位占58%", "22位占8%", "61位占13%", "18位占5%", "71位")},
    "food": {"rhythm": ("4天", "6天"), "creator_quadrant": ("先不下结论",)},
    "appliances": {"deal_waterfall": ("倒亏42万元", "2047万元"), "star_dependence": ("51%",)},
}


def test_the_readings_of_the_samples_tell_the_planted_story(merchant: str) -> None:
    """What was planted in the files stands in the sentences under the pictures."""
    dx = diagnosis_of(merchant).speak("zh")
    for key, parts in PLANTED[merchant].items():
        said = text.reading(dx, key).plain
        assert all(part in said for part in parts), said


def test_a_score_below_the_line_from_the_first_day_on_has_no_first_day(dx: Diagnosis) -> None:
    """Where the records begin below the line, the report does not claim a date."""
    day = min(dx.measures.select("service_score", "date")["date"])
    gate = replace(dx.gates[0], since=date.fromisoformat(day))
    said = text.gates(replace(dx, gates=(gate,))).plain
    assert say("gate_line.always", dx.language) in said


def test_a_sum_is_held_against_as_many_usual_days_and_a_rate_against_a_usual_week(dx: Diagnosis) -> None:
    """A month's followers are not compared with a week's."""
    scores = tuple(
        Score(f"metric:{id}", "verdict", basis="history", against=value, statistic="weeks")
        for id, value in (("new_followers", 8_000.0), ("follow_rate", 0.03))
    )
    judged = replace(dx, scores=scores)
    assert comparison(judged, "new_followers").statistic == "stretched"
    assert comparison(judged, "new_followers").value == 8_000.0
    assert comparison(judged, "follow_rate").statistic == "weeks"


def test_parts_that_share_the_lowest_score_are_named_together(dx: Diagnosis) -> None:
    """A tie is not decided by the order of rows, and no single part is said to be enough."""
    frame = dx.measures.frame
    parts = frame["id"] == "service_score_part"
    tied = replace(dx, measures=replace(dx.measures, frame=frame.assign(value=frame["value"].mask(parts, 60.0))))
    said = text.reading(tied, "service_score").plain
    assert all(say(f"part.{part}", dx.language) in said for part in ("product", "logistics", "service"))
    assert "72" not in said


@pytest.mark.parametrize("merchant", ["skincare", "knitwear", "food", "appliances"])
def test_no_figure_of_a_finding_is_named_by_a_code(merchant: str) -> None:
    """A source of buyers, a channel, a label or a day stands in words beside the figure."""
    shown = [item for finding in diagnosis_of(merchant).findings for item in finding.evidence]
    codes = {(name, value) for item in shown for name, value in item.slice.items() if CODE.fullmatch(value)}
    assert codes
    assert not {
        code for item in shown for code in codes & set(item.slice.items()) if code[1] in slice_words(item, "zh")
    }
