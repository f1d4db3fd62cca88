"""diagnosis.json: raw floats, null for missing, the same value back when it is read again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from factbook.errors import ParameterError
from factbook.knowledge.load import revive
from factbook.knowledge.metrics import metrics
from factbook.records import (
    MEASURE_COLUMNS,
    Action,
    Check,
    Diagnosis,
    Earlier,
    FileRecord,
    Finding,
    Gate,
    Measures,
    Merchant,
    Overridden,
    Period,
    Problem,
    Roadmap,
    RuleOutcome,
    Score,
    Text,
    Total,
)

SCHEMA_VERSION = 2
_NUMBERS = ("value", "numerator", "denominator", "n", "low", "high")
PARTS: dict[str, Any] = {
    "merchant": Merchant,
    "period": Period,
    "scores": tuple[Score, ...],
    "gates": tuple[Gate, ...],
    "findings": tuple[Finding, ...],
    "actions": tuple[Action, ...],
    "verdict": Text,
    "files": tuple[FileRecord, ...],
    "problems": tuple[Problem, ...],
    "checks": tuple[Check, ...],
    "missing": tuple[str, ...],
    "tables": dict[str, dict[str, Any]],
    "notes": dict[str, str],
    "outcomes": tuple[RuleOutcome, ...],
    "overrides": tuple[Overridden, ...],
    "roadmap": Roadmap,
    "earlier": Earlier | None,
}


def save(dx: Diagnosis, path: Path) -> Path:
    """Write the diagnosis; the file appears whole or not at all."""
    return write(document(dx), path)


def write(values: dict[str, Any], path: Path) -> Path:
    """Write plain JSON values; the file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    text = json.dumps(values, ensure_ascii=False, allow_nan=False, default=_spell, separators=(",", ":"))
    part.write_text(text, "utf-8")
    part.replace(path)
    return path


def document(dx: Diagnosis) -> dict[str, Any]:
    """The diagnosis as plain JSON values, keys as in design section 8."""
    parts = {name: _plain(getattr(dx, name)) for name in PARTS}
    return {
        "schema_version": dx.schema_version,
        "language": dx.language,
        **parts,
        "worth": {
            "findings": [_worth(finding) for finding in dx.findings if finding.worth_basis],
            "totals": _plain(dx.totals),
        },
        "measures": _measures_out(dx.measures.frame),
    }


def load(path: Path) -> Diagnosis:
    """Read a saved diagnosis; raises ParameterError when the file is not one."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["schema_version"] != SCHEMA_VERSION:
            raise ParameterError(
                f"{path.name} has schema {data['schema_version']}, this workbook reads {SCHEMA_VERSION}; render again"
            )
        parts = {name: revive(kind, data[name]) for name, kind in PARTS.items()}
        totals = revive(tuple[Total, ...], data["worth"]["totals"])
        measures = _measures_in(data["measures"])
        return Diagnosis(language=data["language"], measures=measures, totals=totals, **parts)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ParameterError(f"{path} is not a saved diagnosis ({error}); run `factbook diagnose` again") from error


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _spell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} has no place in diagnosis.json")


def _worth(finding: Finding) -> dict[str, Any]:
    return {
        "finding": finding.code,
        "low_cny": finding.worth_low_cny,
        "high_cny": finding.worth_high_cny,
        "basis": finding.worth_basis,
    }


def _measures_out(frame: pd.DataFrame) -> list[dict[str, Any]]:
    basis = {id: metric.basis.en for id, metric in metrics().items()}
    columns: dict[str, list[Any]] = {
        **{
            name: [None if value != value else value for value in frame[name].astype(float).tolist()]
            for name in _NUMBERS
        },
        "id": frame["id"].tolist(),
        "period": frame["period"].tolist(),
        "basis": [basis[id] for id in frame["id"].tolist()],
        "slice": [dict(zip(by, key, strict=True)) for by, key in zip(frame["by"], frame["key"], strict=True)],
        "reason": frame["reason"].tolist(),
        "source": frame["source"].tolist(),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _measures_in(rows: list[dict[str, Any]]) -> Measures:
    frame = pd.DataFrame(rows, columns=["id", "period", *_NUMBERS, "slice", "reason", "source"])
    frame["by"] = [tuple(cut) for cut in frame["slice"]]
    frame["key"] = [tuple(cut.values()) for cut in frame["slice"]]
    frame[list(_NUMBERS)] = frame[list(_NUMBERS)].astype(float)
    return Measures(frame[list(MEASURE_COLUMNS)])
