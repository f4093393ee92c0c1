"""Signed requests to the backend, tried again as Twilio tries them."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

import requests
from twilio.request_validator import RequestValidator

from simulator import sids
from simulator.overrides import Target, target
from simulator.records import Delivery
from simulator.settings import Patience
from simulator.state import State

log = logging.getLogger(__name__)


class Webhooks:
    def __init__(self, state: State, patience: Patience, now: Callable[[], datetime]) -> None:
        self._state, self._patience, self._now = state, patience, now

    def deliver(
        self,
        kind: str,
        message_sid: str,
        url: str,
        params: dict[str, str],
        auth_token: str,
        method: str = "POST",
        token: str | None = None,
    ) -> Delivery:
        """Deliver one webhook and give back its last attempt, when it arrived or hope is gone.

        ``token`` is what ``I-Twilio-Idempotency-Token`` says: the same over all attempts.
        """
        to = target(url, self._patience)
        if method == "GET":
            joint = "&" if "?" in to.url else "?"
            to = Target(**{**vars(to), "url": f"{to.url}{joint}{urlencode(params)}"})
        form = {} if method == "GET" else params
        headers = {
            "X-Twilio-Signature": RequestValidator(auth_token).compute_signature(to.url, form),
            "I-Twilio-Idempotency-Token": token or sids.new("IT"),
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }
        ends = time.monotonic() + to.total
        for attempt in range(1, to.retries + 2):
            delivery = Delivery(
                self._now(),
                kind,
                message_sid,
                to.url,
                attempt,
                headers["I-Twilio-Idempotency-Token"],
                params,
            )
            reason = self._attempt(delivery, to, method, form, headers, ends)
            with self._state.change() as books:
                books.deliveries.append(delivery)
            if not reason or not to.worth_a_retry(reason) or time.monotonic() >= ends:
                break
        return delivery

    @staticmethod
    def _session() -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # A proxy of this machine has no part in this.
        return session

    def _attempt(
        self,
        delivery: Delivery,
        to: Target,
        method: str,
        form: dict[str, str],
        headers: dict[str, str],
        ends: float,
    ) -> str:
        """Why it failed, in the words of a retry policy; empty when it arrived."""
        left = max(0.05, ends - time.monotonic())
        try:
            # No redirects: their target was never signed for.
            answer = self._session().request(
                method,
                to.url,
                data=form,
                headers=headers,
                allow_redirects=False,
                timeout=(min(to.connect, left), min(to.read, left)),
            )
        except requests.ReadTimeout:
            delivery.error = "no answer in time"
            return "rt"
        except (requests.ConnectionError, requests.Timeout) as error:
            delivery.error = f"connection failed: {type(error).__name__}"
            return "ct"
        except (requests.RequestException, ValueError) as error:
            delivery.error = f"not deliverable: {type(error).__name__}"
            return "url"
        delivery.status = answer.status_code
        return "" if answer.ok else f"{answer.status_code // 100}xx"


def arrived(delivery: Delivery) -> bool:
    return delivery.status is not None and 200 <= delivery.status < 300
