"""Slowing down who guesses: after some free failures each further one doubles the wait."""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FORGOTTEN_MS = 3600 * 1000
MOST_KEYS = 20_000


class Throttled(Exception):
    """Come back in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many tries: come back in {seconds} s")
        self.seconds = seconds


@dataclass
class _Tries:
    count: int = 0
    last: int = 0
    until: int = 0


class Throttle:
    """``free`` tries, then waits of 1, 2, 4 … up to ``longest`` seconds between them.

    Kept in memory and bounded: whoever tried longest ago is forgotten first. ``clock`` in ms.
    """

    def __init__(self, clock: Callable[[], int], *, free: int, longest: int) -> None:
        self._clock = clock
        self._free = free
        self._longest = longest
        self._tries: OrderedDict[str, _Tries] = OrderedDict()

    def take(self, key: str) -> None:
        """Count a try before its outcome is known, or raise :class:`Throttled`: tries that run
        side by side all count."""
        at = self._clock()
        tries = self._tries.pop(key, None)
        if tries is None or at - tries.last > FORGOTTEN_MS:
            tries = _Tries()
        self._tries[key] = tries
        if at < tries.until:
            raise Throttled(-(-(tries.until - at) // 1000))
        tries.count += 1
        tries.last = at
        over = tries.count - self._free
        if over >= 0:
            tries.until = at + min(2 ** min(over, 30), self._longest) * 1000
        if len(self._tries) > MOST_KEYS:
            self._tries.popitem(last=False)

    def forget(self, key: str) -> None:
        """The try was good: this key starts afresh."""
        self._tries.pop(key, None)

    def give_back(self, key: str) -> None:
        """The try was good, but others with this key may not have been: only this one is free."""
        tries = self._tries.get(key)
        if tries:
            tries.count -= 1
            tries.until = 0 if tries.count < self._free else tries.until


def network(address: str) -> str:
    """What counts as one caller: an IPv4 address, or the /64 that an IPv6 customer is given."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((int(ip), 64), strict=False))
    return str(ip)
