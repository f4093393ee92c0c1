"""Who may message: the team's switch, the user's seat, the user's number."""

from backend.store import numbers
from backend.store.standing import of_user
from shared.wire import Blocked


def may_message(team: int, user: int) -> Blocked | None:
    """Why this user may not text anyone, or None. The words say whom to ask."""
    standing = of_user(team, user)
    if standing is None or not standing.active:
        return Blocked(reason="disabled", text="Your Repline account is off. Ask your admin.")
    if not standing.messenger_enabled:
        return Blocked(
            reason="messenger_off", text="Texting is off for your team. An admin can turn it on."
        )
    if not standing.licensed:
        return Blocked(
            reason="no_license", text="You have no messenger license. Ask your admin for one."
        )
    if not numbers.of_user(team, user):
        return Blocked(reason="no_number", text="You have no number to text from. Ask your admin.")
    return None
