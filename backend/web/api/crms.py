"""CRMs: connecting them, which of their fields mean what, and who is who there."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from backend.connections import connecting as rules
from backend.connections import words
from backend.crm_port import CRMS
from backend.store import crm_connections, crm_log_pages, crm_users
from backend.store.crm_connections import Connection
from backend.web.api.routes import Call, for_admins
from shared import wire

ONE = "/crms/<crm>"
Field = Annotated[str, Meta(max_length=255)] | UnsetType


class Choice(Struct, kw_only=True):
    """A field of the org, or for ``type`` one of its values, that may be chosen for ``use``."""

    use: str
    name: str
    label: str


class CrmFields(Struct, kw_only=True):
    """Which of the org's fields mean what; an empty one is not used."""

    mobile: str
    extension: str
    do_not_text: str
    key: str
    type: str


class CrmConnection(Struct, kw_only=True):
    """``state``: unconfigured (the server has no app there), off, connected, parked (nothing is
    logged before ``parked_until``) or broken (an admin connects it again); ``cause`` says why.
    ``address``: whether connecting needs the org's own address: no, optional or needed. ``counts``
    are its activities by state, 10,001 for more than 10,000. ``warnings`` are for an admin."""

    crm: str
    name: str
    state: str
    address: str
    cause: str = ""
    org: str = ""
    org_name: str = ""
    base_url: str = ""
    email: str = ""
    connected_at: wire.Time | None = None
    parked_until: wire.Time | None = None
    fields: CrmFields | None = None
    choices: list[Choice] = []
    digest: bool = False
    write_opt_outs: bool = False
    counts: dict[str, int] = {}
    warnings: list[str] = []


class CrmConnections(Struct, kw_only=True):
    crms: list[CrmConnection]


class NewConnection(Struct, kw_only=True, forbid_unknown_fields=True):
    crm: Literal["salesforce", "hubspot", "dynamics"]
    address: Annotated[str, Meta(max_length=rules.LONGEST_ADDRESS)] = ""


class SignInThere(Struct, kw_only=True):
    """Where to sign in: once, within 15 minutes, in a browser in which the same admin is signed in
    to the admin pages."""

    url: str


class CrmChange(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is. ``digest``: one activity for each person and day."""

    mobile: Field = UNSET
    extension: Field = UNSET
    do_not_text: Field = UNSET
    key: Field = UNSET
    type: Field = UNSET
    digest: bool | UnsetType = UNSET
    write_opt_outs: bool | UnsetType = UNSET


class UserPage(Struct, kw_only=True, forbid_unknown_fields=True):
    """``after`` is the id of the last one held."""

    after: wire.Id | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class CrmUser(Struct, kw_only=True):
    """A user of the CRM; ``user`` is ours who they are. ``by_hand``: an admin has said so."""

    id: wire.Id
    external_id: str
    email: str
    name: str
    user: wire.Id | None
    by_hand: bool


class CrmUsers(Struct, kw_only=True):
    users: list[CrmUser]
    more: bool


class Counterpart(Struct, kw_only=True, forbid_unknown_fields=True):
    """Who our user is in the CRM; empty is nobody."""

    external_id: Annotated[str, Meta(max_length=64)]


@for_admins("GET", "/crms", answers={200: CrmConnections})
def list_crms(call: Call) -> CrmConnections:
    """Every CRM that there is, and how its connection is."""
    held = {each.crm: each for each in crm_connections.of_team(call.identity.team)}
    return CrmConnections(crms=[_shown(call, crm, held.get(crm)) for crm in CRMS])


@for_admins("POST", "/crms", body=NewConnection, answers={201: SignInThere}, problems=(404,))
def connect_crm(call: Call, body: NewConnection) -> SignInThere:
    """Begin to connect a CRM: an admin signs in there."""
    return SignInThere(url=call.services.connecting.begin(call.actor, body.crm, body.address))


@for_admins("PATCH", ONE, body=CrmChange, answers={200: CrmConnection}, problems=(404,))
def configure_crm(call: Call, crm: str, body: CrmChange) -> CrmConnection:
    """Say which fields mean what, and how texts are logged."""
    actor, given = call.actor, msgspec.structs.asdict(body)
    held = rules.get(actor.team, crm)
    switches = {
        name: getattr(held, name) if given[name] is UNSET else given[name]
        for name in rules.SWITCHES
    }
    chosen = {
        use: getattr(held.fields, use) if given[use] is UNSET else given[use] for use in rules.USES
    }
    call.services.writer(lambda tx: rules.configure(tx, actor, crm, chosen, **switches))
    return _shown(call, crm, rules.get(actor.team, crm))


@for_admins("POST", ONE + "/check", answers={202: None}, problems=(404, 409))
def check_crm(call: Call, crm: str) -> None:
    """Have the CRM asked again which fields and users it has, in a moment."""
    actor = call.actor
    call.services.writer(lambda tx: rules.check(tx, actor, crm))


@for_admins("DELETE", ONE, answers={204: None}, problems=(404,))
def disconnect_crm(call: Call, crm: str) -> None:
    """Forget the sign-in. What is logged stays there; what waits is logged once it is connected
    again."""
    call.services.connecting.disconnect(call.actor, crm)


@for_admins("GET", ONE + "/users", query=UserPage, answers={200: CrmUsers}, problems=(404,))
def list_crm_users(call: Call, crm: str, query: UserPage) -> CrmUsers:
    """A page of the CRM's users, and who of ours they are."""
    team = call.identity.team
    rules.get(team, crm)
    found = crm_users.of_team(team, crm, after=query.after or 0, limit=query.limit + 1)
    users = [CrmUser(**each._asdict()) for each in found[: query.limit]]
    return CrmUsers(users=users, more=len(found) > query.limit)


@for_admins("PUT", ONE + "/users/<id:user>", body=Counterpart, answers={204: None}, problems=(404,))
def choose_crm_user(call: Call, crm: str, user: int, body: Counterpart) -> None:
    """Say who a user of ours is in the CRM."""
    actor = call.actor
    call.services.writer(lambda tx: rules.choose_user(tx, actor, crm, user, body.external_id))


def _shown(call: Call, crm: str, held: Connection | None) -> CrmConnection:
    asked = words.ADDRESSES.get(crm)
    state = rules.standing(held, crm in call.services.connecting.crms)
    shown = CrmConnection(
        crm=crm,
        name=CRMS[crm],
        state=state,
        address=("needed" if asked.needed else "optional") if asked else "no",
    )
    if held is None:
        return shown
    return msgspec.structs.replace(
        shown,
        cause=held.cause,
        org=held.org,
        org_name=held.org_name,
        base_url=held.base_url,
        email=held.email,
        connected_at=held.connected_at,
        parked_until=held.parked_until if state == "parked" else None,
        fields=CrmFields(**{use: getattr(held.fields, use) for use in rules.USES}),
        choices=[Choice(use=each.use, name=each.name, label=each.label) for each in held.choices],
        digest=held.digest,
        write_opt_outs=held.write_opt_outs,
        counts=crm_log_pages.counts(held.team, crm),
        warnings=words.warnings(held),
    )
