"""Web Push: a short encrypted message that wakes the extension's worker (RFC 8030, 8291, 8292)."""

import base64
import re
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush
from requests.adapters import HTTPAdapter

from backend.config import Config
from backend.keys import derive
from backend.ports import Push
from shared.wire import PushSubscription

HOSTS = frozenset({"fcm.googleapis.com", "jmt17.google.com", "web.push.apple.com"})
DOMAINS = (".push.services.mozilla.com", ".notify.windows.com")
LONGEST_PAYLOAD = 3 * 1024
"""Bytes: services take 4 KiB, encrypted."""
TTL = 24 * 3600
TIMEOUT = 10
# Nothing that two readers of an address could read differently: no backslash, no user, no spaces.
_ENDPOINT = re.compile(r"https://[a-z0-9.-]+(:443)?/[!-\[\]-~]*")
# The order of P-256 (SEC 2): a private key is a number between 1 and this.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class BadSubscription(ValueError):
    """A subscription that we will not push to; ``field`` is the one that is wrong."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def check(subscription: PushSubscription) -> None:
    """Raise :class:`BadSubscription` unless browsers' push services made this subscription."""
    _check_endpoint(subscription.endpoint)
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _decode(subscription.p256dh))
    except (ValueError, UnsupportedAlgorithm):
        raise BadSubscription("p256dh", "This is not a point of the curve P-256.") from None
    try:
        long_enough = len(_decode(subscription.auth)) == 16
    except ValueError:
        long_enough = False
    if not long_enough:
        raise BadSubscription("auth", "The authentication secret has 16 bytes, in base64url.")


class WebPusher:
    """A :class:`~backend.ports.Pusher`. Its key follows from ``SECRET_KEY``: subscriptions, which
    are bound to it, outlive restarts, and nothing has to be kept."""

    def __init__(self, config: Config) -> None:
        seed = derive(config.secret_key, "web push", 48)
        # 128 bits more than the order has: every key is as likely as any other.
        number = int.from_bytes(seed) % (_ORDER - 1) + 1
        self._vapid = Vapid02(derive_private_key(number, SECP256R1()))
        self._contact = config.web_push_contact
        point = self._vapid.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public_key = base64.urlsafe_b64encode(point).decode().rstrip("=")
        self._session = _Session()
        if config.web_push_base_url:
            self._session.mount("https://", _Elsewhere(config.web_push_base_url))

    def send(self, push: Push) -> bool:
        """Deliver; False when the subscription is gone for good. Raises OSError to try later."""
        if len(push.payload) > LONGEST_PAYLOAD:
            raise ValueError(f"a push carries {LONGEST_PAYLOAD} bytes, not {len(push.payload)}")
        try:
            check(PushSubscription(endpoint=push.endpoint, p256dh=push.p256dh, auth=push.auth))
        except BadSubscription:
            return False
        try:
            webpush(
                {
                    "endpoint": push.endpoint,
                    "keys": {"p256dh": push.p256dh, "auth": push.auth},
                },
                push.payload,
                vapid_private_key=self._vapid,
                vapid_claims={"sub": self._contact},
                ttl=TTL,
                timeout=TIMEOUT,
                headers={"Urgency": "high"},
                requests_session=self._session,
            )
        except WebPushException as error:
            if error.status_code in (404, 410):
                return False
            # The answer's body may quote the address, which is a secret: only its status is told.
            raise OSError(f"the push service answered {error.status_code}") from None
        return True


class _Session(requests.Session):
    """Follows no redirect: where a push service sends us is not on our list."""

    def request(self, *args: Any, **options: Any) -> requests.Response:
        options["allow_redirects"] = False
        return super().request(*args, **options)


class _Elsewhere(HTTPAdapter):
    """Sends what is meant for any host to ``base``, with the path that it has."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> Any:
        request.url = self._base + request.path_url
        return super().send(request, *args, **options)


def _check_endpoint(endpoint: str) -> None:
    host = urlsplit(endpoint).hostname if _ENDPOINT.fullmatch(endpoint) else None
    if host is None:
        raise BadSubscription("endpoint", "This is not the https:// address of a push service.")
    if host not in HOSTS and not host.endswith(DOMAINS):
        raise BadSubscription("endpoint", f"{host} is not the push service of a known browser.")


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
