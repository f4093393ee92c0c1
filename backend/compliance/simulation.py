"""What is different where the carrier is a simulator: example numbers may be texted, and recipients
may be thought to look at another clock.

Quiet hours alone go by that clock, so that a demo or a test that starts at night can send. Whatever
is stored or shown stays in real time. Process-wide settings, like the key of
:mod:`backend.store.pseudonym`; without :func:`configure` nothing is simulated.
"""

from backend.store.rows import now

_fictitious = False
_ahead = 0


def configure(*, fictitious: bool, starts_at: int | None = None) -> None:
    """``fictitious`` lets example numbers (555-01XX) pass. The recipients' clock runs on from
    ``starts_at`` (ms since 1970 UTC); None is the real one."""
    global _fictitious, _ahead
    _fictitious = fictitious
    _ahead = 0 if starts_at is None else starts_at - now()


def fictitious() -> bool:
    return _fictitious


def shown_at(instant: int) -> int:
    """What the recipients' clock shows at the real ``instant`` (ms)."""
    return instant + _ahead


def real(shown: int) -> int:
    """The real instant (ms) at which the recipients' clock shows ``shown``."""
    return shown - _ahead
