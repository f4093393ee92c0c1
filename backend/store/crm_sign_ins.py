"""Admins who have gone to a CRM to sign in, and come back with the state that they were given."""

from typing import NamedTuple

from backend.store.rows import now
from backend.store.writer import Transaction


class SignIn(NamedTuple):
    team: int
    user: int
    crm: str
    address: str
    verifier: str


def add(tx: Transaction, state_hash: str, begun: SignIn, until: int) -> None:
    """Good until ``until`` (ms); those that nobody came back with are forgotten."""
    tx.execute("DELETE FROM crm_sign_in WHERE expires_at < ?", (now(),))
    tx.execute(
        "INSERT INTO crm_sign_in (state_hash, team_id, user_id, crm, address, verifier, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (state_hash, *begun, until),
    )


def take(tx: Transaction, state_hash: str) -> SignIn | None:
    """Use it, once; None when it is unknown, used or too old. Its state tells the team."""
    row = tx.execute(
        "DELETE FROM crm_sign_in WHERE state_hash = ? AND expires_at >= ?"
        " RETURNING team_id, user_id, crm, address, verifier",
        (state_hash, now()),
    ).fetchone()
    return SignIn(*row) if row else None
