"""A new version is rolled out, one process after another, while everybody goes on texting."""

import random
import threading
from contextlib import ExitStack

import pytest

from tests.running.listener import Listener
from tests.running.rep import Phones, Rep, fresh_mobile, fresh_ref
from tests.running.traffic import Traffic

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.timeout(300)]
LISTENERS, SENDERS = 8, 2
A_MINUTE_S = 90
"""What a worker was about to hand over when it ended is found in the tables each minute."""


class Texting:
    """A rep who sends one text after another: each until it is accepted, with the same ref."""

    def __init__(self, url: str, token: str) -> None:
        self.sent: list[str] = []
        """Mobiles, each of which was sent one text."""
        self._url, self._token = url, token
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._enough.set()
        self._thread.join()

    def _run(self):
        mobile, ref = fresh_mobile(), fresh_ref()
        while not self._enough.is_set():
            try:
                with Rep(self._url, self._token) as rep:
                    while not self._enough.is_set():
                        rep.text(rep.open(mobile), f"To {mobile}", ref)
                        self.sent.append(mobile)
                        mobile, ref = fresh_mobile(), fresh_ref()
            except Exception:
                self._enough.wait(random.random() / 10)


def grows(listener, done):
    more = len(done) + 3
    listener.wait_for(lambda: len(done) >= more)


def test_no_request_fails_no_event_is_missed_or_repeated_and_every_text_goes_out_once(
    scaled, token
):
    phones = Phones(scaled.stack)
    with ExitStack() as listening:
        listeners = [listening.enter_context(Listener(scaled.url, token)) for _ in range(LISTENERS)]
        with Traffic(scaled.stack, SENDERS) as traffic, Texting(scaled.url, token) as texting:
            for web in scaled.webs:
                scaled.restart(web)
                grows(listeners[0], traffic.answered)
                grows(listeners[0], texting.sent)
            for worker in scaled.workers:
                worker.stop()
                worker.start()
                grows(listeners[0], texting.sent)
        everything = {*traffic.answered, *(f"To {mobile}" for mobile in texting.sent)}
        for listener in listeners:
            listener.wait(everything)
        listeners[0].wait_for(lambda: all(map(phones.accepted, texting.sent)), A_MINUTE_S)
    assert traffic.failed == []
    for listener in listeners:
        listener.assert_whole()
    ends = [end for listener in listeners for end in listener.ends]
    assert set(ends) == {(1012, True)}, "a socket ended otherwise than by a goodbye and 1012"
    assert all(listener.ends for listener in listeners), "a socket outlived its process"
    assert all(wait >= 500 for listener in listeners for wait in listener.waits)
    assert [len(phones.accepted(mobile)) for mobile in texting.sent] == [1] * len(texting.sent)
