"""Who belongs to a team and what they are in it. A team always has an admin who can sign in."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from typing import cast, get_args

from backend import names
from backend.messaging import events
from backend.store import audit, sessions, users
from backend.store.audit import Actor
from backend.store.rows import now
from backend.store.users import Listed
from backend.store.writer import Transaction
from backend.team import licenses
from backend.team.faults import Invalid, NotThere, Refused, still
from shared.wire import Role

WELCOME_MS = 7 * 24 * 3600 * 1000
# Typing errors are caught, no more: only a mail tells whether an address exists.
_EMAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@([^\W_]([\w-]*[^\W_])?\.)+[^\W_]([\w-]*[^\W_])?")


def add(
    tx: Transaction,
    actor: Actor,
    *,
    email: str,
    name: str,
    role: str,
    kinds: Iterable[str] = (),
    password_hash: str = "",
) -> int:
    """The new user's id. Without a password they need a link: see :func:`new_link`.

    Raises :class:`Invalid` with the fields ``email``, ``name``, ``role`` and ``licenses``.
    """
    email, name = check(email=email, name=name, role=role)
    made = users.add(
        tx, actor.team, email=email, name=name, role=cast(Role, role), password_hash=password_hash
    )
    if made is None:
        raise Refused(f"There is a user {email} already.", "email")
    after = {"name": name, "role": role}
    audit.add(tx, actor, "user.added", email, after=after)
    for kind in kinds:
        try:
            licenses.assign(tx, actor, made, kind)
        except Refused as refused:
            raise Refused(str(refused), "licenses") from None
    return made


def check(*, email: str, name: str, role: str) -> tuple[str, str]:
    """E-mail and name as they are kept; raises :class:`Invalid` where :func:`add` would."""
    # What looks alike is alike: full-width letters would make a second user of the same address.
    email = unicodedata.normalize("NFKC", email).strip().lower()
    name = " ".join(name.split())
    errors = _name_errors(name) | _role_errors(role)
    if not email.isprintable():
        errors["email"] = "There are characters in it that cannot be seen: type the e-mail anew."
    elif len(email) > 254 or not _EMAIL.fullmatch(email):
        wrong = f"This is no e-mail address: {email[:100]}." if email else "Enter their e-mail."
        errors["email"] = f"{wrong} It looks like ana@brightpath.example."
    if errors:
        raise Invalid(errors)
    return email, name


def change(
    tx: Transaction,
    actor: Actor,
    user: int,
    *,
    name: str,
    role: str,
    made_from: Mapping[str, str] | None = None,
) -> bool:
    """Rename a user or give them another role; False when nothing is different. Another role ends
    their sessions: what they hold was given to whom they were."""
    known = get(actor.team, user)
    still(made_from, {"name": known.name, "role": known.role})
    name = " ".join(name.split())
    errors = _name_errors(name) | _role_errors(role)
    if errors:
        raise Invalid(errors)
    if (name, role) == (known.name, known.role):
        return False
    if role != "admin":
        _keep_an_admin(actor.team, known, "role")
    users.change(tx, actor.team, user, name=name, role=cast(Role, role))
    if role != known.role:
        sessions.end_all(tx, actor.team, user)
    before = {"name": known.name, "role": known.role}
    audit.add(
        tx, actor, "user.changed", known.email, before=before, after={"name": name, "role": role}
    )
    events.session_updated(tx, actor.team, user)
    return True


def disable(tx: Transaction, actor: Actor, user: int) -> list[int]:
    """Sign the user out everywhere and let them in no more; returns the sessions that ended."""
    known = get(actor.team, user)
    _keep_an_admin(actor.team, known, "")
    ended = sessions.end_all(tx, actor.team, user)
    if users.disable(tx, actor.team, user):
        audit.add(tx, actor, "user.disabled", known.email, after={"sessions_ended": len(ended)})
    return ended


def enable(tx: Transaction, actor: Actor, user: int) -> bool:
    """Let the user sign in again; False when they could already."""
    known = get(actor.team, user)
    done = users.enable(tx, actor.team, user)
    if done:
        audit.add(tx, actor, "user.enabled", known.email)
    return done


def set_password(tx: Transaction, actor: Actor, user: int, password_hash: str) -> list[int]:
    """Give the user another password and end all their sessions, which are returned."""
    known = get(actor.team, user)
    users.set_password(tx, actor.team, user, password_hash)
    ended = sessions.end_all(tx, actor.team, user)
    audit.add(tx, actor, "user.password_set", known.email, after={"sessions_ended": len(ended)})
    return ended


def new_link(tx: Transaction, actor: Actor, user: int) -> str:
    """A secret by which the user sets a password, once, within seven days. It is known to nobody
    afterwards; the one before it is good no more."""
    known = get(actor.team, user)
    if known.disabled:
        raise Refused(f"{known.name} is disabled: enable them first.")
    secret = secrets.token_urlsafe(32)
    until = now() + WELCOME_MS
    users.set_welcome(tx, actor.team, user, _hash(secret), until)
    audit.add(tx, actor, "user.link_made", known.email)
    return secret


def invitee(secret: str) -> Listed | None:
    """Whose link this is; None when it was used, replaced, or is too old."""
    found = users.welcomed(_hash(secret))
    return users.get(*found) if found else None


def use_link(
    tx: Transaction, secret: str, password_hash: str, address: str
) -> tuple[Listed, list[int]]:
    """Set the password of whose link this is and end their sessions; returns who it is and the
    sessions that ended. Raises :class:`NotThere` when the link is no good."""
    found = users.welcomed(_hash(secret))
    if found is None:
        raise NotThere
    team, user = found
    known = get(team, user)
    return known, set_password(tx, Actor(team, user, known.email, address), user, password_hash)


def get(team: int, user: int) -> Listed:
    """Raises :class:`NotThere`."""
    found = users.get(team, user)
    if found is None:
        raise NotThere(user)
    return found


def _keep_an_admin(team: int, known: Listed, field: str) -> None:
    # Asked inside the transaction of the change: two admins cannot remove each other.
    if users.admins(team) == [known.id]:
        raise Refused(
            f"{known.name} is the only admin who can sign in. Make somebody else an admin first.",
            field,
        )


def _name_errors(name: str) -> dict[str, str]:
    wrong = names.fault(name, 200)
    return {"name": wrong} if wrong else {}


def _role_errors(role: str) -> dict[str, str]:
    roles = get_args(Role)
    return {} if role in roles else {"role": f"A role is one of: {', '.join(roles)}."}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
