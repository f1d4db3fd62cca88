"""Merchants that lack something or whose figures are odd: the whole road, and no sentence that shows it badly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest

from factbook.diagnosis.spine import assemble
from factbook.display import charts, kpis, tables, text
from factbook.display.text.reading import FACTS
from factbook.judgement import judge, plan
from factbook.knowledge.metrics import metrics
from factbook.measures import measure
from factbook.records import BASICS, FIELDS, Case, Diagnosis, Period, Text
from tests.conftest import case_of

BAD = re.compile(r"\bnan\b|\bNaN\b|(?<!\. )\bNone\b(?! of )|\binf\b|∞|\{[a-z]\w*\}")
PICTURES = ("fact_matrix", "worth_waterfall", "room_funnel", "change_by_field", "change_by_step", "traffic_mix")
DAYS = 61  # two periods and a day: enough for every comparison with the period before
MONEY = re.compile(r"_cny$|^orders$|^items$|^buyers$")
SHOWN = re.compile(r"impression|^viewers$|^views$|_clicks?$|click_users$")
Change = Callable[[pd.DataFrame], pd.DataFrame]


LEAN = (
    "trade_daily",
    "sessions",
    "audiences",
    "traffic_daily",
    "videos",
    "orders",
    "own_accounts",
    "peers",
    "service_scores",
    "survey",
    "campaigns",
)


@cache
def base() -> Case:
    """The newcomer's last two months with the reports that matter most, which is quick to judge."""
    case = case_of("food")
    first = pd.Timestamp(case.period.end - timedelta(days=DAYS - 1))
    recent = {}
    for name in LEAN:
        frame = case.table(name)
        when = next((column for column in ("date", "started_at", "paid_at") if column in frame), None)
        keep = when and name not in ("service_scores", "peers")
        recent[name] = frame[frame[when].isna() | (frame[when] >= first)] if keep else frame
    return replace(case, tables=recent)


def tables_but(case: Case, **changes: Change | None) -> Case:
    """The case with some tables changed, or without those given as None."""
    kept = {name: frame for name, frame in case.tables.items() if changes.get(name, frame) is not None}
    return replace(case, tables={name: changes[name](f) if changes.get(name) else f for name, f in kept.items()})  # type: ignore[misc]


def every(case: Case, change: Change) -> Case:
    return replace(case, tables={name: change(frame) for name, frame in case.tables.items()})


