"""API keys: how programs of a team sign in. A key acts for a user, within its scopes."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from backend import names
from backend.store import api_keys, audit, users
from backend.store.audit import Actor
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from backend.team.faults import Invalid
from backend.tokens import Identity, TokenError, fingerprint

PREFIX = "rpl_"
SCOPES = {
    "read": "conversations, messages, people and their activities",
    "send": "send, schedule and cancel texts, upload media",
    "write": "notes, opt-outs, do-not-text",
    "admin": "users, licenses, numbers, settings, logs, hooks, erasures; for an admin",
}
_SHOWN = 12
_FOREVER = 2**53 - 1
_USED_EVERY_MS = 60_000


LONGEST_NAME = 100


@dataclass(frozen=True)
class Made:
    """A new key. ``token`` is shown once and cannot be had again."""

    id: int
    token: str


def make(tx: Transaction, actor: Actor, *, email: str, name: str, scopes: Iterable[str]) -> Made:
    """A key of the actor's team that acts for the user with ``email``; raises :class:`Invalid` with
    the fields ``name``, ``email`` and ``scopes``."""
    name, email, wanted = " ".join(name.split()), email.strip().lower(), sorted(set(scopes))
    errors = {}
    if wrong := names.fault(name, LONGEST_NAME):
        errors["name"] = wrong
    known = users.secret_of(email)
    if known is None or known.team != actor.team or known.disabled:
        errors["email"] = "There is no such user in your team who may sign in."
    if not wanted or not set(wanted) <= set(SCOPES):
        errors["scopes"] = f"Scopes are {', '.join(SCOPES)}: name at least one."
    if errors or known is None:
        raise Invalid(errors)
    token = PREFIX + secrets.token_urlsafe(32)
    key = api_keys.add(
        tx,
        actor.team,
        known.id,
        name=name,
        prefix=token[:_SHOWN],
        token_hash=fingerprint(token),
        scopes=" ".join(wanted),
    )
    audit.add(
        tx, actor, "api_key.made", name, after={"acts_for": email, "scopes": " ".join(wanted)}
    )
    return Made(key, token)


def revoke(tx: Transaction, actor: Actor, key: int) -> bool:
    """False when the team has no such key that still works."""
    known = api_keys.get(actor.team, key)
    if known is None or not api_keys.revoke(tx, actor.team, key):
        return False
    audit.add(tx, actor, "api_key.revoked", known.name)
    return True


def read(writer: Writer, token: str) -> Identity:
    """Who calls with this key; raises :class:`TokenError`."""
    key = api_keys.by_hash(fingerprint(token))
    if key is None:
        raise TokenError("This API key does not work: it was revoked, or never was one of ours.")
    if now() - (key.used_at or 0) > _USED_EVERY_MS:
        writer(lambda tx: api_keys.used(tx, key.team, key.id))
    return Identity(
        key.user, key.team, 0, _FOREVER, scopes=frozenset(key.scopes.split()), name=key.name
    )
