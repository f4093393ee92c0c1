"""A few keep-alive connections that post ready-made requests and wait for each answer."""

import asyncio
import re
import time
from collections import deque
from itertools import cycle

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CONNECTIONS = 32


class Pool:
    """``post(name, request)`` at any time: it leaves at once or with the next free connection. They
    take turns at the ports.

    ``posted`` counts requests that have left; ``answered`` holds, by name, when (monotonic ns) the
    answer was there; ``refused`` counts those that were not 2xx, ``first_refusal`` is one of them.
    """

    def __init__(self, *ports: int) -> None:
        self._ports = cycle(ports)
        self._free: list[_Connection] = []
        self._all: list[_Connection] = []
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._asked: dict[int, asyncio.Future[None]] = {}
        self._returning: set[asyncio.Future[None]] = set()
        self.answered: dict[int, int] = {}
        self.posted = 0
        self.refused = 0
        self.first_refusal = b""

    async def open(self, connections: int = CONNECTIONS) -> None:
        await asyncio.gather(*(self._connect() for _ in range(connections)))

    def close(self) -> None:
        for connection in self._all:
            connection.transport.close()

    def post(self, name: int, request: bytes) -> None:
        if self._free:
            self._send(self._free.pop(), name, request)
        else:
            self._waiting.append((name, request))

    async def ask(self, name: int, request: bytes, seconds: float) -> None:
        """Post and wait for the answer; TimeoutError when it does not come in time."""
        self._asked[name] = asyncio.get_running_loop().create_future()
        self.post(name, request)
        await asyncio.wait_for(self._asked[name], seconds)

    def forget_waiting(self) -> None:
        self._waiting.clear()

    def take(self, connection: "_Connection", status: bytes, answer: bytes) -> None:
        """An answer has come: the connection is free for the next request."""
        self.answered[connection.name] = time.monotonic_ns()
        if connection.name in self._asked:
            self._asked.pop(connection.name).set_result(None)
        if not status.startswith(b"2"):
            self.refused += 1
            self.first_refusal = self.first_refusal or answer[:300]
        if b"connection: close" in answer.lower():
            connection.transport.close()
            self._all.remove(connection)
            returning = asyncio.ensure_future(self._connect())
            self._returning.add(returning)
            returning.add_done_callback(self._returning.discard)
        else:
            self._next(connection)

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(
            lambda: _Connection(self), "127.0.0.1", next(self._ports)
        )
        self._all.append(connection)
        self._next(connection)

    def _next(self, connection: "_Connection") -> None:
        if self._waiting:
            self._send(connection, *self._waiting.popleft())
        else:
            self._free.append(connection)

    def _send(self, connection: "_Connection", name: int, request: bytes) -> None:
        self.posted += 1
        connection.send(name, request)


class _Connection(asyncio.Protocol):
    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._answer = b""
        self.name = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def send(self, name: int, request: bytes) -> None:
        self.name, self._answer = name, b""
        self.transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, content = self._answer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if found and len(content) >= (int(length[1]) if length else 0):
            self._pool.take(self, self._answer[9:12], self._answer)
