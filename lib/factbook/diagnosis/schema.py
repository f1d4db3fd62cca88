"""What diagnosis.json holds, as a JSON schema made from the records: `python -m factbook.diagnosis.schema`."""

from __future__ import annotations

import json
from typing import Any

from factbook.diagnosis.store import PARTS, SCHEMA_VERSION
from factbook.knowledge.load import schema_of
from factbook.records import NUMBERS, Total

_NUMBER = {"anyOf": [{"type": "number"}, {"type": "null"}]}
_TEXT = {"type": "string"}
_MEASURE = {
    "id": {**_TEXT, "description": "a metric of docs/metrics.en.md"},
    "period": {"enum": ["current", "previous", "history"]},
    **dict.fromkeys(NUMBERS, _NUMBER),
    "basis": {**_TEXT, "description": "what is counted: people, times, money, …"},
    "slice": {"type": "object", "additionalProperties": _TEXT, "description": "empty for the whole period"},
    "reason": {**_TEXT, "description": "why there is no value; empty where there is one"},
    "source": {**_TEXT, "description": "file › sheet of the rows used"},
}
_WORTH = {
    "finding": _TEXT,
    "low_cny": _NUMBER,
    "high_cny": _NUMBER,
    "basis": {"enum": ["gmv", "net_gmv", "contribution"]},
}


def schema() -> dict[str, Any]:
    """The schema; every key is required and no other is allowed."""
    definitions: dict[str, Any] = {}
    parts = {name: _part(kind, definitions) for name, kind in PARTS.items()}
    totals = _part(tuple[Total, ...], definitions)
    properties = {
        "schema_version": {"const": SCHEMA_VERSION},
        "language": {"enum": ["zh", "en"]},
        **parts,
        "worth": _closed({"findings": _list(_closed(_WORTH)), "totals": totals}),
        "measures": _list(_closed(_MEASURE)),
    }
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "diagnosis.json",
        "description": "One merchant, one period: raw floats, ratios as fractions, money in yuan, null for missing.",
    }
    return {**head, **_closed(properties), "$defs": dict(sorted(definitions.items()))}


def text() -> str:
    """The schema as the file docs/diagnosis.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _part(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one part; the records it is made of go into `definitions`."""
    found = schema_of(kind)
    for name, definition in found.pop("$defs", {}).items():
        definitions[name] = _strict(definition)
    return _strict(found) if "properties" in found else found


def _strict(definition: dict[str, Any]) -> dict[str, Any]:
    """A record without its title (the key says it) and with all of its keys."""
    properties = {name: _untitled(value) for name, value in definition["properties"].items()}
    said = {"description": definition["description"].splitlines()[0]} if "description" in definition else {}
    return {**said, **_closed(properties)}


def _untitled(value: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if name not in ("title", "default")}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


if __name__ == "__main__":
    print(text(), end="")
