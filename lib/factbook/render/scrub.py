"""What must not leave the house: papermill's record of a run, and the paths of this machine."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

from factbook.render.nodes import KERNELSPEC, node

INJECTED = "injected-parameters"
TIMED = ("papermill", "execution")


def notebook(source: NotebookNode, hidden: Mapping[str, str], shown: Mapping[str, str]) -> NotebookNode:
    """A copy without papermill's metadata, `hidden` texts replaced, `shown` as its injected parameters.

    Longer texts are replaced first, so that a folder goes before its parent. Ids are those of the chapter.
    """
    clean = copy.deepcopy(source)
    clean.metadata = node({**_kept(clean.metadata, *TIMED), "kernelspec": KERNELSPEC})
    ordered = sorted(hidden.items(), key=lambda pair: -len(pair[0]))
    for cell in clean.cells:
        cell.metadata = node(_kept(cell.metadata, *TIMED))
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED
            cell.source = "\n".join(f"{name} = {value!r}" for name, value in shown.items())
        if cell.cell_type == "code":
            cell.outputs = [_replace(output, ordered) for output in cell.outputs]
    return clean


def _kept(metadata: Mapping[str, Any], *dropped: str) -> dict[str, Any]:
    return {key: value for key, value in metadata.items() if key not in dropped}


def _replace(value: Any, hidden: list[tuple[str, str]]) -> Any:
    """Every text inside an output, except pictures in base64, whose letters may spell a path by chance."""
    if isinstance(value, str):
        for text, instead in hidden:
            value = value.replace(text, instead)
        return value
    if isinstance(value, Mapping):
        return node({key: part if _binary(key) else _replace(part, hidden) for key, part in value.items()})
    return [_replace(part, hidden) for part in value] if isinstance(value, list) else value


def _binary(mime: str) -> bool:
    return mime.startswith("image/") and not mime.endswith("+xml")
