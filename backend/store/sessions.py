"""Sessions: the sign-in of one browser, a chain of refresh tokens of which the latest is good."""

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from backend.store import pushes
from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction

_ALIVE = (
    ' session.ended_at IS NULL AND session.expires_at > ? AND EXISTS (SELECT 1 FROM "user"'
    ' WHERE "user".id = session.user_id AND "user".team_id = session.team_id'
    ' AND "user".disabled_at IS NULL)'
)


class Chain(NamedTuple):
    """A session that is alive. Hashes are of refresh tokens; ``rotated_at`` in ms."""

    id: int
    team: int
    user: int
    token_hash: str
    previous_hash: str | None
    rotated_at: int


def start(tx: Transaction, team: int, user: int, *, client: str, expires_at: int) -> int:
    """A new session's id. It has no refresh token before :func:`rotate` gives it one."""
    at = now()
    (session,) = tx.execute(
        "INSERT INTO session (team_id, user_id, token_hash, rotated_at, client, created_at,"
        " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (team, user, secrets.token_hex(32), at, client, at, expires_at),
    ).fetchone()
    return session


def rotate(tx: Transaction, team: int, session: int, previous: str | None, token: str) -> None:
    """From now on the refresh token with the hash ``token`` is the good one."""
    tx.execute(
        "UPDATE session SET token_hash = ?, previous_hash = ?, rotated_at = ?"
        " WHERE team_id = ? AND id = ?",
        (token, previous, now(), team, session),
    )


def chain(session: int) -> Chain | None:
    """The session whose refresh token was presented; None when it has ended, for any reason."""
    row = one_row(
        "SELECT id, team_id, user_id, token_hash, previous_hash, rotated_at FROM session"
        " WHERE id = ? AND" + _ALIVE,
        (session, now()),
    )
    return Chain(*row) if row else None


def by_token(token_hash: str) -> Chain | None:
    """The session whose latest token has this hash; None when it has ended, for any reason."""
    row = one_row(
        "SELECT id, team_id, user_id, token_hash, previous_hash, rotated_at FROM session"
        " WHERE token_hash = ? AND" + _ALIVE,
        (token_hash, now()),
    )
    return Chain(*row) if row else None


def times(team: int, session: int) -> tuple[int, int] | None:
    """(created, expires) of a session, in ms."""
    row = one_row(
        "SELECT created_at, expires_at FROM session WHERE team_id = ? AND id = ?", (team, session)
    )
    return (row[0], row[1]) if row else None


def extend(tx: Transaction, team: int, session: int, expires_at: int) -> None:
    tx.execute(
        "UPDATE session SET expires_at = ? WHERE team_id = ? AND id = ?",
        (expires_at, team, session),
    )


def alive(team: int, user: int, session: int) -> bool:
    row = one_row(
        "SELECT 1 FROM session WHERE team_id = ? AND user_id = ? AND id = ? AND" + _ALIVE,
        (team, user, session, now()),
    )
    return row is not None


def ended(sessions: Sequence[int]) -> list[int]:
    """Those of these sessions that are no longer alive."""
    living: set[int] = set()
    for begin in range(0, len(sessions), 500):
        part = sessions[begin : begin + 500]
        marks = places(part)
        found = all_rows(
            f"SELECT id FROM session WHERE id IN ({marks}) AND" + _ALIVE, (*part, now())
        )
        living.update(session for (session,) in found)
    return [session for session in sessions if session not in living]


def end(tx: Transaction, team: int, session: int) -> bool:
    """End the session and what is pushed to its browser; False when it had ended."""
    pushes.remove_of_session(tx, team, session)
    done = tx.execute(
        "UPDATE session SET ended_at = ? WHERE team_id = ? AND id = ? AND ended_at IS NULL",
        (now(), team, session),
    )
    return done.rowcount == 1


def end_all(tx: Transaction, team: int, user: int) -> list[int]:
    """End every session of the user; returns those that had not ended."""
    rows = all_rows(
        "SELECT id FROM session WHERE team_id = ? AND user_id = ? AND ended_at IS NULL",
        (team, user),
    )
    return [session for (session,) in rows if end(tx, team, session)]


def prune(tx: Transaction, before: int) -> int:
    """Forget sessions that ended or expired before ``before`` (ms); returns how many."""
    gone = "SELECT id FROM session WHERE coalesce(ended_at, expires_at) < ?"
    tx.execute(f"DELETE FROM push_subscription WHERE session_id IN ({gone})", (before,))
    return tx.execute(f"DELETE FROM session WHERE id IN ({gone})", (before,)).rowcount
