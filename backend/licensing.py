"""Who may message: the team's switch, the user's seat, the user's number."""

from backend.store import standing
from backend.store.standing import UserStanding
from shared.wire import Blocked


def may_message(team: int, user: int) -> Blocked | None:
    """Why this user may not text anyone, or None. The words say whom to ask."""
    found = standing.of_user(team, user)
    return held(found) or unnumbered(found)


def held(found: UserStanding | None) -> Blocked | None:
    """Why a user who stands so may not text from any number; None is a user who is not there."""
    if found is None or not found.active:
        return Blocked(reason="disabled", text="Your Repline account is off. Ask your admin.")
    if not found.messenger_enabled:
        return Blocked(
            reason="messenger_off", text="Texting is off for your team. An admin can turn it on."
        )
    if found.paused_at is not None:
        text = "Carriers filter your team's texts as spam, so sending is paused. Ask your admin."
        return Blocked(reason="paused", text=text, since=found.paused_at)
    if not found.licensed:
        return Blocked(
            reason="no_license", text="You have no messenger license. Ask your admin for one."
        )
    return None


def unnumbered(found: UserStanding | None) -> Blocked | None:
    """Why there is nothing to text from."""
    if found is None or not found.numbered:
        return no_number()
    return None


def no_number() -> Blocked:
    """Why a user without any number may not text."""
    return Blocked(reason="no_number", text="You have no number to text from. Ask your admin.")
