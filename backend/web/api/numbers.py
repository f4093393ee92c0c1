"""Numbers: what each can do, who texts from it, and what is missing before carriers deliver."""

from msgspec import Struct

from backend.numbers import a2p, assigning
from backend.numbers.checklist import State, checklist
from backend.numbers.sync import sync
from backend.ports import CarrierError
from backend.store import numbers as store
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, for_admins
from shared import wire

ONE = "/numbers/<id:number>"
USER = ONE + "/users/<id:user>"


class NumberUser(Struct, kw_only=True):
    id: wire.Id
    name: str
    email: str


class A2pStep(Struct, kw_only=True):
    """``todo`` is what to do about it, empty when nothing; ``errors`` are the carrier's."""

    state: State
    text: str
    todo: str
    errors: list[str]


class TeamNumber(Struct, kw_only=True):
    """``service``: the Messaging Service that it sends through, or empty. ``checklist`` is empty
    where carriers ask for no registration. ``retired_at``: since when it is not ours any more."""

    id: wire.Id
    e164: str
    display: str
    kind: wire.NumberKind
    label: str
    sms: bool
    mms: bool
    voice: bool
    local_presence: bool
    service: str
    a2p: wire.A2p
    checklist: list[A2pStep]
    users: list[NumberUser]
    synced_at: wire.Time | None
    retired_at: wire.Time | None


class TeamNumbers(Struct, kw_only=True):
    numbers: list[TeamNumber]


class NumberSwitch(Struct, kw_only=True, forbid_unknown_fields=True):
    """``local_presence``: it only lends callers a local area code, and is not texted from."""

    local_presence: bool


class SyncOptions(Struct, kw_only=True, forbid_unknown_fields=True):
    """``webhooks``: have the carrier post the texts of the team's numbers here."""

    webhooks: bool = False


class PostedElsewhere(Struct, kw_only=True):
    """``url`` is empty where its texts are posted nowhere."""

    e164: str
    url: str


class SyncResult(Struct, kw_only=True):
    """Of the team's own numbers, in E.164. ``mended``: their texts are posted here from now on;
    ``a2p_unread``: why the registrations could not be read."""

    added: list[str]
    changed: list[str]
    retired: list[str]
    mended: list[str]
    elsewhere: list[PostedElsewhere]
    a2p_unread: str


@for_admins("GET", "/numbers", answers={200: TeamNumbers})
def list_numbers(call: Call) -> TeamNumbers:
    """The team's numbers, with their registration and who texts from them."""
    return TeamNumbers(numbers=[_shown(each) for each in store.standings(call.identity.team)])


@for_admins("GET", ONE, answers={200: TeamNumber}, problems=(404,))
def get_number(call: Call, number: int) -> TeamNumber:
    """One of the team's numbers."""
    return _shown(assigning.get(call.identity.team, number))


@for_admins(
    "PATCH",
    ONE,
    body=NumberSwitch,
    answers={200: TeamNumber},
    problems=(404,),
)
def switch_number(call: Call, number: int, body: NumberSwitch) -> TeamNumber:
    """Say whether a number is for local presence alone."""
    actor, on = call.actor, body.local_presence
    call.services.writer(lambda tx: assigning.set_local_presence(tx, actor, number, on))
    return get_number.handler(call, number)


@for_admins("PUT", USER, answers={204: None}, problems=(404,))
def assign_number(call: Call, number: int, user: int) -> None:
    """Let a user text from a number and hear what arrives on it. Again, it changes nothing."""
    actor = call.actor
    call.services.writer(lambda tx: assigning.assign(tx, actor, number, user))


@for_admins("DELETE", USER, answers={204: None}, problems=(404,))
def unassign_number(call: Call, number: int, user: int) -> None:
    """Take a number from a user. Its conversations stay; again, it changes nothing."""
    actor = call.actor
    call.services.writer(lambda tx: assigning.unassign(tx, actor, number, user))


@for_admins(
    "POST",
    "/numbers/sync",
    body=SyncOptions,
    answers={200: SyncResult},
    problems=(502,),
)
def sync_numbers(call: Call, body: SyncOptions) -> SyncResult:
    """Read from the carrier which numbers there are, what they can do, and their registration."""
    actor, services = call.actor, call.services
    try:
        found = sync(
            *(services.writer, services.desk, services.webhook),
            webhooks=body.webhooks,
            actor=actor.name,
            team=actor.team,
        )
    except CarrierError as error:
        text = f"The carrier could not be read, so nothing was changed: {error}."
        raise Refusal(502, "carrier", text) from None
    ours = found.of(each.number.e164 for each in store.standings(actor.team))
    return SyncResult(
        added=ours.added,
        changed=ours.changed,
        retired=ours.retired,
        mended=ours.mended,
        elsewhere=[PostedElsewhere(e164=e164, url=url) for e164, url in ours.elsewhere],
        a2p_unread=ours.a2p_unread,
    )


def _shown(held: store.Standing) -> TeamNumber:
    number = held.number
    steps = checklist(number, a2p.read(held.a2p_detail))
    return TeamNumber(
        id=number.id,
        e164=number.e164,
        display=number.display,
        kind=number.kind,
        label=number.label,
        sms=held.sms,
        mms=number.mms,
        voice=held.voice,
        local_presence=held.local_presence,
        service=held.service,
        a2p=number.a2p,
        checklist=[
            A2pStep(state=each.state, text=each.text, todo=each.todo, errors=list(each.errors))
            for each in steps
        ],
        users=[NumberUser(id=id_, name=name, email=email) for id_, name, email in held.users],
        synced_at=held.synced_at,
        retired_at=held.retired_at,
    )
