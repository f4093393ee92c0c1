"""A rep's client that comes back by itself, as the extension's worker does."""

import json
import random
import threading
import time
from collections.abc import Callable
from typing import Any, Self

from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.running.rep import Rep

WAIT_MS = 50


class Listener:
    """``with Listener(url, token) as listener``, in a thread of its own.

    ``told`` holds every event that came, ``ends`` how each socket ended: (close code, or 0 without
    one; whether a goodbye came before). ``resets`` counts how often the feed could not go on.
    """

    def __init__(self, url: str, token: str) -> None:
        self.told: list[dict[str, Any]] = []
        self.ends: list[tuple[int, bool]] = []
        self.waits: list[int] = []
        """After how many ms at most it was asked to come back, by each goodbye."""
        self.resets = 0
        self.changed = threading.Condition()
        self._url, self._token = url, token
        self._cursor: int | None = None
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run)

    @property
    def seqs(self) -> list[int]:
        return [event["seq"] for event in self.told]

    def bodies(self) -> list[str]:
        """Of each text that it was told of."""
        return [e["message"]["body"] for e in self.told if e["type"] == "message.created"]

    def assert_whole(self) -> None:
        """It was told of everything since it began, and of nothing twice."""
        seqs, bodies = self.seqs, self.bodies()
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
        assert len(bodies) == len(set(bodies))
        assert self.resets == 0

    def wait(self, bodies: set[str], within: float = 30) -> None:
        """Until it was told of all these texts; AssertionError after ``within`` seconds."""
        try:
            self.wait_for(lambda: bodies <= set(self.bodies()), within)
        except AssertionError:
            missing = sorted(bodies - set(self.bodies()))
            raise AssertionError(f"not told of {missing[:5]}") from None

    def wait_for(self, condition: Callable[[], bool], within: float = 30) -> None:
        """The same, until it holds; it is asked again after each event, and now and then."""
        end = time.monotonic() + within
        with self.changed:
            while not condition():
                assert time.monotonic() < end, "waited in vain"
                self.changed.wait(0.05)

    def __enter__(self) -> Self:
        self._thread.start()
        with self.changed:
            assert self.changed.wait_for(lambda: self._cursor is not None, 30), "never connected"
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._enough.is_set():
            wait = WAIT_MS
            try:
                with Rep(self._url, self._token, since=self._cursor) as rep:
                    self._begin(rep.seen[0])
                    wait = self._listen(rep)
            except (OSError, WebSocketException):
                pass  # nobody is there yet
            self._enough.wait(random.random() * wait / 1000)

    def _begin(self, ready: dict[str, Any]) -> None:
        with self.changed:
            if self._cursor is None or not ready["resumed"]:
                self.resets += self._cursor is not None
                self._cursor = ready["seq"]
            self.changed.notify_all()

    def _listen(self, rep: Rep) -> int:
        """Until the socket ends; in how many ms to come back at the latest."""
        wait, goodbye = WAIT_MS, False
        while not self._enough.is_set():
            try:
                frame = json.loads(rep.socket.recv(timeout=0.2))
            except TimeoutError:
                continue
            except ConnectionClosed as closed:
                self.ends.append((closed.rcvd.code if closed.rcvd else 0, goodbye))
                break
            if frame["type"] == "session.goodbye":
                goodbye, wait = True, frame["retry_ms"]
                self.waits.append(wait)
            elif "seq" in frame:
                with self.changed:
                    self.told.append(frame)
                    self._cursor = frame["seq"]
                    self.changed.notify_all()
        return wait
