"""Connecting a CRM: OAuth 2 with state and PKCE (RFC 7636), and what is configured of it."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from backend.connections.sealing import Seal
from backend.crm_port import CRMS, Crm, FieldChoice, Fields
from backend.store import audit, crm_connections, crm_sign_ins, crm_users
from backend.store.audit import Actor
from backend.store.crm_connections import Connection
from backend.store.crm_sign_ins import SignIn
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from backend.team.faults import Invalid, NotThere

BACK_WITHIN_MS = 15 * 60_000
USES = ("mobile", "extension", "do_not_text", "key", "type")


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
            checked = edge.checked_address(address.strip())
        except ValueError as error:
            raise Invalid({"address": str(error)}) from None
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        begun = SignIn(actor.team, actor.user, crm, checked, self.seal.close(verifier))
        until = now() + BACK_WITHIN_MS
        self.writer(lambda tx: crm_sign_ins.add(tx, _hash(state), begun, until))
        return edge.authorize_url(checked, self.redirect, state, _challenge(verifier))

    def finish(self, actor: Actor, state: str, code: str) -> Connection:
        """The admin is back with a code. Raises :class:`NotThere` for a state that is not this
        user's, was used, or is too old, and :class:`backend.crm_port.CrmError`."""
        begun = self.writer(lambda tx: crm_sign_ins.take(tx, _hash(state)))
        if begun is None or (begun.team, begun.user) != (actor.team, actor.user):
            raise NotThere
        edge = self.crms[begun.crm]
        grant = edge.exchange(begun.address, self.redirect, code, self.seal.open(begun.verifier))
        access, refresh = self.seal.close(grant.access_token), self.seal.close(grant.refresh_token)

        def work(tx: Transaction) -> None:
            made = crm_connections.put(
                tx, actor.team, actor.user, begun.crm, grant, access, refresh
            )
            after = {"org": grant.org, "address": grant.base_url, "signed_in": grant.email}
            audit.add(tx, actor, "crm.connected", CRMS[begun.crm], after=after)
            tx.wake("know_crm", made)
            tx.wake("log_to_crm", made)

        self.writer(work)
        return get(actor.team, begun.crm)

    def disconnect(self, actor: Actor, crm: str) -> None:
        """Forget the sign-in, here and, as far as it can be had, at the CRM. What is logged there
        stays; what waits is logged once the CRM is connected again."""
        held = get(actor.team, crm)

        def work(tx: Transaction) -> None:
            crm_connections.turn_off(tx, held)
            audit.add(tx, actor, "crm.disconnected", CRMS[crm], before={"org": held.org})

        self.writer(work)
        if held.refresh:
            self.crms[crm].revoke(held.base_url, self.seal.open(held.refresh))


def get(team: int, crm: str) -> Connection:
    """Raises :class:`NotThere`."""
    found = crm_connections.get(team, crm)
    if found is None:
        raise NotThere(crm)
    return found


def configure(
    tx: Transaction,
    actor: Actor,
    crm: str,
    chosen: Mapping[str, str],
    *,
    digest: bool,
    write_opt_outs: bool,
) -> bool:
    """Say which of the org's fields mean what; False when nothing is different. Raises
    :class:`Invalid` for fields that the CRM has not told of."""
    held = get(actor.team, crm)
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
    """Say who a user of ours is in the CRM; empty is nobody."""
    get(actor.team, crm)
    if not crm_users.choose(tx, actor.team, crm, user, external_id or None):
        raise Invalid({"user": "The CRM does not have this user any more: choose another."})
    after = {"user": user, "is": external_id}
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
