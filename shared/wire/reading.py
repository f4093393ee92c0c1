"""Decoding what a client sent, or saying why not."""

from typing import Union

import msgspec
from msgspec import Struct

from shared.wire.base import VERSION
from shared.wire.client import CLIENT_FRAMES, ClientFrame


class Refused(Exception):
    """A frame that is not taken. ``reason`` and ``text`` as in :class:`FrameRefused`."""

    def __init__(self, reason: str, text: str, request: str = "") -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text
        self.request = request


class _Head(Struct):
    """What can be told of any frame before it is decoded in full."""

    type: str
    v: int
    request: str = ""
    ref: str = ""


_decoder: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(Union[CLIENT_FRAMES])  # noqa: UP007
_head = msgspec.json.Decoder(_Head)
_known = {frame.__struct_config__.tag for frame in CLIENT_FRAMES}
encode = msgspec.json.encode


def decode(data: bytes) -> ClientFrame:
    """Decode one frame of the client, or raise :class:`Refused` with a reason it can act on."""
    try:
        frame = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _why(data, error) from None
    # JSON writes NUL as an escape only; most frames hold none and are not searched.
    if b"\\u0000" in data and _has_nul(msgspec.to_builtins(frame)):
        raise Refused("malformed", "Text may not contain NUL characters", _request(frame))
    return frame


def _why(data: bytes, error: Exception) -> Refused:
    try:
        head = _head.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Refused("malformed", f"Not a frame: {error}")
    request = (head.ref or head.request)[:64]
    if head.v != VERSION:
        return Refused("version", f"This backend speaks version {VERSION} of the wire", request)
    if head.type not in _known:
        return Refused("unknown_type", "This backend does not know this type of frame", request)
    return Refused("malformed", str(error), request)


def _request(frame: ClientFrame) -> str:
    return getattr(frame, "ref", "") or getattr(frame, "request", "")


def _has_nul(value: object) -> bool:
    match value:
        case str():
            return "\x00" in value
        case dict():
            return any(_has_nul(each) for each in value.values())
        case list():
            return any(_has_nul(each) for each in value)
    return False
