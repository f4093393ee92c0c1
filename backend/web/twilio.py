"""Twilio's webhooks: a text arrived, a status changed. Nothing is believed before the signature."""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from time import perf_counter
from urllib.parse import parse_qsl, urlsplit

import structlog
from flask import Blueprint, Response, g, request

from backend import metrics
from backend.config import Config
from backend.messaging import callback, inbound
from backend.messaging.in_flight import InFlight
from backend.store import numbers
from backend.store.rows import now
from backend.store.writer import Writer
from backend.web import requests
from shared import wire

LARGEST = 64 * 1024
"""Bytes of a webhook: 1,600 characters in UTF-8, percent-encoded, are below 20 KB."""
MOST_FIELDS = 200
_MEDIA_SID = re.compile("ME[0-9a-f]{32}")
EMPTY_TWIML = b"<Response/>"
log = structlog.get_logger()


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


def blueprint(
    config: Config,
    writer: Writer,
    count: Callable[[str], None],
    in_flight: InFlight | None = None,
) -> Blueprint:
    """The two webhooks. ``count`` is told each result: filed, known (or fitting nothing), forged,
    malformed, too_large, held (a STOP that waits for what is under
    way), failed."""
    web = Blueprint("twilio", __name__)
    signature = Signature(config)
    flights = in_flight or InFlight()

    def fields() -> dict[str, str] | Response:
        """The signed form, or the refusal to answer with."""
        if request.content_length is None:
            # Without a declared length a body could be cut short unnoticed. Twilio declares it.
            return refuse(400, "malformed")
        if request.content_length > LARGEST:
            return refuse(413, "too_large")
        if request.mimetype != "application/x-www-form-urlencoded":
            return refuse(400, "malformed")
        try:
            text = request.get_data(cache=False).decode("ascii")
            pairs = parse_qsl(
                text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
            )
        except (UnicodeDecodeError, ValueError):
            return refuse(400, "malformed")
        given = request.headers.get("X-Twilio-Signature", "")
        path = request.environ.get("RAW_URI") or request.full_path.rstrip("?")
        if not signature.valid(path, pairs, given):
            return refuse(403, "forged")
        form = dict(pairs)
        if form.get("AccountSid") != config.twilio_account_sid:
            return refuse(403, "forged")
        return form

    def refuse(code: int, result: str) -> Response:
        count(result)
        # The usual cause is not an attack but a PUBLIC_URL that Twilio knows otherwise.
        log.warning("webhook.refused", result=result, expected_at=config.public_url + request.path)
        return Response(status=code)

    @web.before_request
    def begin() -> None:
        g.began = perf_counter()

    @web.after_request
    def finish(response: Response) -> Response:
        kind = "status" if request.path.endswith("/status") else "text"
        metrics.webhook_seconds.took(kind, perf_counter() - g.began)
        if response.status_code == 500:
            count("failed")
        return response

    @web.post("/twilio/messages")
    def message() -> Response:
        form = fields()
        if isinstance(form, Response):
            return form
        sid, sender, recipient = (form.get(key, "") for key in ("MessageSid", "From", "To"))
        if not (sid and sender and recipient) or len(sid) > 64:
            return refuse(400, "malformed")
        text = inbound.Inbound(
            sid=sid,
            sender=sender,
            recipient=recipient,
            body=form.get("Body", ""),
            at=now(),
            segments=_whole(form.get("NumSegments"), 1) or 1,
            media=_media_sids(form),
            opt_out_type=form.get("OptOutType", "")[:16],
        )
        stops = text.may_stop
        filed = writer(lambda tx: inbound.receive(tx, text, form))
        count("filed" if filed else "known")
        log.info("webhook.text", sid=sid, message=filed)
        if stops and not landed(text):
            # Filed and heeded, but not acknowledged: a redelivery is known, and waits again.
            count("held")
            log.warning("webhook.still_in_flight", sid=sid)
            return Response(status=503, headers={"Retry-After": "5"})
        return Response(EMPTY_TWIML, mimetype="text/xml")

    def landed(text: inbound.Inbound) -> bool:
        """Whether nothing is on its way any more to whoever asks us to stop: also for a redelivery,
        whose first delivery may be waiting still."""
        ours = numbers.by_e164(text.recipient)
        return ours is None or flights.landed(ours.team, inbound.mobile_of(text.sender))

    @web.post("/twilio/messages/status")
    def status() -> Response:
        form = fields()
        if isinstance(form, Response):
            return form
        # The text goes on under the name that its hand-over gave the carrier.
        requests.go_on(request.args.get("request", ""))
        told = callback.StatusCallback(
            message=_whole(request.args.get("message"), 0),
            sid=form.get("MessageSid", ""),
            carrier_status=form.get("MessageStatus", ""),
            sender=form.get("From", ""),
            recipient=form.get("To", ""),
            error_code=_whole(form.get("ErrorCode"), 0) or None,
        )
        if not told.message or not told.sid or len(told.sid) > 64:
            return refuse(400, "malformed")
        moved = writer(lambda tx: callback.receive(tx, told, form))
        count("filed" if moved else "known")
        log.info(
            "webhook.status", message=told.message, status=told.carrier_status[:16], moved=moved
        )
        return Response(status=204)

    return web


def _media_sids(form: dict[str, str]) -> tuple[str, ...]:
    """The sids of the text's media, out of addresses that are never asked as they stand: an address
    of another text or account gives an empty sid, which the carrier's own list will tell."""
    text = f"/Accounts/{form['AccountSid']}/Messages/{form['MessageSid']}/Media/"
    count = min(_whole(form.get("NumMedia"), 0), wire.MAX_MEDIA)
    found = [form.get(f"MediaUrl{index}", "").rpartition(text)[2] for index in range(count)]
    return tuple(sid if _MEDIA_SID.fullmatch(sid) else "" for sid in found)


def _whole(text: str | None, otherwise: int) -> int:
    """A whole number of at most nine digits."""
    return (
        int(text) if text and text.isdecimal() and text.isascii() and len(text) < 10 else otherwise
    )
