"""Texts, inbound and outbound."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.store import crm_receipts, media
from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction
from shared import wire

SELECT = (
    "SELECT message.id, message.conversation_id, message.direction, message.status, message.body,"
    ' message.at, message.ref, message.author_id, "user".name, message.segments,'
    " message.media_count, message.error_code, message.revision, message.cost,"
    " message.scheduled_for, message.hold, message.cause,"
    # While it has a place in the outbox the carrier's list may still tell.
    " CASE WHEN message.status <> 'unknown' THEN ''"
    " WHEN EXISTS (SELECT 1 FROM outbox WHERE outbox.message_id = message.id) THEN 'looking'"
    " ELSE 'open' END,"
    # Most teams' texts are logged to no CRM: then nothing is asked of receipts.
    " EXISTS (SELECT 1 FROM activity JOIN crm_log ON crm_log.activity_id = activity.id"
    " WHERE activity.message_id = message.id)"
    ' FROM message LEFT JOIN "user" ON "user".id = message.author_id'
)
SIDS_AT_ONCE = 400
"""Asked for in one query, each twice: SQLite takes 32,766 values at most, before 3.32 999."""


def get(team: int, message: int) -> wire.Message | None:
    row = one_row(SELECT + " WHERE message.team_id = ? AND message.id = ?", (team, message))
    return of_rows(team, [row])[0] if row else None


class Known(NamedTuple):
    """A text that was sent under this ref before; the hash is of what it was then, empty for texts
    from before hashes were kept."""

    message: wire.Message
    content_hash: str


def by_ref(team: int, ref: str) -> Known | None:
    row = one_row("SELECT id, content_hash FROM message WHERE team_id = ? AND ref = ?", (team, ref))
    if row is None:
        return None
    message = get(team, row[0])
    assert message is not None
    return Known(message, row[1])


def mobile_of(team: int, message: int) -> str:
    """The other side's number as it was then; empty where there is no such text."""
    row = one_row("SELECT mobile FROM message WHERE team_id = ? AND id = ?", (team, message))
    return row[0] if row else ""


def status_of(team: int, message: int) -> str:
    """Its status alone; empty where there is no such text."""
    row = one_row("SELECT status FROM message WHERE team_id = ? AND id = ?", (team, message))
    return row[0] if row else ""


def has_sid(team: int, message: int) -> bool:
    """Whether the carrier has taken the text."""
    row = one_row(
        "SELECT 1 FROM message WHERE team_id = ? AND id = ? AND carrier_sid IS NOT NULL",
        (team, message),
    )
    return row is not None


class HandedOver(NamedTuple):
    """Which text a status callback speaks of. Callbacks know no team, so this finds it."""

    team: int
    sid: str | None
    sender: str
    recipient: str
    at: int


def handed_over(message: int) -> HandedOver | None:
    row = one_row(
        "SELECT message.team_id, message.carrier_sid, number.e164, message.mobile, message.at"
        " FROM message"
        " JOIN conversation ON conversation.id = message.conversation_id"
        " JOIN number ON number.id = conversation.number_id"
        " WHERE message.id = ? AND message.direction = 'outbound'",
        (message,),
    )
    return HandedOver(*row) if row else None


def known_sids(sids: list[str]) -> set[str]:
    """Which of these carrier sids are attached to a message, or to one that was erased."""
    found: set[str] = set()
    for start in range(0, len(sids), SIDS_AT_ONCE):
        some = sids[start : start + SIDS_AT_ONCE]
        marks = places(some)
        rows = all_rows(
            f"SELECT carrier_sid FROM message WHERE carrier_sid IN ({marks})"
            f" UNION SELECT sid FROM redaction WHERE sid IN ({marks})",
            (*some, *some),
        )
        found.update(sid for (sid,) in rows)
    return found


def page(
    team: int, conversation: int, before: int | None, limit: int
) -> tuple[list[wire.Message], bool]:
    """The newest messages before id ``before``, oldest first, and whether there are more."""
    rows = all_rows(
        SELECT + " WHERE message.team_id = ? AND message.conversation_id = ? AND message.id < ?"
        " ORDER BY message.id DESC LIMIT ?",
        (team, conversation, before or 2**62, limit + 1),
    )
    return of_rows(team, rows[:limit][::-1]), len(rows) > limit


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
    content_hash: str = "",
    scheduled_for: int | None = None,
) -> int:
    """Queue a text, or keep it for its time. The unique (team, ref) makes a second one with the
    same ref impossible."""
    status = "queued" if scheduled_for is None else "scheduled"
    (message,) = tx.execute(
        "INSERT INTO message (team_id, conversation_id, direction, status, body, mobile, ref,"
        " author_id, segments, media_count, content_hash, scheduled_for, at, revision)"
        " VALUES (?, ?, 'outbound', ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 0) RETURNING id",
        (
            *(team, conversation, status, body, mobile, ref, author, segments),
            *(content_hash, scheduled_for, now()),
        ),
    ).fetchone()
    return message


def set_status(
    tx: Transaction,
    team: int,
    message: int,
    status: str,
    *,
    sid: str | None = None,
    error_code: int | None = None,
    cause: str = "",
) -> None:
    """Write a status that :mod:`backend.messaging.status` has found to be a step forward; what no
    longer waits is not held."""
    tx.execute(
        "UPDATE message SET status = ?, carrier_sid = coalesce(carrier_sid, ?),"
        " error_code = coalesce(?, error_code), cause = ?, hold = '',"
        " revision = revision + 1 WHERE team_id = ? AND id = ?",
        (status, sid, error_code, cause[:300], team, message),
    )


def bump(tx: Transaction, team: int, message: int) -> None:
    """Note that something shown of the text changed."""
    tx.execute(
        "UPDATE message SET revision = revision + 1 WHERE team_id = ? AND id = ?", (team, message)
    )


def of_rows(team: int, rows: Sequence[tuple]) -> list[wire.Message]:
    """The texts of rows of :data:`SELECT`, with their media and receipts: a query for all of them
    each, and none where no text has any."""
    found = [_from_row(row) for row in rows]
    by_text = media.of_messages(team, [each.id for each in found if each.media_count])
    receipts = crm_receipts.of_messages(team, [row[0] for row in rows if row[-1]])
    for each in found:
        each.media = by_text.get(each.id, [])
        each.receipt = receipts.get(each.id)
    return found


def _from_row(row: tuple) -> wire.Message:
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
        cost=row[13],
        scheduled_for=row[14],
        hold=row[15],
        error=row[16],
        doubt=row[17],
    )
