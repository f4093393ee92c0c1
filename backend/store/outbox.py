"""The outbox: texts that wait for the carrier. Its rows are the truth, queues only wake."""

from typing import NamedTuple

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction


class Waiting(NamedTuple):
    """A text to hand over, with the numbers as they were when it was written."""

    message: int
    team: int
    conversation: int
    author: int | None
    person: int
    sender: str
    recipient: str
    body: str
    state: str
    attempts: int
    claimed_at: int | None


_SELECT = (
    "SELECT message.id, message.team_id, message.conversation_id, message.author_id,"
    " conversation.person_id, number.e164, message.mobile, message.body, outbox.state,"
    " outbox.attempts, outbox.claimed_at FROM outbox"
    " JOIN message ON message.id = outbox.message_id"
    " JOIN conversation ON conversation.id = message.conversation_id"
    " JOIN number ON number.id = conversation.number_id"
)


def add(tx: Transaction, team: int, message: int) -> None:
    tx.execute(
        "INSERT INTO outbox (team_id, message_id, state, not_before, attempts)"
        " VALUES (?, ?, 'queued', 0, 0)",
        (team, message),
    )
    tx.hand_overs.append((message, 0))


def claim(tx: Transaction, message: int) -> Waiting | None:
    """Take the text for handing over; None when it is taken, not due, or gone.

    Once this is committed the text is never handed over by anyone else, whatever happens.
    """
    done = tx.execute(
        "UPDATE outbox SET state = 'sending', claimed_at = ?, attempts = attempts + 1"
        " WHERE message_id = ? AND state = 'queued' AND not_before <= ?",
        (now(), message, now()),
    )
    return get(message) if done.rowcount else None


def get(message: int) -> Waiting | None:
    row = one_row(_SELECT + " WHERE outbox.message_id = ?", (message,))
    return Waiting(*row) if row else None


def put_back(tx: Transaction, message: int, wait: int) -> None:
    """The carrier certainly does not have it: try again after ``wait`` (ms)."""
    tx.execute(
        "UPDATE outbox SET state = 'queued', not_before = ?, claimed_at = NULL"
        " WHERE message_id = ?",
        (now() + wait, message),
    )
    tx.hand_overs.append((message, wait))


def set_uncertain(tx: Transaction, message: int) -> bool:
    """The answer never came. False when the row is gone: a callback has settled it already."""
    done = tx.execute(
        "UPDATE outbox SET state = 'uncertain' WHERE message_id = ? AND state = 'sending'",
        (message,),
    )
    return done.rowcount == 1


def done(tx: Transaction, message: int) -> None:
    """The carrier has answered for certain."""
    tx.execute("DELETE FROM outbox WHERE message_id = ?", (message,))


def due(limit: int = 500) -> list[int]:
    """Messages that may be handed over now, oldest first."""
    rows = all_rows(
        "SELECT message_id FROM outbox WHERE state = 'queued' AND not_before <= ?"
        " ORDER BY message_id LIMIT ?",
        (now(), limit),
    )
    return [message for (message,) in rows]


def claimed_before(instant: int) -> list[int]:
    """Texts whose hand-over began before ``instant`` and never ended: its process died."""
    rows = all_rows(
        "SELECT message_id FROM outbox WHERE state = 'sending' AND claimed_at < ?", (instant,)
    )
    return [message for (message,) in rows]


def in_flight(sender: str, recipient: str, body: str) -> bool:
    """Whether such a text is with the carrier right now, its answer still to come."""
    row = one_row(
        _SELECT + " WHERE outbox.state = 'sending' AND number.e164 = ? AND message.mobile = ?"
        " AND message.body = ? LIMIT 1",
        (sender, recipient, body),
    )
    return row is not None


def uncertain() -> list[Waiting]:
    """Texts of which nobody knows whether the carrier has them."""
    rows = all_rows(_SELECT + " WHERE outbox.state = 'uncertain' ORDER BY message.id LIMIT 500")
    return [Waiting(*row) for row in rows]
