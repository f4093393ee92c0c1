"""Addresses at which the carrier fetches the media of a text: signed, and good for a while."""

import base64
import hashlib
import hmac
from collections.abc import Callable

LIVES_MS = 12 * 3600 * 1000
"""A text may wait in the carrier's queue for 10 hours (Twilio's ValidityPeriod), and must find its
media then too."""


class Links:
    """``key`` is for this alone. ``clock`` in ms since 1970 UTC."""

    def __init__(self, public_url: str, key: bytes, clock: Callable[[], int]) -> None:
        self._public_url = public_url
        self._key = key
        self._clock = clock

    def make(self, media: int) -> str:
        expires = self._clock() + LIVES_MS
        return f"{self._public_url}/media/{media}/{expires}/{self._signature(media, expires)}"

    def good(self, media: int, expires: int, signature: str) -> bool:
        """Whether we signed this, not too long ago."""
        expected = self._signature(media, expires).encode()
        ours = hmac.compare_digest(expected, signature.encode("utf-8", "replace"))
        return ours and self._clock() < expires

    def _signature(self, media: int, expires: int) -> str:
        digest = hmac.digest(self._key, f"{media}/{expires}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
