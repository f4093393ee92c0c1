"""The carrier tells a status. The callback's URL carries our id of the message, so one that comes
before the answer to the hand-over finds its message all the same."""

from dataclasses import dataclass

import msgspec
import structlog

from backend import metrics
from backend.messaging import refusing, status
from backend.messaging.errors import OPTED_OUT
from backend.messaging.forms import whole
from backend.store import messages, quarantine, webhooks
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

    @property
    def key(self) -> str:
        """What makes a redelivery the same."""
        return f"status:{self.sid}:{self.carrier_status[:24]}"

    @property
    def understood(self) -> bool:
        return self.carrier_status in status.CARRIER


def read(form: dict[str, str], message: int) -> StatusCallback:
    """The status in a signed form, of our ``message``."""
    return StatusCallback(
        message=message,
        sid=form.get("MessageSid", ""),
        carrier_status=form.get("MessageStatus", ""),
        sender=form.get("From", ""),
        recipient=form.get("To", ""),
        error_code=whole(form.get("ErrorCode"), 0) or None,
    )


def receive(tx: Transaction, told: StatusCallback, params: dict[str, str]) -> bool:
    """Keep the callback and move its message forward; False when it was known or fits nothing."""
    webhook = webhooks.add(tx, told.key, msgspec.json.encode(params).decode(), told.sid)
    if webhook is None:
        return False
    if not told.understood:
        set_aside(tx, told, webhook, "schema", unread(told))
        return False
    return apply(tx, told, webhook)


def apply(tx: Transaction, told: StatusCallback, webhook: int) -> bool:
    """Move the message forward by a callback that ``webhook`` holds."""
    held = messages.handed_over(told.message)
    if held is None or (held.sender, held.recipient) != (told.sender, told.recipient):
        return False
    if held.sid not in (None, told.sid):
        # The carrier has this text twice. It must not happen; if it does, it must be seen.
        metrics.texts_twice.inc()
        log.error("callback.second_sid", message=told.message)
        return False
    webhooks.mark_filed(tx, webhook, held.team)
    if told.error_code == OPTED_OUT:
        refusing.opted_out(tx, held.team, held.recipient, held.at)
    return status.advance(
        tx,
        held.team,
        told.message,
        status.CARRIER[told.carrier_status],
        sid=told.sid,
        error_code=told.error_code,
    )


def set_aside(
    tx: Transaction, told: StatusCallback, webhook: int, reason: str, detail: str
) -> None:
    """Keep a status that cannot be filed now in quarantine, where it is of a text of ours."""
    held = messages.handed_over(told.message)
    if held is not None:
        quarantine.put(
            tx,
            held.team,
            key=told.key,
            kind="status",
            reason=reason,
            detail=detail,
            mobile=held.recipient,
            webhook=webhook,
            message=told.message,
        )


def unread(told: StatusCallback) -> str:
    return f"The status “{told.carrier_status[:24]}” is not known."
