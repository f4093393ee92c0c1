"""Many WebSockets in one process, as light as they go: what they cost is the server's."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

CONCURRENT = 64
ADDRESSES = 8
"""Loopback addresses to connect from: one has too few ports for the largest crowd."""
PONG = b"\x8a\x80\0\0\0\0"
TEXT, CLOSE, PING = 0x81, 0x88, 0x89


def handshake(path: str) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: bench.example\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def masked(payload: bytes) -> bytes:
    """A client's text frame. The mask is zero: nothing on the way here needs to be protected."""
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return b"\x81" + length + b"\0\0\0\0" + payload


def masked_close(code: bytes) -> bytes:
    """A client's answer to a Close frame with this code (two bytes)."""
    return bytes((CLOSE, 0x80 | len(code))) + b"\0\0\0\0" + code


def split(buffer: bytearray) -> Iterator[tuple[int, bytes]]:
    """Take the whole frames of a server out of ``buffer``: (first byte, payload)."""
    while len(buffer) >= 2:
        size, at = buffer[1], 2
        if size >= 126:
            at = 4 if size == 126 else 10
            size = int.from_bytes(buffer[2:at], "big")
        if len(buffer) < at or len(buffer) < at + size:
            return
        first, payload = buffer[0], bytes(buffer[at : at + size])
        del buffer[: at + size]
        yield first, payload


Heard = Callable[[int, bytes, int], None]
"""(rep, payload, monotonic ns) of each text message that arrived."""


class Crowd:
    """Sockets of many reps. ``greet(rep)`` is the first message to send, or empty for none; with
    one, a socket counts as open when the first message of the server has come."""

    def __init__(
        self, port: int, path: Callable[[int], str], greet: Callable[[int], bytes], heard: Heard
    ) -> None:
        self._port, self._path, self._greet, self._heard = port, path, greet, heard
        self._sockets: list[_Socket] = []

    @property
    def lost(self) -> int:
        """Those that were open and are no longer."""
        return sum(each.lost for each in self._sockets)

    @property
    def codes(self) -> Counter[int]:
        """How many sockets were closed by a Close frame with each code."""
        return Counter(each.code for each in self._sockets if each.code is not None)

    async def open(self, reps: Iterable[int]) -> None:
        """One socket for each of the reps; an error if any does not come to be."""
        limit = asyncio.Semaphore(CONCURRENT)

        async def one(rep: int) -> None:
            async with limit:
                await asyncio.wait_for(self._open(rep), 30)

        await asyncio.gather(*(one(rep) for rep in reps))

    def close(self) -> None:
        for each in self._sockets:
            each.transport.abort()  # type: ignore[attr-defined]

    async def _open(self, rep: int) -> None:
        loop = asyncio.get_running_loop()
        ready = loop.create_future()
        _, made = await loop.create_connection(
            lambda: _Socket(rep, ready, self._greet(rep), self._heard),
            "127.0.0.1",
            self._port,
            local_addr=(f"127.0.0.{1 + rep % ADDRESSES}", 0),
        )
        made.transport.write(handshake(self._path(rep)))  # type: ignore[attr-defined]
        await ready
        self._sockets.append(made)


class _Socket(asyncio.Protocol):
    __slots__ = ("_buffer", "_greeting", "_heard", "_ready", "_rep", "_up")
    __slots__ += ("code", "lost", "transport")

    def __init__(self, rep: int, ready: asyncio.Future, greeting: bytes, heard: Heard) -> None:
        self._rep, self._ready, self._greeting, self._heard = rep, ready, greeting, heard
        self._buffer = bytearray()
        self._up = self.lost = False
        self.code: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True
        if not self._ready.done():
            self._ready.set_exception(error or ConnectionError("closed during the handshake"))

    def data_received(self, data: bytes) -> None:
        at = time.monotonic_ns()
        self._buffer += data
        if not self._up and not self._upgrade():
            return
        for first, payload in split(self._buffer):
            if first == TEXT and self._ready.done():
                self._heard(self._rep, payload, at)
            elif first == TEXT:
                self._ready.set_result(None)
            elif first == PING:
                self.transport.write(PONG)  # type: ignore[attr-defined]
            elif first == CLOSE:
                self.code = int.from_bytes(payload[:2], "big")
                self.transport.write(masked_close(payload[:2]))  # type: ignore[attr-defined]

    def _upgrade(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        if not self._buffer.startswith(b"HTTP/1.1 101"):
            self._ready.set_exception(ConnectionError(bytes(self._buffer[:200]).decode()))
            return False
        del self._buffer[: end + 4]
        self._up = True
        if self._greeting:
            self.transport.write(masked(self._greeting))  # type: ignore[attr-defined]
        else:
            self._ready.set_result(None)
        return True
