"""A network between a client and the backend that can begin to swallow everything."""

import contextlib
import selectors
import socket
import threading
from urllib.parse import urlsplit


class Hole:
    """Passes connections on to ``url`` and back, until :meth:`swallow`: then both ends stay open,
    and what they say reaches nobody. ``closed`` is set when the backend hangs up after that."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._to = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.closed = threading.Event()
        self._swallows = threading.Event()
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def swallow(self) -> None:
        self._swallows.set()

    def close(self) -> None:
        for end in (self._listener, *self._ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._to)
                self._ends += [near, far]
                threading.Thread(target=self._pass, args=(near, far), daemon=True).start()

    def _pass(self, near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as both, contextlib.suppress(OSError, ValueError):
            both.register(near, selectors.EVENT_READ, far)
            both.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _ in both.select():
                    said = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    if self._swallows.is_set():
                        if not said and key.fileobj is far:
                            self.closed.set()
                            return
                        if not said:
                            both.unregister(near)
                    elif said:
                        key.data.sendall(said)
                    else:
                        near.close()
                        far.close()
                        return
