"""manifest.json: what a report was made from and with, how long it took, and what could not be produced."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from factbook.records import FIELDS, Diagnosis
from factbook.render.chapters import Executed

SCHEMA_VERSION = 1
NAME = "manifest.json"
PACKAGES = ("factbook", "pandas", "numpy", "matplotlib", "papermill", "nbclient", "ipykernel", "fonttools")
FIGURES = ("paid_amount_cny", "net_paid_amount_cny", "service_score")


def build(dx: Diagnosis, folder: Path, executed: Sequence[Executed], seconds: Mapping[str, float]) -> dict[str, Any]:
    """The record of one report; every file of the merchant's folder is named with its digest."""
    return {
        "schema_version": SCHEMA_VERSION,
        "merchant": {"id": dx.merchant.id, "name": dx.merchant.name, "synthetic": dx.merchant.synthetic},
        "period": str(dx.period),
        "language": dx.language,
        "verdict": asdict(dx.verdict),
        "figures": {id: dx.measures.value(id) for id in FIGURES},
        "scores": {field: _score(dx, field) for field in FIELDS},
        "inputs": inputs(folder, dx),
        "unread": unread(dx),
        "chapters": [_chapter(item) for item in executed],
        "failures": [asdict(failure) for item in executed for failure in item.failures],
        "parameters": {"merchant": dx.merchant.id, "period": str(dx.period), "language": dx.language},
        "seconds": {name: round(spent, 2) for name, spent in seconds.items()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
    }


def _score(dx: Diagnosis, id: str) -> dict[str, Any]:
    """A field's score, or that a gate has shut the field."""
    score = dx.score(id)
    shut = any(gate.state == "shut" and id in gate.closes for gate in dx.gates)
    return {"state": "gated" if shut else score.state, "value": score.value, "verdict": score.verdict}


def _chapter(item: Executed) -> dict[str, Any]:
    return {
        "name": item.chapter.name,
        "seconds": round(item.seconds, 2),
        "cells": len(item.notebook.cells),
        "failed": len(item.failures),
        "streams": item.streams,
    }


def inputs(folder: Path, dx: Diagnosis) -> list[dict[str, Any]]:
    """Every visible file below the folder: path, bytes, SHA-256, and the report it was recognised as."""
    known = {record.digest: record.report for record in dx.files}
    return [_input(path, folder, known) for path in _files(folder)]


def _files(folder: Path) -> Iterable[Path]:
    visible = (path for path in sorted(folder.rglob("*")) if not path.name.startswith((".", "~")))
    return (path for path in visible if path.is_file())


def _input(path: Path, folder: Path, known: Mapping[str, str | None]) -> dict[str, Any]:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    name = path.relative_to(folder).as_posix()
    return {"file": name, "bytes": len(content), "sha256": digest, "report": known.get(digest)}


def unread(dx: Diagnosis) -> list[str]:
    """Names of the files that could not be read."""
    return [record.name for record in dx.files if not record.read]


def save(manifest: Mapping[str, Any], folder: Path) -> Path:
    """Write the manifest; it appears whole or not at all."""
    path = folder / NAME
    part = path.with_suffix(".part")
    part.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")
    return part.replace(path)


def saved(out: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The reports already in a folder: each one's folder and manifest, by merchant, latest period first."""
    paths = sorted(out.glob(f"*/*/{NAME}"), reverse=True)
    found = [(path.parent, json.loads(path.read_text("utf-8"))) for path in paths]
    return sorted(found, key=lambda pair: pair[0].parent.name)
