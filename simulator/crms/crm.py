"""A CRM: what it remembers, its clock, its faults and its own words, in one place."""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from flask import Blueprint, Response, current_app

from simulator.clock import Clock, utc_now
from simulator.crms.faults import Faults
from simulator.crms.settings import Settings
from simulator.crms.store import Access, By, Fields, Grant, Store

People = Mapping[str, list[dict[str, Any]]]
"""``{contacts, leads, accounts, opportunities, tasks}``, as the demo CRM's people.json has them."""


@dataclass(frozen=True)
class Door:
    """Where and how a CRM lets programs sign in.

    Paths as the CRM has them; ``revoke`` is empty where there is none of RFC 7009. ``user`` is the
    object whose records are users. ``access_seconds``: how long an access token holds. ``rotates``:
    each refresh gives a new refresh token and ends the old one. ``needs_challenge``: no code
    without PKCE. ``holds``: whether a grant may still be refreshed, apart from being revoked.
    """

    authorize: str
    token: str
    revoke: str
    user: str
    scopes: tuple[str, ...]
    access_seconds: float
    rotates: bool = False
    needs_challenge: bool = True
    holds: Callable[[Grant], bool] = lambda grant: True


class Dialect(Protocol):
    """What is different from CRM to CRM. ``api``: how the paths of API requests begin.
    ``activities``: the objects in which what happened to a person is logged."""

    name: str
    title: str
    api: tuple[str, ...]
    activities: tuple[str, ...]
    blueprints: tuple[Blueprint, ...]
    door: Door

    def canonical(self, object: str, id: str) -> str:
        """The id in the one form in which records are kept."""

    def own_fields(self, object: str, id: str, at: datetime, created: bool) -> Fields:
        """What the CRM itself writes into a record that changes, such as when it did."""

    def seed(self, crm: "Crm", people: People) -> None:
        """Fill an empty org with users, and with the people."""

    def expired(self) -> Response:
        """401: the access token does not hold (any more)."""

    def limit(self) -> Response:
        """Too many requests."""

    def failed(self) -> Response:
        """500"""

    def no_sign_in(self, reason: str) -> Response:
        """The token address refuses. ``reason``: client, secret, grant_type, code, redirect,
        verifier or refresh (what did not hold)."""

    def signed_in(self, url: str, grant: Grant, access_token: str, seconds: float) -> Fields:
        """What the token address answers; without ``refresh_token``, which is added."""


@dataclass
class Crm:
    """``url`` is the stand-in's own address, known once it listens."""

    dialect: Dialect
    settings: Settings
    store: Store
    clock: Clock
    people: People = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    redirect_uris: set[str] = field(default_factory=set)
    switches: set[str] = field(default_factory=set)
    stopping: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def now(self) -> datetime:
        return self.clock.now()

    def put(self, object: str, id: str, fields: Fields, by: By = "person") -> str:
        """Create or change a record without asking the API's rules -> its id as it is kept."""
        at = self.now()
        with self.store.change() as books:
            id = self.dialect.canonical(object, id)
            there = id in books.of(object)
            own = self.dialect.own_fields(object, id, at, not there)
            (books.update if there else books.create)(object, id, fields, at, by, **own)
        return id

    def remove(self, object: str, id: str) -> None:
        """Delete a record as a user of the CRM does; KeyError when there is none."""
        with self.store.change() as books:
            books.delete(object, self.dialect.canonical(object, id), self.now(), "person")

    def grant(self, user: str, scopes: list[str], nonce: str = "") -> int:
        """Give the connected app leave to act for a user -> the grant's index."""
        with self.store.change() as books:
            books.grants.append(Grant(user, scopes, secrets.token_urlsafe(40), nonce=nonce))
            return len(books.grants) - 1

    def access(self, grant: int) -> str:
        """A new access token."""
        token = secrets.token_urlsafe(60)
        with self.store.change() as books:
            now = self.now()
            books.accesses = {t: a for t, a in books.accesses.items() if a.ends > now}
            ends = now + timedelta(seconds=self.access_seconds)
            books.accesses[token] = Access(grant, ends)
        return token

    @property
    def access_seconds(self) -> float:
        return self.settings.access_seconds or self.dialect.door.access_seconds

    def who(self, access_token: str) -> Grant | None:
        """The grant that an access token stands for, while both hold."""
        with self.store.look() as books:
            access = books.accesses.get(access_token)
            if not access or access.ends <= self.now() or books.grants[access.grant].revoked:
                return None
            return books.grants[access.grant]

    def reset(self) -> None:
        """As it was at first: no sign-ins, counts or faults, and the records that were seeded."""
        self.faults.clear()
        self.store.forget()
        self.clock.reset()
        self.redirect_uris = set(self.settings.redirect_uris)
        self.switches = set(self.settings.switches)
        self.dialect.seed(self, self.people)

    def close(self) -> None:
        self.stopping.set()
        self.store.close()


def open_crm(
    dialect: Dialect,
    settings: Settings | None = None,
    people: People | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Crm:
    """A CRM with its users in it, and with ``people``, unless its file brings records back."""
    settings = settings or Settings()
    crm = Crm(dialect, settings, Store(settings.state_file), Clock(now), people or {})
    crm.redirect_uris, crm.switches = set(settings.redirect_uris), set(settings.switches)
    if not crm.store.books.records:
        dialect.seed(crm, crm.people)
    return crm


def crm() -> Crm:
    """The CRM that the running app serves."""
    found: Crm = current_app.extensions["crm"]
    return found
