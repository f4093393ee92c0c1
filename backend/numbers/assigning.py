"""Who texts from which number, and what a number is called here."""

from backend.messaging.events import session_updated
from backend.store import audit, numbers, users
from backend.store.audit import Actor
from backend.store.numbers import Standing
from backend.store.writer import Transaction
from backend.team.faults import NotThere


def get(team: int, number: int) -> Standing:
    """Raises :class:`NotThere`."""
    found = numbers.standings(team, number)
    if not found:
        raise NotThere(number)
    return found[0]


def assign(tx: Transaction, actor: Actor, number: int, user: int) -> bool:
    """From now on the user texts from the number and hears what arrives on it; False when they did
    already. Raises :class:`NotThere` unless both are the team's."""
    e164, email = _both(actor.team, number, user)
    if not numbers.assign(tx, actor.team, number, user):
        return False
    audit.add(tx, actor, "number.assigned", e164, after={"user": email})
    session_updated(tx, actor.team, user)
    return True


def unassign(tx: Transaction, actor: Actor, number: int, user: int) -> bool:
    """Take the number away; its conversations stay. False when the user did not have it."""
    e164, email = _both(actor.team, number, user)
    if not numbers.unassign(tx, actor.team, number, user):
        return False
    audit.add(tx, actor, "number.unassigned", e164, before={"user": email})
    session_updated(tx, actor.team, user)
    return True


def set_local_presence(tx: Transaction, actor: Actor, number: int, on: bool) -> bool:
    """Say whether the number only lends callers a local area code: such numbers are not texted
    from. False when it was so. Raises :class:`NotThere`."""
    held = get(actor.team, number)
    if held.local_presence == on:
        return False
    numbers.set_local_presence(tx, actor.team, number, on)
    audit.add(tx, actor, "number.local_presence", held.number.e164, before=not on, after=on)
    for user in numbers.users(actor.team, number):
        session_updated(tx, actor.team, user)
    return True


def _both(team: int, number: int, user: int) -> tuple[str, str]:
    held, known = get(team, number), users.get(team, user)
    if known is None:
        raise NotThere(user)
    return held.number.e164, known.email
