"""Deliveries to hooks: signed, tried again for two days, never to a machine of our own network."""

import hashlib
import hmac
import time
from collections.abc import Callable

import requests
import structlog

from backend.store import hooks
from backend.store.writer import Writer

TIMEOUT_S = 10.0
LEASE_MS = 60_000
WAITS_S = (10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400)
"""Seconds before each further try."""
GONE = 410
log = structlog.get_logger()


def signature(secret: str, at: int, body: bytes) -> str:
    """``t=…,v1=…``: the hex HMAC-SHA256 of ``<t>.<body>``; ``at`` in seconds since 1970 UTC."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


class Delivering:
    """``secret_of(salt)`` gives a hook's secret, ``session()`` what speaks to strangers."""

    def __init__(
        self,
        writer: Writer,
        secret_of: Callable[[str], str],
        session: Callable[[], requests.Session],
    ) -> None:
        self._writer = writer
        self._secret_of = secret_of
        self._session = session

    def __call__(self, delivery: int) -> None:
        """Deliver if it is due. At least once: an answer that is lost is a delivery that repeats,
        and its id tells the receiver so."""
        claimed = self._writer(lambda tx: hooks.claim(tx, delivery, LEASE_MS))
        if claimed is None:
            return
        hook = hooks.get(claimed.team, claimed.hook)
        if hook is None or not hook.enabled:
            self._writer(lambda tx: hooks.settle(tx, claimed, "failed", "The hook is off."))
            return
        status, said = self._post(hook, claimed)
        if status is not None and 200 <= status < 300:
            self._writer(lambda tx: hooks.settle(tx, claimed, "delivered", said))
        elif status == GONE or claimed.attempts > len(WAITS_S):
            log.warning("hook.failed", hook=hook.id, delivery=delivery, answer=said)
            self._writer(lambda tx: hooks.settle(tx, claimed, "failed", said))
        else:
            wait = WAITS_S[claimed.attempts - 1] * 1000
            self._writer(lambda tx: hooks.put_back(tx, claimed, wait, said))

    def _post(self, hook: hooks.Hook, delivery: hooks.Delivery) -> tuple[int | None, str]:
        body = delivery.body.encode()
        at = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Repline",
            "Repline-Event": delivery.event,
            "Repline-Delivery": str(delivery.id),
            "Repline-Signature": signature(self._secret_of(hook.salt), at, body),
        }
        try:
            with (
                self._session() as session,
                session.post(
                    hook.url,
                    data=body,
                    headers=headers,
                    timeout=TIMEOUT_S,
                    allow_redirects=False,
                    stream=True,  # what it answers is not read: its status says all
                ) as answer,
            ):
                return answer.status_code, f"HTTP {answer.status_code}"
        except (requests.RequestException, OSError) as error:
            return None, type(error).__name__
