"""Connecting a CRM: OAuth 2 with state and PKCE (RFC 7636), and what is configured of it."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from backend.connections.sealing import Seal, Unsealable
from backend.crm_port import CRMS, Crm, CrmError, FieldChoice, Fields
from backend.store import (
    audit,
    crm_connections,
    crm_logs,
    crm_people,
    crm_sign_ins,
    crm_users,
    users,
)
from backend.store.audit import Actor
from backend.store.crm_connections import Connection
from backend.store.crm_sign_ins import SignIn
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from backend.team.faults import Invalid, NotThere, Refused, still

BACK_WITHIN_MS = 15 * 60_000
LONGEST_ADDRESS = 300
USES = ("mobile", "extension", "do_not_text", "key", "type")
SWITCHES = ("digest", "write_opt_outs")
log = structlog.get_logger()


@dataclass(frozen=True)
class Connecting:
    """``redirect`` is the address at which the CRM's sign-in ends: the same for each CRM."""

    writer: Writer
    crms: Mapping[str, Crm]
    seal: Seal
    redirect: str

    def begin(self, actor: Actor, crm: str, address: str) -> str:
        """Where the admin signs in at the CRM. Raises :class:`Invalid` for an ``address`` that is
        none of the CRM's, :class:`NotThere` for a CRM that we have no app at."""
        edge = self.crms.get(crm)
        if edge is None or actor.user is None:
            raise NotThere(crm)
        try:
            checked = edge.checked_address(address.strip()[: LONGEST_ADDRESS + 1])
        except ValueError as error:
            raise Invalid({"address": str(error)}) from None
        if len(checked) > LONGEST_ADDRESS:
            raise Invalid({"address": f"An address has at most {LONGEST_ADDRESS} characters."})
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        begun = SignIn(actor.team, actor.user, crm, checked, self.seal.close(verifier))
        until = now() + BACK_WITHIN_MS
        self.writer(lambda tx: crm_sign_ins.add(tx, _hash(state), begun, until))
        return edge.authorize_url(checked, self.redirect, state, _challenge(verifier))

    def finish(self, actor: Actor, state: str, code: str) -> Connection:
        """The admin is back with a code. Raises :class:`NotThere` for a state that is not this
        user's, was used, or is too old, and :class:`backend.crm_port.CrmError`."""
        begun = self._take(actor, state)
        edge = self.crms.get(begun.crm)
        try:
            verifier = self.seal.open(begun.verifier)
        except Unsealable:  # SECRET_KEY was changed meanwhile
            raise NotThere from None
        if edge is None:
            raise NotThere(begun.crm)
        grant = edge.exchange(begun.address, self.redirect, code, verifier)
        access, refresh = self.seal.close(grant.access_token), self.seal.close(grant.refresh_token)

        def work(tx: Transaction) -> None:
            former = crm_connections.get(actor.team, begun.crm)
            if former is not None and former.org != grant.org:
                crm_users.forget(tx, actor.team, begun.crm)
                crm_people.forget_all(tx, actor.team, begun.crm)
                crm_logs.forget_places(tx, actor.team, begun.crm)
            made = crm_connections.put(
                tx, actor.team, actor.user, begun.crm, grant, access, refresh
            )
            after = {"org": grant.org, "address": grant.base_url, "signed_in": grant.email}
            audit.add(tx, actor, "crm.connected", CRMS[begun.crm], after=after)
            tx.wake("know_crm", made)
            tx.wake("log_to_crm", made)

        self.writer(work)
        return get(actor.team, begun.crm)

    def give_up(self, actor: Actor, state: str) -> str:
        """The admin is back without a code; returns the name of the CRM. Raises as
        :meth:`finish`: what a stranger's link says is not repeated to anybody."""
        return self._take(actor, state).crm

    def disconnect(self, actor: Actor, crm: str) -> None:
        """Forget the sign-in, here and, as far as it can be had, at the CRM. What is logged there
        stays; what waits is logged once the CRM is connected again."""
        held = get(actor.team, crm)
        if held.state == "off":
            return

        def work(tx: Transaction) -> None:
            crm_connections.turn_off(tx, held)
            audit.add(tx, actor, "crm.disconnected", CRMS[crm], before={"org": held.org})

        self.writer(work)
        edge = self.crms.get(crm)
        if edge is None or not held.refresh:
            return
        try:
            edge.revoke(held.base_url, self.seal.open(held.refresh))
        except (CrmError, Unsealable) as error:
            log.warning("crm.not_revoked", crm=crm, team=actor.team, cause=str(error))

    def _take(self, actor: Actor, state: str) -> SignIn:
        begun = self.writer(lambda tx: crm_sign_ins.take(tx, _hash(state)))
        if begun is None or (begun.team, begun.user) != (actor.team, actor.user):
            raise NotThere
        return begun


