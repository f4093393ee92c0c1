"""A plain hub on the ``websockets`` library, as one would write it in an afternoon."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from benchmarks import machine
from benchmarks.peers.nchan import published
from benchmarks.peers.single import Single
from demo.browser.processes import Process

ROOT = Path(__file__).parents[2]


class WebsocketsHub(Single):
    name = "websockets hub"

    @property
    def absent(self) -> str:
        missing = [name for name in ("websockets", "uvloop") if find_spec(name) is None]
        return f"not installed: {', '.join(missing)}" if missing else ""

    def __enter__(self) -> Self:
        self._process = Process(["benchmarks.peers.hub_server"], cwd=ROOT)
        with machine.on_server_core():
            self._process.start()
        self.port = int(self._process.hello["port"])
        self.socket_port = int(self._process.hello["socket_port"])
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()

    @property
    def pid(self) -> int:
        return self._process.pid

    def path(self, rep: int) -> str:
        return f"/ws/{rep}"

    def greeting(self, rep: int) -> bytes:
        return b""

    def texts(self, count: int, reps: int) -> Sequence[bytes]:
        return published(count, reps)
