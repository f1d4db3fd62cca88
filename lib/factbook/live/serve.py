"""`factbook meet`: the live notebook through Voilà, on this machine only, behind a token."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from factbook.diagnosis.desk import ROOT
from factbook.errors import ParameterError

NOTEBOOK = ROOT / "notebooks" / "meeting.ipynb"


def meet(folder: Path, language: str = "", period: str = "", port: int = 0, browser: bool = True) -> int:
    """Serve the meeting of one merchant until it is stopped; returns the server's exit code."""
    if not NOTEBOOK.exists():
        raise ParameterError(f"{NOTEBOOK.name} is not in notebooks/; run this from a checkout of the workbook")
    with tempfile.TemporaryDirectory(prefix="factbook-meet-") as room:
        copy = Path(room) / "meeting.ipynb"
        copy.write_text(with_parameters(NOTEBOOK.read_text("utf-8"), str(folder), period, language), "utf-8")
        try:
            return subprocess.run(command(copy, port, browser, secrets.token_urlsafe(24)), check=False).returncode
        except KeyboardInterrupt:
            return 0


def command(notebook: Path, port: int, browser: bool, token: str) -> list[str]:
    """The server's command line: loopback only, a token, no sources, no tracebacks."""
    options = [
        f"--port={port}" if port else "--Voila.port_retries=50",
        *(() if browser else ("--no-browser",)),
    ]
    return [
        sys.executable,
        "-m",
        "voila",
        str(notebook),
        "--Voila.ip=127.0.0.1",
        f"--token={token}",
        "--strip_sources=True",
        "--show_tracebacks=False",
        "--template=lab",
        "--theme=light",
        *options,
    ]


def with_parameters(notebook: str, merchant: str, period: str, language: str) -> str:
    """The notebook with one cell of values after its parameters, as papermill would write it."""
    data = json.loads(notebook)
    at = next(n for n, cell in enumerate(data["cells"]) if "parameters" in cell["metadata"].get("tags", []))
    values = {"merchant": merchant, "period": period, "language": language}
    source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    cell: dict[str, Any] = {"cell_type": "code", "id": "values", "metadata": {}, "execution_count": None}
    cell |= {"outputs": [], "source": source}
    data["cells"].insert(at + 1, cell)
    return json.dumps(data, ensure_ascii=False)
