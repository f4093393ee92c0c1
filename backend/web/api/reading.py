"""Reading requests: bodies from raw bytes, queries from strings, into the declared structs."""

import re
from typing import TypeVar

import msgspec
from flask import request
from msgspec import Struct

from backend.web.api.problems import Refusal

S = TypeVar("S", bound=Struct)
LARGEST = 64 * 1024
_PLACE = re.compile(r"`\$\.([A-Za-z0-9_]+)|field `([A-Za-z0-9_]+)`")


def body(kind: type[S]) -> S:
    """The request's body, or :class:`Refusal` 400, 413 or 415."""
    if (request.content_length or 0) > LARGEST:
        raise _too_large()
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset != "utf-8":
        raise Refusal(
            415,
            "media_type",
            "Send JSON: Content-Type: application/json",
            headers={"Accept": "application/json"},
        )
    # What comes without a length is cut off at the limit: one byte more tells that it was.
    request.max_content_length = LARGEST + 1
    data = request.get_data(cache=False)
    if len(data) > LARGEST:
        raise _too_large()
    try:
        read = msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise _not_as_declared(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal(400, "malformed", f"The body is not JSON: {error}") from None
    return _without_nul(read)


def query(kind: type[S]) -> S:
    """The request's query, or :class:`Refusal` 400."""
    given = request.args.to_dict(flat=False)
    twice = next((name for name, values in given.items() if len(values) > 1), None)
    if twice is not None:
        raise Refusal(400, "malformed", "Given more than once.", field=twice[:64])
    single = {name: values[0] for name, values in given.items()}
    try:
        return _without_nul(msgspec.convert(single, kind, strict=False))
    except msgspec.ValidationError as error:
        raise _not_as_declared(error) from None


def _too_large() -> Refusal:
    return Refusal(413, "too_large", f"The body is too large: {LARGEST} bytes at most.")


def _not_as_declared(error: msgspec.ValidationError) -> Refusal:
    """msgspec says what was expected and where; it does not quote what came."""
    text = str(error)
    place = _PLACE.search(text)
    field = (place.group(1) or place.group(2)) if place else ""
    return Refusal(400, "malformed", text[:300], field=field)


def _without_nul(read: S) -> S:
    for name, value in msgspec.structs.asdict(read).items():
        if isinstance(value, str) and "\x00" in value:
            raise Refusal(400, "malformed", "Text may not contain NUL characters.", field=name)
    return read
