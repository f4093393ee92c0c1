"""`repline work` beside a running stack."""

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import IO, Protocol, Self

from demo.stack import ROOT

PATIENCE_S = 30


class Running(Protocol):
    environment: Mapping[str, str]
    """With which the web process runs."""


class Worker:
    """``repline work`` as a child, which writes to ``log``."""

    def __init__(self, stack: Running, log: IO[str] | None = None) -> None:
        self._stack, self._log = stack, log

    def start(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "backend.cli", "work"],
            env={**os.environ, **self._stack.environment},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=self._log or subprocess.DEVNULL,
        )
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
