"""Pictures and files of texts. Their bytes are elsewhere, named by ``sha256``."""

from collections.abc import Iterable
from typing import NamedTuple

from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction
from shared import wire

DAY_MS = 24 * 3600 * 1000
"""How long an upload waits for its text."""
_SELECT = (
    "SELECT media.id, media.content_type, media.size, media.name, media.width, media.height,"
    " media.state, media.error, media.message_id, media.user_id, media.sha256, media.team_id"
    " FROM media"
)


class Held(NamedTuple):
    """A media with what only we know. ``message`` is None for an upload that still waits."""

    media: wire.Media
    message: int | None
    user: int | None
    sha256: str
    team: int


def get(team: int, media: int) -> Held | None:
    row = one_row(_SELECT + " WHERE media.team_id = ? AND media.id = ?", (team, media))
    return _held(row) if row else None


def sent(media: int) -> Held | None:
    """A media that a user put into a text. The carrier knows no team, so this finds it by its id;
    the address that it asks at is signed."""
    row = one_row(
        _SELECT + " WHERE media.id = ? AND media.user_id IS NOT NULL"
        " AND media.message_id IS NOT NULL",
        (media,),
    )
    return _held(row) if row else None


def of_messages(team: int, messages: Iterable[int]) -> dict[int, list[wire.Media]]:
    """The media of each of these messages, in their order; one query for a page."""
    wanted = tuple(messages)
    found: dict[int, list[wire.Media]] = {}
    if not wanted:
        return found
    marks = places(wanted)
    rows = all_rows(
        _SELECT + f" WHERE media.team_id = ? AND media.message_id IN ({marks})"
        " ORDER BY media.position",
        (team, *wanted),
    )
    for held in map(_held, rows):
        found.setdefault(held.message or 0, []).append(held.media)
    return found


def waiting_of(team: int, user: int) -> int:
    """How many uploads of the user wait for their texts."""
    row = one_row(
        "SELECT count(*) FROM media WHERE team_id = ? AND message_id IS NULL AND user_id = ?",
        (team, user),
    )
    return row[0] if row else 0


def add_upload(
    tx: Transaction,
    team: int,
    user: int,
    *,
    content_type: str,
    name: str,
    size: int,
    width: int,
    height: int,
    sha256: str,
) -> int:
    """An upload that waits for its text: until ``not_before``, then it is swept."""
    (media,) = tx.execute(
        "INSERT INTO media (team_id, user_id, content_type, name, size, width, height, sha256,"
        " state, not_before, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'ready', ?, ?)"
        " RETURNING id",
        (*(team, user, content_type, name, size, width, height, sha256), now() + DAY_MS, now()),
    ).fetchone()
    return media


def attach(tx: Transaction, team: int, user: int, message: int, media: tuple[int, ...]) -> bool:
    """Make the user's waiting uploads those of the message; False when one of them is not there."""
    for position, each in enumerate(media):
        done = tx.execute(
            "UPDATE media SET message_id = ?, position = ?, not_before = 0 WHERE team_id = ?"
            " AND user_id = ? AND id = ? AND message_id IS NULL AND state = 'ready'",
            (message, position, team, user, each),
        )
        if done.rowcount != 1:
            return False
    tx.execute(
        "UPDATE message SET media_count = ? WHERE team_id = ? AND id = ?",
        (len(media), team, message),
    )
    return True


def expired(limit: int = 500) -> list[tuple[int, int]]:
    """(team, media) of uploads whose text never came."""
    return [
        (team, media)
        for team, media in all_rows(
            "SELECT team_id, id FROM media WHERE state = 'ready' AND not_before BETWEEN 1 AND ?"
            " AND message_id IS NULL LIMIT ?",
            (now(), limit),
        )
    ]


def delete(tx: Transaction, team: int, media: Iterable[int]) -> list[str]:
    """Forget these; returns the sha256 of what may have to go from the disk after the commit."""
    gone: list[str] = []
    for each in media:
        gone += [
            sha256
            for (sha256,) in tx.execute(
                "DELETE FROM media WHERE team_id = ? AND id = ? RETURNING sha256", (team, each)
            ).fetchall()
            if sha256
        ]
    return gone


def delete_waiting(tx: Transaction, team: int, media: Iterable[int]) -> list[str]:
    """As :func:`delete`, sparing those that have found their text meanwhile."""
    waiting = [
        each for each in media if (held := get(team, each)) is not None and held.message is None
    ]
    return delete(tx, team, waiting)


def delete_of_messages(tx: Transaction, team: int, messages: Iterable[int]) -> list[str]:
    """Forget the media of these messages; returns as :func:`delete` does."""
    found = of_messages(team, messages)
    return delete(tx, team, [media.id for each in found.values() for media in each])


def is_used(team: int, sha256: str) -> bool:
    """Whether a row of the team has this content."""
    row = one_row("SELECT 1 FROM media WHERE sha256 = ? AND team_id = ? LIMIT 1", (sha256, team))
    return row is not None


def named() -> list[tuple[int, str]]:
    """(team, sha256) of each content that there should be a file of, over all teams."""
    return all_rows("SELECT DISTINCT team_id, sha256 FROM media WHERE sha256 <> ''")


def _held(row: tuple) -> Held:
    media = wire.Media(
        id=row[0],
        content_type=row[1],
        size=row[2],
        name=row[3],
        width=row[4],
        height=row[5],
        state=row[6],
        error=row[7],
    )
    return Held(media, *row[8:])
