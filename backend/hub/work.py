"""Messages that arrived, handled in order per socket and in turn between sockets."""

from collections import deque
from collections.abc import Callable

import gevent
from gevent.pool import Group

from backend.hub.sockets import Socket


class Work:
    """A bounded pool of greenlets that handle one message of one socket at a time.

    A socket goes to the end of the line after each message: one that has many can not keep the
    others waiting. ``taken`` is called after each message, so that reading may go on.
    """

    def __init__(
        self,
        handle: Callable[[Socket, bytes], None],
        taken: Callable[[Socket], None],
        greenlets: int,
    ) -> None:
        self._handle = handle
        self._taken = taken
        self._greenlets = greenlets
        # Counted here: a Pool counts a greenlet until after its end, and a message that arrives in
        # between would wait for the next one.
        self._running = 0
        self._group = Group()
        self._line: deque[Socket] = deque()
        self._stopped = False

    def put(self, socket: Socket, message: bytes) -> None:
        """Queue a message; called from the loop, never blocks."""
        if socket.inbox is None:
            socket.inbox = deque()
        socket.inbox.append(message)
        if not socket.busy and not self._stopped:
            socket.busy = True
            self._line.append(socket)
            if self._running < self._greenlets:
                self._running += 1
                self._group.spawn(self._run)

    def stop(self, timeout: float) -> None:
        """Let what has begun end, within ``timeout`` seconds, and begin nothing more."""
        self._stopped = True
        self._line.clear()
        self._group.join(timeout)

    def _run(self) -> None:
        try:
            while self._line:
                self._turn(self._line.popleft())
                gevent.sleep(0)
        finally:
            self._running -= 1

    def _turn(self, socket: Socket) -> None:
        if socket.inbox:
            self._handle(socket, socket.inbox.popleft())
        if socket.inbox and not self._stopped:
            self._line.append(socket)
        else:
            socket.busy = False
            if not socket.inbox:
                socket.inbox = None
        self._taken(socket)
