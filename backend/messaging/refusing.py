"""The carrier refuses a text because its person has opted out there: our ledger was behind."""

from backend.compliance import ledger
from backend.compliance.ledger import Heard
from backend.store import consent, drifts
from backend.store.audit import Actor
from backend.store.writer import Transaction

SAID = "The carrier knew of an opt-out, and we did not."


def opted_out(tx: Transaction, team: int, mobile: str, at: int, cause: str = "carrier") -> bool:
    """Note that the carrier held ``mobile`` for opted out at ``at`` (ms), unless they have opted in
    since; ``cause`` is stop where it has their STOP itself. True where we did not know."""
    if consent.opted_in_since(team, mobile, at):
        return False
    actor = Actor(team, None, "carrier")
    if not ledger.opt_out(tx, actor, mobile, cause, heard=Heard(None, at)):
        return False
    drifts.add(tx, team, "carrier", None, mobile, SAID)
    return True
