"""Every picture: what it hands on, what it does without data, and that its words fit."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from string import Formatter

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text as Words

from factbook.display import charts, style, typeset
from factbook.display.charts import bands, marks
from factbook.display.shown import Shown
from factbook.knowledge.captions import captions
from factbook.records import Diagnosis, Measures, Text
from tests.display.conftest import HOSTILE, bare, hollow, rich
from tests.display.merchants import full, young

NAMES = charts.__all__
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LEAST_TEXTS = 4


@dataclass(frozen=True)
class Sheet:
    """A drawn chart with the figure it came from."""

    shown: Shown
    texts: tuple[tuple[str, marks.Box], ...]
    width: float
    height: float


def in_view(fig: Figure) -> Iterator[Words]:
    """Every visible text with something to say; ticks outside the axes' limits are not drawn."""
    hidden = set()
    for ax in fig.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            labels = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
            hidden |= {text for spot, text in labels if not low <= spot <= high}
            hidden |= set(axis.get_majorticklabels()) if not ax.axison else set()
    for text in fig.findobj(Words):
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            yield text


def measure(fig: Figure) -> tuple[tuple[str, marks.Box], ...]:
    """Each text with the rectangle it takes."""
    return tuple((text.get_text(), marks.box(text)) for text in in_view(fig))


def sheet(name: str, dx: Diagnosis) -> Sheet:
    """Draw one chart and keep its layout; any warning is an error."""
    kept: list[Figure] = []
    finish = style.finish

    def keep(fig: Figure) -> str:
        kept.append(fig)
        return finish(fig)

    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("error")
        patch.setattr(style, "finish", keep)
        shown = getattr(charts, name)(dx)
    with style.theme():
        texts = measure(kept[0]) if kept else ()
    width, height = style.size(kept[0]) if kept else (0.0, 0.0)
    return Sheet(shown, texts, width, height)


@cache
def page(name: str, language: str) -> Sheet:
    """A chart of the full merchant, drawn once for all tests."""
    return sheet(name, full(rich(language)))


@pytest.fixture(params=[(name, lang) for name in NAMES for lang in ("zh", "en")], ids="-".join)
def drawn(request: pytest.FixtureRequest) -> Sheet:
    """Every chart of the full merchant in both languages."""
    return page(*request.param)


# ------------------------------------------------------------------ what a picture hands on


def test_a_picture_carries_svg_words_and_data(drawn: Sheet) -> None:
    """One object serves the page, the reader who cannot see it, and the exporters."""
    shown = drawn.shown
    assert shown.kind == "chart"
    assert shown.svg.startswith("<svg")
    assert shown.svg in shown.html
    assert set(shown._repr_mimebundle_()) >= {"text/html", "text/plain", "image/svg+xml"}
    assert shown.payload["rows"]
    assert json.dumps(shown.payload, allow_nan=False, ensure_ascii=False)
    assert all(column["zh"] and column["en"] for column in shown.payload["columns"])


def test_the_alt_text_is_a_sentence_that_holds_the_message(drawn: Sheet) -> None:
    """Whoever cannot see the picture reads what kind it is and what it says."""
    shown = drawn.shown
    assert shown.plain == shown.payload["alt"]
    assert shown.plain.rstrip()[-1] in "。."
    assert str(shown.payload["title"]) in shown.plain
    assert len(shown.plain) > len(str(shown.payload["title"])) + 10


def test_the_message_stands_over_the_picture_not_in_it(drawn: Sheet) -> None:
    """Long titles are the page's business."""
    inside = [text for text, _ in drawn.texts]
    assert drawn.shown.payload["title"]
    assert drawn.shown.payload["title"] not in inside
    assert drawn.shown.payload["title"] != drawn.shown.payload["subtitle"]


