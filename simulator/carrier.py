"""A carrier: its memory, its clock and what it does in the background, in one place."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from itsdangerous import URLSafeTimedSerializer

from simulator import registrations, sids
from simulator.callbacks import Callbacks
from simulator.clock import Clock, utc_now
from simulator.faults import Faults
from simulator.phones import E164
from simulator.records import Account, Number
from simulator.settings import INBOUND_PATH, Settings
from simulator.state import State, owned, service_of
from simulator.timer import Timer
from simulator.webhooks import Webhooks


@dataclass
class Carrier:
    """``url`` is the simulator's own address, known once it listens."""

    settings: Settings
    backend_url: str
    state: State
    clock: Clock
    timer: Timer
    faults: Faults
    webhooks: Webhooks
    callbacks: Callbacks
    links: URLSafeTimedSerializer
    url: str = ""
    stopping: threading.Event = field(default_factory=threading.Event)

    def now(self) -> datetime:
        return self.clock.now()

    def inbound_url(self, number: Number) -> str:
        with self.state.look() as books:
            sid = service_of(books, number.phone_number)
            service = books.service_settings.get(sid or "")
        if service and not service.webhook_on_number:
            return service.inbound_request_url or ""
        return number.sms_url or (f"{self.backend_url}{INBOUND_PATH}" if self.backend_url else "")

    def add_account(self, sid: str, auth_token: str) -> Account:
        with self.state.change() as books:
            account = Account(sid, auth_token, "Simulated account", self.now())
            return books.accounts.setdefault(sid, account)

    def add_number(self, account_sid: str, phone_number: str) -> Number:
        """Rent a number (E.164); the one we have already when it is rented. ValueError if it is
        no number, or another account's."""
        if not E164.fullmatch(phone_number):
            raise ValueError(f"{phone_number!r} is not a number such as +14045550123")
        with self.state.change() as books:
            number = owned(books, phone_number)
            if number and number.account_sid != account_sid:
                raise ValueError(f"{phone_number} is another account's")
            if not number:
                now = self.now()
                number = Number(sids.new("PN"), account_sid, phone_number, phone_number, now, now)
                books.numbers[number.sid] = number
            return number

    def reset(self) -> None:
        """Forget texts, phones, opt-outs and faults, and set the clock right. What is under way
        ends there. Accounts and numbers stay."""
        self.faults.clear()
        self.state.forget()
        self.clock.reset()

    def close(self) -> None:
        self.stopping.set()
        self.timer.close()
        self.state.close()


def open_carrier(settings: Settings, now: Callable[[], datetime] = utc_now) -> Carrier:
    clock = Clock(now)
    state = State(settings.state_file)
    timer, faults = Timer(), Faults()
    webhooks = Webhooks(state, settings.patience, clock.now)
    carrier = Carrier(
        settings=settings,
        backend_url=settings.backend_url.rstrip("/"),
        state=state,
        clock=clock,
        timer=timer,
        faults=faults,
        webhooks=webhooks,
        callbacks=Callbacks(state, timer, faults, webhooks),
        links=URLSafeTimedSerializer(sids.new("KY")),
    )
    carrier.add_account(settings.account_sid, settings.auth_token)
    with state.change() as books:
        # A new token for a known account is a rotated token.
        books.accounts[settings.account_sid].auth_token = settings.auth_token
        for sid, pool in settings.services.items():
            registrations.add_service(books, settings.account_sid, "", clock.now(), sid)
            books.services[sid] = list(pool)
            books.service_settings[sid].webhook_on_number = True
    for number in settings.numbers:
        carrier.add_number(settings.account_sid, number)
    if settings.registered:
        with state.change() as books:
            registrations.register_all(books, settings.account_sid, settings.numbers, clock.now())
    return carrier
