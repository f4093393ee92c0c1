"""The checks, in the order in which a rep can act on them: the first no is the answer.

First what holds for every text of the user, then the number, the words, the person, and last what
time alone mends.
"""

from collections.abc import Callable
from typing import Literal

from backend.messaging.gate import content, quiet, recipient, sender, spending, system
from backend.messaging.gate.case import Case
from shared.wire import Blocked

Check = Callable[[Case], Blocked | None]
Scope = Literal["user", "pair", "text"]
"""What a check goes by: the user; the number and the person; the words of one text."""

CHECKS: tuple[tuple[Scope, Check], ...] = (
    ("user", sender.may_message),
    ("pair", sender.number_is_assigned),
    ("pair", sender.number_is_rented),
    ("pair", sender.number_is_no_local_presence),
    ("pair", sender.number_takes_texts),
    ("user", sender.has_number),
    ("text", content.says_something),
    ("text", content.is_short_enough),
    ("pair", recipient.mobile_takes_texts),
    ("pair", recipient.is_not_us),
    ("pair", recipient.is_not_barred),
    ("pair", recipient.is_no_landline),
    ("pair", recipient.is_in_crm),
    ("pair", sender.is_registered),
    ("text", content.number_takes_media),
    ("text", spending.within_budget),
    ("user", spending.within_team_cap),
    ("user", spending.within_user_cap),
    ("pair", quiet.is_a_good_hour),
)


SYSTEM_CHECKS: tuple[tuple[Scope, Check], ...] = (
    ("pair", sender.number_is_assigned),
    ("pair", sender.number_is_rented),
    ("pair", sender.number_takes_texts),
    ("pair", recipient.mobile_takes_texts),
    ("pair", recipient.is_not_us),
    ("text", system.answers_a_keyword),
)
"""For texts that the backend itself writes."""


def first_no(case: Case, scopes: frozenset[Scope]) -> Blocked | None:
    """The answer of the checks of these scopes."""
    for scope, check in SYSTEM_CHECKS if case.request.road == "system" else CHECKS:
        if scope in scopes and (blocked := check(case)):
            return blocked
    return None
