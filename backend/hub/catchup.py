"""Bringing a socket to where its user's feed stands, whatever it has missed and why."""

from collections import deque
from collections.abc import Callable, Sequence

import structlog
from gevent.pool import Group

from backend.hub import kernel
from backend.hub.sockets import Socket
from backend.ports import Event

log = structlog.get_logger(__name__)
QUEUED, RUNNING, PARKED = "queued", "running", "parked"
GREENLETS = 4
"""Each may hold a database connection while it replays: a few are enough, and leave some."""
ENOUGH_UNSENT = 64 * 1024

Replay = Callable[[int, int], Sequence[Event] | None]
Reset = Callable[[Socket], None]


def spawn_greenlet() -> Callable[[Callable[[], None]], object]:
    return Group().spawn


class CatchUp:
    """Replays the feed to sockets that are behind.

    ``replay(user, after)`` returns committed events with ``seq > after`` in order, a page or all
    of them, an empty sequence at the end, and None when they are no longer kept. Then
    ``reset(socket)`` tells the client to ask for everything anew and sets ``socket.cursor`` to
    where the feed stands, or closes the socket. Both may block.
    """

    def __init__(
        self,
        replay: Replay,
        reset: Reset,
        spawn: Callable[[Callable[[], None]], object] | None = None,
    ) -> None:
        self.caught_up = 0
        """Events written by a replay since the start, not as they happened."""
        self._replay = replay
        self._reset = reset
        self._spawn = spawn or spawn_greenlet()
        self._queue: deque[Socket] = deque()
        self._running = 0

    def ask(self, socket: Socket) -> None:
        """Bring the socket up to date soon; while it is on its way, look once more."""
        if socket.lag:
            socket.again = True
            return
        self._enqueue(socket)

    def drained(self, socket: Socket) -> None:
        """What was queued for the socket has left: go on where it was parked."""
        if socket.lag is PARKED:
            self._enqueue(socket)

    def _enqueue(self, socket: Socket) -> None:
        socket.lag = QUEUED
        self._queue.append(socket)
        if self._running < GREENLETS:
            self._running += 1
            self._spawn(self._run)

    def _run(self) -> None:
        try:
            while self._queue:
                self._bring(self._queue.popleft())
        finally:
            self._running -= 1

    def _bring(self, socket: Socket) -> None:
        socket.lag = RUNNING
        try:
            while socket.open and self._step(socket):
                pass
        except Exception as error:
            # The sweep asks again: a database that is away for a moment costs time only.
            log.error("catch_up_failed", user=socket.user, error=kernel.where(error))
        finally:
            if socket.lag is RUNNING:
                socket.lag = ""

    def _step(self, socket: Socket) -> bool:
        """Replay one page; whether there may be more."""
        socket.again = False
        cursor = socket.cursor
        events = self._replay(socket.user, cursor)
        if events is None:
            self._reset(socket)
            if socket.open and socket.cursor == cursor:
                raise RuntimeError("reset left the cursor where it was")
            return True
        for event in events:
            if not socket.open:
                return False
            if socket.out_bytes > ENOUGH_UNSENT:
                # A slow line is not a stalled one: wait for it instead of filling its queue.
                socket.lag = PARKED
                return False
            if event.seq > socket.cursor:
                socket.send(event.frame)
                socket.cursor = event.seq
                self.caught_up += 1
        return bool(events) or socket.again
