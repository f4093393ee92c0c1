"""Texts of which nobody knows whether they were sent."""

from typing import NamedTuple

from backend.store.rows import all_rows, one_row
from backend.store.writer import Transaction

_SELECT = (
    "SELECT message.id, message.conversation_id, message.status, message.author_id,"
    " coalesce(\"user\".name, ''), coalesce(message.ref, ''), conversation.person_id,"
    " person.name, message.mobile, number.e164, message.body, message.media_count, message.at,"
    " EXISTS (SELECT 1 FROM outbox WHERE outbox.message_id = message.id) FROM message"
    " JOIN conversation ON conversation.id = message.conversation_id"
    " JOIN person ON person.id = conversation.person_id"
    " JOIN number ON number.id = conversation.number_id"
    ' LEFT JOIN "user" ON "user".id = message.author_id'
    " WHERE message.team_id = ?"
)


class Doubt(NamedTuple):
    """``author`` is None for a text of ours; ``looking`` while the carrier's list may still tell.
    ``number`` is the one that it is from."""

    message: int
    conversation: int
    status: str
    author: int | None
    author_name: str
    ref: str
    person: int
    name: str
    mobile: str
    number: str
    body: str
    media: int
    at: int
    looking: bool


def get(team: int, message: int) -> Doubt | None:
    """A text that we have sent or may have sent, in doubt or not."""
    row = one_row(
        _SELECT + " AND message.id = ? AND message.direction = 'outbound'", (team, message)
    )
    return _of(row) if row else None


def page(team: int, *, before: int | None, limit: int) -> list[Doubt]:
    """Those in doubt, the latest first, behind the text ``before``."""
    rows = all_rows(
        _SELECT + " AND message.status = 'unknown' AND message.id < ?"
        " ORDER BY message.id DESC LIMIT ?",
        (team, before or 2**62, limit),
    )
    return [_of(row) for row in rows]


def left_to_people(limit: int = 500) -> list[tuple[int, int]]:
    """(team, message) of those that are not looked for in the outbox any more, the latest first:
    what the carrier lists late is rather theirs than an older one's."""
    rows = all_rows(
        "SELECT team_id, id FROM message WHERE status = 'unknown' AND NOT EXISTS"
        " (SELECT 1 FROM outbox WHERE outbox.message_id = message.id)"
        " ORDER BY at DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [(team, message) for team, message in rows]


def copy_media(tx: Transaction, team: int, message: int, to: int) -> None:
    """Give the text ``to`` the media of another one of ours."""
    tx.execute(
        "INSERT INTO media (team_id, message_id, user_id, position, content_type, name, size,"
        " width, height, sha256, carrier_sid, state, error, attempts, not_before, created_at)"
        " SELECT team_id, ?, user_id, position, content_type, name, size, width, height, sha256,"
        " carrier_sid, state, error, 0, 0, created_at FROM media WHERE team_id = ?"
        " AND message_id = ? ORDER BY position",
        (to, team, message),
    )
    tx.execute(
        "UPDATE message SET media_count = (SELECT count(*) FROM media WHERE team_id = ?"
        " AND message_id = ?) WHERE team_id = ? AND id = ?",
        (team, to, team, to),
    )


def _of(row: tuple) -> Doubt:
    return Doubt(*row)._replace(looking=bool(row[-1]))