def test_a_synthetic_merchant_is_marked_inside_the_picture(drawn: Sheet) -> None:
    """The mark travels with the picture wherever it is pasted."""
    mark = {"zh": "模拟数据", "en": "synthetic data"}[drawn.shown.payload["language"]]
    assert mark in [text for text, _ in drawn.texts]
    assert mark in drawn.shown.svg


def test_a_real_merchant_is_not_marked() -> None:
    """The mark means something."""
    dx = full(rich())
    real = replace(dx, merchant=replace(dx.merchant, synthetic=False))
    assert "模拟" not in charts.room_funnel(real).svg


# ------------------------------------------------------------------ layout


def outside(found: Sheet) -> list[str]:
    """Texts that leave the canvas."""
    canvas = marks.Box(-0.5, -0.5, found.width + 0.5, found.height + 0.5)
    return [text for text, box in found.texts if not box.inside(canvas)]


def collisions(found: Sheet) -> list[tuple[str, str]]:
    """Pairs of texts that overlap by more than a pixel."""
    inner = [(text, marks.Box(b.x0 + 1, b.y0 + 1, b.x1 - 1, b.y1 - 1)) for text, b in found.texts]
    return [(one, other) for (one, a), (other, b) in combinations(inner, 2) if a.meets(b)]


def test_no_word_is_cut_and_none_hides_another(drawn: Sheet) -> None:
    """Every text lies on the canvas and no two overlap."""
    assert len(drawn.texts) >= LEAST_TEXTS
    assert (outside(drawn), collisions(drawn)) == ([], [])


def test_no_word_of_ours_is_shortened(drawn: Sheet) -> None:
    """Only names from files are ever cut with …; the merchant's names here are short."""
    assert [text for text, _ in drawn.texts if text.endswith(typeset.ELLIPSIS)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_young_merchant_with_one_of_everything_is_drawn(name: str) -> None:
    """One week, one session, one creator, nothing before: the picture still stands, or says why not."""
    found = sheet(name, young(full(rich())))
    assert found.shown.kind in ("chart", "box")
    assert (outside(found), collisions(found)) == ([], [])


def test_the_check_of_layout_sees_a_fault() -> None:
    """A test that cannot fail is none."""
    with style.theme():
        fig = style.figure(200, 100)
        fig.text(0.95, 0.5, "too long for this")
        fig.text(0.94, 0.5, "on top")
        texts = measure(fig)
    found = Sheet(Shown("chart", "", ""), texts, 200, 100)
    assert outside(found)
    assert collisions(found)


# ------------------------------------------------------------------ without data


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_data_a_picture_says_why_it_is_missing(name: str, language: str) -> None:
    """Never an empty chart: a box with the reason."""
    shown = getattr(charts, name)(bare(language))
    assert shown.kind == "box"
    assert not shown.svg
    assert shown.payload["reason"]
    assert shown.payload["title"]


NOT_FROM_MEASURES = {
    "campaign_year",
    "capacity_load",
    "coverage",
    "fact_matrix",
    "roadmap_lanes",
    "value_effort",
    "worth_waterfall",
}


@pytest.mark.parametrize("name", sorted(set(NAMES) - NOT_FROM_MEASURES))
def test_where_every_figure_is_missing_the_reason_of_the_measures_is_given(name: str) -> None:
    """The sentence is the one the road wrote, not a guess of the picture's."""
    shown = getattr(charts, name)(hollow())
    assert shown.kind == "box"
    assert "直播明细" in str(shown.payload["reason"])


@pytest.mark.parametrize("name", NAMES)
def test_without_peers_scores_and_gates_figures_are_still_shown(name: str) -> None:
    """Nothing to compare with is not nothing to show."""
    dx = full(rich())
    plain = replace(dx, scores=(), gates=(), tables={**dx.tables, "peers": {}})
    assert sheet(name, plain).shown.kind == "chart"


# ------------------------------------------------------------------ names from files


NAMED = (("creator",), ("deal",), ("campaign",), ("session",), ("star",), ("product",))
WITH_NAMES = (
    "campaign_days",
    "campaign_hours",
    "campaign_plan",
    "campaign_preparation",
    "campaign_year",
    "coverage",
    "creator_concentration",
    "creator_quadrant",
    "deal_waterfall",
    "next_fee",
    "minute_curve",
    "session_league",
    "roadmap_lanes",
    "value_effort",
)


def hostile() -> Diagnosis:
    """The full merchant with a hostile name wherever a name comes from a file."""
    dx = full(rich("en"))
    frame = dx.measures.frame.copy()
    frame["key"] = [
        (f"{HOSTILE} $x$ {key[0]}", *key[1:]) if by[:1] in NAMED else key
        for by, key in zip(frame["by"], frame["key"], strict=True)
    ]
    records = [{**row, "campaign": HOSTILE} for row in dx.tables["campaigns"]["records"]]
    actions = tuple(replace(action, title=Text(HOSTILE, HOSTILE)) for action in dx.actions)
    files = tuple(replace(file, name=HOSTILE, report=None) for file in dx.files)
    tables = {**dx.tables, "campaigns": {"records": records}}
    return replace(dx, measures=Measures(frame), tables=tables, actions=actions, files=files)


@pytest.mark.parametrize("name", WITH_NAMES)
def test_hostile_names_stay_text_in_every_picture(name: str) -> None:
    """No mark-up, no formula and no broken layout from a creator's name."""
    found = sheet(name, hostile())
    assert "<script" not in found.shown.html
    assert "<script" not in found.shown.svg
    assert (outside(found), collisions(found)) == ([], [])


# ------------------------------------------------------------------ the same every time


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_the_same_bytes_every_time(name: str) -> None:
    """Neither chance nor what a notebook has set changes a picture."""
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9}):
        again = getattr(charts, name)(full(rich()))
    assert again.html == page(name, "zh").shown.html


