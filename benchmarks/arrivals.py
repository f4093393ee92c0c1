"""Which texts have arrived and when; and percentiles of how long they took."""

import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field

_NAME = re.compile(rb"T=(\d+);")


@dataclass
class Arrivals:
    """``heard`` is what a crowd calls. ``at`` is monotonic ns by the text's name."""

    at: dict[int, int] = field(default_factory=dict)
    repeated: int = 0

    def heard(self, rep: int, payload: bytes, at: int) -> None:
        name = _NAME.search(payload)
        if name is None:
            return
        if int(name[1]) in self.at:
            self.repeated += 1
        else:
            self.at[int(name[1])] = at


def percentile(values: Iterable[float], share: float) -> float | None:
    """The value that ``share`` (0 to 1) of them do not exceed; None without values."""
    ordered = sorted(values)
    if not ordered:
        return None
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3)


def median(values: Iterable[float]) -> float | None:
    given = list(values)
    return round(statistics.median(given), 3) if given else None
