"""Names of files, notes by chapter, and the sentences of problems."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factbook import intake
from factbook.intake import read_case
from factbook.intake.files import period_in
from factbook.intake.notes import CHAPTERS
from factbook.knowledge.problems import problems, sentences
from factbook.records import Period
from tests.intake.build import session, sessions

ROOMS = (Path(intake.__file__).parent, Path(intake.__file__).parents[1] / "diagnosis")
SOURCES = "\n".join(path.read_text("utf-8") for room in ROOMS for path in room.glob("*.py"))


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("抖音电商罗盘-成交分析-20261001-20261031.xlsx", "20261001-20261031"),
        ("直播明细_全部账号_20260601_20260630.xlsx", "20260601-20260630"),
        ("商品卡列表数据_2026_05_01~2026_05_31 (1).xlsx", "20260501-20260531"),
        ("[20260630-20260706]_{自营}_{挂车}视频详情数据.xlsx", "20260630-20260706"),
        ("全域数据_直播分析_店_2026-07-09 00_00_00_2026-07-09 23_59_59_12345.xlsx", "20260709"),
        ("2026-08-05日直播间修正报表导出.xlsx", "20260805"),
    ],
)
def test_a_file_name_gives_its_period(name: str, period: str) -> None:
    """The real names of exports.md, as they stand."""
    assert period_in(name) == Period.parse(period)


def test_a_name_without_days_gives_none() -> None:
    """Long numbers are ids, not dates."""
    assert period_in("订单_7312345678901234567.csv") is None
    assert period_in("20261399.csv") is None


def test_notes_go_to_their_chapters(tmp_path: Path) -> None:
    """By chapter id, number or Chinese name; text above belongs to the summary; other headings stay text."""
    sessions(tmp_path / "直播明细.xlsx", [session()])
    text = "先看这里\n\n## 03_field\n**自播**说明\n### 细节\n一\n\n# 达人矩阵\n二\n## top kol\n三\n"
    (tmp_path / "notes.md").write_text(text, "utf-8")
    assert read_case(tmp_path).notes == {
        "summary": "先看这里", "field": "**自播**说明\n### 细节\n一", "alliance": "二", "top_kol": "三",
    }  # fmt: skip


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_chapter_is_known_by_its_id(tmp_path: Path, chapter: str) -> None:
    """The notebooks' own names always work."""
    sessions(tmp_path / "直播明细.xlsx", [session()])
    (tmp_path / "notes.md").write_text(f"# {chapter}\n话", "utf-8")
    assert read_case(tmp_path).notes == {chapter: "话"}


def test_every_code_has_its_sentence_and_every_sentence_its_code() -> None:
    """The table of sentences and the code that names them agree."""
    named = set(re.findall(r'"([a-z_]+)"', SOURCES))
    written = set(problems().problems) | set(problems().checks)
    assert written <= named, written - named
    used = set(re.findall(r'Problem\(\s*"([a-z_]+)"', SOURCES)) | set(
        re.findall(r'UnreadableError\("([a-z_]+)"', SOURCES)
    )
    assert used <= set(sentences()), used - set(sentences())


@pytest.mark.parametrize("code", sorted(sentences()))
def test_both_languages_of_a_sentence_use_the_same_values(code: str) -> None:
    """What is filled in in one language is filled in in the other."""
    sentence = sentences()[code]

    def braces(text: str) -> set[str]:
        return {name.removesuffix("_zh").removesuffix("_en") for name in re.findall(r"\{(\w+)\}", text)}

    assert braces(sentence.zh) == braces(sentence.en)
    assert braces(sentence.expected.zh) == braces(sentence.expected.en)
