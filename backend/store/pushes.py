"""Web Push subscriptions: where the browser of a session is woken."""

from typing import NamedTuple

from backend.store.rows import all_rows, now
from backend.store.writer import Transaction
from shared import wire

ANY = (
    'EXISTS (SELECT 1 FROM push_subscription WHERE push_subscription.team_id = "user".team_id'
    ' AND push_subscription.user_id = "user".id)'
)
"""Whether a push to a row of ``user`` could reach anybody: most texts need none."""


class Subscribed(NamedTuple):
    """A browser to push to; ``p256dh`` and ``auth`` are its keys, base64url."""

    team: int
    id: int
    endpoint: str
    p256dh: str
    auth: str


def set_for_session(
    tx: Transaction, team: int, user: int, session: int, given: wire.PushSubscription
) -> None:
    """The session's one subscription. A browser in which somebody else signs in keeps its
    endpoint, so the endpoint moves with the sign-in."""
    remove_of_session(tx, team, session)
    tx.execute(
        "INSERT INTO push_subscription (team_id, user_id, session_id, endpoint, p256dh, auth,"
        " created_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (endpoint) DO UPDATE SET"
        " team_id = excluded.team_id, user_id = excluded.user_id,"
        " session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth,"
        " created_at = excluded.created_at",
        (team, user, session, given.endpoint, given.p256dh, given.auth, now()),
    )


def remove_of_session(tx: Transaction, team: int, session: int) -> bool:
    """False when the session had no subscription."""
    done = tx.execute(
        "DELETE FROM push_subscription WHERE team_id = ? AND session_id = ?", (team, session)
    )
    return done.rowcount == 1


def remove(tx: Transaction, team: int, subscription: int, endpoint: str) -> None:
    """The push service says that it is gone. By endpoint too: the id may be another's by now."""
    tx.execute(
        "DELETE FROM push_subscription WHERE team_id = ? AND id = ? AND endpoint = ?",
        (team, subscription, endpoint),
    )


def of_user(user: int) -> list[Subscribed]:
    """The user's browsers whose sessions are alive."""
    rows = all_rows(
        "SELECT push_subscription.team_id, push_subscription.id, endpoint, p256dh, auth"
        ' FROM "user" JOIN push_subscription ON push_subscription.team_id = "user".team_id'
        ' AND push_subscription.user_id = "user".id'
        " JOIN session ON session.id = push_subscription.session_id"
        ' WHERE "user".id = ? AND "user".disabled_at IS NULL'
        " AND session.ended_at IS NULL AND session.expires_at > ? ORDER BY push_subscription.id",
        (user, now()),
    )
    return [Subscribed(*row) for row in rows]
