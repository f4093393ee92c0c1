"""The carrier's memory, and how things are found in it."""

from pathlib import Path

from simulator.memory import Memory
from simulator.records import Account, Books, Message, Number, Phone

KEPT_DELIVERIES = 10_000


class State(Memory[Books]):
    def __init__(self, path: Path | None = None) -> None:
        super().__init__(Books, path)

    def tidy(self, books: Books) -> None:
        del books.deliveries[:-KEPT_DELIVERIES]

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
