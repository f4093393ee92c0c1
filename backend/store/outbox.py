"""The outbox: texts that wait for the carrier. Its rows are the truth, queues only wake.

``scheduled`` waits for its time, ``held`` for a person's word, ``queued`` for nothing but its turn.
Wake-ups know a message alone, so what they call finds the team; everything else is told it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from backend import request_ids
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
    segments: int
    media: int
    scheduled_for: int | None
    status: str
    state: str
    attempts: int
    claimed_at: int | None
    service: str = ""
    """The Messaging Service that the number sends through, or empty."""
    ref: str = ""
    request_id: str = ""


_SELECT = (
    "SELECT message.id, message.team_id, message.conversation_id, message.author_id,"
    " conversation.person_id, number.e164, message.mobile, message.body, message.segments,"
    " message.media_count, message.scheduled_for, message.status, outbox.state,"
    " outbox.attempts, outbox.claimed_at, number.messaging_service_sid,"
    " coalesce(message.ref, ''), outbox.request_id FROM outbox"
    " JOIN message ON message.id = outbox.message_id"
    " JOIN conversation ON conversation.id = message.conversation_id"
    " JOIN number ON number.id = conversation.number_id"
)


def add(tx: Transaction, team: int, message: int, at: int | None = None) -> None:
    """Hand the text over now, or at ``at`` (ms)."""
    tx.execute(
        "INSERT INTO outbox (team_id, message_id, state, not_before, attempts, request_id)"
        " VALUES (?, ?, ?, ?, 0, ?)",
        (team, message, "queued" if at is None else "scheduled", at or 0, request_ids.current()),
    )
    _wake(tx, message, at or 0)


def claim(tx: Transaction, message: int) -> Waiting | None:
    """Take the text for handing over; None when it is taken, held, not due, or gone.

    Once this is committed the text is never handed over by anyone else, whatever happens.
    """
    done = tx.execute(
        "UPDATE outbox SET state = 'sending', claimed_at = ?, attempts = attempts + 1"
        " WHERE message_id = ? AND state IN ('queued', 'scheduled') AND not_before <= ?",
        (now(), message, now()),
    )
    return get(message) if done.rowcount else None


def get(message: int) -> Waiting | None:
    row = one_row(_SELECT + " WHERE outbox.message_id = ?", (message,))
    return Waiting(*row) if row else None


def put_back(tx: Transaction, team: int, message: int, wait: int) -> None:
    """The carrier certainly does not have it: try again after ``wait`` (ms)."""
    until = now() + wait
    tx.execute(
        "UPDATE outbox SET state = 'queued', not_before = ?, claimed_at = NULL"
        " WHERE team_id = ? AND message_id = ?",
        (until, team, message),
    )
    _wake(tx, message, until)


def schedule(tx: Transaction, team: int, message: int, at: int) -> None:
    """It waits for ``at`` (ms), whatever it waited for before; it is not with the carrier."""
    tx.execute(
        "UPDATE outbox SET state = 'scheduled', not_before = ?, attempts = 0, claimed_at = NULL"
        " WHERE team_id = ? AND message_id = ?",
        (at, team, message),
    )
    _wake(tx, message, at)


def hold(tx: Transaction, team: int, conversation: int) -> list[int]:
    """The scheduled texts of the conversation wait for a person's word from now on; which were
    not held already."""
    rows = tx.execute(
        "UPDATE outbox SET state = 'held' WHERE team_id = ? AND state = 'scheduled' AND message_id"
        " IN (SELECT id FROM message WHERE team_id = ? AND conversation_id = ?"
        " AND status = 'scheduled') RETURNING message_id",
        (team, team, conversation),
    ).fetchall()
    return [message for (message,) in rows]


def set_uncertain(tx: Transaction, team: int, message: int) -> bool:
    """The answer never came. False when the row is gone: a callback has settled it already."""
    done = tx.execute(
        "UPDATE outbox SET state = 'uncertain' WHERE team_id = ? AND message_id = ?"
        " AND state = 'sending'",
        (team, message),
    )
    return done.rowcount == 1


def doubt(tx: Transaction, claimed_at: int, due_by: int) -> list[int]:
    """Whatever may have been handed over since ``claimed_at`` (ms) by those who are not remembered
    counts as claimed then: what waits for its turn, is under way, or had to leave by ``due_by``."""
    rows = tx.execute(
        "UPDATE outbox SET state = 'sending', claimed_at = ? WHERE state IN ('queued', 'sending')"
        " OR (state = 'scheduled' AND not_before <= ?) RETURNING message_id",
        (claimed_at, due_by),
    ).fetchall()
    return sorted(message for (message,) in rows)


def claimed_now(tx: Transaction, team: int, message: int) -> None:
    """Nobody knows when it was claimed: it counts from now on."""
    tx.execute(
        "UPDATE outbox SET claimed_at = ? WHERE team_id = ? AND message_id = ?",
        (now(), team, message),
    )


def done(tx: Transaction, team: int, message: int) -> None:
    """The carrier has answered for certain, or it shall not be sent."""
    tx.execute("DELETE FROM outbox WHERE team_id = ? AND message_id = ?", (team, message))


def due(within: int = 0, page: int = 500) -> Iterator[tuple[int, int]]:
    """(message, wait in ms) of all texts that may be handed over within ``within`` (ms) of now, the
    longest due first; read ``page`` at a time, since thousands are due when quiet hours end."""
    at, after = now(), (-1, 0)
    while True:
        rows = all_rows(
            "SELECT not_before, message_id FROM outbox WHERE state IN ('queued', 'scheduled')"
            " AND not_before <= ? AND (not_before, message_id) > (?, ?)"
            " ORDER BY not_before, message_id LIMIT ?",
            (at + within, *after, page),
        )
        for not_before, message in rows:
            yield message, max(0, not_before - at)
        if len(rows) < page:
            return
        after = rows[-1]


def claimed_outside(first: int, last: int) -> list[int]:
    """Texts whose hand-over began before ``first`` and never ended: its process died. Behind
    ``last``, in the future, it began before a clock stepped back."""
    rows = all_rows(
        "SELECT message_id FROM outbox WHERE state = 'sending'"
        " AND (claimed_at < ? OR claimed_at > ?)",
        (first, last),
    )
    return [message for (message,) in rows]


def claims(team: int, mobile: str, since: int) -> set[tuple[int, int]]:
    """(message, when it was claimed) of texts to this mobile that were claimed at ``since`` (ms) or
    later, and that the carrier has not answered yet."""
    rows = all_rows(
        "SELECT outbox.message_id, outbox.claimed_at FROM outbox JOIN message"
        " ON message.id = outbox.message_id WHERE outbox.state = 'sending' AND outbox.team_id = ?"
        " AND outbox.claimed_at >= ? AND message.mobile = ?",
        (team, since, mobile),
    )
    return {(message, claimed_at) for message, claimed_at in rows}


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


def _wake(tx: Transaction, message: int, at: int) -> None:
    tx.wake("hand_over", message, wait=max(0, at - now()))
