"""Receipts: whether a text is in the CRM, and under which opportunity."""

from backend.crm_logs import filing
from backend.web.frames.call import Call, Handler
from shared import wire


def _retry(call: Call, frame: wire.ReceiptRetry) -> wire.MessageSaved:
    saved = filing.retry(call.services.writer, call.actor, call.user, frame.message)
    return wire.MessageSaved(request=frame.request, message=saved)


def _link(call: Call, frame: wire.ReceiptLink) -> wire.MessageSaved:
    saved = filing.link(
        call.services.writer, call.actor, call.user, frame.message, frame.opportunity
    )
    return wire.MessageSaved(request=frame.request, message=saved)


HANDLERS: dict[type[wire.ClientFrame], Handler] = {
    wire.ReceiptRetry: _retry,
    wire.ReceiptLink: _link,
}