def get(team: int, crm: str) -> Connection:
    """Raises :class:`NotThere`."""
    found = crm_connections.get(team, crm)
    if found is None:
        raise NotThere(crm)
    return found


def connected(team: int, crm: str) -> Connection:
    """Raises :class:`NotThere`, and :class:`Refused` where its sign-in is not good."""
    found = get(team, crm)
    if found.state != "connected":
        raise Refused(f"{CRMS[crm]} is not connected: connect it first.")
    return found


def standing(held: Connection | None, configured: bool) -> str:
    """How a connection is: unconfigured (we have no app there any more), off, connected, parked or
    broken."""
    if not configured:
        return "unconfigured"
    if held is None:
        return "off"
    return "parked" if held.state == "connected" and held.parked_until > now() else held.state


def check(tx: Transaction, actor: Actor, crm: str) -> None:
    """Have the CRM asked anew which fields and users it has, in a moment; raises as
    :func:`connected`."""
    tx.wake("know_crm", connected(actor.team, crm).id)


def typed(held: Connection) -> dict[str, str]:
    """What is configured, as a form has it."""
    words = {name: "on" if getattr(held, name) else "off" for name in SWITCHES}
    return {**{use: getattr(held.fields, use) for use in USES}, **words}


def configure(
    tx: Transaction,
    actor: Actor,
    crm: str,
    chosen: Mapping[str, str],
    *,
    digest: bool,
    write_opt_outs: bool,
    made_from: Mapping[str, str] | None = None,
) -> bool:
    """Say which of the org's fields mean what; False when nothing is different. Raises
    :class:`Invalid` for fields that the CRM has not told of, :class:`Stale` where somebody changed
    meanwhile what a form was ``made_from``."""
    held = get(actor.team, crm)
    still(made_from, typed(held))
    offered = {(each.use, each.name) for each in held.choices}
    errors = {
        use: "The CRM does not have this field any more: choose another."
        for use in USES
        if chosen.get(use) and (use, chosen[use]) not in offered
    }
    if errors:
        raise Invalid(errors)
    fields = Fields(**{use: chosen.get(use, "") for use in USES})
    before, after = (
        _settings(held.fields, held.digest, held.write_opt_outs),
        _settings(fields, digest, write_opt_outs),
    )
    if before == after:
        return False
    crm_connections.configure(tx, held, fields, digest=digest, write_opt_outs=write_opt_outs)
    audit.add(tx, actor, "crm.configured", CRMS[crm], before=before, after=after)
    tx.wake("log_to_crm", held.id)
    return True


def choose_user(tx: Transaction, actor: Actor, crm: str, user: int, external_id: str) -> None:
    """Say who a user of ours is in the CRM; empty is nobody. Raises :class:`NotThere`, and
    :class:`Invalid` for somebody whom the CRM has not told of."""
    get(actor.team, crm)
    known = users.get(actor.team, user)
    if known is None:
        raise NotThere(user)
    if not crm_users.choose(tx, actor.team, crm, user, external_id or None):
        raise Invalid({"user": "The CRM does not have this user any more: choose another."})
    after = {"user": known.email, "is": external_id}
    audit.add(tx, actor, "crm.user_chosen", CRMS[crm], after=after)


def recommended(choices: list[FieldChoice]) -> Fields:
    """What is surely meant for each use; an admin says the rest."""
    return Fields(**{each.use: each.name for each in choices if each.recommended})


def _settings(fields: Fields, digest: bool, write_opt_outs: bool) -> dict[str, str | bool]:
    named: dict[str, str | bool] = {use: getattr(fields, use) for use in USES}
    return {**named, "digest": digest, "write_opt_outs": write_opt_outs}


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
