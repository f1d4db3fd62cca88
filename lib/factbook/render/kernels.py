"""Kernels for the batch: this interpreter, sockets instead of TCP ports, nothing printed at the terminal."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import Unicode

SOCKET_PATH_LIMIT = 80  # a socket's path holds some 100 bytes; "/kernel-ipc-5" must still fit
ARGUMENTS = ("--HistoryManager.enabled=False", "--IPKernelApp.quiet=True", "--IPKernelApp.matplotlib=inline")
# One kernel a core: a library that starts its own threads would only take them from the neighbours.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
LAUNCHER = Path(__file__).with_name("launcher.py")


class OwnInterpreter(KernelSpecManager):
    """Finds one kernel: the Python that is running now, whatever else is installed or activated."""

    forkserver = Unicode(help="Socket of a fork server; empty: every kernel starts afresh.")

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The running interpreter under the name asked for (notebooks say `python3`)."""
        spec = get_kernel_dict()
        if self.forkserver:
            launcher = [sys.executable, "-I", "-S", str(LAUNCHER), self.forkserver]
            spec["argv"] = [*launcher, "-f", "{connection_file}"]
        return KernelSpec(resource_dir="", **spec)


@contextmanager
def manager(forkserver: str = "") -> Iterator[AsyncKernelManager]:
    """A kernel manager with a private folder for its sockets; the folder goes when the block ends."""
    with _folder() as place:
        transport: dict[str, Any] = {"connection_file": str(place / "kernel.json")}
        if sys.platform != "win32" and _fits(place):  # Windows has no such sockets in ZeroMQ
            transport |= {"transport": "ipc", "ip": str(place / "kernel-ipc")}
        specs = OwnInterpreter(forkserver=forkserver)
        yield AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs, **transport)


@contextmanager
def forkserver() -> Iterator[str]:
    """A fork server for the length of a block; gives its socket, or an empty text where there can be none."""
    if sys.platform != "linux" or not _fits(Path(tempfile.gettempdir())):
        yield ""
        return
    with _folder() as place, socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place / "forkserver"))
        server.listen(64)  # callers wait here while the server is still importing
        lifeline, held = os.pipe()
        command = [sys.executable, "-P", "-m", "factbook.render.forkserver", str(server.fileno()), str(lifeline)]
        process = subprocess.Popen(
            command,
            pass_fds=(server.fileno(), lifeline),
            env=environment() | {"JPY_PARENT_PID": "1"},  # a kernel with a parent says nothing at start
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(lifeline)
        server.close()
        try:
            yield str(place / "forkserver")
        finally:
            os.close(held)
            process.terminate()
            process.wait()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fb", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _fits(folder: Path) -> bool:
    """Whether sockets below a folder have paths the system takes."""
    return len(os.fsencode(folder)) <= SOCKET_PATH_LIMIT


def environment() -> dict[str, str]:
    """The environment of a kernel: ours, with numeric libraries kept to one thread."""
    return {**os.environ, **dict.fromkeys(THREADS, "1")}
