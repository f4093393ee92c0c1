"""The answer to a create: whole, or spoiled by a fault after the text was accepted."""

from typing import Any

from flask import Response, jsonify

from simulator import breaking, sids
from simulator.carrier import Carrier
from simulator.errors import TwilioError
from simulator.records import Books, Message

_PATIENCE = 5.0


def created(resource: dict[str, Any]) -> Response:
    """Written at once: what happens to the text meanwhile is not in it."""
    response = jsonify(resource)
    response.status_code = 201
    response.headers["Twilio-Request-Id"] = sids.new("RQ")
    return response


def wait_for_callback(carrier: Carrier, message: Message, status: str) -> None:
    """Return when the backend has been told of ``status``, or does not want to hear."""

    def told(books: Books) -> bool:
        return any(
            d.message_sid == message.sid and d.params.get("MessageStatus") == status
            for d in books.deliveries
        )

    carrier.state.wait_for(told, timeout=_PATIENCE)


def spoil(answer: Response, carrier: Carrier, fits: dict[str, str | None]) -> Response:
    """What the client gets instead of ``answer``, if a fault is armed for it."""
    fault = carrier.faults.spend(
        "http_5xx_after_accept",
        "drop_after_accept",
        "truncate_after_accept",
        "timeout_after_accept",
        **fits,
    )
    if not fault:
        return answer
    if fault.kind == "http_5xx_after_accept":
        raise TwilioError(20500, status=fault.http_status)
    if fault.kind == "timeout_after_accept":
        carrier.stopping.wait(fault.seconds or 30)
        return answer
    if fault.kind == "truncate_after_accept":
        breaking.cut_off(answer)
    else:
        breaking.drop()
    return answer
