"""How many parts the carrier makes, and bills, of a text (3GPP TS 23.038)."""

from dataclasses import dataclass
from typing import Literal

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
"""Two septets each: an escape and the character."""


@dataclass(frozen=True)
class Segments:
    """``count`` parts in ``encoding``; an empty text is one part."""

    count: int
    encoding: Literal["GSM-7", "UCS-2"]


def measure(body: str) -> Segments:
    """Count as Twilio does: an escape pair or a surrogate pair is never split over two parts."""
    if all(each in _BASIC or each in _EXTENDED for each in body):
        return Segments(_parts([2 if each in _EXTENDED else 1 for each in body], 160, 153), "GSM-7")
    return Segments(_parts([2 if ord(each) > 0xFFFF else 1 for each in body], 70, 67), "UCS-2")


def _parts(units: list[int], single: int, part: int) -> int:
    if sum(units) <= single:
        return 1
    count, room = 1, part
    for unit in units:
        if unit > room:
            count, room = count + 1, part
        room -= unit
    return count
