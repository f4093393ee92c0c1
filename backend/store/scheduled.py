"""Texts that wait for their time: what is written of them, and which there are."""

from backend.store.conversations import SEEN, seen_by
from backend.store.messages import SELECT, of_rows
from backend.store.rows import all_rows
from backend.store.writer import Transaction
from shared import wire


def set_waiting(
    tx: Transaction, team: int, message: int, scheduled_for: int, hold: wire.Hold = ""
) -> bool:
    """The text waits for ``scheduled_for`` (ms), whether or not it has waited before; False, and
    nothing is written, where the carrier has it or may have it."""
    done = tx.execute(
        "UPDATE message SET status = 'scheduled', scheduled_for = ?, hold = ?,"
        " revision = revision + 1 WHERE team_id = ? AND id = ? AND carrier_sid IS NULL"
        " AND status IN ('scheduled', 'queued', 'sending')",
        (scheduled_for, hold, team, message),
    )
    return done.rowcount == 1


def set_hold(tx: Transaction, team: int, message: int, hold: wire.Hold) -> None:
    tx.execute(
        "UPDATE message SET hold = ?, revision = revision + 1 WHERE team_id = ? AND id = ?",
        (hold, team, message),
    )


def set_body(tx: Transaction, team: int, message: int, body: str, segments: int) -> None:
    """Other words for a text that has not been sent; :func:`set_waiting` follows."""
    tx.execute(
        "UPDATE message SET body = ?, segments = ? WHERE team_id = ? AND id = ?",
        (body, segments, team, message),
    )


def set_sent_at(tx: Transaction, team: int, message: int, at: int) -> None:
    """The text goes out at ``at`` (ms): that, not when it was written, is its time."""
    tx.execute("UPDATE message SET at = ? WHERE team_id = ? AND id = ?", (at, team, message))


def to_mobile(team: int, mobile: str) -> list[tuple[int, int]]:
    """(message, conversation) of the texts to this mobile that wait."""
    return all_rows(
        "SELECT message.id, conversation_id FROM message"
        " JOIN conversation ON conversation.id = message.conversation_id"
        " WHERE message.team_id = ? AND message.status = 'scheduled' AND message.mobile = ?"
        " ORDER BY message.id",
        (team, mobile),
    )


def page(team: int, user: int, *, before: tuple[int, int] | None, limit: int) -> list[wire.Message]:
    """The texts that wait in conversations that the user sees, the next one first. ``before`` is
    (scheduled_for, id) of the last one held."""
    sql = (
        SELECT + " JOIN conversation ON conversation.id = message.conversation_id"
        " WHERE message.team_id = ? AND message.status = 'scheduled'" + SEEN
    )
    values: list[object] = [team, *seen_by(team, user)]
    if before:
        sql += " AND (message.scheduled_for, message.id) > (?, ?)"
        values += before
    sql += " ORDER BY message.scheduled_for, message.id LIMIT ?"
    return of_rows(team, all_rows(sql, (*values, limit)))
