"""Media of inbound texts that are still to be fetched from the carrier."""

from typing import NamedTuple

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction

LEASE_MS = 5 * 60_000
"""Longer than any fetch can last: whoever claimed it before has died."""


class Pending(NamedTuple):
    """``carrier_sid`` is empty until the carrier's list has told it; ``message_sid`` is the text's.
    ``attempts`` counts this one."""

    media: int
    team: int
    message: int
    message_sid: str
    carrier_sid: str
    position: int
    attempts: int


def add(tx: Transaction, team: int, message: int, sids: tuple[str, ...]) -> None:
    """One for each media of the text, whose bytes are to be fetched at once. An empty sid is to be
    looked up in the carrier's list."""
    for position, sid in enumerate(sids):
        (media,) = tx.execute(
            "INSERT INTO media (team_id, message_id, position, carrier_sid, state, not_before,"
            " created_at) VALUES (?, ?, ?, ?, 'pending', 0, ?) RETURNING id",
            (team, message, position, sid, now()),
        ).fetchone()
        tx.wake("fetch", media)


def claim(tx: Transaction, media: int) -> Pending | None:
    """Take it for fetching; None when it is taken, not due, settled or gone. A wake-up knows no
    team, so this finds it."""
    done = tx.execute(
        "UPDATE media SET attempts = attempts + 1, not_before = ? WHERE id = ?"
        " AND state = 'pending' AND not_before <= ?",
        (now() + LEASE_MS, media, now()),
    )
    if not done.rowcount:
        return None
    row = one_row(
        "SELECT media.id, media.team_id, message.id, message.carrier_sid, media.carrier_sid,"
        " media.position, media.attempts FROM media"
        " JOIN message ON message.id = media.message_id AND message.team_id = media.team_id"
        " WHERE media.id = ?",
        (media,),
    )
    return Pending(*row) if row else None


def put_back(tx: Transaction, pending: Pending, wait: int) -> None:
    """The carrier did not give it: ask again in ``wait`` ms."""
    tx.execute(
        "UPDATE media SET not_before = ? WHERE team_id = ? AND id = ? AND state = 'pending'",
        (now() + wait, pending.team, pending.media),
    )
    tx.wake("fetch", pending.media, wait=wait)


def name(tx: Transaction, pending: Pending, carrier_sid: str) -> None:
    tx.execute(
        "UPDATE media SET carrier_sid = ? WHERE team_id = ? AND id = ?",
        (carrier_sid, pending.team, pending.media),
    )


def arrived(
    tx: Transaction,
    pending: Pending,
    *,
    content_type: str,
    name: str,
    size: int,
    width: int,
    height: int,
    sha256: str,
) -> bool:
    """It is here. False when it was erased meanwhile: its bytes may not stay."""
    done = tx.execute(
        "UPDATE media SET state = 'ready', not_before = 0, error = '', content_type = ?, name = ?,"
        " size = ?, width = ?, height = ?, sha256 = ?"
        " WHERE team_id = ? AND id = ? AND state = 'pending'",
        (content_type, name, size, width, height, sha256, pending.team, pending.media),
    )
    return _told(tx, pending, done.rowcount)


def settle(tx: Transaction, pending: Pending, state: str, error: str) -> bool:
    """It will never be here: ``refused`` or ``gone``, and why. False when it was erased."""
    done = tx.execute(
        "UPDATE media SET state = ?, error = ?, not_before = 0"
        " WHERE team_id = ? AND id = ? AND state = 'pending'",
        (state, error, pending.team, pending.media),
    )
    return _told(tx, pending, done.rowcount)


def again(tx: Transaction, team: int, message: int) -> None:
    """Ask anew for what the carrier did not give of this text."""
    rows = tx.execute(
        "UPDATE media SET state = 'pending', attempts = 0, not_before = 0, error = ''"
        " WHERE team_id = ? AND message_id = ? AND state = 'gone' RETURNING id",
        (team, message),
    ).fetchall()
    for (media,) in rows:
        tx.wake("fetch", media)


def due(limit: int = 500) -> list[int]:
    """What may be fetched now, oldest first."""
    rows = all_rows(
        "SELECT id FROM media WHERE state = 'pending' AND not_before <= ?"
        " ORDER BY not_before, id LIMIT ?",
        (now(), limit),
    )
    return [media for (media,) in rows]


def _told(tx: Transaction, pending: Pending, changed: int) -> bool:
    if changed:
        tx.execute(
            "UPDATE message SET revision = revision + 1 WHERE team_id = ? AND id = ?",
            (pending.team, pending.message),
        )
    return bool(changed)
