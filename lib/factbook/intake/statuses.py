"""actions.toml: how far each action is, kept by the consultant or the meeting and read with the folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from factbook.errors import KnowledgeError
from factbook.intake.read import UnreadableError, decode
from factbook.knowledge.statuses import FILE, parse_statuses
from factbook.records import Status


def read_statuses(folder: Path) -> Mapping[str, Status]:
    """Action → how far it is; empty where there is no such file.

    Raises KnowledgeError on a file that is wrong: to leave a line out silently would plan what was done already.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        text = decode(path.read_bytes())
    except UnreadableError as error:
        raise KnowledgeError(f"{FILE} is not text; save it as UTF-8") from error
    return parse_statuses(text)
