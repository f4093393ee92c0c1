"""Webhooks as they came."""

from backend.store.rows import now
from backend.store.writer import Transaction


def add(tx: Transaction, key: str, params: str, sid: str, team: int | None = None) -> int | None:
    """Keep a webhook about the carrier's text ``sid``, filed when its ``team`` is known; None when
    one with this key is kept already. Of a text that was erased the key alone is kept."""
    row = tx.execute(
        "INSERT INTO webhook_event (key, params, received_at, filed, team_id) SELECT ?, CASE WHEN"
        " EXISTS (SELECT 1 FROM redaction WHERE sid = ?) THEN '{}' ELSE ? END, ?, ?, ? WHERE true"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        (key, sid, params, now(), team is not None, team),
    ).fetchone()
    return row[0] if row else None


def keep(tx: Transaction, key: str, params: str, sid: str) -> int:
    """As :func:`add`; the id of the one that is kept, whichever came first."""
    added = add(tx, key, params, sid)
    if added is not None:
        return added
    (held,) = tx.execute("SELECT id FROM webhook_event WHERE key = ?", (key,)).fetchone()
    return held


def mark_filed(tx: Transaction, webhook: int, team: int) -> None:
    tx.execute("UPDATE webhook_event SET filed = true, team_id = ? WHERE id = ?", (team, webhook))
