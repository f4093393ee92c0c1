"""The ledger of who may not be texted: every change goes through here.

A change is at once the standing, a row of history, an activity of each person with that mobile and
an entry of the audit log, in one transaction, and everybody who talks with the mobile hears it.
Standing belongs to (team, mobile): it holds for the whole team and outlives the person.
"""

from dataclasses import dataclass
from typing import Any, Literal

from backend.compliance.causes import in_words
from backend.messaging import events, scheduled
from backend.store import activities, audit, consent, conversations, opt_outs, people, restrictions
from backend.store.audit import Actor
from backend.store.rows import now
from backend.store.writer import Transaction
from shared.wire import ActivityKind, RestrictionKind

CANCELED = "Canceled: they opted out before it was sent."
Change = Literal["opted_out", "opted_in", "suspected", "cleared", "restricted", "unrestricted"]
ACTIVITY: dict[Change, ActivityKind] = {
    "opted_out": "opt_out",
    "opted_in": "opt_in",
    "suspected": "restricted",
    "cleared": "unrestricted",
    "restricted": "restricted",
    "unrestricted": "unrestricted",
}
ACTION: dict[Change, str] = {
    "opted_out": "opt_out.added",
    "opted_in": "opt_out.ended",
    "suspected": "restriction.suspected",
    "cleared": "restriction.cleared",
    "restricted": "restriction.added",
    "unrestricted": "restriction.ended",
}


@dataclass(frozen=True)
class Heard:
    """The text that a change comes of, and when it was sent (ms). ``conversation`` is told of it
    with the text itself; None tells every conversation of the mobile."""

    message: int | None
    at: int
    conversation: int | None = None


class Forbidden(Exception):
    """The user may not make this change; the message says who may, or what does."""


def by_text(team: int) -> Actor:
    """Whoever acts by sending a text: the audit log names the mobile as the subject."""
    return Actor(team, None, "text")


def opt_out(
    tx: Transaction,
    actor: Actor,
    mobile: str,
    cause: str,
    *,
    heard: Heard | None = None,
    note: str = "",
) -> bool:
    """Stop all texts of the team to this mobile; False when it had opted out already, other than
    by this very text when that could not be filed.

    Texts come late and out of order: a STOP from before their latest START changes nothing. A STOP
    of somebody whom others noted before is theirs from now on.
    """
    team, at = actor.team, heard.at if heard else now()
    if cause == "stop" and consent.opted_in_since(team, mobile, at):
        return False
    held = opt_outs.get(team, mobile)
    if held is not None and cause != "stop":
        return False
    opt_outs.put(tx, team, held.mobile if held else mobile, cause, at)
    scheduled.cancel_all(tx, team, mobile, CANCELED)
    if held is not None and held.cause == "stop":
        if heard is None or heard.message is None:
            return False
        return consent.said_by(tx, team, mobile, heard.message, at)
    suspected = restrictions.get(team, mobile, "suspected")
    if suspected is not None:
        restrictions.remove(tx, team, suspected.id)
    _changed(tx, actor, mobile, "opted_out", cause, heard=heard, note=note)
    return True


def opt_in(
    tx: Transaction, actor: Actor, mobile: str, *, heard: Heard, plainly: bool = True
) -> bool:
    """They texted START: end an opt-out that is not later than that.

    ``plainly`` is START or UNSTOP and not merely "yes": it answers a suspicion too. False when
    there was neither: such a word from anybody else is a text like any other.
    """
    team = actor.team
    held = opt_outs.get(team, mobile)
    if held is not None and held.at <= heard.at:
        opt_outs.remove(tx, team, held.id)
        _changed(tx, actor, mobile, "opted_in", "start", heard=heard)
        return True
    suspected = restrictions.get(team, mobile, "suspected") if plainly else None
    if suspected is not None and suspected.at <= heard.at:
        restrictions.remove(tx, team, suspected.id)
        _changed(tx, actor, mobile, "cleared", "start", restriction="suspected", heard=heard)
        return True
    return False


def end(tx: Transaction, actor: Actor, opt_out: int, reason: str) -> bool:
    """An admin ends an opt-out because consent was given anew in a way that we did not see; the
    reason is kept. False when there is no such opt-out. Where it came of a STOP the carrier goes on
    refusing texts until they reply START."""
    held = opt_outs.by_id(actor.team, opt_out)
    if held is None:
        return False
    opt_outs.remove(tx, actor.team, held.id)
    _changed(tx, actor, held.mobile, "opted_in", "admin", note=reason, audited={"reason": reason})
    return True


