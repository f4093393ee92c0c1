"""What time does to sockets: pings, silence, sign-ins that do not come, sessions that end."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import gevent
import structlog

from backend.hub import framing, kernel
from backend.hub.sockets import Socket

if TYPE_CHECKING:
    from backend.hub.poller import Poller

log = structlog.get_logger(__name__)
TICK = 0.1
DEADLINES_EVERY = 1.0
SESSION_ENDED = 4401
NO_SIGN_IN = 4408
PING = framing.encode(framing.PING, b"")


class Sweeps:
    """``number`` counts the rounds of pings; a socket notes the round in which it was heard."""

    def __init__(self, poller: Poller) -> None:
        self.number = 1
        self._poller = poller
        self._round: list[Socket] = []
        self._share = 0
        self._next_round = 0.0
        self._next_deadlines = 0.0

    def run(self) -> None:
        while True:
            try:
                self.tick(self._poller.clock())
            except Exception as error:
                log.error("sweep_failed", error=kernel.where(error))
            gevent.sleep(TICK)

    def tick(self, now: float) -> None:
        """Do what is due; called about every :data:`TICK` seconds."""
        if now >= self._next_round:
            self._begin_round(now)
        # A share of the sockets per tick: 30,000 pings at once would hold everyone up. The last
        # come a tenth of the interval before the next round, to have time for their answer.
        for socket in self._round[-self._share :]:
            self._ping(socket)
        del self._round[-self._share :]
        if now >= self._next_deadlines:
            self._next_deadlines = now + DEADLINES_EVERY
            self._deadlines(now)

    def _begin_round(self, now: float) -> None:
        for socket in self._round:
            # The loop was too busy to ping them: they owe no answer.
            socket.heard = self.number
        every = self._poller.limits.ping_every
        self._next_round = now + every
        self.number += 1
        self._round = list(self._poller.sockets.values())
        self._share = max(1, ceil(len(self._round) * TICK / every * 1.1))

    def _ping(self, socket: Socket) -> None:
        if not socket.open:
            return
        if socket.paused:
            socket.heard = self.number  # it may well have spoken: it is we who do not listen
        if socket.heard < self.number - 1:
            self._poller.drop(socket, reset=True)
        else:
            self._poller.write(socket, PING)

    def _deadlines(self, now: float) -> None:
        poller = self._poller
        for socket in [each for each, end in poller.strangers.items() if end <= now or each.user]:
            if socket.user:
                del poller.strangers[socket]
            else:
                poller.close(socket, NO_SIGN_IN, "no session.start came")
        for socket in [each for each, end in poller.closing.items() if end <= now]:
            poller.drop(socket)
        now_ms = poller.now()
        for socket in [s for s in poller.sockets.values() if 0 < s.expires_at <= now_ms]:
            poller.close(socket, SESSION_ENDED, "the session has ended")
