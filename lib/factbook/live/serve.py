"""`factbook meet`: the live notebook through Voilà, on this machine only, behind a token."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factbook.diagnosis.desk import ROOT
from factbook.errors import ParameterError

NOTEBOOK = ROOT / "notebooks" / "meeting.ipynb"


@dataclass(frozen=True, slots=True)
class Server:
    """Where the meeting is served: a port of this machine (0: any free one), and whether to open the browser."""

    port: int = 0
    browser: bool = True


def meet(folder: Path, language: str, period: str, server: Server, say: Callable[[str], None]) -> int:
    """Serve the meeting of one merchant until it is stopped; returns the server's exit code.

    `say` is told the address, token included, before the server starts.
    """
    if not NOTEBOOK.exists():
        raise ParameterError(f"{NOTEBOOK.name} is not in notebooks/; run this from a checkout of the workbook")
    with tempfile.TemporaryDirectory(prefix="factbook-meet-") as room:
        copy = Path(room) / "meeting.ipynb"
        copy.write_text(with_parameters(NOTEBOOK.read_text("utf-8"), str(folder), period, language), "utf-8")
        port, token = server.port or free_port(), secrets.token_urlsafe(24)
        say(f"http://127.0.0.1:{port}/?token={token}")
        try:
            return subprocess.run(command(copy, port, server.browser, token), check=False).returncode
        except KeyboardInterrupt:
            return 0


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(notebook: Path, port: int, browser: bool, token: str) -> list[str]:
    """The server's command line: loopback only, a token, no sources, no tracebacks."""
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
        "--KernelManager.transport=ipc",
        f"--port={port}",
        "--Voila.port_retries=0",
        *(() if browser else ("--no-browser",)),
    ]


def with_parameters(notebook: str, merchant: str, period: str, language: str) -> str:
    """The notebook in one language, with a cell of values after its parameters as papermill would write it."""
    data = json.loads(notebook)
    other = {"zh": "en", "en": "zh"}[language]
    cells = [cell for cell in data["cells"] if other not in _tags(cell)]
    at = next(n for n, cell in enumerate(cells) if "parameters" in _tags(cell))
    values = {"merchant": merchant, "period": period, "language": language}
    source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    cell: dict[str, Any] = {"cell_type": "code", "id": "values", "metadata": {}, "execution_count": None}
    data["cells"] = [*cells[: at + 1], cell | {"outputs": [], "source": source}, *cells[at + 1 :]]
    return json.dumps(data, ensure_ascii=False)


def _tags(cell: dict[str, Any]) -> list[str]:
    return list(cell["metadata"].get("tags", []))
