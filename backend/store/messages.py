"""Texts, inbound and outbound."""

from typing import NamedTuple

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction
from shared import wire

_SELECT = (
    "SELECT message.id, message.conversation_id, message.direction, message.status, message.body,"
    ' message.at, message.ref, message.author_id, "user".name, message.segments,'
    " message.media_count, message.error_code, message.revision"
    ' FROM message LEFT JOIN "user" ON "user".id = message.author_id'
)


def get(team: int, message: int) -> wire.Message | None:
    row = one_row(_SELECT + " WHERE message.team_id = ? AND message.id = ?", (team, message))
    return from_row(row) if row else None


def by_ref(team: int, ref: str) -> wire.Message | None:
    row = one_row(_SELECT + " WHERE message.team_id = ? AND message.ref = ?", (team, ref))
    return from_row(row) if row else None


class HandedOver(NamedTuple):
    """Which text a status callback speaks of. Callbacks know no team, so this finds it."""

    team: int
    sid: str | None
    sender: str
    recipient: str


def handed_over(message: int) -> HandedOver | None:
    row = one_row(
        "SELECT message.team_id, message.carrier_sid, number.e164, message.mobile FROM message"
        " JOIN conversation ON conversation.id = message.conversation_id"
        " JOIN number ON number.id = conversation.number_id"
        " WHERE message.id = ? AND message.direction = 'outbound'",
        (message,),
    )
    return HandedOver(*row) if row else None


def known_sids(sids: list[str]) -> set[str]:
    """Which of these carrier sids are attached to a message."""
    marks = ",".join("?" * len(sids))
    rows = all_rows(f"SELECT carrier_sid FROM message WHERE carrier_sid IN ({marks})", tuple(sids))
    return {sid for (sid,) in rows}


def page(
    team: int, conversation: int, before: int | None, limit: int
) -> tuple[list[wire.Message], bool]:
    """The newest messages before id ``before``, oldest first, and whether there are more."""
    rows = all_rows(
        _SELECT + " WHERE message.team_id = ? AND message.conversation_id = ? AND message.id < ?"
        " ORDER BY message.id DESC LIMIT ?",
        (team, conversation, before or 2**62, limit + 1),
    )
    return [from_row(row) for row in reversed(rows[:limit])], len(rows) > limit


def add_inbound(
    tx: Transaction,
    team: int,
    conversation: int,
    *,
    sid: str,
    mobile: str,
    body: str,
    segments: int,
    media_count: int,
    at: int,
) -> int:
    """File a text that arrived. The unique ``sid`` makes a second one impossible."""
    (message,) = tx.execute(
        "INSERT INTO message (team_id, conversation_id, direction, status, body, mobile,"
        " carrier_sid, segments, media_count, at, revision)"
        " VALUES (?, ?, 'inbound', 'received', ?, ?, ?, ?, ?, ?, 0) RETURNING id",
        (team, conversation, body, mobile, sid, segments, media_count, at),
    ).fetchone()
    return message


def add_outbound(
    tx: Transaction,
    team: int,
    conversation: int,
    *,
    author: int | None,
    ref: str,
    body: str,
    mobile: str,
    segments: int,
) -> int:
    """Queue a text. The unique (team, ref) makes a second one with the same ref impossible."""
    (message,) = tx.execute(
        "INSERT INTO message (team_id, conversation_id, direction, status, body, mobile, ref,"
        " author_id, segments, media_count, at, revision)"
        " VALUES (?, ?, 'outbound', 'queued', ?, ?, ?, ?, ?, 0, ?, 0) RETURNING id",
        (team, conversation, body, mobile, ref, author, segments, now()),
    ).fetchone()
    return message


def set_status(
    tx: Transaction,
    message: int,
    status: str,
    *,
    sid: str | None = None,
    error_code: int | None = None,
    segments: int | None = None,
) -> None:
    """Write a status that :mod:`backend.messaging.status` has found to be a step forward."""
    tx.execute(
        "UPDATE message SET status = ?, carrier_sid = coalesce(carrier_sid, ?),"
        " error_code = coalesce(?, error_code), segments = coalesce(?, segments),"
        " revision = revision + 1 WHERE id = ?",
        (status, sid, error_code, segments, message),
    )


def from_row(row: tuple) -> wire.Message:
    return wire.Message(
        id=row[0],
        conversation=row[1],
        direction=row[2],
        status=row[3],
        body=row[4],
        at=row[5],
        ref=row[6] or "",
        author_id=row[7],
        author=row[8] or "",
        segments=row[9],
        media_count=row[10],
        error_code=row[11],
        revision=row[12],
    )
