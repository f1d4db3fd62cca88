"""Kernels for the batch: this interpreter, sockets instead of TCP ports, nothing printed at the terminal."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

SOCKET_PATH_LIMIT = 80  # a socket's path holds some 100 bytes; "/kernel-ipc-5" must still fit
ARGUMENTS = ("--HistoryManager.enabled=False", "--IPKernelApp.quiet=True")
# One kernel a core: a library that starts its own threads would only take them from the neighbours.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


class OwnInterpreter(KernelSpecManager):
    """Finds one kernel: the Python that is running now, whatever else is installed or activated."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The running interpreter under the name asked for (notebooks say `python3`)."""
        return KernelSpec(resource_dir="", **get_kernel_dict())


@contextmanager
def manager() -> Iterator[AsyncKernelManager]:
    """A kernel manager with a private folder for its sockets; the folder goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix="fb", dir=_short_folder(), ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        transport: dict[str, Any] = {"connection_file": str(place / "kernel.json")}
        if sys.platform != "win32":  # Windows has no such sockets in ZeroMQ
            transport |= {"transport": "ipc", "ip": str(place / "kernel-ipc")}
        yield AsyncKernelManager(kernel_name="python3", kernel_spec_manager=OwnInterpreter(), **transport)


def _short_folder() -> str | None:
    return None if len(tempfile.gettempdir()) <= SOCKET_PATH_LIMIT else "/tmp"


def environment() -> dict[str, str]:
    """The environment of a kernel: ours, with numeric libraries kept to one thread."""
    return {**os.environ, **dict.fromkeys(THREADS, "1")}
