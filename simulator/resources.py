"""The carrier's records as Twilio writes them in JSON."""

from datetime import UTC, datetime
from typing import Any

from simulator.errors import AFTERWARDS
from simulator.records import Account, Media, Message, Number

API_VERSION = "2010-04-01"
_PRICE = 0.0079


def rfc2822(at: datetime | None) -> str | None:
    """``Mon, 16 Aug 2010 03:45:01 +0000``"""
    return at.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000") if at else None


def iso8601(at: datetime) -> str:
    """``2026-01-31T12:00:00Z``"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def account_uri(account_sid: str) -> str:
    return f"/{API_VERSION}/Accounts/{account_sid}"


def message_uri(message: Message) -> str:
    return f"{account_uri(message.account_sid)}/Messages/{message.sid}"


def account(record: Account) -> dict[str, Any]:
    uri = account_uri(record.sid)
    return {
        "sid": record.sid,
        "owner_account_sid": record.sid,
        "friendly_name": record.friendly_name,
        "status": "active",
        "type": "Full",
        "auth_token": record.auth_token,
        "date_created": rfc2822(record.created),
        "date_updated": rfc2822(record.created),
        "uri": f"{uri}.json",
        "subresource_uris": {
            "messages": f"{uri}/Messages.json",
            "incoming_phone_numbers": f"{uri}/IncomingPhoneNumbers.json",
        },
    }


def message(record: Message) -> dict[str, Any]:
    # Twilio knows the price only once the text has left.
    priced = record.sent is not None and record.status not in ("sending", "failed")
    error = record.error_code
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "messaging_service_sid": record.service_sid,
        "to": record.to,
        "from": record.from_,
        "body": record.body,
        "direction": record.direction,
        "status": record.status,
        # A service has not chosen the sender yet, so nothing is counted yet.
        "num_segments": str(record.segments if record.from_ else 0),
        "num_media": str(record.media_count),
        "price": f"-{_PRICE * record.segments:.5f}" if priced else None,
        "price_unit": "USD",
        "error_code": error,
        "error_message": AFTERWARDS.get(error, "Unknown error") if error else None,
        "date_created": rfc2822(record.created),
        "date_updated": rfc2822(record.updated),
        "date_sent": rfc2822(record.sent),
        "api_version": API_VERSION,
        "uri": f"{message_uri(record)}.json",
        "subresource_uris": {"media": f"{message_uri(record)}/Media.json"},
    }


def media(record: Media) -> dict[str, Any]:
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "parent_sid": record.message_sid,
        "content_type": record.content_type,
        "date_created": rfc2822(record.created),
        "date_updated": rfc2822(record.created),
        "uri": f"{account_uri(record.account_sid)}/Messages/{record.message_sid}"
        f"/Media/{record.sid}.json",
    }


def number(record: Number, sms_url: str) -> dict[str, Any]:
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "phone_number": record.phone_number,
        "friendly_name": record.friendly_name,
        "capabilities": {"sms": record.sms, "mms": record.mms, "voice": record.voice, "fax": False},
        "sms_url": sms_url,
        "sms_method": record.sms_method,
        "sms_fallback_url": "",
        "sms_fallback_method": "POST",
        "sms_application_sid": record.sms_application_sid,
        "voice_url": None,
        "voice_method": "POST",
        "status_callback": "",
        "status_callback_method": "POST",
        "address_requirements": "none",
        "beta": False,
        "origin": "twilio",
        "status": "in-use",
        "api_version": API_VERSION,
        "date_created": rfc2822(record.created),
        "date_updated": rfc2822(record.updated),
        "uri": f"{account_uri(record.account_sid)}/IncomingPhoneNumbers/{record.sid}.json",
    }
