"""How phones behave, which numbers there are to text, and news for the page."""

import json
from collections.abc import Iterator
from typing import Any, Literal

from flask import Response
from msgspec import UNSET, Struct, UnsetType, structs

from simulator.control import blueprint, body, number
from simulator.records import Phone
from simulator.rest import carrier

_HEARTBEAT = 15.0
_LINE = Literal[
    "landline",
    "mobile",
    "fixedVoip",
    "nonFixedVoip",
    "personal",
    "tollFree",
    "premium",
    "sharedCost",
    "uan",
    "voicemail",
    "pager",
    "unknown",
]


class Change(Struct, forbid_unknown_fields=True):
    phone: str
    line_type: _LINE | UnsetType = UNSET
    carrier_name: str | UnsetType = UNSET
    outcome: Literal["delivered", "undelivered", "failed", "sent"] | UnsetType = UNSET
    error_code: int | UnsetType | None = UNSET


@blueprint.post("/phones")
def change() -> dict[str, Any]:
    """Change how a phone behaves; what is not named stays as it is."""
    asked = body(Change)
    phone = number(asked.phone, "phone")
    changes = {
        key: value
        for key, value in structs.asdict(asked).items()
        if key != "phone" and value is not UNSET
    }
    with carrier().state.change() as books:
        books.phones[phone] = structs.replace(books.phones.get(phone) or Phone(), **changes)
        return {"phone": phone, **structs.asdict(books.phones[phone])}


@blueprint.get("/phones")
def index() -> dict[str, Any]:
    """The phones that have texted or been texted, and our numbers."""
    with carrier().state.look() as books:
        seen = dict.fromkeys(text.phone for text in reversed(books.texts))
        numbers = [
            {"number": n.phone_number, "name": n.friendly_name} for n in books.numbers.values()
        ]
    return {"phones": list(seen), "numbers": numbers}


@blueprint.get("/events")
def events() -> Response:
    """Server-Sent Events: a ``change`` whenever there may be something new to see."""
    state = carrier().state

    def stream() -> Iterator[str]:
        version = -1
        while not state.closed:
            now = state.wait_past(version, _HEARTBEAT)
            moved, version = now != version, now
            yield f"event: change\ndata: {json.dumps(now)}\n\n" if moved else ": still here\n\n"

    return Response(stream(), mimetype="text/event-stream", headers={"Cache-Control": "no-store"})
