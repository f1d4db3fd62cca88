"""How a notebook gets its diagnosis: from the batch's file, or computed here and now."""

from __future__ import annotations

import difflib
from pathlib import Path

from factbook.diagnosis.spine import diagnose
from factbook.diagnosis.store import load
from factbook.errors import ParameterError
from factbook.records import LANGUAGES, Diagnosis, Language, Period

ROOT = Path(__file__).resolve().parents[3]


def load_diagnosis(merchant: str, period: str = "", language: str = "", file: str = "") -> Diagnosis:
    """The diagnosis of one merchant, for a chapter.

    `merchant` is a folder, `file` a saved diagnosis.json; both resolve from the working directory, then from the
    repository's root. Empty `period`: the merchant's own, else the last 30 days of sales. Raises ParameterError.
    """
    spoken = _language(language)
    if file:
        dx = load(find(file))
        return dx.speak(spoken or dx.language)
    return diagnose(find(merchant), Period.parse(period) if period else None, spoken)


def find(text: str) -> Path:
    """A path from the working directory, then from the repository's root; raises ParameterError with near names."""
    for path in (Path(text).expanduser(), ROOT / text):
        if path.exists():
            return path.resolve()
    raise ParameterError(f'"{text}" is not found from {Path.cwd().name} or the repository\'s root{_near(text)}')


def _near(text: str) -> str:
    parent = (ROOT / text).parent
    names = [path.name for path in parent.iterdir()] if parent.is_dir() else []
    near = difflib.get_close_matches(Path(text).name, names, n=1)
    return f'; did you mean "{Path(text).parent.as_posix()}/{near[0]}"?' if near else ""


def _language(text: str) -> Language | None:
    if text and text not in LANGUAGES:
        raise ParameterError(f'language "{text}" is not known; write zh or en')
    return text or None
