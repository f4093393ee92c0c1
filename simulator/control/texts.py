"""Phones: what they send, and what they show."""

import base64
import binascii
from functools import partial
from typing import Annotated, Any

from flask import request
from msgspec import Meta, Struct, field

from simulator import inbound
from simulator.control import blueprint, body, number
from simulator.errors import BadRequest
from simulator.fetching import limit
from simulator.inbound import Attachment
from simulator.records import Text
from simulator.rest import carrier
from simulator.rest.media import link
from simulator.webhooks import arrived

_TYPE = r"^(image|audio|video|text|application)/[a-z0-9.+-]{1,60}$"


class Enclosed(Struct, forbid_unknown_fields=True):
    content_type: Annotated[str, Meta(pattern=_TYPE)]
    content: Annotated[str, Meta(max_length=7_000_000)]
    """base64"""


class Sent(Struct, forbid_unknown_fields=True):
    """``wait``: answer when the backend was told, and say whether it took it."""

    from_: str = field(name="from")
    to: str
    body: Annotated[str, Meta(max_length=1600)] = ""
    media: Annotated[list[Enclosed], Meta(max_length=10)] = []
    wait: bool = True


@blueprint.post("/texts")
def send() -> tuple[dict[str, Any], int]:
    """A phone texts one of our numbers -> 201 ``{"sid", "delivered", "status"}``.

    ``status`` is the HTTP status that the backend gave, null without one. With ``wait: false``
    the answer is 202 and comes before the backend was told.
    """
    sent = body(Sent)
    attachments = [_attachment(each) for each in sent.media]
    if not sent.body and not attachments:
        raise BadRequest("body: a text needs words or media")
    if "\0" in sent.body:
        raise BadRequest("body: no phone can send NUL")
    phone, ours = number(sent.from_, "from"), number(sent.to, "to")
    message = inbound.receive(carrier(), phone, ours, sent.body, attachments)
    if not sent.wait:
        carrier().timer.after(0, partial(inbound.push, carrier(), message))
        return {"sid": message.sid, "delivered": False, "status": None}, 202
    last = inbound.push(carrier(), message)
    told = last is not None and arrived(last)
    return {"sid": message.sid, "delivered": told, "status": last.status if last else None}, 201


@blueprint.get("/texts")
def shown() -> dict[str, Any]:
    """What a phone shows, oldest first; of all phones without ``phone``."""
    asked = request.args.get("phone")
    phone = number(asked, "phone") if asked else None
    with carrier().state.look() as books:
        texts = [t for t in books.texts if phone in (None, t.phone)]
        kinds = {sid: media.content_type for sid, media in books.media.items()}
    return {"texts": [_written(text, kinds) for text in texts]}


def _written(text: Text, kinds: dict[str, str]) -> dict[str, Any]:
    return {
        "sid": text.sid,
        "phone": text.phone,
        "direction": text.direction,
        "from": text.from_,
        "to": text.to,
        "body": text.body,
        "at": text.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "media": [
            {"url": link(sid), "content_type": kinds[sid]} for sid in text.media if sid in kinds
        ],
    }


def _attachment(enclosed: Enclosed) -> Attachment:
    try:
        content = base64.b64decode(enclosed.content, validate=True)
    except binascii.Error:
        raise BadRequest("media: content is not base64") from None
    if len(content) > limit(enclosed.content_type):
        raise BadRequest("media: too large to be sent as a text", 413)
    return Attachment(enclosed.content_type, content)
