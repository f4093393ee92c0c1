"""The carrier's memory: one lock, one version that moves with every change, a file if wanted."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.files import load, packed, save
from simulator.records import Account, Books, Message, Number, Phone

KEPT_DELIVERIES = 10_000


class State:
    """Read and change ``books`` inside ``with state.change()`` or ``with state.look()``."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.books = (load(path) if path else None) or Books()
        self.version = 0
        self.closed = False
        self._saved = 0
        self._moved = threading.Condition(threading.RLock())
        self._writer = threading.Thread(target=self._write, daemon=True, name="simulator-state")
        if path:
            self._writer.start()

    @contextmanager
    def change(self) -> Iterator[Books]:
        with self._moved:
            yield self.books
            del self.books.deliveries[:-KEPT_DELIVERIES]
            self.version += 1
            self._moved.notify_all()

    @contextmanager
    def look(self) -> Iterator[Books]:
        with self._moved:
            yield self.books

    def wait_for(self, condition: Callable[[Books], object], timeout: float = 5.0) -> bool:
        """Wait until ``condition`` holds for the books; False when it does not within ``timeout``
        seconds. It is asked again after each change."""
        with self._moved:
            return bool(self._moved.wait_for(lambda: condition(self.books), timeout))

    def wait_past(self, version: int, timeout: float) -> int:
        """The version, as soon as it is another than ``version`` or after ``timeout`` seconds."""
        with self._moved:
            self._moved.wait_for(lambda: self.version != version or self.closed, timeout)
            return self.version

    def forget(self) -> None:
        """Forget messages, phones and opt-outs; keep accounts, numbers, services and what is
        registered."""
        with self.change():
            old = self.books
            self.books = Books(
                accounts=old.accounts,
                numbers=old.numbers,
                services=old.services,
                service_settings=old.service_settings,
                registrations=old.registrations,
            )

    def close(self) -> None:
        with self._moved:
            self.closed = True
            self._moved.notify_all()
        if self._writer.is_alive():
            self._writer.join()

    def _write(self) -> None:
        # A thread of its own, and at most ten files a second: a burst of texts is one write.
        assert self.path
        while True:
            with self._moved:
                self._moved.wait_for(lambda: self.version != self._saved or self.closed)
                version, ending = self.version, self.closed
                raw = packed(self.books) if version != self._saved else None
            if raw:
                save(self.path, raw)
                self._saved = version
            if ending:
                return
            time.sleep(0.1)


def account(books: Books, sid: str) -> Account | None:
    return books.accounts.get(sid)


def owned(books: Books, phone_number: str, account_sid: str | None = None) -> Number | None:
    """The number by its E.164, of this account or of any."""
    for number in books.numbers.values():
        if number.phone_number == phone_number and account_sid in (None, number.account_sid):
            return number
    return None


def service_of(books: Books, phone_number: str) -> str | None:
    """The Messaging Service whose pool holds the number."""
    return next((sid for sid, pool in books.services.items() if phone_number in pool), None)


def phone(books: Books, number: str) -> Phone:
    return books.phones.get(number) or Phone()


def message(books: Books, account_sid: str, sid: str) -> Message | None:
    found = books.messages.get(sid)
    return found if found and found.account_sid == account_sid else None
