"""Seats: how many the team has of each kind, and who sits on them."""

import re
from typing import NamedTuple

from backend.messaging import events
from backend.store import audit, licenses, settings, users
from backend.store.audit import Actor
from backend.store.writer import Transaction
from backend.team.faults import Invalid, NotThere, Refused

KINDS = licenses.KINDS
HISTORY = ("license.granted", "license.revoked", "license.seats_set")
"""What the audit log notes of licenses."""
MOST_SEATS = 100_000
# Python reads no numbers of thousands of digits.
_DIGITS = re.compile("[0-9]{1,9}")


class Seats(NamedTuple):
    """``seats`` is None where the team has as many as it likes."""

    kind: str
    seats: int | None
    used: int

    @property
    def free(self) -> int | None:
        return None if self.seats is None else max(0, self.seats - self.used)


def seats(team: int) -> list[Seats]:
    held = licenses.count(team)
    bought = settings.of_team(team)
    return [Seats(k, getattr(bought, f"{k}_seats"), held.get(k, 0)) for k in KINDS]


def typed(found: list[Seats]) -> dict[str, str]:
    """How many seats there are, as an admin would type it: nothing for no limit."""
    return {each.kind: "" if each.seats is None else str(each.seats) for each in found}


def assign(tx: Transaction, actor: Actor, user: int, kind: str) -> bool:
    """Give the user a license; False when they hold one. Raises :class:`Refused` when none is
    free and for a user who is disabled."""
    known = users.get(actor.team, user)
    if known is None or kind not in KINDS:
        raise NotThere(user)
    if known.disabled:
        raise Refused(f"{known.name} is disabled: enable them first.")
    if not licenses.grant(tx, actor.team, user, kind):
        return False
    now = next(each for each in seats(actor.team) if each.kind == kind)
    if now.seats is not None and now.used > now.seats:
        raise Refused(
            f"All {now.seats} {kind} seats are taken. Take a license from somebody who does not"
            " need it, or raise the number of seats."
        )
    audit.add(tx, actor, "license.granted", known.email, after={"kind": kind})
    events.session_updated(tx, actor.team, user)
    return True


def revoke(tx: Transaction, actor: Actor, user: int, kind: str) -> bool:
    """Take a license away; False when the user holds none. Their open panes are told."""
    known = users.get(actor.team, user)
    if known is None or kind not in KINDS:
        raise NotThere(user)
    if not licenses.revoke(tx, actor.team, user, kind):
        return False
    audit.add(tx, actor, "license.revoked", known.email, before={"kind": kind})
    events.session_updated(tx, actor.team, user)
    return True


def set_seats(tx: Transaction, actor: Actor, typed: dict[str, str]) -> bool:
    """Set how many seats there are: ``typed`` maps kinds to digits, or to nothing for no limit.
    False when nothing is different; raises :class:`Invalid` with the kinds as fields."""
    errors: dict[str, str] = {}
    wanted: dict[str, int | None] = {}
    for each in seats(actor.team):
        text = typed.get(each.kind, "").strip()
        if text and not (_DIGITS.fullmatch(text) and int(text) <= MOST_SEATS):
            errors[each.kind] = (
                f"Enter a whole number up to {MOST_SEATS:,}, or leave it empty for no limit."
            )
        elif text and int(text) < each.used:
            errors[each.kind] = (
                f"{each.used} users hold a {each.kind} license. Take some back first, or enter"
                f" {each.used} or more."
            )
        else:
            wanted[each.kind] = int(text) if text else None
    if errors:
        raise Invalid(errors)
    before = {each.kind: each.seats for each in seats(actor.team)}
    if wanted == before:
        return False
    settings.change(tx, actor.team, **{f"{kind}_seats": n for kind, n in wanted.items()})
    audit.add(tx, actor, "license.seats_set", before=before, after=wanted)
    return True
