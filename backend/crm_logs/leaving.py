"""When a text may be logged: called inside the transaction that takes it further."""

from backend.store import crm_logs, messages
from backend.store.writer import Transaction
from shared import wire

LEFT = frozenset(("sent", "delivered", "undelivered", "unknown"))
"""Statuses of a text that the carrier has, or may have."""
OVER = frozenset(("failed", "canceled"))


def moved(tx: Transaction, team: int, text: wire.Message, was: str) -> None:
    """The status of a text is new, and ``was`` another: what has left is logged, what never did is
    not, and what turned out otherwise than it was logged is logged anew."""
    # Without a receipt nothing is to be logged: so it is for most teams, at each callback.
    if text.receipt is None or text.direction == "inbound" or text.status not in LEFT | OVER:
        return
    held = crm_logs.of_message(team, text.id)
    if held is None:
        return
    if held.state in ("held", "unlinked"):
        # One that the carrier took and then failed has left all the same.
        left = text.status in LEFT or messages.has_sid(team, text.id)
        crm_logs.let_go(tx, team, held.id, "waiting" if left else "skipped")
    elif was == "unknown" or text.status in ("undelivered", "failed"):
        crm_logs.again(tx, team, held.id)
