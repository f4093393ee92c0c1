"""One secret, many keys: each purpose gets its own, so that no two can stand in for each other."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derive(secret: str, purpose: str, length: int = 32) -> bytes:
    """``length`` bytes that follow from ``secret`` and ``purpose`` alone (HKDF, RFC 5869)."""
    kdf = HKDF(algorithm=SHA256(), length=length, salt=None, info=f"repline {purpose}".encode())
    return kdf.derive(secret.encode())
