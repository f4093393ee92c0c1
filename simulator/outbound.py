"""A text on its way to a phone: accepted, then from status to status in the background."""

from functools import partial

from simulator import fetching, segments, sids
from simulator.carrier import Carrier
from simulator.orders import Order
from simulator.records import FINAL, Message, Text
from simulator.state import message as find
from simulator.state import phone

_RANK = {"accepted": 0, "scheduled": 0, "queued": 1, "sending": 2, "sent": 3}
_RANK |= dict.fromkeys(FINAL, 4)
TICK = 0.2


def accept(carrier: Carrier, account_sid: str, order: Order) -> Message:
    """Enter the text in the ledger: from here on the carrier has it, whatever it answers."""
    now = carrier.now()
    fault = carrier.faults.spend("undelivered", to=order.to, from_=order.from_)
    reorder = carrier.faults.spend("reorder_callbacks", to=order.to, from_=order.from_)
    with carrier.state.change() as books:
        way = phone(books, order.to)
        will_be, will_code = way.outcome, way.error_code
        if will_be in ("undelivered", "failed"):
            will_code = will_code or 30003
        elif way.line_type == "landline":
            will_be, will_code = "undelivered", 30006
        if fault:
            will_be, will_code = fault.final, fault.code or 30003
        message = Message(
            sid=sids.new("MM" if order.media_urls else "SM"),
            account_sid=account_sid,
            to=order.to,
            from_=order.from_,
            body=order.body,
            direction="outbound-api",
            status=_first(order),
            segments=segments.count(order.body),
            created=now,
            updated=now,
            send_at=order.send_at,
            service_sid=order.service_sid,
            callback=order.callback,
            media_urls=list(order.media_urls),
            media_count=len(order.media_urls),
            will_be=will_be,
            will_code=will_code,
            reversed_callbacks=reorder is not None,
        )
        books.messages[message.sid] = message
        books.ledger.append(message)
    return message


def start(carrier: Carrier, message: Message) -> None:
    """Let the text go its way. A scheduled one waits for ``release``."""
    pace = carrier.settings.pace
    if message.status == "accepted":
        carrier.timer.after(0, partial(_queue, carrier, message))
    elif message.status == "queued":
        carrier.timer.after(pace.queued, partial(_send, carrier, message))


def release(carrier: Carrier) -> None:
    """Start the scheduled texts whose time has come."""
    with carrier.state.look() as books:
        due = [
            m
            for m in books.messages.values()
            if m.status == "scheduled" and m.send_at and m.send_at <= carrier.now()
        ]
    for message in due:
        _queue(carrier, message)


def keep_releasing(carrier: Carrier) -> None:
    """Look at the clock until the carrier closes; on a thread of its own."""
    while not carrier.stopping.wait(TICK):
        release(carrier)


def resume(carrier: Carrier) -> None:
    """Go on with what a state file holds of texts that were under way."""
    with carrier.state.look() as books:
        open_ = [m for m in books.messages.values() if m.status not in FINAL]
    for message in open_:
        if message.status == "sending":
            carrier.timer.after(0, partial(_sent, carrier, message))
        elif message.status == "sent":
            carrier.timer.after(0, partial(_end, carrier, message))
        else:
            start(carrier, message)


def _first(order: Order) -> str:
    if order.send_at:
        return "scheduled"
    return "queued" if order.from_ else "accepted"


def _queue(carrier: Carrier, message: Message) -> None:
    with carrier.state.look() as books:
        pool = books.services.get(message.service_sid or "", [])
        from_ = message.from_ or next(iter(pool), None)
    if _move(carrier, message, "queued", from_=from_):
        start(carrier, message)


def _send(carrier: Carrier, message: Message) -> None:
    if not _move(carrier, message, "sending"):
        return
    if fetching.attach(carrier, message):
        carrier.timer.after(carrier.settings.pace.sending, partial(_sent, carrier, message))
    else:
        _move(carrier, message, "failed", code=30008)


def _sent(carrier: Carrier, message: Message) -> None:
    if message.will_be == "failed":
        _move(carrier, message, "failed", code=message.will_code)
        return
    if _move(carrier, message, "sent"):
        carrier.timer.after(carrier.settings.pace.sent, partial(_end, carrier, message))


def _end(carrier: Carrier, message: Message) -> None:
    if message.will_be == "undelivered":
        _move(carrier, message, "undelivered", code=message.will_code)
        return
    with carrier.state.change() as books:
        if find(books, message.account_sid, message.sid) is not message:
            return
        books.texts.append(_as_shown(carrier, message))
    # A carrier that never confirms leaves it at "sent".
    if message.will_be == "delivered":
        _move(carrier, message, "delivered")


def _as_shown(carrier: Carrier, message: Message) -> Text:
    with carrier.state.look() as books:
        media = [m.sid for m in books.media.values() if m.message_sid == message.sid]
    return Text(
        phone=message.to,
        direction="received",
        to=message.to,
        from_=message.from_ or "",
        body=message.body,
        at=carrier.now(),
        sid=message.sid,
        media=media,
    )


def _move(
    carrier: Carrier,
    message: Message,
    status: str,
    code: int | None = None,
    from_: str | None = None,
) -> bool:
    """Into the next status, told to the backend; False if the text was canceled or forgotten."""
    with carrier.state.change() as books:
        if find(books, message.account_sid, message.sid) is not message:
            return False
        if message.status in FINAL or _RANK[status] <= _RANK[message.status]:
            return False
        message.status, message.updated = status, carrier.now()
        message.error_code = code
        message.from_ = from_ or message.from_
        if status == "sending":
            message.sent = carrier.now()
    carrier.callbacks.tell(message)
    return True
