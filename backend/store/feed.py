"""The durable feed of each user: events with a sequence number that has no gaps."""

from collections.abc import Callable

from backend.ports import Event
from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction

LONGEST_REPLAY = 1000
"""A client that missed more than this is told to start afresh: it is quicker for both sides."""
KEPT_MS = 7 * 24 * 3600 * 1000
_AFRESH = 1_000_000
_OLD = "SELECT user_id FROM feed_event WHERE at < ?"


def append(tx: Transaction, user: int, frame: Callable[[int], bytes]) -> int:
    """Add one event to the user's feed and return its seq; ``frame`` encodes it for that seq."""
    (seq,) = tx.execute(
        "INSERT INTO feed_cursor (user_id, seq, pruned) VALUES (?, 1, 0)"
        " ON CONFLICT (user_id) DO UPDATE SET seq = feed_cursor.seq + 1 RETURNING seq",
        (user,),
    ).fetchone()
    data = frame(seq)
    tx.execute(
        "INSERT INTO feed_event (user_id, seq, frame, at) VALUES (?, ?, ?, ?)",
        (user, seq, data, now()),
    )
    tx.events.append(Event(user, seq, data))
    return seq


def position(user: int) -> int:
    """The seq of the user's latest event; 0 before the first."""
    row = one_row("SELECT seq FROM feed_cursor WHERE user_id = ?", (user,))
    return row[0] if row else 0


def positions(users: list[int]) -> dict[int, int]:
    """The latest seq of each of these users who has a feed."""
    found: dict[int, int] = {}
    for start in range(0, len(users), 500):
        part = users[start : start + 500]
        marks = places(part)
        found.update(
            all_rows(
                f"SELECT user_id, seq FROM feed_cursor WHERE user_id IN ({marks})", tuple(part)
            )
        )
    return found


def made_at(user: int, seq: int) -> int | None:
    """When (ms) the event was added; None for one that is not kept."""
    row = one_row("SELECT at FROM feed_event WHERE user_id = ? AND seq = ?", (user, seq))
    return row[0] if row else None


def can_replay(user: int, seq: int) -> bool:
    """Whether the events behind ``seq`` are all here and few enough to send one by one."""
    row = one_row("SELECT seq, pruned FROM feed_cursor WHERE user_id = ?", (user,))
    latest, pruned = row or (0, 0)
    return pruned <= seq <= latest and latest - seq <= LONGEST_REPLAY


def after(user: int, seq: int) -> list[Event] | None:
    """The events behind ``seq``, oldest first; None when they cannot be replayed: too old, too
    many, or a seq that this feed never reached (a database restored from a backup)."""
    rows = all_rows(
        "SELECT seq, frame FROM feed_event WHERE user_id = ? AND seq > ? ORDER BY seq LIMIT ?",
        (user, seq, LONGEST_REPLAY),
    )
    # Asked behind the reading: pruning only moves on, so what was read then has no hole.
    if not can_replay(user, seq):
        return None
    return [Event(user, each, bytes(frame)) for each, frame in rows]


def begin_afresh(tx: Transaction) -> None:
    """Every feed goes on behind all that a client can have seen, and nothing before is
    replayed: seqs that were told since a backup was made would be told again, of other events."""
    tx.execute("DELETE FROM feed_event")
    tx.execute(f"UPDATE feed_cursor SET seq = seq + {_AFRESH}, pruned = seq + {_AFRESH}")


def prune(tx: Transaction, before: int) -> int:
    """Forget events from before ``before`` (ms); returns how many."""
    # Whose events are old is asked of the index: a minute without any must cost the writer nothing.
    tx.execute(
        "UPDATE feed_cursor SET pruned = (SELECT max(seq) FROM feed_event"
        " WHERE feed_event.user_id = feed_cursor.user_id AND at < ?)"
        f" WHERE user_id IN ({_OLD})",
        (before, before),
    )
    # Whatever stands before the mark goes with it, so that a clock that stepped leaves no hole.
    return tx.execute(
        f"DELETE FROM feed_event WHERE user_id IN ({_OLD})"
        " AND seq <= (SELECT pruned FROM feed_cursor"
        " WHERE feed_cursor.user_id = feed_event.user_id)",
        (before,),
    ).rowcount
