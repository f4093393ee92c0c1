"""What users do to the ledger by hand: reps and admins may restrict, each may end what is theirs,
admins may end the rest."""

from backend.compliance import ledger
from backend.compliance.ledger import Forbidden
from backend.store import conversations, opt_outs, restrictions, users
from backend.store.audit import Actor
from backend.store.writer import Transaction
from shared.wire import RestrictionKind

STOPPED = frozenset(["stop", "carrier"])
"""Causes behind which the carrier blocks too, until they reply START."""


class Superseded(Exception):
    """The answer is about a text that another has followed."""


def is_admin(actor: Actor) -> bool:
    """A command acts with an admin's rights."""
    if actor.user is None:
        return True
    account = users.account(actor.team, actor.user)
    return account is not None and account[0].role == "admin"


def opt_out(tx: Transaction, actor: Actor, mobile: str, note: str = "") -> bool:
    """Note that somebody has opted out by other means; False when they had already."""
    cause = "admin" if is_admin(actor) else "rep"
    return ledger.opt_out(tx, actor, mobile, cause, note=note)


def end_opt_out(tx: Transaction, actor: Actor, opt_out: int, reason: str) -> opt_outs.Held | None:
    """End an opt-out because they consented anew; the reason is kept in the audit log. None when
    the team has no such opt-out. Raises :class:`Forbidden` for whoever is no admin."""
    held = opt_outs.by_id(actor.team, opt_out)
    if held is None:
        return None
    if not is_admin(actor):
        theirs = "They can reply START to hear from you again"
        raise Forbidden(f"{theirs}; an admin can note that they consented in another way.")
    ledger.end(tx, actor, opt_out, reason)
    return held


def restrict(
    tx: Transaction, actor: Actor, mobile: str, kind: RestrictionKind, note: str = ""
) -> bool:
    """Set do-not-text or do-not-contact; False when it is set already."""
    cause = "admin" if is_admin(actor) else "rep"
    return ledger.restrict(tx, actor, mobile, kind, cause, note)


def unrestrict(tx: Transaction, actor: Actor, restriction: int) -> restrictions.Held | None:
    """End a restriction; None when the team has no such one. Raises :class:`Forbidden`."""
    held = restrictions.by_id(actor.team, restriction)
    if held is not None:
        ledger.unrestrict(tx, actor, held, admin=is_admin(actor))
    return held


def answer(
    tx: Transaction, actor: Actor, restriction: int, *, opted_out: bool, message: int | None
) -> restrictions.Held | None:
    """Say what the text of a suspicion has meant, as :func:`ledger.answer`; the suspicion as it
    was, None when there is none that the user may answer: who sees no conversation with that
    mobile has not read the text. Raises :class:`Superseded`."""
    held = restrictions.by_id(actor.team, restriction)
    if held is None or held.kind != "suspected" or not _sees(actor, held.mobile):
        return None
    if not ledger.answer(tx, actor, held.mobile, opted_out=opted_out, message=message):
        raise Superseded("A further text came meanwhile: read it and answer for that one.")
    return held


def _sees(actor: Actor, mobile: str) -> bool:
    if is_admin(actor):
        return True
    return actor.user is not None and conversations.with_mobile_for(actor.team, actor.user, mobile)


def set_do_not_text(
    tx: Transaction, actor: Actor, mobile: str, wanted: bool, note: str = ""
) -> None:
    """Set or end do-not-text for a mobile; raises :class:`Forbidden`."""
    held = restrictions.get(actor.team, mobile, "do_not_text")
    if wanted:
        restrict(tx, actor, mobile, "do_not_text", note)
    elif held is not None:
        ledger.unrestrict(tx, actor, held, admin=is_admin(actor), note=note)


def still_blocked(held: opt_outs.Held) -> str:
    """What goes on standing in the way of a text after an opt-out was ended by hand."""
    if held.cause not in STOPPED:
        return ""
    return "The carrier goes on blocking texts to them until they reply START."
