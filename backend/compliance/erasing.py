"""Standing outlives the person: after an erasure it is kept under a keyed hash of the mobile."""

from backend.store import audit, consent, opt_outs, people, pseudonym, restrictions
from backend.store.writer import Transaction


def forget(tx: Transaction, team: int, mobile: str) -> bool:
    """Keep what the ledger says of the mobile under its hash, without any words. False, and
    nothing done, while anybody else has this mobile: erase the person first."""
    if people.with_mobile(team, mobile):
        return False
    hashed = pseudonym.of(team, mobile)
    opt_outs.rename(tx, team, mobile, hashed)
    restrictions.hide(tx, team, mobile, hashed)
    consent.hide(tx, team, mobile, hashed)
    audit.rename(tx, team, mobile, hashed)
    return True


def recognise(tx: Transaction, team: int, mobile: str) -> None:
    """Somebody has this mobile again: what was kept under its hash holds for it by name. Called
    where a person is made or changes their mobile."""
    hashed = pseudonym.of(team, mobile)
    opt_outs.rename(tx, team, hashed, mobile)
    restrictions.show(tx, team, hashed, mobile)
    consent.show(tx, team, hashed, mobile)
