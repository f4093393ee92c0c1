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


def known_by_hash(team: int, mobiles: set[str]) -> set[str]:
    """Of which of these mobiles something is kept under a hash, so that :func:`recognise` has
    something to do: asked once for many, it is three queries instead of five for each."""
    hashes = {pseudonym.of(team, mobile): mobile for mobile in mobiles}
    tables = (opt_outs.held_of, restrictions.held_of, consent.held_of)
    return {hashes[name] for held_of in tables for name in held_of(team, list(hashes))}


def recognise(tx: Transaction, team: int, mobile: str) -> None:
    """Somebody has this mobile again: what was kept under its hash holds for it by name. Called
    where a person is made or changes their mobile."""
    hashed = pseudonym.of(team, mobile)
    opt_outs.rename(tx, team, hashed, mobile)
    restrictions.show(tx, team, hashed, mobile)
    consent.show(tx, team, hashed, mobile)
