"""Twilio, through its own library. Knows what an answer proves about a text."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import requests
import urllib3
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest import Client

from backend.carrier.http import ElsewhereHttpClient
from backend.ports import CarrierError, CarrierText, NotTaken, Rejected, Text, Uncertain

# Both mean "not now": too many requests, and the queue of this number is full.
_LATER = frozenset({20429, 21611})


class TwilioCarrier:
    """A :class:`~backend.ports.Carrier`. ``status_of`` translates Twilio's statuses into ours."""

    def __init__(
        self, account_sid: str, auth_token: str, base_url: str, status_of: dict[str, str]
    ) -> None:
        http = ElsewhereHttpClient(base_url)
        self._client = Client(account_sid, auth_token, http_client=http)
        self._status_of = status_of

    def send(self, text: Text) -> CarrierText:
        try:
            made = self._client.messages.create(
                to=text.recipient,
                from_=text.sender,
                body=text.body,
                status_callback=text.callback,
            )
            return self._ours(made)
        except (TwilioRestException, TwilioServiceException) as error:
            raise _meaning(error) from error
        except requests.RequestException as error:
            if _never_connected(error):
                raise NotTaken("the carrier could not be reached") from error
            raise Uncertain(f"no answer: {type(error).__name__}") from error
        except (TwilioException, ValueError, KeyError, TypeError) as error:
            # Half an answer: the text is very likely with the carrier.
            raise Uncertain(f"no whole answer: {type(error).__name__}") from error

    def sent_since(self, since: int) -> Iterable[CarrierText]:
        after = datetime.fromtimestamp(since / 1000, UTC)
        listed = self._client.messages
        try:
            found = listed.stream(date_sent_after=after, page_size=500, limit=5000)
            yield from map(self._ours, found)
        except (TwilioException, requests.RequestException, ValueError, TypeError) as error:
            raise CarrierError(f"the list did not come: {type(error).__name__}") from error

    def _ours(self, made: Any) -> CarrierText:
        if not made.sid:
            raise ValueError("an answer without a sid")
        at = made.date_created or made.date_sent
        return CarrierText(
            sid=made.sid,
            status=self._status_of.get(str(made.status), "sending"),
            sender=made.from_,
            recipient=made.to,
            body=made.body or "",
            at=int(at.timestamp() * 1000) if at else 0,
            error_code=int(made.error_code) if made.error_code else None,
            segments=int(made.num_segments) if made.num_segments else None,
            inbound=made.direction == "inbound",
            media_count=int(made.num_media or 0),
        )


def _meaning(
    error: TwilioRestException | TwilioServiceException,
) -> Rejected | NotTaken | Uncertain:
    # Where Twilio gives no code of its own the library repeats the HTTP status.
    code = error.code if error.code and error.code >= 10_000 else None
    if error.status == 429 or code in _LATER:
        return NotTaken(f"HTTP {error.status}", code)
    if error.status >= 500:
        # A 5xx may come after the text was accepted; Twilio has no idempotency key to ask with.
        return Uncertain(f"HTTP {error.status}", code)
    return Rejected(f"HTTP {error.status}", code)


def _never_connected(error: requests.RequestException) -> bool:
    """Whether the request certainly never left: no connection was made."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    if not isinstance(error, requests.ConnectionError) or not error.args:
        return False
    cause = error.args[0]
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, urllib3.exceptions.NewConnectionError)
