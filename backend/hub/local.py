"""The hub of one process: who is connected, and what of their feed they have been sent."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence

import gevent
import structlog

from backend.hub import framing, kernel
from backend.hub.catchup import CatchUp, Replay, Reset
from backend.hub.poller import Poller
from backend.hub.sockets import Socket
from backend.hub.sweeps import SESSION_ENDED
from backend.ports import Event
from shared import wire

log = structlog.get_logger(__name__)
RESTART = 1012
SWEEP_EVERY = 1.0
SWEEP_SLICE = 500
MOST_AGED = 20
"""So many sockets that are behind are asked how old the event is that they wait for."""

Positions = Callable[[Sequence[int]], Mapping[int, int]]
MadeAt = Callable[[int, int], int | None]
Ended = Callable[[Sequence[int]], Iterable[int]]


class Index:
    """Sockets by a number; nearly always one each, so a tuple and not a set."""

    def __init__(self) -> None:
        self._sockets: dict[int, tuple[Socket, ...]] = {}

    def of(self, key: int) -> tuple[Socket, ...]:
        return self._sockets.get(key, ())

    def keys(self) -> list[int]:
        return list(self._sockets)

    def add(self, key: int, socket: Socket) -> None:
        self._sockets[key] = (*self.of(key), socket)

    def remove(self, key: int, socket: Socket) -> None:
        left = tuple(each for each in self.of(key) if each is not socket)
        if left:
            self._sockets[key] = left
        else:
            self._sockets.pop(key, None)


class LocalHub:
    """Implements :class:`backend.ports.Hub` for the sockets of this process.

    ``replay`` and ``reset`` as in :class:`CatchUp`. ``positions(users)`` tells the seq at which
    each user's feed stands, in one query. ``ended(sessions)`` tells which of these sign-ins are
    over, those of disabled users included. ``made_at(user, seq)`` tells when (ms) an event was
    added to a feed. Call it in the thread of the gevent loop only.
    """

    def __init__(
        self,
        poller: Poller,
        *,
        replay: Replay,
        reset: Reset,
        positions: Positions,
        ended: Ended = lambda sessions: (),
        made_at: MadeAt = lambda user, seq: None,
        spawn: Callable[[Callable[[], None]], object] | None = None,
    ) -> None:
        self.lag_s = 0.0
        """At the latest sweep: the age of the oldest event that a socket had not been sent."""
        self.swept_at = time.time()
        """When all sign-ins were last looked at."""
        self._made_at = made_at
        self._poller = poller
        self._positions = positions
        self._ended = ended
        self._catch_up = CatchUp(replay, reset, spawn)
        self._users = Index()
        self._sessions = Index()
        self._watching = False
        poller.on_close = self._forget
        poller.on_drain = self._catch_up.drained

    @property
    def open(self) -> int:
        """Sockets held, those that have not signed in included."""
        return len(self._poller.sockets)

    @property
    def dropped(self) -> int:
        return self._poller.dropped

    @property
    def caught_up(self) -> int:
        return self._catch_up.caught_up

    def admit(
        self, socket: Socket, *, user: int, session: int, expires_at: int, cursor: int
    ) -> None:
        """The socket is the user's from now on. Events after ``cursor`` follow, old ones first.

        Send ``session.ready`` before this. ``expires_at`` in ms since 1970 UTC.
        """
        if not socket.open:
            return
        self._forget(socket)
        socket.user, socket.session = user, session
        socket.expires_at, socket.cursor = expires_at, cursor
        self._users.add(user, socket)
        self._sessions.add(session, socket)
        self._catch_up.ask(socket)

    def publish(self, event: Event) -> None:
        """Write a committed event to the user's sockets. Returns at once; what can not be written
        in order now is replayed from the feed."""
        sockets = self._users.of(event.user)
        if not sockets:
            return
        frame = framing.encode(framing.TEXT, event.frame)
        for socket in sockets:
            if socket.lag:
                socket.again = True
            elif event.seq == socket.cursor + 1:
                socket.cursor = event.seq
                self._poller.write(socket, frame)
            elif event.seq > socket.cursor:
                self._catch_up.ask(socket)

    def wake(self, user: int) -> None:
        """Another process has written to the user's feed: look there."""
        for socket in self._users.of(user):
            self._catch_up.ask(socket)

    def sweep(self) -> None:
        """Compare everyone's cursor with their feed: what a lost wake-up left is found here."""
        users, behind = self._users.keys(), []
        for at in range(0, len(users), SWEEP_SLICE):
            positions = self._positions(users[at : at + SWEEP_SLICE])
            for user, seq in positions.items():
                for socket in self._users.of(user):
                    if socket.cursor < seq:
                        behind.append((user, socket.cursor + 1))
                        self._catch_up.ask(socket)
            gevent.sleep(0)
        made = [self._made_at(*each) for each in behind[:MOST_AGED]]
        oldest = min((at for at in made if at is not None), default=None)
        self.lag_s = max(0.0, time.time() - oldest / 1000) if oldest is not None else 0.0

    def sweep_sessions(self) -> None:
        """Close what belongs to sign-ins that are over: nobody texts on with a lost seat."""
        sessions = self._sessions.keys()
        for at in range(0, len(sessions), SWEEP_SLICE):
            for session in self._ended(sessions[at : at + SWEEP_SLICE]):
                self.close_session(session)
            gevent.sleep(0)
        self.swept_at = time.time()

    def watch(self) -> None:
        """Sweep every second from now on, in this process."""
        if not self._watching:
            self._watching = True
            gevent.spawn(self._sweep_forever)

    def close_session(self, session: int) -> None:
        """The sign-in has ended: its sockets are closed with 4401."""
        self._close(self._sessions.of(session), "the session has ended")

    def close_user(self, user: int) -> None:
        """The user may no longer sign in: their sockets are closed with 4401."""
        self._close(self._users.of(user), "the user has been disabled")

    def goodbye(self, timeout: float = 2.0) -> None:
        """This process ends: let messages in hand finish, tell every socket, and wait until they
        have heard it, ``timeout`` seconds at most for each."""
        self._poller.stop(timeout)
        sockets = list(self._poller.sockets.values())
        # The more come back, the longer they should spread themselves over.
        frame = wire.encode(wire.SessionGoodbye(retry_ms=500 + len(sockets) // 2))
        for socket in sockets:
            socket.send(frame)
            socket.close(RESTART, "restarting")
        self._poller.drain(timeout)

    def _close(self, sockets: Iterable[Socket], reason: str) -> None:
        for socket in sockets:
            socket.close(SESSION_ENDED, reason)

    def _forget(self, socket: Socket) -> None:
        self._users.remove(socket.user, socket)
        self._sessions.remove(socket.session, socket)

    def _sweep_forever(self) -> None:
        while True:
            gevent.sleep(SWEEP_EVERY)
            try:
                self.sweep()
                self.sweep_sessions()
            except Exception as error:
                log.error("feed_sweep_failed", error=kernel.where(error))
