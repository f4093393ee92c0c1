"""Restrictions: do-not-text and do-not-contact by hand, and texts that read like a wish to stop."""

from typing import Any, Literal

from msgspec import Struct

from backend.compliance import by_hand, ledger
from backend.compliance.causes import named
from backend.inbox import cursors
from backend.store import restrictions
from backend.store.writer import Transaction
from backend.web.api.opt_outs import LedgerQuery, Mobile, Note, e164, known
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire

ONE = "/restrictions/<id:restriction>"


class NewRestriction(Struct, kw_only=True, forbid_unknown_fields=True):
    mobile: Mobile
    kind: Literal["do_not_text", "do_not_contact"] = "do_not_text"
    note: Note = ""


class Meaning(Struct, kw_only=True, forbid_unknown_fields=True):
    """What a text that read like a wish to stop has meant. ``message`` is the one that was read:
    where a further one came meanwhile, "not opted out" is refused (409)."""

    opted_out: bool
    message: wire.Id | None = None


class Restriction(Struct, kw_only=True):
    """``note`` of a suspected one is the sentence that told, in ``message``. ``who`` set it."""

    id: wire.Id
    mobile: str
    mobile_display: str
    kind: wire.RestrictionKind
    cause: str
    note: str
    who: str
    at: wire.Time
    message: wire.Id | None = None


class Restrictions(Struct, kw_only=True):
    restrictions: list[Restriction]
    next: str


@route("GET", "/restrictions", query=LedgerQuery, scope="read", answers={200: Restrictions})
def list_restrictions(call: Call, query: LedgerQuery) -> Restrictions:
    """A page of the team's restrictions, latest first."""
    found = restrictions.page(
        call.identity.team,
        search=query.search,
        before=cursors.read(query.before),
        limit=query.limit + 1,
    )
    held, following = cursors.cut(found, query.limit, lambda each: each.at)
    return Restrictions(
        restrictions=[_shown(each) for each in held],
        next=following,
    )


@route(
    "POST",
    "/restrictions",
    body=NewRestriction,
    scope="write",
    answers={201: Restriction, 200: Restriction},
)
def add_restriction(call: Call, body: NewRestriction) -> tuple[Restriction, int]:
    """Set do-not-text or do-not-contact for a mobile. 200: it was set already."""
    mobile, actor = e164(body.mobile), call.actor

    def work(tx: Transaction) -> tuple[restrictions.Held | None, bool]:
        new = by_hand.restrict(tx, actor, mobile, body.kind, body.note)
        return restrictions.get(actor.team, mobile, body.kind), new

    held, new = call.services.writer(work)
    assert held is not None
    return _shown(held), 201 if new else 200


@route("DELETE", ONE, scope="write", answers={204: None}, problems=(403, 404))
def end_restriction(call: Call, restriction: int) -> None:
    """End a restriction: for whoever set it, and for admins."""
    actor = call.actor
    try:
        held = call.services.writer(lambda tx: by_hand.unrestrict(tx, actor, restriction))
    except ledger.Forbidden as error:
        raise Refusal(403, "forbidden", str(error)) from None
    if held is None:
        raise _gone()


@route(
    "POST",
    ONE + "/answer",
    body=Meaning,
    scope="write",
    answers={204: None},
    problems=(404, 409),
)
def answer_suspicion(call: Call, restriction: int, body: Meaning) -> None:
    """Say what a suspected text has meant: an opt-out, or nothing of the kind. For whoever sees a
    conversation with that mobile, and for admins."""
    actor = call.actor

    def work(tx: Transaction) -> restrictions.Held | None:
        given: dict[str, Any] = {"opted_out": body.opted_out, "message": body.message}
        return by_hand.answer(tx, actor, restriction, **given)

    try:
        held = call.services.writer(work)
    except by_hand.Superseded as error:
        raise Refusal(409, "superseded", str(error)) from None
    if held is None:
        raise _gone()


def _gone() -> Refusal:
    return Refusal(404, "not_found", "There is no such restriction: it may have ended already.")


def _shown(held: restrictions.Held) -> Restriction:
    return Restriction(
        id=held.id,
        mobile=known(held.mobile),
        mobile_display=named(held.mobile),
        kind=held.kind,
        cause=held.cause,
        note=held.note,
        who=held.who,
        at=held.at,
        message=held.message,
    )
