"""Texts that the backend itself writes: standard answers to STOP, START and HELP on a short code.

They pass what an opt-out, a restriction or an hour would refuse anybody else, and so are held to
the letter of :mod:`backend.compliance.confirmations`; whoever queues them does so once per text
that asked for one.
"""

from backend.compliance import confirmations
from backend.messaging.gate.case import Case
from shared.wire import Blocked


def answers_a_keyword(case: Case) -> Blocked | None:
    standard = confirmations.is_standard(case.request.body)
    if not standard or case.request.media or case.around.kind != "short_code":
        return Blocked(reason="not_standard", text="The backend writes standard answers only.")
    case.notes.append("answers a keyword: the one text that may follow an opt-out")
    return None
