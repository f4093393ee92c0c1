"""Start a child process, learn its address, and end it: kindly or not."""

import fcntl
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Self


class Process:
    """A Python module as a child that says where it is: one JSON line with "url" on its stdout.

    ``with Process(["simulator"], env={...}) as child: child.url``. ``env`` is laid over ours.
    It runs in a process group of its own, so that ``kill`` leaves no workers behind.
    RuntimeError, with what it wrote to stderr, when it ends or stays silent for ``deadline``
    seconds instead.
    """

    def __init__(
        self,
        module: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        deadline: float = 20,
    ) -> None:
        self.name = module[0]
        self._command = [sys.executable, "-m", *module]
        self._env = {**os.environ, **(env or {})}
        self._cwd, self._deadline = cwd, deadline
        self._running: subprocess.Popen[str] | None = None
        self._log = tempfile.TemporaryFile("a+b")  # noqa: SIM115 (closed with the process)
        # "a" alone is not heard of where it is made without a name. Appending, so that reading it
        # moves no writer, and truncating it for the next start leaves no hole in front.
        fcntl.fcntl(self._log, fcntl.F_SETFL, os.O_APPEND)
        self.hello: dict[str, Any] = {}

    @property
    def url(self) -> str:
        return str(self.hello["url"])

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self) -> Self:
        """Start, or start again after ``stop`` or ``kill``."""
        self._log.truncate(0)
        self._running = subprocess.Popen(
            self._command,
            env=self._env,
            cwd=self._cwd,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            start_new_session=True,
        )
        assert self._running.stdout
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_drain, args=(self._running.stdout, lines), daemon=True).start()
        try:
            self.hello = json.loads(lines.get(timeout=self._deadline))
        except (queue.Empty, json.JSONDecodeError) as error:
            self.kill()
            raise RuntimeError(f"{self.name} did not say where it is:\n{self.stderr()}") from error
        return self

    def stderr(self) -> str:
        """What it wrote to stderr so far."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask_to_stop(self) -> None:
        """TERM, without waiting: several that are asked first stop side by side."""
        if self.alive():
            self._process.terminate()

    def stop(self, patience: float = 8) -> int:
        """TERM, then KILL after ``patience`` seconds. Returns its exit code."""
        if not self.alive():
            return self._process.wait()
        self._process.terminate()
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return self.kill()
        finally:
            self._kill_group()

    def kill(self) -> int:
        """kill -9, its children included. Returns its exit code."""
        self._kill_group()
        return self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._log.close()

    @property
    def _process(self) -> subprocess.Popen[str]:
        if self._running is None:
            raise RuntimeError(f"{self.name} was not started")
        return self._running

    def _kill_group(self) -> None:
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # all of it has ended


def _drain(stdout: IO[str], lines: queue.Queue[str]) -> None:
    """The first line is the hello (empty when there was none); the rest must not fill the pipe."""
    lines.put(stdout.readline())
    for _ in stdout:
        pass


def free_port() -> int:
    """A TCP port of 127.0.0.1 that was free a moment ago: for programs that cannot ask for 0."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
