"""Where a figure comes from, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from factbook.knowledge.form import form
from factbook.knowledge.words import say

MOST = 3
FILES = re.compile(r"^(\d+) files\b")
FORM_SHEET = re.compile(r"^(intake\.xlsx › )(\w+)$")
RULES = "knowledge/"


def place(source: str, language: str) -> str:
    """A measure's source in words: numbers of files, sheets of the form and rule tables are spelled, names kept."""
    if " + " in source:
        return " + ".join(place(part, language) for part in source.split(" + "))
    if source.startswith(RULES):
        return say("say.rule_table", language)
    sheets = {sheet.id: sheet for sheet in form().sheets}
    match = FORM_SHEET.match(source)
    if match and match[2] in sheets:
        sheet = sheets[match[2]]
        return match[1] + (sheet.en if language == "en" else sheet.zh)
    return FILES.sub(lambda found: say("say.files", language, n=found[1]), source)


def sources(found: Iterable[Any], language: str) -> str:
    """Where figures come from, each place once; the first few by name and the rest as a number."""
    known = dict.fromkeys(source for source in found if isinstance(source, str) and source)
    places = list(dict.fromkeys(place(source, language) for source in known))
    tail = [say("say.more_sources", language, n=len(places) - MOST)] if len(places) > MOST else []
    return ("；" if language == "zh" else "; ").join([*places[:MOST], *tail])
