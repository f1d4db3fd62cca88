"""Parameters are checked before a notebook sees them: papermill itself injects whatever it is given."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import papermill

from factbook.errors import ParameterError
from factbook.knowledge.load import revive

TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}


def check(notebook: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in the notebook's own types; raises ParameterError with every wrong one at once."""
    known = papermill.inspect_notebook(notebook)
    problems = [_unknown(name, known) for name in values if name not in known]
    checked: dict[str, Any] = {}
    for name in values.keys() & known.keys():
        expected = _type(known[name])
        try:
            checked[name] = revive(expected, values[name])
        except ValueError:
            problems.append(_wrong(name, values[name], expected, known[name]))
    if problems:
        head = f"{notebook.name}: {len(problems)} wrong parameters"
        raise ParameterError("\n".join([head, *sorted(problems)]))
    return {name: checked[name] for name in values}


def _type(parameter: Mapping[str, Any]) -> Any:
    stated = str(parameter["inferred_type_name"]).split("[")[0].strip()
    if stated in TYPES:
        return TYPES[stated]
    try:
        return type(ast.literal_eval(parameter["default"]))
    except (ValueError, SyntaxError):  # a default that is not a literal says nothing about the type
        return Any


def _unknown(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"it has {', '.join(known) or 'no parameters'}"
    return f'  "{name}" is not a parameter of this notebook; {hint}'


def _wrong(name: str, value: Any, expected: type, parameter: Mapping[str, Any]) -> str:
    help = f" ({parameter['help'].strip()})" if parameter["help"].strip() else ""
    return f"  {name}: expected {expected.__name__}, got {value!r}; for instance {parameter['default']}{help}"
