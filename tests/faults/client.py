"""A rep's client that keeps every event and comes back by itself, as the extension does."""

import json
import threading
from typing import Any, Self

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.running.rep import Rep, fresh_ref, sign_in

SIGNED_OUT = 4401
AGAIN_S = 0.05


class Client:
    """``with Client(url, email) as client``. ``events`` holds what was told, in the order in which
    it came; ``gone`` are the seqs behind which it had to start afresh: what it missed is lost."""

    def __init__(self, url: str, email: str) -> None:
        self.email = email
        self.events: list[dict[str, Any]] = []
        self.gone: list[int] = []
        self.accepted: dict[str, int] = {}
        self.reading = threading.Event()
        self.reading.set()
        self._url = url
        self._answers: dict[str, dict[str, Any]] = {}
        self._token = sign_in(url, email)["access_token"]
        self._rep: Rep | None = None
        self._moved = threading.Condition()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=email)

    @property
    def seq(self) -> int | None:
        """Of the latest event; None before the first."""
        return self.events[-1]["seq"] if self.events else None

    def __enter__(self) -> Self:
        self._thread.start()
        # What was told before it began it has not missed.
        with self._moved:
            if not self._moved.wait_for(lambda: self.events, 60):
                raise TimeoutError(f"{self.email} is not told where its feed begins")
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.reading.set()
        if rep := self._rep:
            rep.socket.close()
        self._thread.join()

    def say(self, kind: str, **fields: Any) -> bool:
        """Whether there was a socket to say it on; nobody knows whether it was heard."""
        rep = self._rep
        if rep is None:
            return False
        try:
            rep.send(kind, **fields)
        except (ConnectionClosed, OSError):
            return False
        return True

    def flood(self, frames: int) -> None:
        """Pings as fast as they can be sent, until the backend has enough."""
        for _ in range(frames):
            if not self.say("session.ping"):
                return

    def ask(self, kind: str, patience: float = 30, **fields: Any) -> dict[str, Any]:
        """The answer to a request, asked again on each new socket; TimeoutError."""
        request = fresh_ref()
        asked_on = None
        with self._moved:
            for _ in range(int(patience / AGAIN_S)):
                if request in self._answers:
                    return self._answers.pop(request)
                if self._rep is not asked_on and self.say(kind, request=request, **fields):
                    asked_on = self._rep
                self._moved.wait(AGAIN_S)
        raise TimeoutError(kind)

    def refused(self, ref: str) -> bool:
        with self._moved:
            return self._answers.pop(ref, {}).get("type") == "frame.refused"

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._connected()
            except (ConnectionClosed, InvalidHandshake, OSError, TimeoutError) as error:
                self._rep = None
                closed = getattr(error, "rcvd", None)
                if closed is not None and closed.code == SIGNED_OUT:
                    self._sign_in()
                self._over.wait(AGAIN_S)

    def _sign_in(self) -> None:
        try:
            self._token = sign_in(self._url, self.email)["access_token"]
        except (AssertionError, OSError):
            pass  # it is down, or says that we come too often: the next socket tells

    def _connected(self) -> None:
        with Rep(self._url, self._token, since=self.seq) as rep:
            for frame in rep.seen:
                if frame["type"] == "session.ready" and self.seq and not frame["resumed"]:
                    self.gone.append(self.seq)
                self._keep(frame)
            self._rep = rep
            while not self._over.is_set():
                self.reading.wait()
                self._keep(json.loads(rep.socket.recv()))

    def _keep(self, frame: dict[str, Any]) -> None:
        with self._moved:
            if frame["type"] == "message.accepted":
                self.accepted[frame["ref"]] = frame["message"]["id"]
            elif frame["type"] == "session.ready":
                self._began(frame)
            elif "seq" in frame:
                self.events.append(frame)
            elif frame.get("request"):
                self._answers[frame["request"]] = frame
            self._moved.notify_all()

    def _began(self, ready: dict[str, Any]) -> None:
        """The place in the feed from which this client knows everything."""
        if not self.events:
            self.events.append(ready)
