"""A text as the carrier's webhook writes it: Twilio's form, and ours for what its list told."""

import re

from backend.messaging.inbound import Inbound
from backend.ports import CarrierText
from shared import wire

_MEDIA_SID = re.compile("ME[0-9a-f]{32}")
LONGEST_SID = 40


class Malformed(ValueError):
    """Something is missing that a text cannot be filed without; the message says what."""


def read(form: dict[str, str], at: int) -> Inbound:
    """The text in a signed form that came ``at`` (ms); raises :class:`Malformed`."""
    sid = form.get("MessageSid", "")
    for name in ("MessageSid", "From", "To"):
        if not form.get(name):
            raise Malformed(f"{name} is missing.")
    if len(sid) > LONGEST_SID:
        raise Malformed("MessageSid is too long.")
    return Inbound(
        sid=sid,
        sender=form["From"],
        recipient=form["To"],
        body=form.get("Body", ""),
        at=whole(form.get("SentAt"), at, digits=15),
        segments=whole(form.get("NumSegments"), 1) or 1,
        media=_media_sids(form),
        opt_out_type=form.get("OptOutType", "")[:16],
    )


def of_list(text: CarrierText) -> dict[str, str]:
    """A text of the carrier's list as :func:`read` reads it. JSON can hold half a character, which
    nothing else can."""
    body = (text.body or "").encode("utf-8", "replace").decode()
    return {
        "MessageSid": text.sid,
        "From": text.sender,
        "To": text.recipient,
        "Body": body,
        "NumSegments": str(text.segments or 1),
        "NumMedia": str(text.media_count),
        "SentAt": str(text.at),
    }


def whole(text: str | None, otherwise: int, digits: int = 9) -> int:
    """A whole number of at most so many digits."""
    fits = text and text.isdecimal() and text.isascii() and len(text) <= digits
    return int(text) if text and fits else otherwise


def _media_sids(form: dict[str, str]) -> tuple[str, ...]:
    """The sids of the text's media, out of addresses that are never asked as they stand: an address
    of another text or account gives an empty sid, which the carrier's own list will tell."""
    text = f"/Accounts/{form.get('AccountSid')}/Messages/{form['MessageSid']}/Media/"
    count = min(whole(form.get("NumMedia"), 0), wire.MAX_MEDIA)
    found = [form.get(f"MediaUrl{index}", "").rpartition(text)[2] for index in range(count)]
    return tuple(sid if _MEDIA_SID.fullmatch(sid) else "" for sid in found)
