"""Texts that the carrier has and of which it has not said for long what became of them."""

from typing import NamedTuple

from backend.store.rows import all_rows, now
from backend.store.writer import Transaction


class Asked(NamedTuple):
    """A text to ask the carrier for; ``asks`` counts this time."""

    team: int
    message: int
    sid: str
    asks: int


class Silent(NamedTuple):
    """A text that nobody asks for any more. ``since`` (ms) is when that was decided."""

    message: int
    status: str
    name: str
    mobile: str
    number: str
    body: str
    at: int
    since: int
    cause: str


def silent(since: int, until: int, limit: int) -> list[tuple[int, int]]:
    """(team, message) of texts from between ``since`` and ``until`` (ms) whose status is not final
    and of which no note was taken yet, whosever they are."""
    return all_rows(
        "SELECT message.team_id, message.id FROM message"
        " LEFT JOIN status_ask ON status_ask.message_id = message.id"
        " WHERE message.status IN ('sending', 'sent') AND message.at BETWEEN ? AND ?"
        " AND message.carrier_sid IS NOT NULL AND message.direction = 'outbound'"
        " AND status_ask.message_id IS NULL ORDER BY message.at LIMIT ?",
        (since, until, limit),
    )


def add(tx: Transaction, team: int, message: int) -> None:
    """From now on it is asked for."""
    tx.execute(
        "INSERT INTO status_ask (team_id, message_id, asks, not_before) SELECT team_id, id, 0, ?"
        " FROM message WHERE team_id = ? AND id = ? ON CONFLICT (message_id) DO NOTHING",
        (now(), team, message),
    )


def due(limit: int) -> list[int]:
    """Texts that are to be asked for by now."""
    rows = all_rows(
        "SELECT message_id FROM status_ask WHERE given_up_at IS NULL AND not_before <= ?"
        " ORDER BY not_before, message_id LIMIT ?",
        (now(), limit),
    )
    return [message for (message,) in rows]


def claim(tx: Transaction, message: int, until: int) -> Asked | None:
    """Take it for asking; nobody else asks before ``until`` (ms). None when somebody has."""
    row = tx.execute(
        "UPDATE status_ask SET asks = asks + 1, not_before = ? WHERE message_id = ?"
        " AND given_up_at IS NULL AND not_before <= ? RETURNING team_id, message_id,"
        " (SELECT carrier_sid FROM message WHERE message.id = status_ask.message_id), asks",
        (until, message, now()),
    ).fetchone()
    return Asked(*row) if row else None


def wait(tx: Transaction, asked: Asked, until: int, *, counted: bool = True) -> None:
    """Ask again at ``until`` (ms); a time that the carrier did not answer is not counted."""
    tx.execute(
        "UPDATE status_ask SET not_before = ?, asks = ? WHERE team_id = ? AND message_id = ?",
        (until, asked.asks if counted else asked.asks - 1, asked.team, asked.message),
    )


def done(tx: Transaction, team: int, message: int) -> None:
    """What became of it is known."""
    tx.execute("DELETE FROM status_ask WHERE team_id = ? AND message_id = ?", (team, message))


def give_up(tx: Transaction, asked: Asked, cause: str) -> None:
    """Nobody asks any more; it is shown so."""
    tx.execute(
        "UPDATE status_ask SET given_up_at = ?, cause = ? WHERE team_id = ? AND message_id = ?",
        (now(), cause[:200], asked.team, asked.message),
    )


def given_up(team: int, *, before: int | None, limit: int) -> list[Silent]:
    """The team's texts that nobody asks for any more, the latest first, behind text ``before``."""
    rows = all_rows(
        "SELECT message.id, message.status, person.name, message.mobile, number.e164,"
        " message.body, message.at, status_ask.given_up_at, status_ask.cause FROM status_ask"
        " JOIN message ON message.id = status_ask.message_id"
        " JOIN conversation ON conversation.id = message.conversation_id"
        " JOIN person ON person.id = conversation.person_id"
        " JOIN number ON number.id = conversation.number_id"
        " WHERE status_ask.team_id = ? AND status_ask.given_up_at IS NOT NULL AND message.id < ?"
        " AND message.status IN ('sending', 'sent') ORDER BY message.id DESC LIMIT ?",
        (team, before or 2**62, limit),
    )
    return [Silent(*row) for row in rows]


def prune(tx: Transaction, before: int) -> None:
    """Forget those that were given up before ``before`` (ms)."""
    tx.execute("DELETE FROM status_ask WHERE given_up_at < ?", (before,))
