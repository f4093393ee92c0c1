"""The clock that recipients are thought to look at: the real one, or a simulated one.

Quiet hours alone go by it, so that a demo or a test that starts at night can send. Everything that
is stored or shown stays in real time. A process-wide setting, like the key of
:mod:`backend.store.pseudonym`.
"""

from backend.store.rows import now

_ahead = 0


def start_at(instant: int | None) -> None:
    """From now on the recipients' clock runs from ``instant`` (ms since 1970 UTC); None is the
    real clock. Only where the carrier is simulated: :class:`backend.config.Config` sees to it."""
    global _ahead
    _ahead = 0 if instant is None else instant - now()


def of_recipients(at: int) -> int:
    """What the recipients' clock shows at the real instant ``at`` (ms)."""
    return at + _ahead


def real(shown: int) -> int:
    """The real instant (ms) at which the recipients' clock shows ``shown``."""
    return shown - _ahead
