"""notes.md: the consultant's own words, chapter by chapter."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from pathlib import Path

from factbook.intake.files import NOTES
from factbook.intake.read import UnreadableError, decode
from factbook.records import Problem

# Chapters and what their headings may be called, besides a number in front (`## 03_field`).
CHAPTERS: dict[str, tuple[str, ...]] = {
    "summary": ("summary", "总览", "摘要", "概览", "结论"),
    "growth": ("growth", "增长", "增长逻辑"),
    "field": ("field", "自播", "店播", "商家自播"),
    "alliance": ("alliance", "达人", "达人矩阵", "达播"),
    "campaign": ("campaign", "活动", "营销活动"),
    "top_kol": ("top_kol", "top kol", "大V", "头部", "头部大V", "头部合作"),
    "organisation": ("organisation", "organization", "组织", "组织能力", "团队"),
    "roadmap": ("roadmap", "路线图", "行动", "行动计划"),
    "evidence": ("evidence", "数据", "依据", "附录", "证据"),
}
FIRST = "summary"
_HEADING = re.compile(r"^#{1,3}\s+(.+?)\s*#*\s*$")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_\-·:.、]+", "", re.sub(r"^[\d\s._\-、·]+", "", folded))


_NAMES = {_plain(name): chapter for chapter, names in CHAPTERS.items() for name in names}


def read_notes(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Markdown by chapter; what stands before the first chapter heading belongs to the summary."""
    path = folder / NOTES
    if not path.is_file():
        return {}, []
    try:
        text = decode(path.read_bytes())
    except UnreadableError:
        return {}, [Problem("notes_unreadable", "warning", NOTES)]
    return _split(text)


def _split(text: str) -> tuple[dict[str, str], list[Problem]]:
    lines: dict[str, list[str]] = {}
    problems: list[Problem] = []
    chapter, fenced = FIRST, False
    for number, line in enumerate(text.splitlines(), 1):
        fenced ^= line.lstrip().startswith("```")
        heading = None if fenced else _HEADING.match(line)
        named = _NAMES.get(_plain(heading[1])) if heading else None
        if named:
            chapter = named
            continue
        if heading and (near := get_close_matches(_plain(heading[1]), _NAMES, n=1, cutoff=0.75)):
            values = {"found": heading[1], "near": _NAMES[near[0]]}
            problems.append(Problem("notes_chapter", "note", NOTES, row=number, values=values))
        lines.setdefault(chapter, []).append(line)
    parts = {chapter: "\n".join(part).strip() for chapter, part in lines.items()}
    return {chapter: part for chapter, part in parts.items() if part}, problems
