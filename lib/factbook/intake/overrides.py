"""overrides.toml: the consultant's hand, read with the folder so that it survives every re-rendering."""

from __future__ import annotations

from pathlib import Path

from factbook.errors import KnowledgeError
from factbook.intake.read import UnreadableError, decode
from factbook.knowledge.overrides import FILE, parse_overrides
from factbook.records import Override


def read_overrides(folder: Path) -> tuple[Override, ...]:
    """The consultant's wishes; none where there is no such file.

    Raises KnowledgeError on a file that is wrong: to leave a wish out silently would show a client what was muted.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        text = decode(path.read_bytes())
    except UnreadableError as error:
        raise KnowledgeError(f"{FILE} is not text; save it as UTF-8") from error
    return parse_overrides(text)
