"""Kernels by fork: one process imports the libraries once, each kernel starts as a copy of it.

Starting a kernel and importing what a chapter needs costs two seconds of processor time, nine times a merchant;
a copy costs a tenth of that. The process that is copied has no thread, no event loop and no ZeroMQ context. A
kernel so started shows what a fresh one shows; a test compares them on every chapter. Linux only: elsewhere, and
whenever this process cannot be reached, kernels start afresh.

Run as `python -m factbook.render.forkserver SOCKET_FD LIFELINE_FD`.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np
import pandas as pd
from ipykernel.kernelapp import IPKernelApp

PRELOAD = (
    "matplotlib.pyplot",
    "seaborn",
    "factbook.diagnosis",
    "factbook.display.charts",
    "factbook.display.kpis",
    "factbook.display.tables",
    "factbook.display.text",
)
MESSAGE_BYTES = 1 << 20
INTERRUPT = b"i"


def main(listening: int, lifeline: int) -> None:
    """Import, then copy this process for whoever connects, until the batch that started it has gone."""
    for name in PRELOAD:
        importlib.import_module(name)
    # pandas decided at import that this is a terminal; a kernel is none
    pd.set_option("display.max_columns", 20)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the system
    server = socket.socket(fileno=listening)
    while _awaited(server, lifeline):
        connection, _ = server.accept()
        if os.fork() == 0:
            server.close()
            os.close(lifeline)
            become_kernel(connection)
        connection.close()


def _awaited(server: socket.socket, lifeline: int) -> bool:
    """Wait for a caller; False when the batch has ended and its end of the lifeline is closed."""
    ready, _, _ = select.select([server.fileno(), lifeline], [], [])
    return lifeline not in ready


def become_kernel(connection: socket.socket) -> NoReturn:
    """In the copy: take the caller's arguments, surroundings and output, and be a kernel."""
    try:
        message, handles, _, _ = socket.recv_fds(connection, MESSAGE_BYTES, 2)
        while not message.endswith(b"\n"):
            message += connection.recv(MESSAGE_BYTES)
        _settle(json.loads(message), handles)
        threading.Thread(target=_obey, args=(connection,), daemon=True).start()
        IPKernelApp.launch_instance()
    finally:
        os._exit(0)


def _settle(order: dict[str, Any], handles: Sequence[int]) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for target, handle in zip((1, 2), handles, strict=True):
        os.dup2(handle, target)
        os.close(handle)
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    sys.argv = ["ipykernel_launcher.py", *order["arguments"]]
    random.seed()
    np.random.seed()


def _obey(connection: socket.socket) -> None:
    """Interrupt when told to; end when the caller has gone."""
    while connection.recv(1) == INTERRUPT:
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
