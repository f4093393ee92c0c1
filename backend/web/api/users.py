"""Users: who is in the team, what they are in it, and whether they may come in."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from backend.inbox import cursors
from backend.store import licenses, user_pages
from backend.store.licenses import Kind
from backend.store.user_pages import Row
from backend.store.users import Listed
from backend.store.writer import Transaction
from backend.team import users as rules
from backend.web import welcome
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, PageQuery, for_admins
from shared import wire

ONE = "/users/<id:user>"
# The rules say how long they may be, for all fields at once.
Typed = Annotated[str, Meta(max_length=1000)]


class UserQuery(PageQuery, kw_only=True, forbid_unknown_fields=True):
    """``search`` is a part of a name or e-mail."""

    search: Annotated[str, Meta(max_length=100)] = ""
    role: Literal["", "rep", "admin"] = ""
    state: Literal["", "active", "invited", "disabled"] = ""


class NewUser(Struct, kw_only=True, forbid_unknown_fields=True):
    email: Typed
    name: Typed
    role: wire.Role = "rep"
    licenses: Annotated[list[Kind], Meta(max_length=10)] = []


class UserAsRead(Struct, kw_only=True):
    """What a change was made from: it is refused (409) where somebody changed that meanwhile."""

    name: Typed
    role: Typed


class UserChange(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: Typed | UnsetType = UNSET
    role: wire.Role | UnsetType = UNSET
    made_from: UserAsRead | None = None


class TeamUser(Struct, kw_only=True):
    """``state``: active, invited (no password set yet) or disabled. ``link`` is given once, when it
    is made: whoever opens it first, within seven days, sets the password."""

    id: wire.Id
    email: str
    name: str
    role: str
    state: str
    licenses: list[str]
    created_at: wire.Time
    link: str = ""


class TeamUsers(Struct, kw_only=True):
    users: list[TeamUser]
    next: str


@for_admins("GET", "/users", query=UserQuery, answers={200: TeamUsers})
def list_users(call: Call, query: UserQuery) -> TeamUsers:
    """A page of the team's users, those added last first."""
    team = call.identity.team
    found = user_pages.page(
        team,
        search=" ".join(query.search.split()),
        role=query.role,
        state=query.state,
        sort="created",
        down=True,
        after=cursors.read(query.before),
        limit=query.limit + 1,
    )
    rows, following = cursors.cut(found, query.limit, lambda each: each.created_at)
    held = licenses.of_team(team)
    return TeamUsers(users=[_shown(each, held) for each in rows], next=following)


@for_admins("GET", ONE, answers={200: TeamUser}, problems=(404,))
def get_user(call: Call, user: int) -> TeamUser:
    """One user of the team."""
    return _read(call, user)


@for_admins("POST", "/users", body=NewUser, answers={201: TeamUser}, problems=(409,))
def invite_user(call: Call, body: NewUser) -> TeamUser:
    """Add a user. The link in the answer, which is shown this once, lets them set a password."""
    actor = call.actor
    _for_people(call, body.role)

    def work(tx: Transaction) -> tuple[int, str]:
        who = {"email": body.email, "name": body.name, "role": body.role}
        made = rules.add(tx, actor, **who, kinds=body.licenses)
        return made, rules.new_link(tx, actor, made)

    made, secret = call.services.writer(work)
    return _read(call, made, secret)


@for_admins(
    "PATCH",
    ONE,
    body=UserChange,
    answers={200: TeamUser},
    problems=(404, 409),
)
def change_user(call: Call, user: int, body: UserChange) -> TeamUser:
    """Rename a user, or give them another role. The last admin stays one."""
    actor = call.actor
    before = msgspec.to_builtins(body.made_from) if body.made_from else None

    def work(tx: Transaction) -> None:
        known = rules.get(actor.team, user)
        name = known.name if body.name is UNSET else body.name
        role = known.role if body.role is UNSET else body.role
        if role != known.role:
            _for_people(call, role)
        rules.change(tx, actor, user, name=name, role=role, made_from=before)

    call.services.writer(work)
    return _read(call, user)


@for_admins(
    "POST",
    ONE + "/disable",
    answers={200: TeamUser},
    problems=(404, 409),
)
def disable_user(call: Call, user: int) -> TeamUser:
    """Sign a user out everywhere, within seconds, and let them in no more."""
    actor = call.actor
    for session in call.services.writer(lambda tx: rules.disable(tx, actor, user)):
        call.services.session_ended(session)
    return _read(call, user)


@for_admins("POST", ONE + "/enable", answers={200: TeamUser}, problems=(404,))
def enable_user(call: Call, user: int) -> TeamUser:
    """Let a user sign in again."""
    actor = call.actor
    call.services.writer(lambda tx: rules.enable(tx, actor, user))
    return _read(call, user)


@for_admins("POST", ONE + "/link", answers={201: TeamUser}, problems=(404, 409))
def make_user_link(call: Call, user: int) -> TeamUser:
    """Make a link by which a user sets a password. Links made before are good no more."""
    actor = call.actor
    _for_people(call, rules.get(actor.team, user).role)
    secret = call.services.writer(lambda tx: rules.new_link(tx, actor, user))
    return _read(call, user, secret)


def _for_people(call: Call, role: str) -> None:
    # An admin can make keys, and a key that could make an admin could make itself another.
    if role == "admin" and call.identity.scopes is not None:
        text = "No API key makes admins, or links for them: an admin has to sign in for that."
        raise Refusal(403, "people_only", text)


def _read(call: Call, user: int, secret: str = "") -> TeamUser:
    team = call.identity.team
    shown = _shown(rules.get(team, user), licenses.of_team(team))
    shown.link = welcome.link(call.services.public_url, secret) if secret else ""
    return shown


def _shown(known: Row | Listed, held: dict[int, list[str]]) -> TeamUser:
    return TeamUser(
        id=known.id,
        email=known.email,
        name=known.name,
        role=known.role,
        state=known.state,
        licenses=held.get(known.id, []),
        created_at=known.created_at,
    )
