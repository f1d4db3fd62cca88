"""Notebook parts made from plain mappings; nbformat itself has no types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def node(value: Mapping[str, Any]) -> NotebookNode:
    """A mapping as a notebook node, all the way down."""
    made: NotebookNode = nbformat.from_dict(dict(value))  # type: ignore[no-untyped-call]
    return made


def display(bundle: Mapping[str, Any]) -> NotebookNode:
    """A MIME bundle as an output."""
    return node({"output_type": "display_data", "data": bundle, "metadata": {}})


def markdown(id: str, source: str) -> NotebookNode:
    """A Markdown cell."""
    return node({"cell_type": "markdown", "id": id, "metadata": {}, "source": source})


def code(id: str, outputs: Sequence[NotebookNode], source: str = "") -> NotebookNode:
    """A code cell that has run."""
    plain: dict[str, Any] = {
        "cell_type": "code",
        "id": id,
        "metadata": {},
        "source": source,
        "execution_count": None,
    }
    return node({**plain, "outputs": list(outputs)})


def notebook(cells: Sequence[NotebookNode]) -> NotebookNode:
    """A notebook of these cells, for the kernel `python3`."""
    metadata = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    return node({"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def save(value: NotebookNode, path: Path) -> None:
    """Write a notebook, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(value, path)  # type: ignore[no-untyped-call]
