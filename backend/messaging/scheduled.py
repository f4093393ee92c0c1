"""Texts that wait for their time: changed, kept, taken back, put off and, at their time, let go.

All of it happens inside the writer, so a change and the promotion never both win: whichever comes
second finds the text in another state.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backend.messaging import events, gate, segments, status
from backend.messaging.gate import Request, Road
from backend.messaging.outbound import GateRefused, NotFound, enter, later
from backend.store import conversations, messages, outbox, scheduled, users
from backend.store.outbox import Waiting
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from shared import wire


class TooLate(Exception):
    """The text waits no longer; the message says what became of it."""


class NotYours(Exception):
    """Another user's text, and no admin who asks."""


@dataclass(frozen=True)
class Change:
    """Who asks for a change, of which text and by which road."""

    team: int
    user: int
    message: int
    road: Road


_BECAME = {
    "canceled": "This text has been canceled.",
    "failed": "This text was not sent.",
    "received": "This text was received.",
}


def edit(writer: Writer, change: Change, body: str | None, at: int | None) -> wire.Message:
    """Other words, another time; None leaves what is there, and a time that is now sends it.
    Whoever edits a held text has seen the reply, so it is held no more. Raises NotFound, NotYours,
    TooLate, BadTime, GateRefused."""

    def work(tx: Transaction, held: wire.Message) -> wire.Blocked | None:
        words = held.body if body is None else body
        due = later(max(held.scheduled_for or 0, now()) if at is None else at)
        blocked = _ask(tx, change, held, words, due)
        if blocked is None:
            scheduled.set_body(tx, change.team, held.id, words, segments.measure(words).count)
            _wait(tx, change.team, held, due or now())
        return blocked

    return _change(writer, change, work)


def keep(writer: Writer, change: Change) -> wire.Message:
    """Send it although they have answered: at its time, or now if that has passed, or in quiet
    hours when these end. What is not held stays as it is. Raises as :func:`edit` does."""

    def work(tx: Transaction, held: wire.Message) -> wire.Blocked | None:
        if held.hold != "reply":
            return None
        moment = now()
        due = max(held.scheduled_for or 0, moment)
        blocked = _ask(tx, change, held, held.body, due if due > moment else None)
        if blocked is None:
            _wait(tx, change.team, held, due)
        elif blocked.reason == "quiet_hours" and blocked.until is not None:
            _wait(tx, change.team, held, blocked.until, "quiet_hours")
            return None
        return blocked

    return _change(writer, change, work)


def cancel(writer: Writer, change: Change) -> wire.Message:
    """It will not be sent. Once canceled it stays so, however often it is asked. Raises NotFound,
    NotYours, TooLate."""

    def work(tx: Transaction, held: wire.Message) -> None:
        if held.status != "canceled":
            _cancel(tx, change.team, held.id, held.conversation, "")

    return _change(writer, change, work, besides="canceled")


def cancel_all(tx: Transaction, team: int, mobile: str, why: str) -> int:
    """Cancel every text that waits to go to this mobile, with the reason in words for the rep;
    returns how many."""
    found = scheduled.to_mobile(team, mobile)
    for message, conversation in found:
        _cancel(tx, team, message, conversation, why)
    return len(found)


def hold_for_reply(tx: Transaction, team: int, conversation: int) -> None:
    """Somebody has answered: what still waits in the conversation is not sent before a person has
    said that it still fits."""
    for message in outbox.hold(tx, team, conversation):
        scheduled.set_hold(tx, team, message, "reply")
        events.message_updated(tx, team, message)


def put_off(tx: Transaction, waiting: Waiting, until: int, hold: wire.Hold = "") -> None:
    """When the text's turn comes something forbids it that is over at ``until`` (ms), such as the
    recipient's quiet hours: it waits for that."""
    held = messages.get(waiting.team, waiting.message)
    if held is not None:
        _wait(tx, waiting.team, held, until, hold)


def let_go(tx: Transaction, waiting: Waiting) -> None:
    """Its time has come and the gate lets it pass: now it is part of the conversation."""
    team, conversation = waiting.team, waiting.conversation
    scheduled.set_sent_at(tx, team, waiting.message, now())
    enter(tx, team, conversation, waiting.person, waiting.message, waiting.body)
    status.advance(tx, team, waiting.message, "sending")
    events.conversation_updated(tx, team, conversation)


def _change(
    writer: Writer,
    change: Change,
    work: Callable[[Transaction, wire.Message], wire.Blocked | None],
    besides: wire.Status | None = None,
) -> wire.Message:
    """Do ``work`` on a text that waits, or has the status ``besides``; returns it as it stands."""

    def whole(tx: Transaction) -> wire.Message | wire.Blocked:
        blocked = work(tx, _waiting(change, besides))
        if blocked is not None:
            return blocked
        made = messages.get(change.team, change.message)
        assert made is not None
        return events.explained(made)

    outcome = writer(whole)
    if isinstance(outcome, wire.Blocked):
        raise GateRefused(outcome)
    return outcome


def _waiting(change: Change, besides: wire.Status | None) -> wire.Message:
    held = messages.get(change.team, change.message)
    if held is None or not conversations.get_for(change.team, change.user, held.conversation):
        raise NotFound("There is no such text.")
    account = users.account(change.team, change.user)
    if held.author_id != change.user and (account is None or account[0].role != "admin"):
        raise NotYours("Only who wrote this text, or an admin, can change it.")
    if held.status not in ("scheduled", besides):
        raise TooLate(_BECAME.get(held.status, "This text has been sent already."))
    return held


def _ask(
    tx: Transaction, change: Change, held: wire.Message, body: str, at: int | None
) -> wire.Blocked | None:
    waiting = outbox.get(held.id)
    assert waiting is not None, "a text that waits is in the outbox"
    request = Request(
        *(change.team, waiting.author, waiting.person, waiting.sender, waiting.recipient, body),
        media=held.media_count,
        at=at,
        road=change.road,
    )
    return gate.ask(tx, request, "compose", held.id).blocked


def _wait(tx: Transaction, team: int, held: wire.Message, until: int, hold: wire.Hold = "") -> None:
    if status.wait(tx, team, held.id, until, hold) and held.status != "scheduled":
        recount(tx, team, held.conversation)


def _cancel(tx: Transaction, team: int, message: int, conversation: int, why: str) -> None:
    outbox.done(tx, team, message)
    status.advance(tx, team, message, "canceled", cause=why)
    recount(tx, team, conversation)


def recount(tx: Transaction, team: int, conversation: int) -> None:
    """How many wait is shown with the conversation."""
    conversations.bump_one(tx, team, conversation)
    events.conversation_updated(tx, team, conversation)
