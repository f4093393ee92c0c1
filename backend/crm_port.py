"""The edge to CRMs: what the core asks of one, in our words. Each CRM's file translates.

Ids are the CRM's own, in its canonical form (Salesforce's with 18 characters, guids in lower case).
Moments are milliseconds since 1970 UTC. Text from a CRM is hostile: whoever translates bounds it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

CRMS = {"salesforce": "Salesforce", "hubspot": "HubSpot", "dynamics": "Dynamics 365"}
"""What each is called on the screen."""
PersonType = Literal["contact", "lead"]


@dataclass(frozen=True)
class CrmApp:
    """Repline's app at a CRM. ``base_url`` is another address that speaks the CRM's HTTP, sign-in
    and API both, such as a stand-in; empty for the CRM itself."""

    client_id: str
    client_secret: str = field(repr=False)
    base_url: str = ""


@dataclass(frozen=True)
class Grant:
    """What a sign-in at the CRM gave. ``refresh_token`` is empty where the one before stays good;
    ``base_url`` is the org's API without a trailing slash; ``org`` its id."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: int
    base_url: str
    org: str
    org_name: str = ""
    scopes: str = ""
    email: str = ""
    """Who signed in."""


@dataclass(frozen=True)
class Access:
    """What each call needs."""

    base_url: str
    token: str = field(repr=False)
    org: str = ""


@dataclass(frozen=True)
class Fields:
    """Which of the org's own fields mean what; an empty one is not used."""

    mobile: str = ""
    extension: str = ""
    do_not_text: str = ""
    key: str = ""
    """Where an activity keeps our key, so that it is never there twice."""
    type: str = ""
    """The value that becomes an activity's ``Type``."""


@dataclass(frozen=True)
class FieldChoice:
    """A field that an admin may choose. ``use`` says for what: mobile, extension, do_not_text,
    key or type; of a type, ``name`` is one of the values. What is surely meant for it is
    ``recommended``, one for each use at most."""

    use: str
    name: str
    label: str
    recommended: bool = False


@dataclass(frozen=True)
class CrmUser:
    id: str
    email: str
    name: str


@dataclass(frozen=True)
class Opportunity:
    """An open one that the person is part of; ``primary`` where their role in it is."""

    id: str
    name: str
    primary: bool = False


@dataclass(frozen=True)
class Record:
    """A person as the CRM has it. ``mobile`` is as written there; ``do_not_text`` is None where
    there is no field for it. ``id`` may be another than was asked for, where records were merged.
    """

    type: PersonType
    id: str
    name: str
    mobile: str = ""
    extension: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    """(label, number) of the other numbers."""
    title: str = ""
    email: str = ""
    account: str = ""
    account_url: str = ""
    owner_email: str = ""
    time_zone: str = ""
    region: str = ""
    url: str = ""
    do_not_text: bool | None = None
    opportunities: tuple[Opportunity, ...] = ()


@dataclass(frozen=True)
class Entry:
    """An activity as it has to be in the CRM. The same ``key`` is the same activity, however often
    it is given: the CRM must hold it once, as it was given last.

    ``tried``: an earlier try may have been carried out though its answer was lost.
    ``external_id``: the CRM has it under this id already; it is brought up to date, and belongs to
    ``who_id`` from now on alone.
    """

    key: str
    who_type: PersonType
    who_id: str
    subject: str
    body: str
    at: int
    day: str
    """The team's date of ``at``, as 2026-11-22."""
    inbound: bool
    kind: Literal["message", "note"] = "message"
    what_id: str = ""
    """The opportunity."""
    owner_id: str = ""
    """The CRM's id of the user who did it; empty for whoever signed in."""
    number: str = ""
    """The person's number, E.164."""
    external_id: str = ""
    tried: bool = False


@dataclass(frozen=True)
class Logged:
    """It is there. ``note`` says what had to be left out: ``without Type: the org rejects it``."""

    external_id: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Refused:
    """The CRM said no to this one and will say it again; ``cause`` in words for an admin."""

    cause: str


@dataclass(frozen=True)
class Failed:
    """The CRM stumbled over this one: it may or may not be there, and may work later."""

    cause: str


Outcome = Logged | Refused | Failed


class CrmError(Exception):
    """A call to the CRM came to nothing. The text says what to do about it, for an admin."""


class Expired(CrmError):
    """The access token is no good any more: refresh it and ask once more."""


class SignInNeeded(CrmError):
    """The sign-in was revoked, or its rights were narrowed: an admin has to connect again."""


class Busy(CrmError):
    """The CRM wants to be left alone for ``wait`` ms: a rate limit or a used-up budget."""

    def __init__(self, text: str, wait: int) -> None:
        super().__init__(text)
        self.wait = wait


class Unreachable(CrmError):
    """No answer, or none of the CRM's: whatever was asked may have been carried out."""


class Declined(CrmError):
    """The CRM refused this one request, and would again; others are another matter."""


class Misconfigured(CrmError):
    """The org lacks something that was chosen, such as a field."""


class Crm(Protocol):
    """One CRM. Everything that takes :class:`Access` raises :class:`CrmError`."""

    name: str
    """As in a crm_ref: salesforce, hubspot, dynamics."""
    at_once: int
    """How many entries :meth:`log` takes."""

    def checked_address(self, typed: str) -> str:
        """The org's address that an admin typed (may be empty where the CRM needs none), anchored
        to the CRM's own hosts; raises ValueError with words for the admin."""

    def authorize_url(self, address: str, redirect: str, state: str, challenge: str) -> str:
        """Where the admin signs in; ``challenge`` is PKCE's, S256."""

    def exchange(self, address: str, redirect: str, code: str, verifier: str) -> Grant:
        """The tokens for a code."""

    def refresh(self, base_url: str, refresh_token: str) -> Grant:
        """New tokens. Raises :class:`SignInNeeded` when the refresh token is no good any more."""

    def revoke(self, base_url: str, refresh_token: str) -> None:
        """Have the CRM forget the sign-in."""

    def prepare(self, access: Access) -> list[FieldChoice]:
        """Make what logging needs where the CRM lets us (such as a property for our key), and tell
        which fields may be chosen."""

    def users(self, access: Access) -> Iterable[CrmUser]:
        """Those who are active."""

    def read(self, access: Access, fields: Fields, type: PersonType, id: str) -> Record | None:
        """A person as the CRM has it now; None where the record is deleted."""

    def log(self, access: Access, fields: Fields, entries: Sequence[Entry]) -> list[Outcome]:
        """Have these activities in the CRM, each once, in their order: an outcome for each. Raises
        only for what concerns all of them; then some may have been carried out."""

    def remove(self, access: Access, external_id: str) -> None:
        """Have the activity in the CRM no more; fine where it is gone."""

    def set_do_not_text(
        self, access: Access, fields: Fields, type: PersonType, id: str, on: bool
    ) -> None:
        """Tick or untick the field that is chosen for it; fine where the record is gone. Raises
        :class:`Declined` where this record does not take it."""

    def do_not_text(
        self, access: Access, fields: Fields, refs: Sequence[tuple[PersonType, str]]
    ) -> dict[tuple[PersonType, str], bool]:
        """Whether the field is ticked, for those of these records that are there."""
