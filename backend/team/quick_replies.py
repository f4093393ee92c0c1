"""The team's quick replies: texts kept for reuse, which admins look after."""

from collections.abc import Mapping

from backend import names
from backend.store import audit, quick_replies
from backend.store.audit import Actor
from backend.store.writer import Transaction
from backend.team.faults import Invalid, NotThere, Refused, still
from shared.wire import QuickReply
from shared.wire.base import MAX_BODY

LONGEST_NAME = 100


def add(tx: Transaction, actor: Actor, *, name: str, body: str) -> int:
    """The new quick reply's id; raises :class:`Invalid` with the fields ``name`` and ``body``."""
    name, body = _checked(actor.team, name, body, None)
    made = quick_replies.add(tx, actor.team, None, name, body)
    audit.add(tx, actor, "quick_reply.added", name, after={"name": name, "body": body})
    return made


def change(
    tx: Transaction,
    actor: Actor,
    reply: int,
    *,
    name: str,
    body: str,
    made_from: Mapping[str, str] | None = None,
) -> bool:
    """False when nothing is different."""
    held = get(actor.team, reply)
    still(made_from, {"name": held.name, "body": held.body})
    name, body = _checked(actor.team, name, body, reply)
    if (name, body) == (held.name, held.body):
        return False
    quick_replies.change(tx, actor.team, reply, name, body)
    before = {"name": held.name, "body": held.body}
    audit.add(
        tx,
        actor,
        "quick_reply.changed",
        held.name,
        before=before,
        after={"name": name, "body": body},
    )
    return True


def remove(tx: Transaction, actor: Actor, reply: int) -> QuickReply:
    """Remove it, and return what it was."""
    held = get(actor.team, reply)
    quick_replies.remove(tx, actor.team, reply)
    before = {"name": held.name, "body": held.body}
    audit.add(tx, actor, "quick_reply.removed", held.name, before=before)
    return held


def get(team: int, reply: int) -> QuickReply:
    """One of the team's own; raises :class:`NotThere`, also for a user's."""
    found = quick_replies.get(team, reply)
    if found is None or not found.shared:
        raise NotThere(reply)
    return found


def _checked(team: int, name: str, body: str, reply: int | None) -> tuple[str, str]:
    name, body = " ".join(name.split()), body.replace("\r\n", "\n").strip()
    errors = {}
    if wrong := names.fault(name, LONGEST_NAME):
        errors["name"] = wrong
    if names.has_controls(body, "\n\t"):
        errors["body"] = "There are control characters in it: type it instead of pasting."
    elif names.is_blank(body):
        errors["body"] = "Write the text that reps will send."
    elif len(body) > MAX_BODY:
        errors["body"] = f"{len(body):,} characters: a text has at most {MAX_BODY:,}. Shorten it."
    if errors:
        raise Invalid(errors)
    taken = quick_replies.shared_named(team, name)
    if taken is not None and taken != reply:
        raise Refused(f"There is a quick reply called {name} already.", "name")
    return name, body
