"""`repline work` beside a running stack."""

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import IO, Protocol, Self

from demo.browser.processes import free_port
from demo.stack import ROOT
from tests.waiting import is_ready, until

PATIENCE_S = 30


class Running(Protocol):
    environment: Mapping[str, str]
    """With which the web process runs."""


class Worker:
    """``repline work`` as a child, which writes to ``log``."""

    def __init__(self, stack: Running, log: IO[str] | None = None) -> None:
        self._stack, self._log = stack, log
        self.port = free_port()
        """Of its metrics."""

    def start(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "backend.cli", "work"],
            env={**os.environ, **self._stack.environment, "METRICS_PORT": str(self.port)},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=self._log or subprocess.DEVNULL,
        )
        return self

    def until_ready(self) -> Self:
        """Wait until it works: one that finds no database when it starts ends at once."""
        url = f"http://127.0.0.1:{self.port}"
        assert until(lambda: is_ready(url) or self.process.poll() is not None, PATIENCE_S)
        assert self.process.poll() is None, "it has ended"
        return self

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()
