"""Twilio's webhooks: a text arrived, a status changed. Nothing is believed before the signature."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import structlog
from flask import Blueprint, Response, request

from backend.config import Config
from backend.messaging import callback, forms, inbound, quarantining
from backend.messaging.in_flight import InFlight
from backend.store import numbers
from backend.store.rows import now
from backend.store.writer import Writer

LARGEST = 64 * 1024
"""Bytes of a webhook: 1,600 characters in UTF-8, percent-encoded, are below 20 KB."""
MOST_FIELDS = 200
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
    malformed, too_large,
    quarantined."""
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

    @web.post("/twilio/messages")
    def message() -> Response:
        form = fields()
        if isinstance(form, Response):
            return form
        try:
            text = forms.read(form, now())
        except forms.Malformed:
            # It is the carrier's and it is somebody's text: what we cannot read is kept.
            writer(lambda tx: quarantining.keep_unread(tx, form))
            count("quarantined")
            return Response(EMPTY_TWIML, mimetype="text/xml")
        stops = text.may_stop
        try:
            filed = writer(lambda tx: inbound.receive(tx, text, form))
            count("filed" if filed else "known")
        except Exception as error:
            # Where not even this can be written the carrier is told that we do not have it.
            quarantining.keep_text(writer, text, form, error)
            count("quarantined")
        if stops and not landed(text):
            # Filed and heeded, but not acknowledged: a redelivery is known, and waits again.
            log.warning("webhook.still_in_flight", sid=text.sid)
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
        told = callback.read(form, forms.whole(request.args.get("message"), 0))
        if not told.message or not told.sid or len(told.sid) > 64:
            return refuse(400, "malformed")
        try:
            moved = writer(lambda tx: callback.receive(tx, told, form))
            count("filed" if moved else "known")
        except Exception as error:
            quarantining.keep_status(writer, told, form, error)
            count("quarantined")
        return Response(status=204)

    return web
