"""Tries to sign in that may be guesses, for all processes together. Keys are hashes: what people
type into the wrong field is kept nowhere."""

from collections.abc import Mapping

from backend.store import pseudonym
from backend.store.rows import now, one_row
from backend.store.writer import Transaction
from backend.throttle import FORGOTTEN_MS, Throttle, Tries

MOST = 20_000
"""Whoever tried longest ago is forgotten first."""
NOBODYS = 0
"""Whoever signs in is of no team yet."""


def key(kind: str, value: str) -> str:
    """Under which tries of this e-mail or address are counted."""
    return pseudonym.of(NOBODYS, f"{kind} {value}")


def wait(limits: Mapping[str, Throttle]) -> int:
    """In how many seconds one may try by all of these keys; 0 is now."""
    return max(throttle.wait(_held(key), now()) for key, throttle in limits.items())


def take(tx: Transaction, limits: Mapping[str, Throttle]) -> int:
    """Count a try before its outcome is known, so that tries side by side all count; or the
    seconds to wait: then it counts for nothing."""
    seconds = wait(limits)
    if not seconds:
        for key, throttle in limits.items():
            _put(tx, key, throttle.counted(_held(key), now()))
    return seconds


def forget(tx: Transaction, key: str) -> None:
    """The try was good: this key starts afresh."""
    tx.execute("DELETE FROM sign_in_try WHERE key = ?", (key,))


def give_back(tx: Transaction, key: str, throttle: Throttle) -> None:
    """The try was good, but others with this key may not have been: only this one is free."""
    _put(tx, key, throttle.given_back(_held(key)))


def prune(tx: Transaction) -> None:
    """Forget what counts no more, and all but the latest."""
    tx.execute("DELETE FROM sign_in_try WHERE last_at < ?", (now() - FORGOTTEN_MS,))
    tx.execute(
        "DELETE FROM sign_in_try WHERE last_at < (SELECT last_at FROM sign_in_try"
        " ORDER BY last_at DESC LIMIT 1 OFFSET ?)",
        (MOST - 1,),
    )


def _held(key: str) -> Tries:
    row = one_row("SELECT tries, last_at, wait_until FROM sign_in_try WHERE key = ?", (key,))
    return Tries(*row) if row else Tries()


def _put(tx: Transaction, key: str, tries: Tries) -> None:
    tx.execute(
        "INSERT INTO sign_in_try (key, tries, last_at, wait_until) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET tries = excluded.tries, last_at = excluded.last_at,"
        " wait_until = excluded.wait_until",
        (key, tries.count, tries.last, tries.until),
    )
