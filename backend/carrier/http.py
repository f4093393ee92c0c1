"""The HTTP client under the twilio library: another base address, and timeouts that end."""

from typing import Any
from urllib.parse import urlsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

TIMEOUT_S = 20.0
"""Connect and read; shorter than the lease of a claim (``messaging.reconcile.LEASE_MS``)."""


class ElsewhereHttpClient(TwilioHttpClient):
    """Sends what is meant for ``*.twilio.com`` to ``base_url``, and nothing anywhere else.

    With an empty ``base_url`` it is the library's own client with our timeout.
    """

    def __init__(self, base_url: str) -> None:
        # A new connection for each request: a kept one may be closed by the other side just as a
        # text is written to it, and then nobody could say whether the carrier has the text.
        super().__init__(timeout=TIMEOUT_S, pool_connections=False)
        self._base_url = base_url

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Response:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host != "twilio.com" and not host.endswith(".twilio.com"):
            raise ValueError(f"not an address of the carrier: {host}")
        if self._base_url:
            query = f"?{parts.query}" if parts.query else ""
            url = f"{self._base_url}{parts.path}{query}"
        return super().request(method, url, *args, **options)
