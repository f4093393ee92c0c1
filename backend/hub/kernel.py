"""What Python offers on socket objects only, for a bare descriptor; and a safe word for errors."""

import _socket  # the C type: gevent's own would open watchers
import os
import struct
from typing import Protocol


class Epoll(Protocol):
    def fileno(self) -> int: ...
    def register(self, fd: int, eventmask: int) -> None: ...
    def unregister(self, fd: int) -> None: ...
    def poll(self, timeout: float, maxevents: int) -> list[tuple[int, int]]: ...


def end_of_stream(fd: int) -> None:
    """Say that nothing more will be written; a peer that has gone is no error."""
    _shutdown(fd, _socket.SHUT_WR)


def hang_up(fd: int) -> None:
    """Let whoever waits to read see an end, as if the peer had sent it."""
    # gevent's own shutdown throws into the reader instead.
    _shutdown(fd, _socket.SHUT_RD)


def _shutdown(fd: int, how: int) -> None:
    socket = _socket.socket(fileno=fd)
    try:
        socket.shutdown(how)
    except OSError:
        pass
    finally:
        socket.detach()


def reset_on_close(fd: int) -> None:
    """Make closing discard what the kernel still holds for a peer that does not read."""
    socket = _socket.socket(fileno=fd)
    try:
        socket.setsockopt(_socket.SOL_SOCKET, _socket.SO_LINGER, struct.pack("ii", 1, 0))
    finally:
        socket.detach()


def where(error: BaseException) -> str:
    """The error's type and the line that raised it: all that may be logged of it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = os.path.basename(trace.tb_frame.f_code.co_filename)
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"
