"""Fetching the media of texts from Twilio.

The address is made of the sids, never taken from a webhook. Twilio answers with a redirect to where
the bytes lie for a while; the account's credentials do not go there.
"""

import re
import time
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from backend import public_web
from backend.ports import CarrierError, Missing

TWILIO = "https://api.twilio.com"
MOST_REDIRECTS = 5
LONGEST_S = 60.0
"""For the whole file: one that comes drop by drop holds a worker."""
_PIECE = 64 * 1024
_TIMEOUT = (5.0, 15.0)
_SID = re.compile(r"[A-Za-z0-9]{1,64}")


class MediaSource:
    """With a ``base_url`` that one is asked instead of Twilio, and may redirect to itself, though
    it is not public: it is the simulator, which the configuration trusts."""

    def __init__(self, account_sid: str, auth_token: str, base_url: str) -> None:
        self._account_sid = account_sid
        self._credentials = (account_sid, auth_token)
        self._base_url = base_url

    def pieces(self, sid: str, media_sid: str) -> Iterator[bytes]:
        """As :meth:`backend.ports.Carrier.fetch_media`."""
        if not (_SID.fullmatch(sid) and _SID.fullmatch(media_sid)):
            raise Missing("these are no sids")
        path = f"/2010-04-01/Accounts/{self._account_sid}/Messages/{sid}/Media/{media_sid}"
        url = (self._base_url or TWILIO) + path
        credentials: tuple[str, str] | None = self._credentials
        deadline = time.monotonic() + LONGEST_S
        try:
            for _ in range(MOST_REDIRECTS + 1):
                with (
                    self._session(url) as session,
                    session.get(
                        url,
                        auth=credentials,
                        stream=True,
                        allow_redirects=False,
                        timeout=_TIMEOUT,
                        # What is packed could unfold to any size.
                        headers={"Accept-Encoding": "identity"},
                    ) as answer,
                ):
                    if not answer.is_redirect:
                        yield from _body(answer, deadline)
                        return
                    url, credentials = urljoin(url, answer.headers["Location"]), None
            raise CarrierError("redirected too often")
        except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
            raise CarrierError(f"the media did not come: {type(error).__name__}") from error

    def _session(self, url: str) -> requests.Session:
        if self._base_url and _origin(url) == _origin(self._base_url):
            session = requests.Session()
            session.trust_env = False
            return session
        return public_web.session()


def _body(answer: requests.Response, deadline: float) -> Iterator[bytes]:
    if answer.status_code in (404, 410):
        raise Missing(f"HTTP {answer.status_code}")
    if answer.status_code != 200:
        raise CarrierError(f"HTTP {answer.status_code}")
    declared = answer.headers.get("Content-Length", "")
    came = 0
    while piece := answer.raw.read1(_PIECE, decode_content=False):
        came += len(piece)
        yield piece
        if time.monotonic() > deadline:
            raise CarrierError("the media came too slowly")
    if declared.isdecimal() and came != int(declared):
        raise CarrierError("the media was cut short")


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
