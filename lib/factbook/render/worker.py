"""A process that renders merchants one after another: jobs come in by a pipe, outcomes go out by another.

Both pipes carry pickles, between processes of one batch only.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import IO

from factbook.render.merchant import Job, Outcome, report

COMMAND = (sys.executable, "-P", "-c", "from factbook.render.worker import main; main()")
DIED = "its process ended unexpectedly, as when memory runs out; render it alone to see why"


class Worker:
    """The other end of the pipes; a process that has died is replaced when the next job comes."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def render(self, job: Job) -> Outcome:
        """The outcome of one job; a crash of the process is an outcome too."""
        process = self._process = self._process or subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(job, process.stdin)
            process.stdin.flush()
            outcome: Outcome = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            return Outcome(job.folder.name, job.folder, reason=DIED)
        return outcome

    def close(self) -> None:
        """End the process by closing its pipe."""
        process, self._process = self._process, None
        if process is not None:
            process.communicate()


def serve(jobs: IO[bytes], outcomes: IO[bytes]) -> None:
    """Render what comes in until the pipe is closed."""
    while True:
        try:
            job: Job = pickle.load(jobs)
        except EOFError:
            return
        pickle.dump(report(job), outcomes)
        outcomes.flush()


def main() -> None:
    """The process: answers go to the pipe, what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        serve(sys.stdin.buffer, answers)
    except KeyboardInterrupt:  # the batch was stopped at the terminal, and says so itself
        sys.exit(130)
