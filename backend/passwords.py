"""Passwords: argon2id hashes, made and checked away from gevent's loop."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.apart import Apart

SHORTEST = 10
LONGEST = 1000
# Each takes 64 MiB and a core for a tenth of a second: two at a time, the others wait.
_AT_ONCE = 2


class WeakPassword(ValueError):
    """A password that may not be set; the message says why."""


def check_strength(password: str, email: str = "") -> None:
    """Raise :class:`WeakPassword` for what is too short, too long, not text, or the user's
    ``email``."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"A password has at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise WeakPassword(f"A password has at most {LONGEST} characters.")
    if "\x00" in password:
        raise WeakPassword("A password may not contain NUL characters.")
    if password.strip().casefold() == email.casefold():
        raise WeakPassword("Your e-mail is no password: others know it.")


class Passwords:
    """``hasher`` sets the cost; by default that of RFC 9106's second choice (64 MiB, 3 passes)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        # Somebody's who does not exist: of the same cost, so that time does not tell.
        self._nobody = self._hasher.hash(secrets.token_hex())
        self._apart = Apart(_AT_ONCE)

    def hash(self, password: str) -> str:
        return self._apart(lambda: self._hasher.hash(password))

    def verify(self, known: str | None, password: str) -> bool:
        """Whether the password belongs to the hash; without one it takes as long and is False."""
        matches = self._apart(lambda: self._matches(known or self._nobody, password))
        return matches and bool(known)

    def outdated(self, known: str) -> bool:
        """Whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(known)

    def _matches(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False