# ------------------------------------------------------------------ the pieces


numbers = st.floats(0, 1e6, allow_nan=False)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(numbers, st.floats(1, 1e5), st.sampled_from(["morning", "evening"])), min_size=1))
def test_bands_are_pooled_as_sum_over_sum(rows: list[tuple[float, float, str]]) -> None:
    """A band's rate is Σ numerator ÷ Σ denominator, never the mean of its sessions' rates."""
    frame = pd.DataFrame(rows, columns=["numerator", "denominator", "band"])
    frame = frame.assign(value=frame["numerator"] / frame["denominator"], n=1.0)
    for part in bands.pooled(frame).itertuples():
        mine = frame[frame["band"] == part.band]
        assert part.value == pytest.approx(mine["numerator"].sum() / mine["denominator"].sum(), abs=1e-9)
        assert part.n == len(mine)


@given(st.lists(st.floats(0, 300), min_size=1, max_size=12))
def test_labels_are_spread_without_leaving_their_bounds(spots: list[float]) -> None:
    """Neighbours keep their distance and their order, as near to their own height as that allows."""
    placed = marks.spread(spots, 20, 0, 300)
    ordered = sorted(placed)
    assert all(b - a >= 20 - 1e-6 for a, b in pairwise(ordered))
    assert ordered[0] >= -1e-6
    assert ordered[-1] <= 300 + 1e-6


def test_every_caption_says_the_same_in_both_languages() -> None:
    """Chinese and English fill the same blanks."""
    for key, text in captions().items():
        fields = [{name for _, name, _, _ in Formatter().parse(said) if name} for said in (text.zh, text.en)]
        assert fields[0] == fields[1], key


def test_every_chart_a_notebook_names_is_there() -> None:
    """The chapters and the gallery agree."""
    cells = [
        "".join(cell["source"])
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
        for cell in json.loads(path.read_text("utf-8"))["cells"]
    ]
    named = set(re.findall(r"charts\.(\w+)\(", "\n".join(cells)))
    assert named == set(NAMES)
