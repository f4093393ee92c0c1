"""What the send gate said, kept."""

from backend.store.rows import now, one_row
from backend.store.writer import Transaction


def add(
    tx: Transaction,
    team: int,
    *,
    message: int | None,
    user: int | None,
    moment: str,
    reason: str,
    detail: str,
    mobile: str,
    road: str,
) -> int:
    """The new decision's id. ``moment`` is when the gate was asked: ``compose`` or ``hand_over``;
    no reason is a yes; ``detail`` says why a rule that usually refuses let it pass, or more."""
    (decision,) = tx.execute(
        "INSERT INTO decision (team_id, message_id, user_id, moment, allowed, reason, detail,"
        " mobile, road, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (team, message, user, moment, reason == "", reason, detail[:200], mobile, road, now()),
    ).fetchone()
    return decision


def link(tx: Transaction, team: int, decision: int, message: int) -> None:
    """The text that the decision let pass has its id now."""
    tx.execute(
        "UPDATE decision SET message_id = ? WHERE team_id = ? AND id = ?",
        (message, team, decision),
    )


def composed_by(team: int, message: int) -> str | None:
    """The road by which the text was last written, None where nobody wrote it."""
    row = one_row(
        "SELECT road FROM decision WHERE team_id = ? AND message_id = ? AND moment = 'compose'"
        " ORDER BY id DESC LIMIT 1",
        (team, message),
    )
    return row[0] if row else None
