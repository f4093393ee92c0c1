"""What kind of line a mobile is, as the carrier said when it was last asked."""

from backend.store.rows import now, one_row
from backend.store.writer import Transaction

KEPT_MS = 90 * 24 * 3600 * 1000
"""Numbers move between lines and people: after this the carrier is asked again."""


def line_type(team: int, mobile: str) -> str | None:
    """Twilio's word for it; None when it was never asked. An old answer is better than none."""
    row = one_row("SELECT line_type FROM lookup WHERE team_id = ? AND mobile = ?", (team, mobile))
    return row[0] if row else None


def fresh(team: int, mobile: str) -> bool:
    """Whether the carrier need not be asked again yet."""
    row = one_row(
        "SELECT 1 FROM lookup WHERE team_id = ? AND mobile = ? AND at > ?",
        (team, mobile, now() - KEPT_MS),
    )
    return row is not None


def keep(tx: Transaction, team: int, mobile: str, line: str) -> None:
    tx.execute(
        "INSERT INTO lookup (team_id, mobile, line_type, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (team_id, mobile) DO UPDATE SET line_type = excluded.line_type,"
        " at = excluded.at",
        (team, mobile, line[:20], now()),
    )
