"""What the gate is asked and what it answers."""

from dataclasses import dataclass
from typing import Literal

from shared.wire import Blocked, Suspicion

Moment = Literal["compose", "hand_over"]
Road = Literal["pane", "api", "scheduled", "system"]
"""By which road a text came: every one of them passes here. ``system``: nobody wrote it but the
backend, to answer STOP, START or HELP."""


@dataclass(frozen=True)
class Request:
    """A text that wants to go out: numbers in E.164. ``user`` is None for texts that no person
    wrote; ``at`` is when it shall go out (ms since 1970 UTC), None is now."""

    team: int
    user: int | None
    person: int
    sender: str
    recipient: str
    body: str
    media: int = 0
    at: int | None = None
    road: Road = "pane"


@dataclass(frozen=True)
class Answer:
    """What the gate said, and the id of the decision that keeps it."""

    blocked: Blocked | None
    decision: int


@dataclass(frozen=True)
class Verdict:
    """What the gate would say before anything is typed, and what it goes by; fields as those of
    :class:`shared.wire.Conversation`."""

    blocked: Blocked | None
    warning: Blocked | None
    zone: str
    zone_certain: bool
    do_not_text: bool
    suspicion: Suspicion | None
