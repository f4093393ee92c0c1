"""A text of which nobody knows whether it was sent. First the carrier's list may tell; after that a
person says, who can ask whom it was for. Nothing is ever sent again without one."""

from backend.licensing import may_message
from backend.messaging import billing, events, outbound, status
from backend.messaging.errors import SENT_AGAIN
from backend.messaging.gate import Request, Road
from backend.store import audit, conversations, decisions, doubts, messages
from backend.store.audit import Actor
from backend.store.doubts import Doubt
from backend.store.writer import Transaction, Writer
from backend.team.faults import NotThere, Refused
from shared.wire import Blocked, Message, SettledAs

NOT_SENT = "It was not sent: somebody has made sure."
REF = "again:"
"""Begins the ref of what is sent again: one text for each, however often it is asked for. No
client's ref holds a colon."""


def settle(
    writer: Writer, actor: Actor, message: int, answer: SettledAs, *, user: int | None = None
) -> Message:
    """Say what became of a text in doubt; returns it as it stands then. Raises :class:`NotThere`,
    and :class:`Refused` where it is not for a person to say, or the gate is against sending it
    again. ``user`` says so as one of those who text from its number; an admin of every text."""
    blocked = writer(lambda tx: _settle(tx, actor, message, answer, user))
    if blocked is not None:
        # The decision is on disk by now.
        raise Refused(f"It can’t be sent again. {blocked.text}")
    settled = messages.get(actor.team, message)
    if settled is None:  # erased since
        raise NotThere(message)
    return events.explained(settled)


def _settle(
    tx: Transaction, actor: Actor, message: int, answer: SettledAs, user: int | None
) -> Blocked | None:
    held = doubts.get(actor.team, message)
    if held is None or (user is not None and not _talks(actor.team, user, held)):
        raise NotThere(message)
    if held.status != "unknown":
        raise Refused("What became of it is known by now.")
    if held.looking:
        raise Refused(
            "The carrier’s list is still looked through. Wait a quarter of an hour, then say."
        )
    if answer == "again":
        # The gate is asked for its author, in whose name it goes.
        barred = may_message(actor.team, user) if user is not None else None
        if barred is not None:
            raise Refused(barred.text)
        blocked = _again(tx, actor.team, held)
        if blocked is not None:
            return blocked
    elif answer == "sent":
        status.advance(tx, actor.team, message, "sent")
    else:
        status.advance(tx, actor.team, message, "failed", cause=NOT_SENT)
        billing.taken_back(tx, actor.team, message)
    audit.add(tx, actor, "message.settled", f"text {message}", after={"answer": answer})
    return None


def _talks(team: int, user: int, held: Doubt) -> bool:
    return conversations.get_for(team, user, held.conversation) is not None


def _again(tx: Transaction, team: int, held: Doubt) -> Blocked | None:
    """Queue it as another text, if the gate lets its author send it now."""
    if held.author is None:
        raise Refused("Repline wrote it itself: it is not sent again.")
    road: Road = "api" if decisions.composed_by(team, held.message) == "api" else "pane"
    request = Request(
        *(team, held.author, held.person, held.number, held.mobile, held.body),
        media=held.media,
        road=road,
    )
    made = outbound.queue(
        *(tx, request, held.conversation, f"{REF}{held.message}"),
        lambda message: doubts.copy_media(tx, team, held.message, message),
    )
    if isinstance(made, Blocked):
        return made
    # What the first one may have cost stays counted: it may have been sent.
    status.advance(tx, team, held.message, "failed", cause=SENT_AGAIN)
    return None
