"""The send gate: the one function that every road to the carrier passes, twice.

Asked when a text is written and again when it is handed over, since the world moves in between.
Each answer is stored as a decision in the transaction that acts on it.
"""

from backend import metrics
from backend.compliance import hours
from backend.compliance.barred import suspicion
from backend.messaging.gate.case import Case
from backend.messaging.gate.request import Answer, Moment, Request, Road, Verdict
from backend.messaging.gate.table import Scope, first_no
from backend.store import decisions
from backend.store.writer import Transaction

__all__ = ["Answer", "Moment", "Request", "Road", "Verdict", "ask", "look"]

ALL: frozenset[Scope] = frozenset(("user", "pair", "text"))
PAIR: frozenset[Scope] = frozenset(("pair",))


def ask(tx: Transaction, request: Request, moment: Moment, message: int | None = None) -> Answer:
    """Let the text pass or not; the answer is stored either way, with the text's id or, while it
    has none, to be linked by ``decisions.link``."""
    case = Case(request)
    blocked = first_no(case, ALL)
    if blocked is not None:
        metrics.gate_refused.count(blocked.reason)
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


def look(request: Request) -> Verdict:
    """What the gate would say to the text before there are words. Stores nothing; without a user it
    is what holds for everybody who texts this person from this number."""
    case = Case(request)
    blocked = first_no(case, PAIR if request.user is None else PAIR | {"user"})
    return Verdict(
        blocked,
        case.warning,
        *hours.zone_of(case.person, request.recipient),
        "do_not_text" in case.bars,
        suspicion(case.bars),
    )
