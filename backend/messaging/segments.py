"""How many parts the carrier makes, and bills, of a text (3GPP TS 23.038).

Counts as Twilio's own calculator does, on any text: tests hold the two against each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from backend.messaging import graphemes

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
"""Two septets each: an escape and the character."""
_ALL = _BASIC | _EXTENDED
_ROOM = 1120
"""Bits of one part: 140 octets."""
_HEADER = 48
"""Bits that each of several parts gives up to say which one it is."""


@dataclass(frozen=True)
class Segments:
    """``count`` parts in ``encoding``; an empty text is one part."""

    count: int
    encoding: Literal["GSM-7", "UCS-2"]


def measure(body: str) -> Segments:
    """Count as the carrier does: neither an escape and its character nor what is read as one
    character, such as a joined emoji, is split over two parts."""
    if _ALL.issuperset(body):
        return Segments(_parts(14 if each in _EXTENDED else 7 for each in body), "GSM-7")
    units = _utf16(body)
    if units * 16 <= _ROOM:
        return Segments(1, "UCS-2")
    return Segments(_parts(16 * _utf16(each) for each in graphemes.split(body)), "UCS-2")


def _utf16(text: str) -> int:
    """Units of UTF-16: two for what lies above U+FFFF."""
    return len(text) + sum(each > "\uffff" for each in text)


def _parts(sizes: Iterable[int]) -> int:
    """Parts for characters of these sizes (bits), as the calculator fills them.

    When a second part begins, what no longer fits beside the first one's header moves over.
    """
    first: list[int] = []
    count, room = 1, _ROOM
    for size in sizes:
        if room < size:
            count += 1
            moved = 0
            if count == 2:
                room -= _HEADER
                while room < 0:
                    last = first.pop()
                    room += last
                    moved += last
            room = _ROOM - _HEADER - moved
        if count == 1:
            first.append(size)
        room -= size
    return count
