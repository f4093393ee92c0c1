"""A phone texts one of our numbers: shown on the phone, entered, and pushed to the backend."""

from dataclasses import dataclass

from simulator import optouts, places, segments, sids
from simulator.carrier import Carrier
from simulator.errors import BadRequest
from simulator.phones import E164
from simulator.records import Delivery, Media, Message, Number, Text
from simulator.resources import API_VERSION, account_uri
from simulator.state import owned, service_of
from simulator.webhooks import arrived


@dataclass(frozen=True)
class Attachment:
    content_type: str
    content: bytes


def receive(
    carrier: Carrier, phone: str, number: str, body: str, attachments: list[Attachment]
) -> Message:
    """Enter a text that ``phone`` sends to ``number``; BadRequest if there is no such number."""
    if not E164.fullmatch(phone):
        raise BadRequest("from: not a number such as +14045550187")
    now = carrier.now()
    with carrier.state.change() as books:
        ours = owned(books, number)
        if not ours:
            raise BadRequest("to: nobody rents this number", 404)
        message = Message(
            sid=sids.new("MM" if attachments else "SM"),
            account_sid=ours.account_sid,
            to=number,
            from_=phone,
            body=body,
            direction="inbound",
            status="received",
            segments=segments.count(body),
            created=now,
            updated=now,
            sent=now,
            service_sid=service_of(books, number),
            media_count=len(attachments),
        )
        media = [
            Media(sids.new("ME"), ours.account_sid, message.sid, a.content_type, a.content, now)
            for a in attachments
        ]
        books.media.update({each.sid: each for each in media})
        books.messages[message.sid] = message
        books.ledger.append(message)
        shown = [each.sid for each in media]
        books.texts.append(Text(phone, "sent", number, phone, body, now, message.sid, shown))
        answer = optouts.heed(books, phone, number, body)
        if answer:
            books.texts.append(Text(phone, "received", phone, number, answer, now))
    return message


def push(carrier: Carrier, message: Message) -> Delivery | None:
    """Tell the backend; the last attempt, or None when there was none: no address, or a fault."""
    with carrier.state.look() as books:
        number = owned(books, message.to)
        media = [m for m in books.media.values() if m.message_sid == message.sid]
        token = books.accounts[message.account_sid].auth_token
    url = carrier.inbound_url(number) if number else ""
    fits = {"to": message.to, "from_": message.from_}
    if not number or not url or carrier.faults.spend("lose_inbound", **fits):
        return None
    params = parameters(carrier, message, media)
    once = sids.new("IT")

    def deliver(number: Number) -> Delivery:
        return carrier.webhooks.deliver(
            "inbound", message.sid, url, params, token, number.sms_method, once
        )

    delivery = deliver(number)
    if carrier.faults.spend("duplicate_inbound", **fits):
        again = deliver(number)
        return delivery if arrived(delivery) else again
    return delivery


def parameters(carrier: Carrier, message: Message, media: list[Media]) -> dict[str, str]:
    """The form that Twilio posts for an inbound text."""
    params = {
        "ToCountry": "",
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsMessageSid": message.sid,
        "AccountSid": message.account_sid,
        "From": message.from_ or "",
        "To": message.to,
        "Body": message.body,
        "NumMedia": str(len(media)),
        "NumSegments": str(message.segments),
        "SmsStatus": "received",
        "ApiVersion": API_VERSION,
        **places.fields("From", message.from_ or ""),
        **places.fields("To", message.to),
    }
    if message.service_sid:
        params["MessagingServiceSid"] = message.service_sid
    for index, each in enumerate(media):
        path = f"{account_uri(each.account_sid)}/Messages/{each.message_sid}/Media/{each.sid}"
        params[f"MediaUrl{index}"] = f"{carrier.url}{path}"
        params[f"MediaContentType{index}"] = each.content_type
    return params
