"""The audit log: who did what that matters, from where, and what was before and after."""

from dataclasses import dataclass
from typing import Any

import msgspec

from backend.store.rows import now
from backend.store.writer import Transaction


@dataclass(frozen=True)
class Actor:
    """Who acts. ``name`` is the user's e-mail, the key's name or ``command``; ``address`` is where
    the request came from, empty for commands."""

    team: int
    user: int | None
    name: str
    address: str = ""


def add(
    tx: Transaction,
    actor: Actor,
    action: str,
    subject: str = "",
    *,
    before: Any = None,
    after: Any = None,
) -> None:
    """Note an action, ``noun.verb``, in the transaction that does it. ``before`` and ``after`` are
    what JSON can hold; passwords and tokens have no place in them."""
    tx.execute(
        "INSERT INTO audit (team_id, user_id, actor, address, action, subject, before, after, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(actor.team, actor.user, actor.name[:254], actor.address[:64], action),
            *(subject[:254], _json(before), _json(after), now()),
        ),
    )


def rename(tx: Transaction, team: int, old: str, new: str) -> None:
    """Name a subject otherwise in what is logged already: that of an erased person."""
    tx.execute("UPDATE audit SET subject = ? WHERE team_id = ? AND subject = ?", (new, team, old))


def _json(value: Any) -> str:
    return "" if value is None else msgspec.json.encode(value).decode()