def suspect(tx: Transaction, team: int, mobile: str, phrase: str, *, heard: Heard) -> bool:
    """A text read like a wish to stop: freeze until a rep says what it meant. A further one takes
    the place of the first in the question that is still open.

    False when nothing changes: they have opted out, or have opted in since the text was sent.
    """
    if opt_outs.get(team, mobile) or consent.opted_in_since(team, mobile, heard.at):
        return False
    by: dict[str, Any] = {"message": heard.message, "note": phrase, "at": heard.at}
    held = restrictions.get(team, mobile, "suspected")
    if held is None:
        restrictions.add(tx, team, mobile, "suspected", "text", **by)
    else:
        restrictions.renew(tx, team, held.id, **by)
    _changed(
        *(tx, by_text(team), mobile, "suspected", "text"),
        restriction="suspected",
        heard=heard,
        note=phrase,
    )
    return True


def answer(
    tx: Transaction, actor: Actor, mobile: str, *, opted_out: bool, message: int | None = None
) -> bool:
    """A rep says what the text meant; False when nothing is suspected (any more).

    ``message`` is the text that they read. That it meant nothing says nothing of a further one,
    which came meanwhile: then False, and its question stays.
    """
    held = restrictions.get(actor.team, mobile, "suspected")
    if held is None or (not opted_out and message not in (None, held.message)):
        return False
    if opted_out:
        # Since their text: a START that comes after it and is filed late ends the opt-out.
        heard = Heard(held.message, held.at)
        return opt_out(tx, actor, mobile, "rep_confirmed", heard=heard, note=held.note)
    restrictions.remove(tx, actor.team, held.id)
    _changed(
        *(tx, actor, held.mobile, "cleared", "rep"),
        restriction="suspected",
        heard=Heard(held.message, now()),
        note=held.note,
    )
    return True


def restrict(
    tx: Transaction, actor: Actor, mobile: str, kind: RestrictionKind, cause: str, note: str = ""
) -> bool:
    """Set a restriction by hand or from a list; False when it is set already."""
    if restrictions.get(actor.team, mobile, kind):
        return False
    restrictions.add(tx, actor.team, mobile, kind, cause, user=actor.user, note=note)
    _changed(tx, actor, mobile, "restricted", cause, restriction=kind, note=note)
    return True


def unrestrict(
    tx: Transaction, actor: Actor, held: restrictions.Held, *, admin: bool, note: str = ""
) -> None:
    """End a restriction. Raises :class:`Forbidden` for whoever neither set it nor is an admin."""
    if held.kind == "suspected":
        raise Forbidden("Answer the question that this text asks: whether they have opted out.")
    if not admin and (held.user is None or held.user != actor.user):
        who = held.who or "an admin"
        raise Forbidden(f"Set by {who}: only they or an admin can end it.")
    restrictions.remove(tx, actor.team, held.id)
    _changed(
        *(tx, actor, held.mobile, "unrestricted", "admin" if admin else "rep"),
        restriction=held.kind,
        note=note,
    )


def _changed(
    tx: Transaction,
    actor: Actor,
    mobile: str,
    change: Change,
    cause: str,
    *,
    restriction: str = "",
    heard: Heard | None = None,
    note: str = "",
    audited: dict[str, str] | None = None,
) -> None:
    team = actor.team
    consent.add(
        *(tx, team, mobile, change, cause),
        restriction=restriction,
        user=actor.user,
        message=heard.message if heard else None,
        note=note,
        at=heard.at if heard else None,
    )
    words = in_words(change, cause, restriction, note)
    for person in people.with_mobile(team, mobile):
        activities.add(tx, team, person, ACTIVITY[change], user=actor.user, text=words)
    # A note may hold what the person wrote: it stays in the history, which an erasure empties.
    after = {"cause": cause, **({"kind": restriction} if restriction else {}), **(audited or {})}
    if cause != "import":  # a list is one entry of the audit log
        audit.add(tx, actor, ACTION[change], mobile, after=after)
    for conversation in conversations.bump_mobile(tx, team, mobile):
        if heard is None or conversation != heard.conversation:
            events.conversation_updated(tx, team, conversation)
