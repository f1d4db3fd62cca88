"""The survey and the practices as a reader meets them."""

from __future__ import annotations

from itertools import combinations

import pytest

from factbook.knowledge.practices import practices
from factbook.knowledge.survey import survey
from factbook.knowledge.survey_page import page
from factbook.records import LANGUAGES
from tests.environment import ROOT

LEVEL_WORDS = ("标准化", "量化", "可重复", "standardised", "quantified", "repeatable")
ATTITUDES = ("重视", "意识", "积极", "认真", "values quality", "awareness", "strives", "committed")


def grams(text: str) -> set[str]:
    """Neighbouring pairs of characters, to see how alike two Chinese sentences are."""
    bare = "".join(char for char in text if char.isalnum())
    return {bare[n : n + 2] for n in range(len(bare) - 1)}


def alike(left: str, right: str) -> float:
    a, b = grams(left), grams(right)
    return len(a & b) / min(len(a), len(b))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_survey_is_in_step(language):
    """docs/survey.*.md is what `python -m factbook.knowledge.survey_page docs` writes."""
    assert (ROOT / "docs" / f"survey.{language}.md").read_text("utf-8") == page(language)


def test_the_survey_has_five_capabilities_and_about_thirty_items():
    """28 to 30 items, five or six a capability, each with what to show."""
    assert 28 <= len(survey().items) <= 30
    assert {len(capability.items) for capability in survey().capabilities} <= {5, 6}
    assert all(item.evidence.zh and item.evidence.en for item in survey().items)


def test_no_two_items_ask_the_same():
    """No question and no anchor repeats more than half of another's wording."""
    for left, right in combinations(survey().items, 2):
        assert alike(left.question.zh, right.question.zh) < 0.5, (left.code, right.code)
        assert max(alike(a.zh, b.zh) for a, b in zip(left.anchors, right.anchors, strict=True)) < 0.6, left.code


@pytest.mark.parametrize("item", survey().items, ids=lambda item: item.code)
def test_anchors_describe_what_can_be_seen(item):
    """Whole sentences, none an attitude, none the level's own name, no two of an item alike, of a like length."""
    for anchor in item.anchors:
        assert anchor.zh.endswith("。")
        assert anchor.en.endswith(".")
        assert not any(word in said for said in (anchor.zh, anchor.en) for word in (*LEVEL_WORDS, *ATTITUDES))
        assert 8 <= len(anchor.zh) <= 60
    assert all(alike(a.zh, b.zh) < 0.6 for a, b in combinations(item.anchors, 2))


def test_the_upper_steps_rest_on_writing_figures_and_change():
    """Level 4 speaks of figures, targets or lines; level 5 of trying, changing or a result over time."""
    figures = "率 数 占比 统计 目标 线 看 贡献 时长 比 算 分钟 指标 结算 记录".split()
    change = "改 试 换 降 升 缩 提高 收窄 调 修 阶段 已 对比 前 新 测 定制 更新 带来 逐 模板 找".split()
    for item in survey().items:
        assert any(word in item.anchors[3].zh for word in figures), item.code
        assert any(word in item.anchors[4].zh for word in change), item.code


def test_every_practice_asks_and_names_what_would_show_it():
    """32 practices, each with its own question, evidence and something to do."""
    rows = practices()
    assert len(rows) == 32
    assert len({row.question.zh for row in rows.values()}) == 32
    assert all(row.question.zh.endswith("？") and row.question.en.endswith("?") for row in rows.values())
    assert all(row.actions and row.evidence.zh and row.evidence.en for row in rows.values())
