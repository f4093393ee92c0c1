"""What a webhook URL asks for in its fragment: ``#ct=2000&rt=5000&tt=15000&rc=3&rp=all``."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag

from simulator.settings import Patience

_POLICIES = frozenset({"4xx", "5xx", "ct", "rt", "all"})


@dataclass(frozen=True)
class Target:
    """``url`` is without its fragment, which never travels and is no part of the signature.

    Times in seconds. ``policy`` holds what is worth a retry: ``ct`` no connection, ``rt`` no
    answer in time, ``4xx``, ``5xx``, or ``all``.
    """

    url: str
    connect: float
    read: float
    total: float
    retries: int
    policy: frozenset[str]

    def worth_a_retry(self, reason: str) -> bool:
        return bool(self.policy & {reason, "all"})


def target(url: str, patience: Patience) -> Target:
    """Values that are not numbers or out of Twilio's range are as if they were not there."""
    bare, fragment = urldefrag(url)
    asked = dict(parse_qsl(fragment))

    def number(key: str, low: int, high: int, default: float) -> float:
        text = asked.get(key, "")
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
        return default if value is None or not low <= value <= high else float(value)

    policy = _POLICIES & set(asked.get("rp", "ct").lower().split(","))
    return Target(
        url=bare,
        connect=number("ct", 100, 10_000, patience.connect * 1000) / 1000,
        read=number("rt", 100, 15_000, patience.read * 1000) / 1000,
        total=number("tt", 100, 15_000, patience.total * 1000) / 1000,
        retries=int(number("rc", 0, 5, 1)),
        policy=policy or frozenset({"ct"}),
    )
