"""The send gate: the one function that every road to the carrier passes, twice.

Asked when a text is written and again when it is handed over, since the world moves in between.
Each answer is stored as a decision in the transaction that acts on it.
"""

from backend.compliance.standing import standing
from backend.licensing import may_message
from backend.messaging.gate.request import Answer, Moment, Request, Road, Verdict
from backend.store import decisions
from backend.store.numbers import by_e164
from backend.store.standing import opted_out_at
from backend.store.writer import Transaction
from shared.wire import Blocked

__all__ = ["Answer", "Gate", "Moment", "Request", "Road", "Verdict"]


class Gate:
    """``fictitious`` lets example numbers (555-01XX) pass: they reach only the simulator."""

    def __init__(self, *, fictitious: bool) -> None:
        self._fictitious = fictitious

    def ask(
        self, tx: Transaction, request: Request, moment: Moment, message: int | None = None
    ) -> Answer:
        """Let the text pass or not; the answer is stored either way, with the text's id or, while
        it has none, to be linked by ``decisions.link``."""
        blocked = self._blocked(request)
        decision = decisions.add(
            tx,
            request.team,
            message=message,
            user=request.user,
            moment=moment,
            reason=blocked.reason if blocked else "",
            detail="",
            mobile=request.recipient,
            road=request.road,
        )
        return Answer(blocked, decision)

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
