"""A push service on this machine: Chromium subscribes to it, a backend pushes to it.

It plays all three parts of Google's: the check-in and registration that
``pushManager.subscribe()`` goes through, the Web Push endpoint, and the line to the browser.
Subscriptions still name Google's hosts (Chromium puts them together itself), so a backend under
test needs ``WEB_PUSH_BASE_URL=push.url`` to deliver here instead.
"""

import secrets
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from flask import Flask, Response, request

from demo.browser import protobuf
from demo.browser.certificate import write_certificate
from demo.browser.mcs import MessageLine
from demo.browser.serving import Serving

CHECK_IN_DEVICE, CHECK_IN_SECRET = 2, 13


@dataclass(frozen=True)
class Push:
    """One request to the Web Push endpoint. ``status`` is what we answered."""

    path: str
    headers: dict[str, str]
    size: int
    status: int
    at: float = field(default_factory=time.time)


class PushService:
    """``with PushService() as push:`` then ``Browser(..., push=push)``."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="push-service-")
        pem = write_certificate(Path(self._folder.name) / "mcs.pem", ["127.0.0.1"])
        self._line = MessageLine(pem)
        self._server = Serving(self._app())
        self._lock = threading.Lock()
        self._next_device = 4_000_000_000
        self._registrations: dict[str, dict[str, str]] = {}
        self._count = 0
        self.pushes: list[Push] = []

    @property
    def url(self) -> str:
        """Base URL of the Web Push endpoint: this + the path of a subscription's endpoint."""
        return self._server.url

    def chromium_args(self) -> list[str]:
        return [
            f"--gcm-checkin-url={self.url}/checkin",
            f"--gcm-registration-url={self.url}/register",
            f"--gcm-mcs-endpoint=https://127.0.0.1:{self._line.port}",
        ]

    def expire(self, endpoint: str) -> None:
        """From now on a push to this subscription is answered 410. KeyError if unknown."""
        with self._lock:
            del self._registrations[_token(endpoint)]

    def knows(self, endpoint: str) -> bool:
        """Whether the subscription is alive: neither unsubscribed nor expired."""
        with self._lock:
            return _token(endpoint) in self._registrations

    def __enter__(self) -> Self:
        self._line.start()
        self._server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.__exit__()
        self._line.close()
        self._folder.cleanup()

    def _app(self) -> Flask:
        app = Flask(__name__)
        app.post("/checkin")(self._check_in)
        app.post("/register")(self._register)
        # Chrome's endpoints are /fcm/send/TOKEN, newer ones and Debian's Chromium's /wp/TOKEN.
        app.post("/fcm/send/<token>")(self._push)
        app.post("/wp/<token>")(self._push)
        return app

    def _check_in(self) -> Response:
        asked = dict(protobuf.fields(request.get_data()))
        device, secret = asked.get(CHECK_IN_DEVICE), asked.get(CHECK_IN_SECRET)
        if not device or not secret:
            with self._lock:
                self._next_device += 1
                device, secret = self._next_device, secrets.randbits(63)
        answer = (
            protobuf.integer(1, 1)
            + protobuf.fixed64(7, int(device))
            + protobuf.fixed64(8, int(secret))
            + protobuf.integer(9, 0)
        )
        return Response(answer, content_type="application/x-protobuf")

    def _register(self) -> Response:
        form = request.form.to_dict()
        with self._lock:
            if form.get("delete") == "true":
                gone = (form.get("device"), form.get("X-subtype"))
                self._registrations = {
                    token: known
                    for token, known in self._registrations.items()
                    if (known.get("device"), known.get("X-subtype")) != gone
                }
                return Response(f"token={form.get('X-subtype', '')}")
            token = secrets.token_urlsafe(24)
            self._registrations[token] = form
        return Response(f"token={token}")

    def _push(self, token: str) -> Response:
        status = self._deliver(token, request.get_data())
        headers = {name.lower(): value for name, value in request.headers.items()}
        with self._lock:
            self.pushes.append(Push(request.path, headers, request.content_length or 0, status))
        return Response(status=status, headers={"Location": "/m/1"} if status == 201 else {})

    def _deliver(self, token: str, body: bytes) -> int:
        with self._lock:
            registration = self._registrations.get(token)
            self._count += 1
            count = self._count
        if registration is None:
            return 410
        if not request.headers.get("Authorization", "").startswith("vapid t="):
            return 401
        if "TTL" not in request.headers:
            return 400
        encoding = request.headers.get("Content-Encoding", "aes128gcm")
        message = (
            protobuf.data(3, registration["sender"])
            + protobuf.data(5, registration["app"])
            + _app_data("subtype", registration["X-subtype"])
            + _app_data("content-encoding", encoding)
            + protobuf.data(9, f"0:{count}")
            + protobuf.integer(17, 60)
            + protobuf.integer(18, int(time.time()))
            + protobuf.data(21, body)
        )
        self._line.send(int(registration["device"]), message)
        return 201


def _app_data(key: str, value: str) -> bytes:
    return protobuf.data(7, protobuf.data(1, key) + protobuf.data(2, value))


def _token(endpoint: str) -> str:
    return urlsplit(endpoint).path.rsplit("/", 1)[1]
