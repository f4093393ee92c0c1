"""The send gate: the one function that every road to the carrier passes, twice.

Asked when a text is written and again when it is handed over, since the world moves in between.
Each answer is stored as a decision in the transaction that acts on it.
"""

from backend.compliance import hours
from backend.compliance.barred import suspicion
from backend.messaging.gate.case import Case
from backend.messaging.gate.request import Answer, Moment, Request, Road, Verdict
from backend.messaging.gate.table import Scope, first_no
from backend.store import decisions
from backend.store.writer import Transaction

__all__ = ["Answer", "Gate", "Moment", "Request", "Road", "Verdict", "look"]

ALL: frozenset[Scope] = frozenset(("user", "pair", "text"))
PAIR: frozenset[Scope] = frozenset(("pair",))


class Gate:
    """``fictitious`` lets example numbers (555-01XX) pass: they reach only the simulator."""

    def __init__(self, *, fictitious: bool) -> None:
        self._fictitious = fictitious

    def ask(
        self, tx: Transaction, request: Request, moment: Moment, message: int | None = None
    ) -> Answer:
        """Let the text pass or not; the answer is stored either way, with the text's id or, while
        it has none, to be linked by ``decisions.link``."""
        case = Case(request, fictitious=self._fictitious)
        blocked = first_no(case, ALL)
        decision = decisions.add(
            tx,
            request.team,
            message=message,
            user=request.user,
            moment=moment,
            reason=blocked.reason if blocked else "",
            detail="; ".join(case.notes),
            mobile=request.recipient,
            road=request.road,
        )
        return Answer(blocked, decision)

    def look(
        self, team: int, user: int | None, person: int, sender: str, recipient: str
    ) -> Verdict:
        """What the gate would say to a text of this user, before there are words. Stores nothing;
        without a user it is what holds for everybody who texts this person from this number."""
        request = Request(team, user, person, sender, recipient, "")
        return look(request, fictitious=self._fictitious)


def look(request: Request, *, fictitious: bool) -> Verdict:
    """:meth:`Gate.look` for those who have no gate: what lists and feeds show."""
    case = Case(request, fictitious=fictitious)
    blocked = first_no(case, PAIR if request.user is None else PAIR | {"user"})
    return Verdict(
        blocked,
        case.warning,
        *hours.zone_of(case.person, request.recipient),
        "do_not_text" in case.bars,
        suspicion(case.bars),
    )
