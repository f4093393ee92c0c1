"""Licenses: how many seats the team has of each kind, who sits on them, and since when."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from backend.inbox import cursors
from backend.store import licenses as store
from backend.store.writer import Transaction
from backend.team import licenses as rules
from backend.web.api import logs
from backend.web.api.routes import Call, PageQuery, for_admins
from shared import wire

ONE = "/users/<id:user>/licenses/<kind>"
Seats = Annotated[int, Meta(ge=-(2**53), le=2**53)] | None | UnsetType


class LicenseQuery(PageQuery, kw_only=True, forbid_unknown_fields=True):
    kind: Literal["", "messenger", "dialer"] = ""


class SeatNumbers(Struct, kw_only=True, forbid_unknown_fields=True):
    """How many there shall be; null is no limit. What is left out stays as it is."""

    messenger: Seats = UNSET
    dialer: Seats = UNSET


class SeatCount(Struct, kw_only=True):
    """``seats`` and ``free`` are null where the team has as many as it likes."""

    kind: str
    seats: int | None
    used: int
    free: int | None


class License(Struct, kw_only=True):
    user: wire.Id
    email: str
    name: str
    kind: str
    granted_at: wire.Time


class Licenses(Struct, kw_only=True):
    """The seats of all kinds, and a page of who sits on them."""

    seats: list[SeatCount]
    licenses: list[License]
    next: str


class SeatCounts(Struct, kw_only=True):
    seats: list[SeatCount]


@for_admins("GET", "/licenses", query=LicenseQuery, answers={200: Licenses})
def list_licenses(call: Call, query: LicenseQuery) -> Licenses:
    """The seats, and a page of who holds a license, those given last first."""
    team = call.identity.team
    before = cursors.read(query.before)
    found = store.page(team, kind=query.kind, before=before, limit=query.limit + 1)
    rows, following = cursors.cut(found, query.limit, lambda each: each.granted_at)
    held = [
        License(
            user=each.user,
            email=each.email,
            name=each.name,
            kind=each.kind,
            granted_at=each.granted_at,
        )
        for each in rows
    ]
    return Licenses(seats=_seats(team), licenses=held, next=following)


@for_admins(
    "PATCH",
    "/licenses",
    body=SeatNumbers,
    answers={200: SeatCounts},
)
def set_seats(call: Call, body: SeatNumbers) -> SeatCounts:
    """Set how many seats there are: never fewer than are in use."""
    actor = call.actor

    def work(tx: Transaction) -> None:
        typed = rules.typed(rules.seats(actor.team))
        for kind in rules.KINDS:
            wanted = getattr(body, kind)
            if wanted is not UNSET:
                typed[kind] = "" if wanted is None else str(wanted)
        rules.set_seats(tx, actor, typed)

    call.services.writer(work)
    return SeatCounts(seats=_seats(actor.team))


@for_admins(
    "GET",
    "/licenses/history",
    query=PageQuery,
    answers={200: logs.AuditEntries},
)
def list_license_history(call: Call, query: PageQuery) -> logs.AuditEntries:
    """A page of who was given a license or lost one, by whom, latest first."""
    return logs.entries(
        call.identity.team, before=query.before, limit=query.limit, actions=rules.HISTORY
    )


@for_admins("PUT", ONE, answers={204: None}, problems=(404, 409))
def assign_license(call: Call, user: int, kind: str) -> None:
    """Give a user a license of a kind: messenger or dialer. Again, it changes nothing."""
    actor = call.actor
    call.services.writer(lambda tx: rules.assign(tx, actor, user, kind))


@for_admins("DELETE", ONE, answers={204: None}, problems=(404,))
def revoke_license(call: Call, user: int, kind: str) -> None:
    """Take a license back. Open panes are told at once; again, it changes nothing."""
    actor = call.actor
    call.services.writer(lambda tx: rules.revoke(tx, actor, user, kind))


def _seats(team: int) -> list[SeatCount]:
    return [
        SeatCount(kind=each.kind, seats=each.seats, used=each.used, free=each.free)
        for each in rules.seats(team)
    ]
