"""A real gunicorn with the hub in it, and clients that are real or hostile."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).parents[3]
HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
)


class Server:
    """One gunicorn; ``limits`` override the hub's, see backend/hub/limits.py."""

    def __init__(self, **limits: float) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the server
        with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
            self.port = listener.getsockname()[1]
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", "tests.backend.hub.app:app"),
                    *("-c", "backend/gunicorn_conf.py", "--log-level", "warning"),
                    *("--bind", f"fd://{listener.fileno()}"),
                ],
                cwd=ROOT,
                env={**os.environ, "LIMITS": json.dumps(limits)},
                pass_fds=[listener.fileno()],
                stdout=self._log,
                stderr=subprocess.STDOUT,
            )
        # Waits in the backlog until the worker serves, on a connection older than TCP_NODELAY.
        requests.get(f"http://127.0.0.1:{self.port}/state", timeout=20)
        self.http = requests.Session()
        self.state()

    def state(self) -> dict[str, Any]:
        return self.http.get(f"http://127.0.0.1:{self.port}/state", timeout=20).json()

    def post(self, path: str, **body: object) -> dict[str, Any]:
        answer = self.http.post(f"http://127.0.0.1:{self.port}{path}", json=body, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def connect(self, **options: Any) -> ClientConnection:
        return connect(f"ws://127.0.0.1:{self.port}/ws", proxy=None, close_timeout=5, **options)

    def sign_in(self, user: int, **frame: object) -> ClientConnection:
        client = self.connect()
        client.send(json.dumps({"user": user, **frame}))
        assert json.loads(client.recv(5)) == {"ready": True}
        return client

    def raw(self, headers: bytes = b"", behind: bytes = b"", small: bool = False) -> socket.socket:
        """A bare socket after the handshake; ``behind`` follows it in the same packet."""
        bare = socket.socket()
        if small:
            bare.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        bare.settimeout(10)
        bare.connect(("127.0.0.1", self.port))
        bare.sendall(HANDSHAKE + headers + b"\r\n" + behind)
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += bare.recv(1)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        assert b"permessage-deflate" not in answer
        return bare

    def log(self) -> str:
        return os.pread(self._log.fileno(), 1 << 20, 0).decode()

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        self.http.close()
        self.process.send_signal(how)
        self.process.wait(15)


def masked(payload: bytes, first: int = 0x81) -> bytes:
    """One frame of a client, with a mask of zeros."""
    size = len(payload)
    assert size < 65536
    length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return bytes((first,)) + length + bytes(4) + payload


def read_all(bare: socket.socket) -> bytes:
    """Everything until the server ends the connection."""
    data = b""
    try:
        while chunk := bare.recv(1 << 16):
            data += chunk
    except ConnectionResetError:
        pass
    return data


def read_to_close(client: ClientConnection, timeout: float = 5) -> tuple[list[Any], int]:
    """The frames that come before the server's Close, and its code (1006: there was none)."""
    frames = []
    try:
        while True:
            frames.append(json.loads(client.recv(timeout)))
    except ConnectionClosed as closed:
        return frames, closed.rcvd.code if closed.rcvd else 1006


def closed_with(client: ClientConnection) -> int:
    return read_to_close(client)[1]


def eventually(condition: Callable[[], bool], within: float = 5) -> None:
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
