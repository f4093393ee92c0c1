"""Slowing down who guesses: after some free failures each further one doubles the wait."""

import ipaddress
from dataclasses import dataclass

FORGOTTEN_MS = 3600 * 1000


class Throttled(Exception):
    """Come back in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many tries: come back in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Tries:
    """How often it was tried, when (ms) last, and until when nobody may try."""

    count: int = 0
    last: int = 0
    until: int = 0


@dataclass(frozen=True)
class Throttle:
    """``free`` tries, then waits of 1, 2, 4 … up to ``longest`` seconds between them."""

    free: int
    longest: int

    def wait(self, tries: Tries, at: int) -> int:
        """In how many seconds one may try; 0 is now. ``at`` in ms."""
        tries = _remembered(tries, at)
        # Never longer than it could have been: a clock may have stepped back since.
        return min(self.longest, max(0, -(-(tries.until - at) // 1000)))

    def counted(self, tries: Tries, at: int) -> Tries:
        """With one more, at ``at`` (ms)."""
        count = _remembered(tries, at).count + 1
        over = count - self.free
        wait = min(2 ** min(over, 30), self.longest) if over >= 0 else 0
        return Tries(count, at, at + wait * 1000 if wait else 0)

    def given_back(self, tries: Tries) -> Tries:
        """The last one was good, but others may not have been: only this one is free."""
        count = max(0, tries.count - 1)
        return Tries(count, tries.last, tries.until if count >= self.free else 0)


def _remembered(tries: Tries, at: int) -> Tries:
    """Tries of long ago are forgotten; those that are still to come too: a clock has stepped, and
    nobody may be locked out until it comes there again."""
    return tries if abs(at - tries.last) <= FORGOTTEN_MS else Tries()


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
