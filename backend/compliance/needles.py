"""Words of which one must be in a text before a pattern can match it: a quick no for most texts.

Worked out from the pattern itself, so that a rule is written once. Where nothing is certain,
nothing is demanded: that costs time, never a match.
"""

import re
from collections.abc import Iterable
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MOST = 12
"""Strings that one part of a pattern may stand for, before it is cut where it is."""
RARE = 5
"""A needle of so many characters is rare enough in what people write."""
_REPEATS = frozenset({op.MAX_REPEAT, op.MIN_REPEAT})
_ZERO_WIDTH = frozenset({op.AT, op.ASSERT, op.ASSERT_NOT})
Strings = frozenset[str]


def needles(pattern: re.Pattern[str]) -> Strings:
    """Every string that ``pattern`` matches contains one of these; empty where none is certain.
    Patterns that ignore case have none."""
    if pattern.flags & re.IGNORECASE:
        return frozenset()
    _, needed = _read(_parser.parse(pattern.pattern, pattern.flags))
    return _without_longer(needed) if needed else frozenset()


def _read(parts: Iterable[tuple[Any, Any]]) -> tuple[Strings | None, Strings | None]:
    """Of a sequence: all that it can stand for, if that is a short list, and the best needles."""
    run: Strings = frozenset({""})
    found: list[Strings | None] = []
    whole = True
    for code, value in parts:
        if code in _ZERO_WIDTH:
            continue
        exact, needed = _part(code, value)
        again = code in _REPEATS and value[1] != 1
        if exact is not None and len(run) * len(exact) <= MOST:
            run = frozenset(before + after for before, after in product(run, exact))
            if not again:
                continue
        whole = False
        # What was certain so far ends here; what follows begins anew, with what came last.
        found += [run, needed]
        run = exact if exact is not None else frozenset({""})
    found.append(run)
    return (run if whole else None), _best(found)


def _part(code: Any, value: Any) -> tuple[Strings | None, Strings | None]:
    """As :func:`_read`, of one element of the parsed pattern."""
    if code is op.LITERAL:
        return frozenset({chr(value)}), None
    if code is op.IN and all(inner is op.LITERAL for inner, _ in value):
        return frozenset(chr(each) for _, each in value), None
    if code is op.SUBPATTERN:
        return _read(value[3])
    if code is op.BRANCH:
        return _either([_read(branch) for branch in value[1]])
    if code in _REPEATS:
        least, most, inner = value
        exact, needed = _read(inner)
        if least == 0:
            return (exact | {""} if exact is not None and most == 1 else None), None
        return exact, needed
    return None, None


def _either(
    branches: list[tuple[Strings | None, Strings | None]],
) -> tuple[Strings | None, Strings | None]:
    all_exact = [exact for exact, _ in branches if exact is not None]
    exact = frozenset().union(*all_exact) if len(all_exact) == len(branches) else None
    needed = [_best([exact, needed]) for exact, needed in branches]
    union = frozenset().union(*(each for each in needed if each)) if all(needed) else None
    return (exact if exact is not None and len(exact) <= MOST else None), union


def _best(found: Iterable[Strings | None]) -> Strings | None:
    """The rarest needles, and of those the fewest; None where any is empty."""
    able = [each for each in found if each and "" not in each]
    return max(able, key=lambda each: (min(RARE, *map(len, each)), -len(each)), default=None)


def _without_longer(strings: Strings) -> Strings:
    """Without those that hold another one."""
    return frozenset(
        each for each in strings if not any(other in each for other in strings if other != each)
    )
