"""Who sends, from which number: the user's account and license, the team's switch, the number."""

from backend import licensing
from backend.messaging.gate.case import Case
from shared.wire import Blocked

_A2P = {
    "missing": "is not registered for business texting (A2P 10DLC)",
    "pending": "waits for the carriers to approve its registration (A2P 10DLC)",
    "failed": "was refused its registration for business texting (A2P 10DLC)",
}


def may_message(case: Case) -> Blocked | None:
    return licensing.held(case.user)


def number_is_assigned(case: Case) -> Blocked | None:
    """A scheduled text may have been written while its number was still the author's."""
    if case.around.number is None:
        return Blocked(reason="no_number", text="The number to text from is not yours.")
    if not case.around.assigned:
        text = "This number is not yours any more. Text from another of your numbers."
        return Blocked(reason="no_number", text=text)
    return None


def number_is_rented(case: Case) -> Blocked | None:
    at = case.around.retired_at
    if at is None:
        return None
    text = "Your company no longer rents this number. Text from another, or ask your admin."
    return Blocked(reason="retired_number", text=text, since=at)


def number_is_no_local_presence(case: Case) -> Blocked | None:
    if not case.around.local_presence:
        return None
    text = "This number is for calls with local presence only. Text from another of your numbers."
    return Blocked(reason="local_presence", text=text)


def number_takes_texts(case: Case) -> Blocked | None:
    if case.around.sms:
        return None
    text = "This number can't send texts. Text from another of your numbers, or ask your admin."
    return Blocked(reason="number_not_sms", text=text)


def has_number(case: Case) -> Blocked | None:
    return licensing.unnumbered(case.user)


def is_registered(case: Case) -> Blocked | None:
    """US carriers drop what comes from a long code without a campaign; '' was not read yet."""
    around = case.around
    if around.kind != "long_code" or around.a2p not in _A2P or case.country != "US":
        return None
    case.notes.append(f"a2p: {around.a2p}")
    return Blocked(reason="a2p", text=f"Your number {_A2P[around.a2p]}. Ask your admin.")
