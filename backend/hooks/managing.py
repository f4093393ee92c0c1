"""Hooks are made, switched and removed by admins; each knows its own secret."""

import base64
import ipaddress
import re
import secrets
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from backend.keys import derive
from backend.public_web import is_public
from backend.store import audit, hooks
from backend.store.audit import Actor
from backend.store.writer import Transaction
from backend.team.faults import Invalid, NotThere, Refused

EVENTS = {
    "message.received": "a text arrived",
    "message.sent": "a text of the team was handed to the carrier",
    "message.delivered": "it reached the phone",
    "message.failed": "it did not, or may not have",
}
MOST = 20
LONGEST_URL = 2000
_PLAIN = re.compile("[!-~]+")


class Secrets:
    """The secrets of hooks follow from SECRET_KEY: the database alone cannot sign for us."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    def __call__(self, salt: str) -> str:
        key = derive(self._secret_key, f"hook {salt}", 24)
        return "whsec_" + base64.urlsafe_b64encode(key).decode()


def make(tx: Transaction, actor: Actor, url: str, events: Iterable[str], *, local: bool) -> int:
    """A new hook of the actor's team; raises :class:`Invalid` with the fields ``url`` and
    ``events``. ``local`` allows http and addresses of this network, as towards the simulator."""
    url, wanted = url.strip(), sorted(set(events))
    errors = {"url": _wrong_url(url, local)}
    if not wanted or not set(wanted) <= set(EVENTS):
        errors["events"] = f"Events are {', '.join(EVENTS)}: name at least one."
    if errors := {name: text for name, text in errors.items() if text}:
        raise Invalid(errors)
    if len(hooks.of_team(actor.team)) >= MOST:
        raise Refused(f"There are {MOST} hooks already: remove one first.", "url")
    hook = hooks.add(tx, actor.team, url, secrets.token_urlsafe(16), " ".join(wanted))
    audit.add(tx, actor, "hook.made", url[:200], after={"events": wanted})
    return hook


def switch(tx: Transaction, actor: Actor, hook: hooks.Hook, enabled: bool) -> None:
    if hooks.enable(tx, actor.team, hook.id, enabled):
        audit.add(tx, actor, "hook.enabled" if enabled else "hook.disabled", hook.url[:200])


def remove(tx: Transaction, actor: Actor, hook: hooks.Hook) -> None:
    hooks.remove(tx, actor.team, hook.id)
    audit.add(tx, actor, "hook.removed", hook.url[:200])


def retry(tx: Transaction, actor: Actor, hook: hooks.Hook) -> int:
    """Try again what has failed; returns how many events that are."""
    waiting = hooks.again(tx, actor.team, hook.id)
    if waiting:
        audit.add(tx, actor, "hook.retried", hook.url[:200], after={"events": waiting})
    return waiting


def get(team: int, hook: int) -> hooks.Hook:
    """Raises :class:`NotThere`."""
    known = hooks.get(team, hook)
    if known is None:
        raise NotThere(hook)
    return known


def _wrong_url(url: str, local: bool) -> str:
    """What to do about an address that we cannot call; empty where we can."""
    if not _PLAIN.fullmatch(url):
        return "Write the address without blanks, in ASCII letters and digits."
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    schemes = ("https", "http") if local else ("https",)
    if not usable or parts.scheme not in schemes or len(url) > LONGEST_URL:
        return "This is no address that we can call: it begins with https://"
    if not local and not _is_public(parts.hostname or ""):
        return "This address is not on the public internet: we do not call it."
    if parts.username or parts.password:
        return "Leave the password out of the address: check the signature instead."
    return ""


def _is_public(host: str) -> bool:
    """Whether it may be: where names lead is asked each time that they are called."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return False
    try:
        return is_public(name)
    except ValueError:
        pass
    try:
        # As resolvers read them: 2130706433, 0x7f.1 and 127.1 are 127.0.0.1.
        return is_public(str(ipaddress.IPv4Address(socket.inet_aton(name))))
    except OSError:
        return True
