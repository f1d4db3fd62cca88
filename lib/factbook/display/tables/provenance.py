"""What the diagnosis was made from and with: files by digest, versions, knowledge, parameters."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from typing import Any

from factbook import fmt
from factbook.display.shown import FOLD, Shown
from factbook.display.tables.common import Layout, Words, col, lay, records
from factbook.knowledge.form import FormColumn, form
from factbook.knowledge.words import label, say
from factbook.measures.ground import MIN_SESSION_MINUTES
from factbook.records import Diagnosis

LAYOUT = Layout(
    "provenance",
    (
        col("kind", "word:provenance", "provenance_kind"),
        col("name", heading="provenance_name"),
        col("value"),
        col("size", "number"),
    ),
)
# What turns files into figures and pictures; its version may change a digit.
PACKAGES = ("factbook", "pandas", "numpy", "scipy", "pyarrow", "python-calamine", "matplotlib")
SHOWN_DIGITS = 16  # of a digest's 64: enough to know a file by
SHORT = "min_session_minutes"

Row = dict[str, Any]


def provenance(dx: Diagnosis) -> Shown:
    """Everything needed to make this diagnosis again, and to see that the files are the same."""
    frame = records([*_parameters(dx), *_versions(), *_files(dx)])
    folds = ["" if kind == "parameter" else label("provenance", kind, dx.language) for kind in frame["kind"]]
    note = say("say.digest_note", dx.language, n=SHOWN_DIGITS)
    return lay(dx, LAYOUT, frame.assign(**{FOLD: folds}), Words(note=note))


def _row(kind: str, name: str, value: str, size: int | None = None) -> Row:
    return {"kind": kind, "name": name, "value": value, "size": size}


def _parameters(dx: Diagnosis) -> Iterator[Row]:
    """Period and language, the line below which a session is short, and what the profile says."""
    language, profile = dx.language, dx.merchant.profile
    yield _row("parameter", say("say.merchant_id", language), dx.merchant.id)
    yield _row("parameter", say("say.period", language), str(dx.period))
    yield _row("parameter", say("say.language", language), language)
    short = float(profile.get(SHORT, MIN_SESSION_MINUTES))
    yield _row("parameter", say("say.short_session", language), fmt.minutes(short, language))
    for column in form().sheet("profile").asked:
        if column.kind in ("fraction", "number") and column.name in profile:
            yield _row("parameter", column.zh if language == "zh" else column.en, _answer(profile, column, language))


def _answer(profile: Any, column: FormColumn, language: str) -> str:
    spelled = fmt.percent if column.kind == "fraction" else fmt.decimal
    return spelled(float(profile[column.name]), language)


def _versions() -> Iterator[Row]:
    yield _row("version", "python", platform.python_version())
    yield from (_row("version", name, version(name)) for name in PACKAGES)
    digest, count = knowledge_digest()
    yield _row("knowledge", "knowledge/", digest[:SHOWN_DIGITS], count)


@cache
def knowledge_digest() -> tuple[str, int]:
    """SHA-256 over the knowledge files, which a consultant may edit, and their size in bytes."""
    texts = dict(_knowledge_files(resources.files("factbook.knowledge")))
    joined = b"".join(name.encode() + b"\0" + texts[name] + b"\0" for name in sorted(texts))
    return hashlib.sha256(joined).hexdigest(), sum(map(len, texts.values()))


def _knowledge_files(folder: Traversable, above: str = "") -> Iterator[tuple[str, bytes]]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _knowledge_files(path, f"{above}{path.name}/")
        elif path.name.endswith(".toml"):
            yield above + path.name, path.read_bytes()


def _files(dx: Diagnosis) -> Iterator[Row]:
    return (_row("file", file.name, file.digest[:SHOWN_DIGITS], file.size) for file in dx.files)
