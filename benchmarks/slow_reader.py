"""A rep's socket that never reads, while texts go on to it and to everybody else.

Nobody else may wait, what it did receive must be whole frames, and after it was dropped it must
resume from the feed with every text exactly once.
"""

import asyncio
import re
import select
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from backend.hub.limits import Limits
from benchmarks import machine
from benchmarks.arrivals import Arrivals, percentile
from benchmarks.latency import stream, until
from benchmarks.peers.repline import Repline
from benchmarks.plan import Plan
from benchmarks.posting import Pool
from benchmarks.sockets import TEXT, Crowd, handshake, masked, split
from benchmarks.texts import NAME, webhook

SLOW = 0
"""The rep with two sockets, one of which never reads."""
LONG = "🙌" * 4800
"""As many bytes as go into a webhook: the kernel's buffers take megabytes."""
MOST = 800
"""Long texts until the server must have given up; beyond a thousand it would not replay them."""
FIRST_LONG = 1_000_000
RECEIVE_BUFFER = 64 * 1024
"""Small, so that the server soon notices; room for a few long texts, to see them whole."""
SILENCE = 3 * Limits.ping_every
"""Seconds in which the server drops whoever answers none of its pings."""
ECHO = 0.3
"""Seconds in which an event that is sent twice would come."""
AFTER = 20
"""Texts that the slow one misses altogether."""


@dataclass
class Slow:
    """Times in ms: of texts to others before there was a slow reader and while there was one.
    ``received_once`` says whether the slow rep got every text of the feed, in order, once."""

    calm_p50: float | None
    calm_p99: float | None
    beside_p50: float | None
    beside_p99: float | None
    others_lost: int
    slowest_answer: float
    texts_until_dropped: int
    dropped: bool
    whole_frames_before: int
    corrupt: bool
    resumed: bool
    received_once: bool
    refused: int


async def measure(server: Repline, plan: Plan) -> Slow:
    arrivals = Arrivals()
    reps = range(plan.slow_others + 1)
    crowd = Crowd(server.socket_port, server.path, server.greeting, arrivals.heard)
    pool = Pool(server.port)
    await crowd.open(reps)
    await pool.open()
    # Texts to the others: those whose turn it would be at the slow rep are left out.
    half = int(plan.slow_rate * plan.seconds)
    requests = server.texts(half * 4, len(reps))
    names = [name for name in range(len(requests)) if name % len(reps) != SLOW]
    calm = await stream(pool, requests, names[:half], plan.slow_rate)
    slow = NeverReads(server)
    others = asyncio.ensure_future(
        stream(pool, requests, names[half : 2 * half], plan.slow_rate, seed=2)
    )
    sent, until_dropped = 0, 0
    with machine.no_collector():
        while not slow.dropped and sent < MOST:
            await _long(server, pool, sent, plan.last_call)
            sent += 1
        until_dropped = sent
        # One that was found behind meanwhile is waited for, and dropped when it answers no ping.
        dropped = await until(lambda: slow.dropped, SILENCE)
        for _ in range(AFTER):
            await _long(server, pool, sent, plan.last_call)
            sent += 1
        beside = await others
        wanted = {*calm, *beside}
        await until(lambda: wanted <= arrivals.at.keys(), plan.last_call)
    seen, corrupt = slow.drain()
    resumed = await asyncio.to_thread(_resume, server, seen[-1][0] if seen else 0, sent)
    got = [*seen, *resumed]
    answers = {**calm, **beside}
    crowd.close()
    pool.close()
    return Slow(
        calm_p50=percentile(_waits(arrivals, calm), 0.5),
        calm_p99=percentile(_waits(arrivals, calm), 0.99),
        beside_p50=percentile(_waits(arrivals, beside), 0.5),
        beside_p99=percentile(_waits(arrivals, beside), 0.99),
        others_lost=sum(name not in arrivals.at for name in wanted) + crowd.lost,
        slowest_answer=round(max(pool.answered[n] - due for n, due in answers.items()) / 1e6, 1),
        texts_until_dropped=until_dropped,
        dropped=dropped,
        whole_frames_before=len(seen),
        corrupt=corrupt,
        resumed=bool(resumed),
        received_once=[seq for seq, _ in got] == list(range(1, sent + 1))
        and sorted(name for _, name in got) == [FIRST_LONG + each for each in range(sent)],
        refused=pool.refused,
    )


def _waits(arrivals: Arrivals, due: dict[int, int]) -> list[float]:
    return [(arrivals.at[name] - at) / 1e6 for name, at in due.items() if name in arrivals.at]


async def _long(server: Repline, pool: Pool, number: int, seconds: float) -> None:
    name = FIRST_LONG + number
    # TimeoutError: the slow reader blocks the webhook, the very thing that may not be.
    await pool.ask(name, webhook(name, server.reps[SLOW], LONG), seconds)


class NeverReads:
    """Signs in, then leaves its receive buffer as it is."""

    def __init__(self, server: Repline, since: int | None = None) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        self._socket.settimeout(5)
        self._socket.connect(("127.0.0.1", server.socket_port))
        self._socket.sendall(handshake(server.path(SLOW)))
        self._received = bytearray()
        while b"\r\n\r\n" not in self._received:
            self._received += self._socket.recv(1)
        self._received.clear()
        self._socket.sendall(masked(server.greeting(SLOW, since)))
        self.ready = msgspec.json.decode(next(self.messages()))
        self._poll = select.poll()
        self._poll.register(self._socket, 0)

    @property
    def dropped(self) -> bool:
        """Whether the server has let go; told without reading."""
        return any(event & (select.POLLERR | select.POLLHUP) for _, event in self._poll.poll(0))

    def patience(self, seconds: float) -> None:
        self._socket.settimeout(seconds)

    def messages(self) -> Iterator[bytes]:
        """Read text messages until the connection ends or nothing comes."""
        while True:
            for first, payload in split(self._received):
                if first == TEXT:
                    yield payload
            try:
                data = self._socket.recv(65536)
            except (ConnectionResetError, TimeoutError):
                return
            if not data:
                return
            self._received += data

    def drain(self) -> tuple[list[tuple[int, int]], bool]:
        """What had reached us: (seq, name) of each text, and whether it was anything but whole
        frames and, at the end, the beginning of one."""
        seen = []
        for payload in self.messages():
            try:
                seen.append(_seq_and_name(payload))
            except (msgspec.DecodeError, KeyError, TypeError):
                return seen, True
        return seen, bool(self._received) and self._received[0] != TEXT

    def close(self) -> None:
        self._socket.close()


def _resume(server: Repline, since: int, last: int) -> list[tuple[int, int]]:
    """Come back as the extension does: what is replayed until ``last``, and what follows it."""
    back = NeverReads(server, since)
    got: list[tuple[int, int]] = []
    if back.ready["resumed"]:
        for payload in back.messages():
            got.append(_seq_and_name(payload))
            if got[-1][0] >= last:
                back.patience(ECHO)
    back.close()
    return got


def _seq_and_name(payload: bytes) -> tuple[int, int]:
    event = msgspec.json.decode(payload)
    name = re.search(NAME, event["message"]["body"].encode())
    assert name
    return event["seq"], int(name[1])