def set_columns(pattern: re.Pattern[str], value: float) -> Change:
    """Columns of figures whose name fits, all at one value."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        numbers = [name for name in frame.select_dtypes("number") if pattern.search(str(name)) and name != "_row"]
        return frame.assign(**dict.fromkeys(map(str, numbers), value))

    return change


def scaled(column: str, by: float) -> Change:
    return lambda frame: frame.assign(**{column: frame[column] * by}) if column in frame else frame


def no_ads(case: Case) -> Case:
    return every(tables_but(case, traffic_daily=None), set_columns(re.compile(r"^ad_(cost|gmv)"), 0.0))


def zero_sales(case: Case) -> Case:
    return tables_but(case, **{name: set_columns(MONEY, 0.0) for name in ("trade_daily", "sessions", "audiences")})


def one_day(case: Case) -> Case:
    day = case.period.end
    return replace(case, period=Period(day, day))


def all_peers(case: Case) -> Case:
    """A peer value for every metric of the registry, of three kinds, some of them zero."""
    rows = [
        {"metric": id, "value": value, "statistic": kind, "date": pd.Timestamp(case.period.end), "source": "截图"}
        for n, id in enumerate(metrics())
        for kind, value in (("median", 0.0 if n % 7 == 0 else 0.5), ("top", 0.9), ("mean", 2.0))
    ]
    return replace(case, tables={**case.tables, "peers": pd.DataFrame(rows).assign(_file="x", _sheet="y", _row=1)})


MERCHANTS: Mapping[str, Callable[[Case], Case]] = {
    "no ads, no videos, no peers": lambda case: tables_but(no_ads(case), videos=None, peers=None),
    "zero sales": zero_sales,
    "one session": lambda case: tables_but(case, sessions=lambda f: f[f["party"] == "self"].tail(1)),
    "one day": one_day,
    "a day without data": lambda case: replace(case, period=Period(date(2027, 3, 1), date(2027, 3, 1))),
    "all peers": all_peers,
    "negative net, rates above one": lambda case: tables_but(
        case,
        trade_daily=scaled("net_paid_amount_cny", -1.0),
        sessions=lambda f: scaled("viewers", 90.0)(scaled("refund_session_cny", 40.0)(f)),
    ),
    "denominators of zero": lambda case: every(case, set_columns(SHOWN, 0.0)),
    "nothing at all": lambda case: replace(case, tables={}),
}


@cache
def diagnosed(name: str) -> Diagnosis:
    case = MERCHANTS[name](base())
    found = measure(case)
    judgement = judge(found, case)
    return assemble(case, found, judgement, plan(judgement, case), "zh")


def said(dx: Diagnosis) -> Iterator[tuple[str, str]]:
    """Every sentence of the two chapters and of all readings, in both languages, by where it stands."""
    for finding in dx.findings:
        yield from ((f"{finding.code} {key}", t) for key in ("title", "text") for t in both(getattr(finding, key)))
    for action in dx.actions:
        yield from ((action.id, t) for part in (action.title, action.why, action.target) for t in both(part))
    yield from (("verdict", t) for t in both(dx.verdict))
    for language in ("zh", "en"):
        spoken = dx.speak(language)  # type: ignore[arg-type]
        yield from ((key, text.reading(spoken, key).plain) for key in FACTS)
        shown = [
            kpis.headline(spoken),
            text.top_findings(spoken),
            text.findings(spoken, *BASICS, *FIELDS),
            tables.basics(spoken),
        ]
        yield from ((thing.kind, re.sub(r"<[^>]+>", " ", thing.html)) for thing in shown)


def both(words: Text) -> tuple[str, str]:
    return words.zh, words.en


@pytest.mark.parametrize("name", MERCHANTS)
def test_no_sentence_shows_a_figure_that_does_not_exist(name):
    """Neither NaN nor inf nor None nor an unfilled brace, in any finding, action, reading, card or table."""
    found = [(place, words) for place, words in said(diagnosed(name)) if BAD.search(words) or not words.strip()]
    assert found == []


@pytest.mark.parametrize("name", MERCHANTS)
def test_scores_stay_between_0_and_100(name):
    """Whatever the figures, a score is one, or a state with a reason."""
    for score in diagnosed(name).scores:
        assert score.value is None or 0 <= score.value <= 100
        assert score.state in ("scored", "verdict", "gated") or score.reason


@pytest.mark.parametrize("name", ["zero sales", "one session", "negative net, rates above one", "nothing at all"])
def test_pictures_stand_or_say_why_not(name):
    """Each picture of the two chapters is drawn, or a box with its reason stands in its place."""
    for picture in PICTURES:
        shown = getattr(charts, picture)(diagnosed(name))
        assert shown.kind == "chart" or shown.payload["reason"]
        assert not BAD.search(shown.plain)


def test_what_is_missing_is_not_measured_rather_than_zero():
    """No ads, no videos, no peers, one session: the figure is absent and the reason names what would bring it."""
    reasons = {
        ("no ads, no videos, no peers", "natural_lever"): "no_report:traffic_trend",
        ("no ads, no videos, no peers", "videos_per_week"): "no_report:videos",
        ("no ads, no videos, no peers", "gap_to_peers_cny"): "no_peers",
        ("zero sales", "step_worth_cny"): "no_sales",
        ("a day without data", "field_contribution_cny"): "no_report:trade_analysis",
    }
    for (name, id), reason in reasons.items():
        rows = diagnosed(name).measures.frame
        rows = rows[(rows["id"] == id) & (rows["period"] == "current")]
        assert rows["value"].isna().all(), (name, id)
        assert reason in set(rows["reason"]), (name, id)


def test_a_room_without_sales_is_not_called_weak_by_peers_it_cannot_reach():
    """Zero sales make no finding of high severity up beyond what the ads cost."""
    high = {finding.code for finding in diagnosed("zero sales").findings if finding.severity == "high"}
    assert high <= {"G09"}


def test_sums_hold_for_odd_figures_too():
    """Steps and fields still add up where net amounts are negative and rates exceed one."""
    found = diagnosed("negative net, rates above one").measures
    parts = found.select("change_by_step_cny", "step")["value"]
    assert parts.sum() == pytest.approx(found.value("room_change_cny"), abs=0.004)
