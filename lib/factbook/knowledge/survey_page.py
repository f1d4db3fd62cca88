"""The survey as a reader sees it, from knowledge/survey.toml: `python -m factbook.knowledge.survey_page docs`."""

from __future__ import annotations

import sys
from pathlib import Path

from factbook.knowledge.survey import Capability, Item, survey
from factbook.records import LANGUAGES, Language

WORDS = {
    "zh": {
        "title": "组织能力自评",
        "lead": "请至少三位不同岗位的人各自作答，不要商量。每题选最像现状的一级；"
        "3 级及以上要写依据，没有依据按 2 级计。不适用就填“不适用”。同时填想达到的级别和重要程度（1–5）。",
        "levels": "五级各是什么意思",
        "roles": "谁来答",
        "evidence": "可以拿什么证明",
        "owner": "牵头",
        "joint": "、",
        "stop": "。",
    },
    "en": {
        "title": "Capability survey",
        "lead": "At least three people from different roles answer, each alone. Choose the level that looks most like "
        "today; 3 and more needs evidence, without it it counts as 2. Write N/A where an item does not apply. Give "
        "the level you aim at and the importance (1–5) as well.",
        "levels": "What the five levels mean",
        "roles": "Who answers",
        "evidence": "What would show it",
        "owner": "led by",
        "joint": ", ",
        "stop": ".",
    },
}


def page(language: Language) -> str:
    """The whole survey as Markdown."""
    said, asked = WORDS[language], survey()
    colon = "：" if language == "zh" else ": "
    levels = [f"{each.level}. **{each.name[language]}**{colon}{each.means[language]}" for each in asked.levels]
    roles = said["joint"].join(role.name[language] for role in asked.roles) + said["stop"]
    parts = [
        f"# {said['title']}",
        said["lead"],
        f"## {said['levels']}",
        "\n".join(levels),
        f"## {said['roles']}",
        roles,
    ]
    parts += [part for capability in asked.capabilities for part in _capability(capability, language)]
    return "\n\n".join(parts) + "\n"


def _capability(capability: Capability, language: Language) -> list[str]:
    head = f"## {capability.code} {capability.name[language]}"
    lead = f"{capability.good[language]} ({WORDS[language]['owner']}: {capability.owner[language]})"
    if language == "zh":
        lead = f"{capability.good.zh}（{WORDS['zh']['owner']}：{capability.owner.zh}）"
    return [head, lead, *(_item(item, language) for item in capability.items)]


def _item(item: Item, language: Language) -> str:
    colon = "：" if language == "zh" else ": "
    anchors = "\n".join(f"{n}. {anchor[language]}" for n, anchor in enumerate(item.anchors, 1))
    shows = f"*{WORDS[language]['evidence']}{colon}{item.evidence[language]}*"
    return f"### {item.code} {item.title[language]}\n\n{item.question[language]}\n\n{anchors}\n\n{shows}"


def main(folder: Path) -> None:
    """Write docs/survey.zh.md and docs/survey.en.md."""
    for language in LANGUAGES:
        (folder / f"survey.{language}.md").write_text(page(language), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
