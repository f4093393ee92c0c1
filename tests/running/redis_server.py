"""A Redis of one's own, on loopback, that can be killed, paused and started again."""

import signal
import subprocess
import tempfile
from typing import Self

from demo.browser import free_port


class RedisServer:
    """``with RedisServer() as redis: redis.url``. What it held is gone when it starts again."""

    def __init__(self) -> None:
        self._port = free_port()
        self._folder = tempfile.TemporaryDirectory()
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> Self:
        command = ["redis-server", "--port", str(self._port), "--bind", "127.0.0.1"]
        self._server = subprocess.Popen(
            [*command, "--dir", self._folder.name, "--save", ""], stdout=subprocess.PIPE, text=True
        )
        assert self._server.stdout
        assert any("Ready to accept connections" in line for line in self._server.stdout)
        return self

    @property
    def pid(self) -> int:
        return self._server.pid

    def kill(self) -> None:
        self._server.kill()
        self._server.wait()

    def pause(self) -> None:
        """It takes connections and answers nobody, until :meth:`resume`."""
        self._server.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._server.send_signal(signal.SIGCONT)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._folder.cleanup()
