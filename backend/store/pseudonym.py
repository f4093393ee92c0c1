"""Keyed hashes of mobiles: what an opt-out is kept under once its person was erased.

The key follows from SECRET_KEY, which is not in the database: who has only the database cannot try
all numbers against the hashes.
"""

import hashlib
import hmac

PREFIX = "hash:"
_key: bytes | None = None


def configure(key: bytes) -> None:
    """Set this process's key, once, when the database is opened."""
    global _key
    _key = key


def of(team: int, mobile: str) -> str:
    """The name under which ``mobile`` is kept when nobody may know it: 45 characters."""
    if _key is None:
        raise RuntimeError("pseudonym.configure comes first")
    digest = hmac.digest(_key, f"{team}:{mobile}".encode(), hashlib.sha256)
    return PREFIX + digest.hex()[:40]
