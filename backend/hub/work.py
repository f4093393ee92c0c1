"""Messages that arrived, handled in order per socket and in turn between sockets."""

from collections import deque
from collections.abc import Callable

import gevent
from gevent.pool import Pool

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
        self._pool = Pool(greenlets)
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
            if self._pool.free_count() > 0:
                self._pool.spawn(self._run)

    def stop(self, timeout: float) -> None:
        """Let what has begun end, within ``timeout`` seconds, and begin nothing more."""
        self._stopped = True
        self._line.clear()
        self._pool.join(timeout)

    def _run(self) -> None:
        while self._line:
            socket = self._line.popleft()
            if socket.inbox:
                self._handle(socket, socket.inbox.popleft())
            if socket.inbox and not self._stopped:
                self._line.append(socket)
            else:
                socket.busy = False
                if not socket.inbox:
                    socket.inbox = None
            self._taken(socket)
            gevent.sleep(0)
