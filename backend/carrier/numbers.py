"""Twilio's numbers, Messaging Services and Lookup, through its own library."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from backend.carrier.http import ElsewhereHttpClient
from backend.carrier.registrations import read_registrations
from backend.ports import CarrierError, HeldNumber, Registrations

_PAGE = 500


class TwilioNumbers:
    """A :class:`~backend.ports.NumberDesk`."""

    def __init__(self, account_sid: str, auth_token: str, base_url: str) -> None:
        self._client = Client(account_sid, auth_token, http_client=ElsewhereHttpClient(base_url))

    def held(self) -> list[HeldNumber]:
        with _asking("the list of numbers"):
            services = {each.sid: each for each in self._client.messaging.v1.services.stream()}
            service_of = {
                member.sid: each
                for each in services.values()
                for pool in (each.phone_numbers, each.short_codes)
                for member in pool.stream(page_size=_PAGE)
            }
            numbers = self._client.incoming_phone_numbers.stream(page_size=_PAGE)
            codes = self._client.short_codes.stream(page_size=_PAGE)
            return [
                *(_number(each, service_of.get(each.sid)) for each in numbers),
                *(_short_code(each, service_of.get(each.sid)) for each in codes),
            ]

    def registrations(self, services: Any) -> Registrations:
        with _asking("what is registered"):
            return read_registrations(self._client, services)

    def set_webhook(self, number: HeldNumber, url: str) -> None:
        with _asking("the webhook"):
            if number.e164.startswith("+"):
                # A TwiML application would be asked before the address.
                self._client.incoming_phone_numbers(number.sid).update(
                    sms_url=url, sms_method="POST", sms_application_sid=""
                )
            else:
                self._client.short_codes(number.sid).update(sms_url=url, sms_method="POST")
            if number.service_decides:
                self._client.messaging.v1.services(number.service).update(
                    inbound_request_url=url, inbound_method="POST"
                )

    def line_type(self, e164: str) -> str:
        with _asking("the look-up"):
            found = self._client.lookups.v2.phone_numbers(e164).fetch(
                fields="line_type_intelligence"
            )
            # Canada without an approval is 60601 here: nothing is known, and nothing is wrong.
            return (found.line_type_intelligence or {}).get("type") or "unknown"


@contextmanager
def _asking(what: str) -> Iterator[None]:
    try:
        yield
    except TwilioRestException as error:
        raise CarrierError(f"{what}: HTTP {error.status}", error.code or None) from error
    except (TwilioException, requests.RequestException) as error:
        raise CarrierError(f"{what} did not come: {type(error).__name__}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CarrierError(f"{what} came otherwise than expected: {error}") from error


def _number(made: Any, service: Any) -> HeldNumber:
    can = made.capabilities or {}
    # Where an application is set, the number's own address is not asked.
    own = "" if made.sms_application_sid else made.sms_url or ""
    return HeldNumber(
        sid=made.sid,
        e164=made.phone_number,
        label=made.friendly_name or "",
        sms=bool(can.get("sms")),
        mms=bool(can.get("mms")),
        voice=bool(can.get("voice")),
        **_reached(own, service),
    )


def _short_code(made: Any, service: Any) -> HeldNumber:
    return HeldNumber(
        sid=made.sid,
        e164=made.short_code,
        label=made.friendly_name or "",
        sms=True,
        mms=True,
        voice=False,
        **_reached(made.sms_url or "", service),
    )


def _reached(own: str, service: Any) -> dict[str, Any]:
    if service is None:
        return {"webhook": own}
    decides = not service.use_inbound_webhook_on_number
    return {
        "webhook": (service.inbound_request_url or "") if decides else own,
        "service": service.sid,
        "service_decides": decides,
    }
