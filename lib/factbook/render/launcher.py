"""Stands in for a kernel's process: asks the fork server for a kernel, passes signals on, ends when it ends.

Run with `python -I -S launcher.py SOCKET -f CONNECTION_FILE …`, so it must not import anything but a few modules of
the standard library. When there is no fork server it becomes an ordinary kernel.
"""

import json
import os
import signal
import socket
import sys


def main(path: str, arguments: list[str]) -> None:
    """Ask, then wait; `arguments` are the kernel's own."""
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(path)
        order = {"arguments": arguments, "environment": dict(os.environ), "folder": os.getcwd()}
        message = json.dumps(order).encode() + b"\n"
        sent = socket.send_fds(connection, [message], [1, 2])
        connection.sendall(message[sent:])
    except OSError:
        os.execv(sys.executable, [sys.executable, "-m", "ipykernel_launcher", *arguments])
    signal.signal(signal.SIGINT, lambda *_: connection.send(b"i"))
    wait(connection, os.getppid())


def wait(connection: socket.socket, parent: int) -> None:
    """Until the kernel has ended, or whoever started us: our end lets the kernel end too."""
    connection.settimeout(1.0)
    while os.getppid() == parent:
        try:
            if not connection.recv(1):
                return
        except TimeoutError:
            continue


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
