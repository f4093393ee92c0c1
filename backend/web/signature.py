"""``X-Twilio-Signature``: who says that it is Twilio shows it with our token."""

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

from backend.config import Config


class Signature:
    """Checks ``X-Twilio-Signature`` with keyed HMACs prepared once.

    base64(HMAC-SHA1(token, URL + each sorted key with its sorted unique values)), as
    ``twilio.request_validator`` computes it; tests hold the two against each other.
    """

    def __init__(self, config: Config) -> None:
        tokens = [config.twilio_auth_token, config.twilio_auth_token_secondary]
        self._keys = [hmac.new(each.encode(), digestmod=hashlib.sha1) for each in tokens if each]
        self._base = config.public_url
        parts = urlsplit(config.public_url)
        # Twilio signs with or without the port, so both forms are tried where there is one.
        self._bases = [self._base]
        if parts.port:
            self._bases.append(f"{parts.scheme}://{parts.hostname}{parts.path}")

    def valid(self, path: str, fields: list[tuple[str, str]], signature: str) -> bool:
        """``path`` with its query, as it was requested."""
        rest = "".join(key + value for key, value in sorted(set(fields)))
        found = False
        for base in self._bases:
            data = (base + path + rest).encode()
            for key in self._keys:
                digest = key.copy()
                digest.update(data)
                expected = base64.b64encode(digest.digest())
                found |= hmac.compare_digest(expected, signature.encode("utf-8", "replace"))
        return found
