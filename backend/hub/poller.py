"""Every WebSocket of this process in one epoll set, watched by one gevent watcher.

A greenlet or a thread per idle rep costs tens of KiB; here it is one small object. Nothing blocks:
writes that the kernel does not take wait in a bounded queue per socket. Everything runs in the
thread of the gevent loop; call it from there only.
"""

import os
import time
from collections import deque
from collections.abc import Callable
from select import EPOLLERR, EPOLLET, EPOLLHUP, EPOLLIN, EPOLLOUT, EPOLLRDHUP

import gevent
import structlog
from gevent.monkey import get_original

from backend.hub import framing, kernel
from backend.hub.limits import Limits
from backend.hub.sockets import CLOSING, GONE, OPEN, Socket
from backend.hub.sweeps import Sweeps
from backend.hub.work import Work

log = structlog.get_logger(__name__)
# Always armed for both: with edges that costs one event, and no system call per slow reader.
EDGES = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET
ENDED = EPOLLRDHUP | EPOLLHUP | EPOLLERR
CHUNK = 16 * 1024
EVENTS = 256


class Poller:
    """Owns the sockets. ``on_message(socket, data)`` is called for each text message, in order
    per socket, in a greenlet that may block; an exception closes that socket with 1011.

    ``on_close(socket)`` is called once when a socket can no longer be sent to, ``on_drain(socket)``
    when all that was queued for it has been taken by the kernel; both from the loop: they must
    not block. ``clock`` is monotonic seconds, ``now`` ms since 1970 UTC.
    """

    def __init__(
        self,
        on_message: Callable[[Socket, bytes], None],
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self.on_close: Callable[[Socket], None] = lambda socket: None
        self.on_drain: Callable[[Socket], None] = lambda socket: None
        self.limits = limits or Limits()
        self.clock = clock
        self.now = now
        self.dropped = 0
        """Slow readers dropped since the start."""
        self.sockets: dict[int, Socket] = {}
        """By file descriptor, those that are closing included."""
        self.strangers: dict[Socket, float] = {}
        self.closing: dict[Socket, float] = {}
        self._on_message = on_message
        self._work = Work(self._handle, self._taken, self.limits.greenlets)
        self._sweeps = Sweeps(self)
        self._ready: deque[Socket] = deque()
        self._epoll: kernel.Epoll | None = None
        self._stopped = False

    def adopt(self, fd: int, early: bytes = b"") -> Socket:
        """Take over a connected socket whose handshake is done; ``fd`` is ours from here on.

        ``early`` are bytes that the client sent behind the handshake and that were already read.
        """
        if self._epoll is None:
            self._epoll = self._start()
        socket = Socket(self, fd)
        socket.heard = self._sweeps.number
        try:
            os.set_blocking(fd, False)
            self._epoll.register(fd, EDGES)
        except OSError:
            os.close(fd)
            raise
        self.sockets[fd] = socket
        if self._stopped:
            self.close(socket, 1012)
        elif len(self.sockets) > self.limits.sockets:
            self.close(socket, 1013)
        else:
            self.strangers[socket] = self.clock() + self.limits.sign_in_within
            if early:
                self._feed(socket, early)
        return socket

    def write(self, socket: Socket, data: bytes) -> None:
        """Write whole frames, or queue what the kernel does not take now."""
        if socket.state is OPEN:
            self._write(socket, data)

    def close(self, socket: Socket, code: int, reason: str = "") -> None:
        self._close(socket, framing.close_frame(code, reason))

    def stop(self, timeout: float) -> None:
        """Begin no more messages, and wait ``timeout`` seconds at most for those begun."""
        self._stopped = True
        self._work.stop(timeout)

    def drain(self, timeout: float) -> None:
        """Wait until the peers of all closed sockets have seen it, ``timeout`` seconds at most."""
        end = self.clock() + timeout
        while self.closing and self.clock() < end:
            gevent.sleep(0.01)

    def drop(self, socket: Socket, *, reset: bool = False, finish: bool = False) -> None:
        """Let go of the descriptor at once. ``reset`` makes the kernel forget what it holds,
        with ``finish`` messages that were received are still handled."""
        if socket.state is GONE:
            return
        self._retire(socket, GONE, finish=finish)
        self.closing.pop(socket, None)
        del self.sockets[socket.fd]
        assert self._epoll is not None
        self._epoll.unregister(socket.fd)
        if reset:
            kernel.reset_on_close(socket.fd)
        os.close(socket.fd)

    def _start(self) -> kernel.Epoll:
        # Only now: the watcher belongs to the loop of the process that serves, after its fork.
        # gevent takes epoll out of select; the loop itself waits for this one.
        epoll: kernel.Epoll = get_original("select", "epoll")()
        self._loop = gevent.get_hub().loop
        self._watcher = self._loop.io(epoll.fileno(), 1)
        self._watcher.start(self._turn)
        gevent.spawn(self._sweeps.run)
        return epoll

    def _turn(self) -> None:
        assert self._epoll is not None
        for fd, event in self._epoll.poll(0, EVENTS):
            if (socket := self.sockets.get(fd)) is not None:
                self._serve(socket, event)

    def _serve(self, socket: Socket, event: int) -> None:
        try:
            if event & EPOLLOUT and socket.out:
                self._flush(socket)
            if event & (EPOLLIN | ENDED):
                self._read(socket, more=bool(event & ENDED))
        except Exception as error:
            # One socket's trouble must not cost the others their events: an edge comes once.
            log.error("socket_failed", user=socket.user, error=kernel.where(error))
            self.drop(socket)

    def _read(self, socket: Socket, *, more: bool = False) -> None:
        """One read and no more: who has much to say comes round again after the others."""
        if socket.state is GONE or (socket.paused and socket.state is OPEN):
            return
        try:
            data = os.read(socket.fd, CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.drop(socket, finish=True)
            return
        socket.heard = self._sweeps.number
        if more or len(data) == CHUNK:
            self._read_soon(socket)
        if socket.state is OPEN:
            self._feed(socket, data)

    def _read_soon(self, socket: Socket) -> None:
        if not self._ready:
            self._loop.run_callback(self._read_ready)
        self._ready.append(socket)

    def _read_ready(self) -> None:
        ready, self._ready = self._ready, deque()
        for socket in ready:
            self._serve(socket, EPOLLIN | EPOLLRDHUP)

    def _feed(self, socket: Socket, data: bytes) -> None:
        if socket.reader is None:
            socket.reader = framing.Reader()
        socket.reader.feed(data)
        self._take(socket)

    def _take(self, socket: Socket) -> None:
        """Take whole frames out of the reader, as long as there is room for messages."""
        limits, now = self.limits, self.clock()
        limit = limits.message if socket.user else limits.first_message
        try:
            while (reader := socket.reader) is not None:
                if socket.inbox is not None and len(socket.inbox) >= limits.unread:
                    socket.paused = True
                    return
                if (frame := reader.next(limit)) is None:
                    break
                # Leaky bucket in one number: the time at which the allowance is whole again.
                socket.allowance = max(socket.allowance, now) + 1 / limits.rate
                if socket.allowance - now > limits.burst / limits.rate:
                    raise framing.Violation(1008, "too many frames")
                self._accept(socket, *frame)
        except framing.Violation as violation:
            self.close(socket, violation.code, violation.reason)
        if socket.reader is not None and socket.reader.empty:
            socket.reader = None

    def _accept(self, socket: Socket, opcode: int, payload: bytes) -> None:
        if opcode == framing.TEXT:
            self._work.put(socket, payload)
        elif opcode == framing.PING:
            self._write(socket, framing.encode(framing.PONG, payload))
        elif opcode == framing.CLOSE:
            self._close(socket, framing.close_echo(payload), finish=True)

    def _handle(self, socket: Socket, message: bytes) -> None:
        try:
            self._on_message(socket, message)
        except (Exception, gevent.Timeout) as error:
            # Neither the message nor the error's own words: they may hold what people wrote.
            log.error("frame_failed", user=socket.user, error=kernel.where(error))
            self.close(socket, 1011)

    def _taken(self, socket: Socket) -> None:
        if socket.paused and len(socket.inbox or ()) <= self.limits.unread // 2:
            socket.paused = False
            if socket.state is OPEN:
                self._take(socket)
                self._read_soon(socket)

    def _close(self, socket: Socket, frame: bytes, *, finish: bool = False) -> None:
        if socket.state is not OPEN:
            return
        self._retire(socket, CLOSING, finish=finish)
        self.closing[socket] = self.clock() + self.limits.linger
        self._write(socket, frame)
        if socket.state is CLOSING:
            if not socket.out:
                kernel.end_of_stream(socket.fd)
            # Read on to the peer's end: closing with unread bytes would reset the connection,
            # and a reset can overtake the Close frame.
            self._read_soon(socket)

    def _retire(self, socket: Socket, state: str, *, finish: bool) -> None:
        was_open = socket.state is OPEN
        socket.state = state
        socket.reader = None
        self.strangers.pop(socket, None)
        if was_open:
            # A text sent just before the tab closed still counts; one of a session that we ended
            # does not.
            if not finish:
                socket.inbox = None
            self.on_close(socket)

    def _write(self, socket: Socket, data: bytes) -> None:
        # Judged before the frame is added: one long frame on a slow line is no backlog.
        if socket.out_bytes > self.limits.unsent:
            self.dropped += 1
            self.drop(socket, reset=True)
            return
        if socket.out is None:
            # Nearly always the kernel takes it whole, and no queue is made.
            written = self._push(socket, data)
            if written < 0:
                return
            if written == len(data):
                self._drained(socket)
                return
            socket.out, data = deque(), data[written:]
        socket.out.append(data)
        socket.out_bytes += len(data)
        if len(socket.out) == 1:
            self._flush(socket)

    def _flush(self, socket: Socket) -> None:
        queue = socket.out
        while queue:
            written = self._push(socket, queue[0])
            if written <= 0:
                return
            socket.out_bytes -= written
            if written < len(queue[0]):
                queue[0] = queue[0][written:]
            else:
                queue.popleft()
        socket.out = None
        self._drained(socket)

    def _push(self, socket: Socket, data: bytes) -> int:
        """How much of it the kernel takes now; -1 where the connection is lost."""
        try:
            return os.write(socket.fd, data)
        except BlockingIOError:
            return 0
        except OSError:
            self.drop(socket)
            return -1

    def _drained(self, socket: Socket) -> None:
        if socket.state is CLOSING:
            kernel.end_of_stream(socket.fd)
        elif socket.lag:
            self.on_drain(socket)
