"""What a route is: one declaration, from which both the serving and OpenAPI come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta, Struct

from backend.connections.connecting import Connecting
from backend.importing.managing import Imports
from backend.media.uploading import Uploads
from backend.ports import NumberDesk
from backend.signing_in import Sessions
from backend.store import users
from backend.store.audit import Actor
from backend.store.writer import Writer
from backend.tokens import Identity
from shared.wire import CrmTable, Id


@dataclass(frozen=True)
class Services:
    """What the routes act through. ``session_ended(session)`` closes the session's sockets,
    ``hook_secret(salt)`` gives a hook's secret, ``remove_files(team, contents)`` removes media that
    nobody needs any more. ``desk`` is where our numbers are at the carrier, ``webhook`` where it
    shall post their texts; ``public_url`` is where browsers reach the admin pages, without a
    trailing slash; ``connecting`` connects CRMs. ``local_hooks`` allows hooks into this network;
    ``crm_pages`` is the table that the extension is given."""

    writer: Writer
    sessions: Sessions
    push_key: str
    session_ended: Callable[[int], None]
    uploads: Uploads
    hook_secret: Callable[[str], str]
    remove_files: Callable[[int, list[str]], None]
    desk: NumberDesk
    webhook: str
    public_url: str
    imports: Imports
    crm_pages: CrmTable
    connecting: Connecting
    local_hooks: bool = False


@dataclass(frozen=True)
class Call:
    """One request: who makes it (None on routes without sign-in) and from which address."""

    services: Services
    address: str
    caller: Identity | None

    @property
    def identity(self) -> Identity:
        assert self.caller is not None, "the route is open to strangers"
        return self.caller

    @property
    def actor(self) -> Actor:
        """Who the audit log will name."""
        identity = self.identity
        account = users.account(identity.team, identity.user)
        email = account[0].email if account else ""
        name = f"{email}, key {identity.name}" if identity.name else email
        return Actor(identity.team, identity.user, name, self.address)


Handler = Callable[..., Any]


@dataclass(frozen=True)
class Route:
    """``path`` in Flask's form. ``answers`` maps each good status to the struct of its body, the
    usual one first; None is no body. ``problems`` are the refusals besides those of every route.

    The handler gets the call, the path's values by name, then ``body`` and ``query`` where they
    are declared, and returns a struct, None, or (struct, status).
    """

    method: str
    path: str
    summary: str
    handler: Handler
    answers: Mapping[int, type[Struct] | None]
    body: type[Struct] | None = None
    query: type[Struct] | None = None
    files: tuple[str, ...] = ()
    """Content types of a body that is a file: the handler reads it itself."""
    signed_in: bool = True
    scope: str = ""
    """What an API key needs to call this; empty: people alone."""
    admin: bool = False
    """Only admins, and keys that act for one."""
    problems: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return self.handler.__name__


class PageQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``before`` is the cursor that the page before gave as ``next``."""

    before: Annotated[str, Meta(max_length=64)] = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class BeforeQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``before`` is the smallest id held."""

    before: Id | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


def route(method: str, path: str, **declared: Any) -> Callable[[Handler], Route]:
    """Make a :class:`Route` of a function; its docstring is the summary."""

    def declare(handler: Handler) -> Route:
        return Route(
            method=method,
            path=path,
            summary=(handler.__doc__ or "").strip(),
            handler=handler,
            **declared,
        )

    return declare


def for_admins(method: str, path: str, **declared: Any) -> Callable[[Handler], Route]:
    """A :func:`route` for admins, and for keys of theirs with the scope admin."""
    return route(method, path, scope="admin", admin=True, **declared)
