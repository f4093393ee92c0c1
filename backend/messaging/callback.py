"""The carrier tells a status. The callback's URL carries our id of the message, so one that comes
before the answer to the hand-over finds its message all the same."""

from dataclasses import dataclass

import msgspec
import structlog

from backend import metrics
from backend.messaging import status
from backend.store import messages, webhooks
from backend.store.writer import Transaction

log = structlog.get_logger()


@dataclass(frozen=True)
class StatusCallback:
    """``carrier_status`` is the carrier's own word."""

    message: int
    sid: str
    carrier_status: str
    sender: str
    recipient: str
    error_code: int | None = None


def receive(tx: Transaction, callback: StatusCallback, params: dict[str, str]) -> bool:
    """Keep the callback and move its message forward; False when it was known or fits nothing."""
    key = f"status:{callback.sid}:{callback.carrier_status}"
    webhook = webhooks.add(tx, key, msgspec.json.encode(params).decode(), callback.sid)
    if webhook is None:
        return False
    held = messages.handed_over(callback.message)
    new = status.CARRIER.get(callback.carrier_status)
    if held is None or new is None:
        return False
    if (held.sender, held.recipient) != (callback.sender, callback.recipient):
        return False
    if held.sid not in (None, callback.sid):
        # The carrier has this text twice. It must not happen; if it does, it must be seen.
        metrics.texts_twice.inc()
        log.error("callback.second_sid", message=callback.message)
        return False
    webhooks.mark_filed(tx, webhook, held.team)
    return status.advance(
        tx,
        held.team,
        callback.message,
        new,
        sid=callback.sid,
        error_code=callback.error_code,
    )
