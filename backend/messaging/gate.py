"""The send gate: the one function that every road to the carrier passes, twice.

Asked when a text is written and again when it is handed over, since the world moves in between.
Each answer is stored as a decision in the transaction that acts on it.
"""

from dataclasses import dataclass
from typing import Literal

from backend.compliance.standing import standing
from backend.licensing import may_message
from backend.store import decisions
from backend.store.numbers import by_e164
from backend.store.standing import opted_out_at
from backend.store.writer import Transaction
from shared.wire import Blocked

Moment = Literal["compose", "hand_over"]
Road = Literal["pane", "api", "scheduled", "test"]
"""By which road a text came: every one of them passes here."""


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


class Gate:
    """``fictitious`` lets example numbers (555-01XX) pass: they reach only the simulator."""

    def __init__(self, *, fictitious: bool) -> None:
        self._fictitious = fictitious

    def ask(
        self, tx: Transaction, request: Request, moment: Moment, message: int | None = None
    ) -> Blocked | None:
        """None lets the text pass; the answer is stored either way."""
        blocked = self._blocked(request)
        decisions.add(
            tx,
            request.team,
            message=message,
            user=request.user,
            moment=moment,
            reason=blocked.reason if blocked else "",
        )
        return blocked

    def _blocked(self, request: Request) -> Blocked | None:
        if request.user is not None and (blocked := may_message(request.team, request.user)):
            return blocked
        if not request.body.strip() and not request.media:
            return Blocked(reason="empty", text="There is no text to send.")
        ours = by_e164(request.sender)
        if ours is None or ours.team != request.team:
            return Blocked(reason="no_number", text="The number to text from is not yours.")
        if by_e164(request.recipient) is not None:
            return Blocked(reason="own_number", text="This is one of our own numbers.")
        opted_out = opted_out_at(request.team, request.recipient)
        return standing(request.recipient, opted_out, fictitious=self._fictitious)
