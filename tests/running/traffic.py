"""Prospects who keep texting, whatever happens to the backend."""

import threading
import time
from itertools import count

import requests
from twilio.request_validator import RequestValidator

from demo.seed import ANA_NUMBER
from demo.stack import Stack

PATIENCE_S = 15
"""As long as Twilio waits: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides"""
_numbers = count(1)


class Traffic:
    """Posts signed inbound texts to Ana, one after the other for each of ``senders``: ``answered``
    are those that got a 2xx, ``failed`` the others with what came instead."""

    def __init__(self, stack: Stack, senders: int = 1) -> None:
        self.answered: list[str] = []
        self.failed: list[str] = []
        self.slowest = 0.0
        self.enough = threading.Event()
        self._config = stack.config
        self._validator = RequestValidator(self._config.twilio_auth_token)
        self._threads = [threading.Thread(target=self._run) for _ in range(senders)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.enough.set()
        for thread in self._threads:
            thread.join()

    @staticmethod
    def number() -> int:
        """Of a text that nobody has sent yet."""
        return next(_numbers)

    def post(self, number: int, url: str = "", timeout: float = PATIENCE_S) -> requests.Response:
        """The text of this number, to one web process at ``url`` or to whoever takes it."""
        signed = f"{self._config.public_url}/twilio/messages"
        form = {
            "AccountSid": self._config.twilio_account_sid,
            "MessageSid": f"SM{number:032}",
            "From": "+16175550111",
            "To": ANA_NUMBER,
            "Body": f"inbound {number}",
        }
        headers = {"X-Twilio-Signature": self._validator.compute_signature(signed, form)}
        url = f"{url or self._config.public_url}/twilio/messages"
        return requests.post(url, data=form, headers=headers, timeout=timeout)

    def _run(self):
        while not self.enough.is_set():
            number = self.number()
            try:
                began = time.monotonic()
                answer = self.post(number)
                self.slowest = max(self.slowest, time.monotonic() - began)
            except requests.RequestException as error:
                self.failed.append(f"inbound {number}: {error}")
                self.enough.wait(0.01)
                continue
            if answer.ok:
                self.answered.append(f"inbound {number}")
            else:
                self.failed.append(f"inbound {number}: {answer.status_code}")
