"""overrides.toml: what the consultant mutes, rewords or re-ranks, and what is kept of the workbook's own version."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.errors import KnowledgeError
from factbook.judgement import Judgement, by_hand, judge, plan
from factbook.knowledge.overrides import parse_overrides
from factbook.records import Case, Overridden, Override
from tests.judgement.make import Shop, case, measures
from tests.judgement.situations.common import ADS

SHOP = Shop(
    {**ADS, "live_days_per_week": 4.1, "longest_gap_days": 5.0, "paid_amount_cny": 4e5},
    profile={"stage": "cold_start"},
)


def judged(toml: str) -> tuple[Judgement, Case]:
    wanted = replace(case(SHOP), overrides=parse_overrides(toml))
    return judge(measures(SHOP), wanted), wanted


def codes(found: Judgement) -> list[str]:
    return [finding.code for finding in found.findings]


def changed(toml: str) -> Overridden:
    found, wanted = judged(toml)
    return by_hand(found, plan(found, wanted), wanted)[0]


def test_nothing_is_overridden_where_nothing_is_asked():
    """The workbook's own findings, and no list of changes."""
    found, plain = judged("")
    assert found.findings == found.house
    assert by_hand(found, plan(found, plain), plain) == ()


def test_a_muted_finding_leaves_list_plan_and_verdict():
    """The first page may not rest on what the client is not told."""
    plain, _ = judged("")
    assert "ROI" in plain.verdict.zh
    found, wanted = judged('[findings.G09]\nmute = true\nreason = "店主已停投"')
    assert "G09" in codes(plain)
    assert "G09" not in codes(found)
    assert "ROI" not in found.verdict.zh
    assert not [action for action in plan(found, wanted) if "G09" in action.findings]


def test_a_muted_finding_keeps_the_workbook_s_version():
    """Both versions are there: the one before with its place, and none after."""
    entry = changed('[findings.G09]\nmute = true\nreason = "店主已停投"')
    assert (entry.changes, entry.reason, entry.after) == (("muted",), "店主已停投", None)
    assert entry.before.place == 1
    assert "ROI" in entry.before.title.zh


def test_a_reworded_finding_says_the_consultant_s_words_in_that_language_only():
    """A language that was not given keeps the workbook's sentence."""
    toml = '[findings.G09]\nreason = "口径"\ntitle = { zh = "投放先停一周" }'
    found, _ = judged(toml)
    said = next(finding for finding in found.findings if finding.code == "G09")
    house = next(finding for finding in found.house if finding.code == "G09")
    assert (said.title.zh, said.title.en) == ("投放先停一周", house.title.en)
    assert (said.text, said.evidence, said.overridden) == (house.text, house.evidence, ("reworded",))
    assert changed(toml).before.title == house.title


def test_a_ranked_finding_stands_where_it_was_put():
    """Place 1 is first; a place beyond the end is the last; all others keep their order."""
    house = codes(judged("")[0])
    last = house[-1]
    first, _ = judged(f'[findings.{last}]\nreason = "客户最关心"\nrank = 1')
    assert codes(first) == [last, *house[:-1]]
    assert [finding.rank for finding in first.findings] == list(range(1, len(house) + 1))
    beyond, _ = judged(f'[findings.{house[0]}]\nreason = "不急"\nrank = 99')
    assert codes(beyond) == [*house[1:], house[0]]


def test_an_action_is_reworded_moved_and_muted_like_a_finding():
    """Words, place and absence, with the order numbered anew."""
    house, wanted = judged("")
    ids = [action.id for action in plan(house, wanted)]
    toml = f'[actions.{ids[-1]}]\nreason = "先做"\nrank = 1\ntitle = {{ zh = "先排班", en = "Plan shifts first" }}\n'
    toml += f'[actions.{ids[0]}]\nreason = "已在做"\nmute = true'
    found, wanted = judged(toml)
    planned = plan(found, wanted)
    assert [action.id for action in planned] == [ids[-1], *ids[1:-1]]
    assert [action.order for action in planned] == list(range(1, len(ids)))
    assert (planned[0].title.en, planned[0].overridden) == ("Plan shifts first", ("reworded", "ranked"))
    first, second = by_hand(found, planned, wanted)
    assert (first.before.place, first.after.place, second.after) == (len(ids), 1, None)


def test_the_verdict_can_be_said_in_other_words():
    """Both sentences are kept."""
    entry = changed('[verdict]\nreason = "会上商定"\ntext = { zh = "先播满六天。" }')
    assert entry.after.title.zh == "先播满六天。"
    assert "ROI" in entry.before.title.zh


def test_a_wish_for_what_did_not_come_up_is_kept_and_changes_nothing():
    """V01 is a known code that did not fire: the entry says so with no versions."""
    entry = changed('[findings.V01]\nreason = "提前写下"\nmute = true')
    assert (entry.changes, entry.before, entry.after) == ((), None, None)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[findings.G9]\nreason = "xx"\nmute = true', 'no finding "G9"; did you mean "G'),
        ('[actions.fill_live_day]\nreason = "xx"\nmute = true', 'did you mean "fill_live_days"'),
        ("[findings.G09]\nmute = true", "overrides.toml › findings › G09 › reason"),
        ('[findings.G09]\nreason = "xx"', "either mute = true"),
        ('[findings.G09]\nreason = "xx"\nmute = true\nrank = 2', "either mute = true"),
        ('[findings.G09]\nreason = "xx"\nrank = 0', "greater than or equal to 1"),
        ('[findings.G09]\nreason = "xx"\ntitle = { zh = " " }', "give words"),
        ('[findings.G09]\nreason = "xx"\nhide = true', "overrides.toml › findings › G09 › hide"),
        ('[verdict]\nreason = "xx"', "overrides.toml › verdict › text"),
        ("findings", "is not TOML"),
    ],
)
def test_a_wrong_row_is_named_with_file_key_and_what_to_write(toml: str, said: str):
    """Every mistake stops the diagnosis: a client must never see what was meant to be muted."""
    with pytest.raises(KnowledgeError, match=said.replace("(", "\\(").replace("?", "\\?")):
        parse_overrides(toml)


def test_all_wrong_rows_are_said_at_once():
    """One reading names both."""
    with pytest.raises(KnowledgeError, match=r'2 problems(?s:.*)X99(?s:.*)"nothing"'):
        parse_overrides('[findings.X99]\nreason="xx"\nmute=true\n[actions.nothing]\nreason="xx"\nmute=true')


@given(st.lists(st.tuples(st.sampled_from(codes(judged("")[0])), st.integers(1, 12)), unique_by=lambda row: row[0]))
def test_whatever_the_ranks_every_finding_is_there_once(ranks: list[tuple[str, int]]):
    """Re-ranking neither loses nor doubles a finding, and a lone wish is always met."""
    wishes = tuple(Override("finding", code, "xx", rank=rank) for code, rank in ranks)
    found = judge(measures(SHOP), replace(case(SHOP), overrides=wishes))
    assert sorted(codes(found)) == sorted(codes(judged("")[0]))
    if len(ranks) == 1:
        (code, rank), count = ranks[0], len(found.findings)
        assert codes(found).index(code) == min(rank, count) - 1
