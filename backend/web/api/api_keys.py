"""API keys: made, listed and revoked by admins. A key cannot make keys."""

from typing import Annotated

from msgspec import Meta, Struct

from backend import api_keys
from backend.store import api_keys as store
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire

ONE = "/api-keys/<id:key>"


class NewApiKey(Struct, kw_only=True, forbid_unknown_fields=True):
    """``scopes``: read, send, write, admin. ``email`` is the user that it acts for; the caller."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    scopes: Annotated[list[str], Meta(min_length=1, max_length=10)]
    email: Annotated[str, Meta(max_length=254)] = ""


class ApiKey(Struct, kw_only=True):
    """``token`` is given once, when the key is made."""

    id: wire.Id
    name: str
    prefix: str
    scopes: list[str]
    email: str
    created_at: wire.Time
    used_at: wire.Time | None = None
    revoked_at: wire.Time | None = None
    token: str = ""


class ApiKeys(Struct, kw_only=True):
    api_keys: list[ApiKey]


@route("GET", "/api-keys", answers={200: ApiKeys}, admin=True)
def list_api_keys(call: Call) -> ApiKeys:
    """The team's keys, the newest first."""
    return ApiKeys(api_keys=[_shown(each) for each in store.of_team(call.identity.team)])


@route("POST", "/api-keys", body=NewApiKey, answers={201: ApiKey}, admin=True)
def make_api_key(call: Call, body: NewApiKey) -> ApiKey:
    """Make a key. Its token is in this answer and never again."""
    actor, email = call.actor, body.email.strip() or call.actor.name
    made = call.services.writer(
        lambda tx: api_keys.make(tx, actor, email=email, name=body.name, scopes=body.scopes)
    )
    key = store.get(actor.team, made.id)
    assert key is not None
    shown = _shown(key)
    shown.token = made.token
    return shown


@route("DELETE", ONE, answers={204: None}, problems=(404,), admin=True)
def revoke_api_key(call: Call, key: int) -> None:
    """Revoke a key: from now on it opens nothing."""
    if not call.services.writer(lambda tx: api_keys.revoke(tx, call.actor, key)):
        raise Refusal(404, "not_found", "There is no such key that still works.")


def _shown(key: store.Key) -> ApiKey:
    return ApiKey(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        scopes=key.scopes.split(),
        email=key.email,
        created_at=key.created_at,
        used_at=key.used_at,
        revoked_at=key.revoked_at,
    )
