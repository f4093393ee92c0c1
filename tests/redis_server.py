"""A Redis for tests, on a free port, that can be paused, killed and brought back."""

import signal
import subprocess
import tempfile
import time
from types import TracebackType
from typing import Self

from redis import Redis, RedisError

from demo.browser import free_port


class RedisServer:
    """``with RedisServer() as redis: redis.url``. It keeps nothing: what was in it dies with it."""

    def __init__(self) -> None:
        self._port = free_port()
        self._folder = tempfile.TemporaryDirectory(prefix="redis-")

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> Self:
        """Start, or start again after ``kill``; returns once it answers."""
        self._process = subprocess.Popen(
            [
                *("redis-server", "--port", str(self._port), "--bind", "127.0.0.1"),
                *("--dir", self._folder.name, "--save", ""),
            ],
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + 30
        with Redis.from_url(self.url) as client:
            while True:
                try:
                    client.ping()
                    return self
                except RedisError as error:
                    if self._process.poll() is not None or time.monotonic() > end:
                        raise RuntimeError("Redis does not start") from error
                time.sleep(0.02)

    def pause(self) -> None:
        """It takes connections and answers nothing, until ``resume``."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.kill()
        self._folder.cleanup()
