"""Opt-outs: who may not be texted because they said so, and the history of a mobile."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.compliance import by_hand, ledger
from backend.compliance.causes import in_words, named
from backend.inbox import cursors
from backend.phone import PhoneError, typed
from backend.store import consent, opt_outs
from backend.store.pseudonym import PREFIX
from backend.store.writer import Transaction
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire

ONE = "/opt-outs/<id:opt_out>"
Mobile = Annotated[str, Meta(min_length=1, max_length=64)]
Note = Annotated[str, Meta(max_length=500)]
Cursor = Annotated[str, Meta(max_length=64)]


class LedgerQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``search`` is a part of a number; ``before`` the cursor that the page before gave as
    ``next``."""

    search: Annotated[str, Meta(max_length=64)] = ""
    before: Cursor = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class HistoryQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    mobile: Mobile
    before: Cursor = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class NewOptOut(Struct, kw_only=True, forbid_unknown_fields=True):
    mobile: Mobile
    note: Note = ""


class EndQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``reason``: how they consented anew. It is kept in the audit log."""

    reason: Annotated[str, Meta(min_length=3, max_length=500)]


class OptOut(Struct, kw_only=True):
    """``mobile`` is empty where the person was erased and only a hash is kept."""

    id: wire.Id
    mobile: str
    mobile_display: str
    cause: str
    text: str
    at: wire.Time


class OptOuts(Struct, kw_only=True):
    opt_outs: list[OptOut]
    next: str


class Ended(Struct, kw_only=True):
    """``text`` says what still stands in the way, if anything does."""

    text: str


class ConsentEvent(Struct, kw_only=True):
    """``kind``: opted_out, opted_in, suspected, cleared, restricted, unrestricted. ``who`` is the
    user who did it; empty where the person's own text or the carrier did."""

    id: wire.Id
    kind: str
    restriction: str
    cause: str
    text: str
    who: str
    at: wire.Time
    message: wire.Id | None = None


class ConsentEvents(Struct, kw_only=True):
    consent_events: list[ConsentEvent]
    next: str


@route("GET", "/opt-outs", query=LedgerQuery, scope="read", answers={200: OptOuts})
def list_opt_outs(call: Call, query: LedgerQuery) -> OptOuts:
    """A page of the team's opt-outs, latest first."""
    found = opt_outs.page(
        call.identity.team,
        search=query.search,
        before=cursors.read(query.before),
        limit=query.limit + 1,
    )
    held, following = cursors.cut(found, query.limit, lambda each: each.at)
    return OptOuts(
        opt_outs=[_shown(each) for each in held],
        next=following,
    )


@route("POST", "/opt-outs", body=NewOptOut, scope="write", answers={201: OptOut, 200: OptOut})
def add_opt_out(call: Call, body: NewOptOut) -> tuple[OptOut, int]:
    """Note that somebody has opted out by other means. 200: they had already."""
    mobile, actor = e164(body.mobile), call.actor

    def work(tx: Transaction) -> tuple[opt_outs.Held | None, bool]:
        new = by_hand.opt_out(tx, actor, mobile, body.note)
        return opt_outs.get(actor.team, mobile), new

    held, new = call.services.writer(work)
    assert held is not None
    return _shown(held), 201 if new else 200


@route("DELETE", ONE, query=EndQuery, scope="admin", answers={200: Ended}, problems=(403, 404))
def end_opt_out(call: Call, opt_out: int, query: EndQuery) -> Ended:
    """End an opt-out because they consented anew. Admins only; START by text needs no admin."""
    actor, reason = call.actor, " ".join(query.reason.split())
    if len(reason) < 3:
        raise Refusal(400, "malformed", "Say how they consented anew.", field="reason")
    try:
        held = call.services.writer(lambda tx: by_hand.end_opt_out(tx, actor, opt_out, reason))
    except ledger.Forbidden as error:
        raise Refusal(403, "forbidden", str(error)) from None
    if held is None:
        raise Refusal(404, "not_found", "There is no such opt-out: it may have ended already.")
    return Ended(text=by_hand.still_blocked(held))


@route("GET", "/consent-events", query=HistoryQuery, scope="read", answers={200: ConsentEvents})
def list_consent_events(call: Call, query: HistoryQuery) -> ConsentEvents:
    """The history of a mobile: who opted it out or in, or restricted it, when and by what."""
    found = consent.history(
        call.identity.team,
        e164(query.mobile),
        before=cursors.read(query.before),
        limit=query.limit + 1,
    )
    held, following = cursors.cut(found, query.limit, lambda each: each.at)
    return ConsentEvents(
        consent_events=[
            ConsentEvent(
                id=each.id,
                kind=each.kind,
                restriction=each.restriction,
                cause=each.cause,
                text=in_words(each.kind, each.cause, each.restriction, each.note),
                who=each.who,
                at=each.at,
                message=each.message,
            )
            for each in held
        ],
        next=following,
    )


def e164(raw: str) -> str:
    """The mobile in E.164, or :class:`Refusal` 400."""
    try:
        return typed(raw)
    except PhoneError as error:
        raise Refusal(400, "mobile", str(error), field="mobile") from None


def known(mobile: str) -> str:
    """The mobile, empty where its person was erased."""
    return "" if mobile.startswith(PREFIX) else mobile


def _shown(held: opt_outs.Held) -> OptOut:
    text = in_words("opted_out", held.cause)
    return OptOut(
        id=held.id,
        mobile=known(held.mobile),
        mobile_display=named(held.mobile),
        cause=held.cause,
        text=text,
        at=held.at,
    )
