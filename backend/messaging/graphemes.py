"""Splitting a text into graphemes as Twilio's calculator does, so that its count is ours.

The calculator (npm ``sms-segments-calculator``) splits with ``grapheme-splitter``: Unicode 10's
UAX #29 with peculiarities of its own, which are kept here. A newer splitter, such as that of
``regex`` or the browser, parts other texts elsewhere and now and then counts another message.
"""

import json
from bisect import bisect_right
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from re import finditer

import shared


class Class(IntEnum):
    """Grapheme_Cluster_Break of Unicode 10, numbered as in ``shared/graphemes.json``."""

    CR = 0
    LF = 1
    CONTROL = 2
    EXTEND = 3
    REGIONAL = 4
    SPACING = 5
    L = 6
    V = 7
    T = 8
    LV = 9
    LVT = 10
    OTHER = 11
    PREPEND = 12
    BASE = 13
    MODIFIER = 14
    ZWJ = 15
    GLUE = 16
    BASE_GLUE = 17


def _read() -> tuple[list[int], list[int], list[Class]]:
    """The runs of the file: first and last code points, and classes; ``gap[+more]LETTER`` each."""
    data = json.loads((Path(shared.__file__).parent / "graphemes.json").read_text("utf-8"))
    firsts, lasts, classes, end = [], [], [], 0
    for run in finditer(r"([0-9a-z]+)(?:\+([0-9a-z]+))?([A-Z])", data["runs"]):
        first = end + int(run[1], 36)
        end = first + int(run[2] or "0", 36)
        firsts.append(first)
        lasts.append(end)
        classes.append(Class(ord(run[3]) - ord("A")))
    return firsts, lasts, classes


_FIRSTS, _LASTS, _CLASSES = _read()
_ENDS = frozenset([Class.CR, Class.LF, Class.CONTROL])
_BASES = frozenset([Class.BASE, Class.BASE_GLUE])
# GB6 to GB8: what may follow a part of a Hangul syllable.
_HANGUL = {
    Class.L: frozenset([Class.L, Class.V, Class.LV, Class.LVT]),
    Class.V: frozenset([Class.V, Class.T]),
    Class.LV: frozenset([Class.V, Class.T]),
    Class.T: frozenset([Class.T]),
    Class.LVT: frozenset([Class.T]),
}
_JOINS = frozenset([Class.EXTEND, Class.ZWJ, Class.SPACING])
_GLUED = frozenset([Class.GLUE, Class.BASE_GLUE])
_NONE: frozenset[Class] = frozenset()


@lru_cache(4096)
def class_of(character: str) -> Class:
    """The class of one code point."""
    code = ord(character)
    if 0xAC00 <= code <= 0xD7A3:
        return Class.LVT if (code - 0xAC00) % 28 else Class.LV
    at = bisect_right(_FIRSTS, code) - 1
    return _CLASSES[at] if at >= 0 and code <= _LASTS[at] else Class.OTHER


class _Cluster:
    """A grapheme as far as it has been read: what the rules ask of it, so that none is slow."""

    __slots__ = (
        *("first", "second", "before", "last"),
        *("rest", "only_extend", "extended", "regional"),
    )

    def __init__(self, first: Class) -> None:
        self.first = first
        self.last = first
        self.before: Class | None = None
        """The one before the last."""
        self.extended = first is Class.EXTEND
        """Holds an Extend anywhere."""
        self.rest = 0
        """How many follow the first."""
        self.only_extend = True
        """All that follow the first are Extend."""
        self.second: Class | None = None
        self.regional = False
        """A regional indicator follows the first."""

    def add(self, following: Class) -> None:
        if not self.rest:
            self.second = following
        self.rest += 1
        self.only_extend &= following is Class.EXTEND
        self.extended |= following is Class.EXTEND
        self.regional |= following is Class.REGIONAL
        self.before, self.last = self.last, following

    def ends_before(self, following: Class) -> bool:
        """Whether a new grapheme begins; the splitter's rules in its order."""
        last = self.last
        if last is Class.OTHER and following is Class.OTHER:
            return True
        parted = self.first not in _BASES and self.first is not Class.EXTEND
        if following is Class.MODIFIER and self.rest and self.only_extend and parted:
            return True
        # Flags: what follows a mark behind one is parted from it, unlike in UAX #29.
        if last is not Class.PREPEND and last is not Class.REGIONAL:
            if following is Class.REGIONAL and not self.rest:
                return True
            if following is not Class.REGIONAL and self.second is Class.REGIONAL:
                return True
        if last in _ENDS or following in _ENDS:
            return True
        if following in _HANGUL.get(last, _NONE) or following in _JOINS or last is Class.PREPEND:
            return False
        if following is Class.MODIFIER:
            base = self.before if self.extended else last
            if base in _BASES and (last is Class.EXTEND or not self.extended):
                return False
        if last is Class.ZWJ and following in _GLUED:
            return False
        return self.regional or not (last is Class.REGIONAL and following is Class.REGIONAL)


def split(text: str) -> list[str]:
    """The graphemes of the text; CR LF are two, since the carrier counts both."""
    found: list[str] = []
    cluster: _Cluster | None = None
    start = 0
    for at, character in enumerate(text):
        following = class_of(character)
        if cluster and not cluster.ends_before(following):
            cluster.add(following)
            continue
        if cluster:
            found.append(text[start:at])
        cluster, start = _Cluster(following), at
    if cluster:
        found.append(text[start:])
    return found
