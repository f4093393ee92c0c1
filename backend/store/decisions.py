"""What the send gate said, kept."""

from backend.store.rows import now
from backend.store.writer import Transaction


def add(
    tx: Transaction, team: int, *, message: int | None, user: int | None, moment: str, reason: str
) -> None:
    """``moment`` is when the gate was asked: ``compose`` or ``hand_over``; no reason is a yes."""
    tx.execute(
        "INSERT INTO decision (team_id, message_id, user_id, moment, allowed, reason, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (team, message, user, moment, reason == "", reason, now()),
    )
