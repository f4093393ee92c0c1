"""Twilio's webhooks: a text arrived, a status changed."""

from collections.abc import Callable
from time import perf_counter
from urllib.parse import parse_qsl

import structlog
from flask import Flask

from backend import metrics, request_ids
from backend.config import Config
from backend.messaging import callback, forms, inbound, quarantining
from backend.messaging.in_flight import InFlight
from backend.store import numbers
from backend.store.rows import now
from backend.store.writer import ConnectionLost, Writer
from backend.web.ahead import Ahead, Answer, Environ
from backend.web.signed_forms import Refused, SignedForms

MESSAGES, STATUS = "/twilio/messages", "/twilio/messages/status"
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
    fitting nothing), quarantined, forged, malformed, too_large, held (a STOP that waits for what is
    under way), failed."""
    signed = SignedForms(config)
    flights = in_flight or InFlight()

    def believed(
        kind: str, act: Callable[[Environ, dict[str, str]], Answer]
    ) -> Callable[[Environ], Answer]:
        """``act`` on the form, once it is believed."""

        def road(environ: Environ) -> Answer:
            began = perf_counter()
            try:
                return act(environ, signed.read(environ))
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
        try:
            text = forms.read(form, now())
        except forms.Malformed as error:
            # It is the carrier's and it is somebody's text: what we cannot read is kept.
            why = str(error)
            writer(lambda tx: quarantining.keep_unread(tx, form, why), repeatable=True)
            count("quarantined")
            return Answer(200, EMPTY_TWIML, _XML)
        stops = text.may_stop
        try:
            filed = writer(lambda tx: inbound.receive(tx, text, form), repeatable=True)
            count("filed" if filed else "known")
            log.info("webhook.text", sid=text.sid, message=filed)
        except ConnectionLost:
            # Nothing is wrong with the text, and a database that is away keeps nothing: in
            # quarantine it would only come later than by the carrier's next try.
            raise
        except Exception as error:
            # Where not even this can be written the carrier is told that we do not have it.
            quarantining.keep_text(writer, text, form, error)
            count("quarantined")
        if stops and not landed(text):
            # Filed and heeded, but not acknowledged: a redelivery is known, and waits again.
            count("held")
            log.warning("webhook.still_in_flight", sid=text.sid)
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
        told = callback.read(form, forms.whole(query.get("message"), 0))
        if not told.message or not told.sid or len(told.sid) > forms.LONGEST_SID:
            raise Refused(400, "malformed")
        try:
            moved = writer(lambda tx: callback.receive(tx, told, form), repeatable=True)
            count("filed" if moved else "known")
            log.info(
                "webhook.status", message=told.message, status=told.carrier_status[:16], moved=moved
            )
        except ConnectionLost:
            raise
        except Exception as error:
            quarantining.keep_status(writer, told, form, error)
            count("quarantined")
        return Answer(204)

    roads = {MESSAGES: believed("text", message), STATUS: believed("status", status)}
    app.wsgi_app = Ahead(app.wsgi_app, roads)  # type: ignore[method-assign]
