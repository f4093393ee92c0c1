"""The line that Google's push service keeps open to each browser (MCS), on this machine.

Frames are a tag byte, a varint size and a protobuf; the first frame each way has the protocol's
version in front. Field numbers are those of Chromium's google_apis/gcm/protocol/mcs.proto.
"""

import socket
import ssl
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import BinaryIO

from demo.browser import protobuf
from demo.browser.certificate import server_context

VERSION = 41
PING, PING_ANSWER, LOGIN, LOGIN_ANSWER, DATA_MESSAGE = 0, 1, 2, 3, 8
LOGIN_DEVICE = 3


def frame(tag: int, body: bytes) -> bytes:
    return bytes([tag]) + protobuf.varint(len(body)) + body


class MessageLine:
    """Listens for browsers, and hands each device its messages: now, or once it logs in."""

    def __init__(self, certificate: Path) -> None:
        self._context = server_context(certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._lines: dict[int, ssl.SSLSocket] = {}
        self._waiting: defaultdict[int, list[bytes]] = defaultdict(list)

    def start(self) -> None:
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        # shutdown wakes the thread that waits in accept(); close alone would leave it there.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for line in self._lines.values():
                line.close()

    def connected(self, device: int) -> bool:
        with self._lock:
            return device in self._lines

    def send(self, device: int, message: bytes) -> None:
        with self._lock:
            line = self._lines.get(device)
            if line:
                try:
                    line.sendall(frame(DATA_MESSAGE, message))
                    return
                except OSError:
                    del self._lines[device]
            self._waiting[device].append(message)

    def _accept(self) -> None:
        while True:
            try:
                raw, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        line: ssl.SSLSocket | None = None
        try:
            line = self._context.wrap_socket(raw, server_side=True)
            reader = line.makefile("rb")
            reader.read(1)  # the browser's version
            while received := read_frame(reader):
                tag, body = received
                if tag == LOGIN:
                    self._log_in(line, body)
                elif tag == PING:
                    with self._lock:
                        line.sendall(frame(PING_ANSWER, b""))
        except (OSError, IndexError):
            pass  # the browser went away, perhaps in the middle of a frame
        finally:
            with self._lock:
                self._lines = {d: known for d, known in self._lines.items() if known is not line}
            (line or raw).close()

    def _log_in(self, line: ssl.SSLSocket, body: bytes) -> None:
        user = dict(protobuf.fields(body))[LOGIN_DEVICE]
        device = int(user)
        answer = (
            protobuf.data(1, "login")
            + protobuf.integer(5, 1)
            + protobuf.integer(6, 1)
            + protobuf.integer(8, int(time.time() * 1000))
        )
        with self._lock:
            line.sendall(bytes([VERSION]) + frame(LOGIN_ANSWER, answer))
            self._lines[device] = line
            for message in self._waiting.pop(device, []):
                line.sendall(frame(DATA_MESSAGE, message))


def read_frame(reader: BinaryIO) -> tuple[int, bytes] | None:
    """The next (tag, body), or None at the end. IndexError when it ends inside a size."""
    tag = reader.read(1)
    if not tag:
        return None
    size = shift = 0
    while True:
        byte = reader.read(1)[0]
        size |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return tag[0], reader.read(size)
