"""Twilio, through its own library. Knows what an answer proves about a text."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import requests
import urllib3
from twilio.base import values
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest import Client

from backend.carrier.http import ElsewhereHttpClient
from backend.carrier.media import MediaSource
from backend.ports import CarrierError, CarrierText, Missing, NotTaken, Rejected, Text, Uncertain

# Both mean "not now": too many requests, and the queue of this number is full.
_LATER = frozenset({20429, 21611})
# No such service, and: the sender is not in this service.
_NOT_OF_SERVICE = frozenset({21705, 21711})


class TwilioCarrier:
    """A :class:`~backend.ports.Carrier`. ``status_of`` translates Twilio's statuses into ours."""

    def __init__(
        self, account_sid: str, auth_token: str, base_url: str, status_of: dict[str, str]
    ) -> None:
        http = ElsewhereHttpClient(base_url)
        self._client = Client(account_sid, auth_token, http_client=http)
        self._status_of = status_of
        self.fetch_media = MediaSource(account_sid, auth_token, base_url).pieces

    def send(self, text: Text) -> CarrierText:
        try:
            return self._ours(self._create(text))
        except (TwilioRestException, TwilioServiceException) as error:
            raise _meaning(error) from error
        except requests.RequestException as error:
            if _never_connected(error):
                raise NotTaken("the carrier could not be reached") from error
            raise Uncertain(f"no answer: {type(error).__name__}") from error
        except (TwilioException, ValueError, KeyError, TypeError) as error:
            # Half an answer: the text is very likely with the carrier.
            raise Uncertain(f"no whole answer: {type(error).__name__}") from error

    def _create(self, text: Text) -> Any:
        whole = {
            "to": text.recipient,
            "from_": text.sender,
            "body": text.body,
            "status_callback": text.callback,
            "media_url": list(text.media) or values.unset,
        }
        if text.service:
            try:
                return self._client.messages.create(messaging_service_sid=text.service, **whole)
            except TwilioRestException as error:
                if error.code not in _NOT_OF_SERVICE:
                    raise
                # Certainly not taken: the number has left its service since we last looked.
        return self._client.messages.create(**whole)

    def sent_since(self, since: int) -> Iterable[CarrierText]:
        after = datetime.fromtimestamp(since / 1000, UTC)
        listed = self._client.messages
        try:
            # To its end: newest first as it is, a limit would leave out what was lost first.
            found = listed.stream(date_sent_after=after, page_size=500)
            yield from map(self._ours, found)
        except (TwilioException, requests.RequestException, ValueError, TypeError) as error:
            raise CarrierError(f"the list did not come: {type(error).__name__}") from error

    def text(self, sid: str) -> CarrierText:
        with _told():
            return self._ours(self._client.messages(sid).fetch())

    def media_of(self, sid: str) -> list[str]:
        with _told():
            return [str(each.sid) for each in self._client.messages(sid).media.list(limit=20)]

    def redact(self, sid: str) -> None:
        with _told():
            self._client.messages(sid).update(body="")

    def delete_media(self, sid: str, media_sid: str) -> None:
        with _told():
            self._client.messages(sid).media(media_sid).delete()

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
            price=_price(made.price, made.price_unit),
        )


def _price(written: str | None, unit: str | None) -> int | None:
    """Millionths of a US dollar. Twilio writes what it charges as ``-0.00750``, null until then."""
    if not written or (unit or "USD").upper() != "USD":
        return None
    try:
        return round(abs(Decimal(written)) * 1_000_000)
    except ArithmeticError:
        return None


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong with something that may be asked again, in our words."""
    try:
        yield
    except (TwilioRestException, TwilioServiceException) as error:
        kind = Missing if error.status == 404 else CarrierError
        raise kind(f"HTTP {error.status}", error.code) from error
    except (TwilioException, requests.RequestException, ValueError, TypeError, KeyError) as error:
        raise CarrierError(f"no answer: {type(error).__name__}") from error


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
