"""Twilio's webhooks: a text arrived, a status changed."""

import re
from collections.abc import Callable
from time import perf_counter
from urllib.parse import parse_qsl

import structlog
from flask import Flask

from backend import metrics, request_ids
from backend.config import Config
from backend.messaging import callback, inbound
from backend.messaging.in_flight import InFlight
from backend.store import numbers
from backend.store.rows import now
from backend.store.writer import Writer
from backend.web.ahead import Ahead, Answer, Environ
from backend.web.signed_forms import Refused, SignedForms
from shared import wire

MESSAGES, STATUS = "/twilio/messages", "/twilio/messages/status"
_MEDIA_SID = re.compile("ME[0-9a-f]{32}")
EMPTY_TWIML = b"<Response/>"
_XML = (("Content-Type", "text/xml; charset=utf-8"),)
log = structlog.get_logger()


def register(
    app: Flask,
    config: Config,
    writer: Writer,
    count: Callable[[str], None],
    in_flight: InFlight | None = None,
) -> None:
    """Answer the two webhooks ahead of ``app``. ``count`` is told each result: filed, known (or
    fitting nothing), forged, malformed, too_large, held (a STOP that waits for what is under way),
    failed."""
    forms = SignedForms(config)
    flights = in_flight or InFlight()

    def believed(
        kind: str, act: Callable[[Environ, dict[str, str]], Answer]
    ) -> Callable[[Environ], Answer]:
        """``act`` on the form, once it is believed."""

        def road(environ: Environ) -> Answer:
            began = perf_counter()
            try:
                return act(environ, forms.read(environ))
            except Refused as refused:
                count(refused.result)
                # The usual cause is no attack but a PUBLIC_URL that Twilio knows otherwise.
                expected = config.public_url + environ["PATH_INFO"]
                log.warning("webhook.refused", result=refused.result, expected_at=expected)
                return Answer(refused.status)
            except Exception:
                count("failed")
                raise
            finally:
                metrics.webhook_seconds.took(kind, perf_counter() - began)

        return road

    def message(_environ: Environ, form: dict[str, str]) -> Answer:
        sid, sender, recipient = (form.get(key, "") for key in ("MessageSid", "From", "To"))
        if not (sid and sender and recipient) or len(sid) > 64:
            raise Refused(400, "malformed")
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
            return Answer(503, headers=(("Retry-After", "5"),))
        return Answer(200, EMPTY_TWIML, _XML)

    def landed(text: inbound.Inbound) -> bool:
        """Whether nothing is on its way any more to whoever asks us to stop: also for a redelivery,
        whose first delivery may be waiting still."""
        ours = numbers.by_e164(text.recipient)
        return ours is None or flights.landed(ours.team, inbound.mobile_of(text.sender))

    def status(environ: Environ, form: dict[str, str]) -> Answer:
        query = dict(parse_qsl(environ.get("QUERY_STRING", "")))
        # The text goes on under the name that its hand-over gave the carrier.
        request_ids.begin(query.get("request", ""))
        told = callback.StatusCallback(
            message=_whole(query.get("message", ""), 0),
            sid=form.get("MessageSid", ""),
            carrier_status=form.get("MessageStatus", ""),
            sender=form.get("From", ""),
            recipient=form.get("To", ""),
            error_code=_whole(form.get("ErrorCode"), 0) or None,
        )
        if not told.message or not told.sid or len(told.sid) > 64:
            raise Refused(400, "malformed")
        moved = writer(lambda tx: callback.receive(tx, told, form))
        count("filed" if moved else "known")
        log.info(
            "webhook.status", message=told.message, status=told.carrier_status[:16], moved=moved
        )
        return Answer(204)

    roads = {MESSAGES: believed("text", message), STATUS: believed("status", status)}
    app.wsgi_app = Ahead(app.wsgi_app, roads)  # type: ignore[method-assign]


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
