"""Hooks: addresses of the team's own programs that are told of message events."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.hooks import managing
from backend.store import hooks
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire

ONE = "/hooks/<id:hook>"


class NewHook(Struct, kw_only=True, forbid_unknown_fields=True):
    """``events``: message.received, message.sent, message.delivered, message.failed."""

    url: Annotated[str, Meta(min_length=8, max_length=2000)]
    events: Annotated[list[str], Meta(min_length=1, max_length=10)]


class HookSwitch(Struct, kw_only=True, forbid_unknown_fields=True):
    enabled: bool


class Hook(Struct, kw_only=True):
    """``secret`` signs: ``Repline-Signature: t=…,v1=…`` is the hex HMAC-SHA256 of ``t.body``."""

    id: wire.Id
    url: str
    events: list[str]
    enabled: bool
    secret: str
    created_at: wire.Time


class Hooks(Struct, kw_only=True):
    hooks: list[Hook]


class Delivery(Struct, kw_only=True):
    """``state``: waiting, delivered, failed; ``answer``: the last one."""

    id: wire.Id
    event: str
    state: str
    attempts: int
    answer: str
    created_at: wire.Time


class Deliveries(Struct, kw_only=True):
    deliveries: list[Delivery]


@route("GET", "/hooks", answers={200: Hooks}, scope="admin", admin=True)
def list_hooks(call: Call) -> Hooks:
    """The team's hooks."""
    return Hooks(hooks=[_shown(call, each) for each in hooks.of_team(call.identity.team)])


@route("POST", "/hooks", body=NewHook, answers={201: Hook}, scope="admin", admin=True)
def make_hook(call: Call, body: NewHook) -> Hook:
    """Tell an address of message events from now on."""
    local = call.services.local_hooks
    try:
        made = call.services.writer(
            lambda tx: managing.make(tx, call.actor, body.url, body.events, local=local)
        )
    except managing.BadHook as error:
        raise Refusal(400, "malformed", str(error), field=error.field) from None
    return _shown(call, _known(call, made))


@route(
    "PATCH",
    ONE,
    body=HookSwitch,
    answers={200: Hook},
    problems=(404,),
    scope="admin",
    admin=True,
)
def switch_hook(call: Call, hook: int, body: HookSwitch) -> Hook:
    """Switch a hook off or on. What happens while it is off is not told later."""
    known = _known(call, hook)
    call.services.writer(lambda tx: managing.switch(tx, call.actor, known, body.enabled))
    return _shown(call, _known(call, hook))


@route("DELETE", ONE, answers={204: None}, problems=(404,), scope="admin", admin=True)
def remove_hook(call: Call, hook: int) -> None:
    """Remove a hook, with what is on its way to it."""
    known = _known(call, hook)
    call.services.writer(lambda tx: managing.remove(tx, call.actor, known))


@route(
    "GET",
    ONE + "/deliveries",
    answers={200: Deliveries},
    problems=(404,),
    scope="admin",
    admin=True,
)
def list_deliveries(call: Call, hook: int) -> Deliveries:
    """The last fifty deliveries, the newest first."""
    known = _known(call, hook)
    return Deliveries(
        deliveries=[
            Delivery(
                id=each.id,
                event=each.event,
                state=each.state,
                attempts=each.attempts,
                answer=each.answer,
                created_at=each.created_at,
            )
            for each in hooks.latest(known.team, known.id)
        ]
    )


@route("POST", ONE + "/retry", answers={204: None}, problems=(404,), scope="admin", admin=True)
def retry_deliveries(call: Call, hook: int) -> None:
    """Try again what has failed."""
    known = _known(call, hook)
    call.services.writer(lambda tx: hooks.again(tx, known.team, known.id))


def _known(call: Call, hook: int) -> hooks.Hook:
    known = hooks.get(call.identity.team, hook)
    if known is None:
        raise Refusal(404, "not_found", "There is no such hook.")
    return known


def _shown(call: Call, hook: hooks.Hook) -> Hook:
    return Hook(
        id=hook.id,
        url=hook.url,
        events=hook.events.split(),
        enabled=hook.enabled,
        secret=call.services.hook_secret(hook.salt),
        created_at=hook.created_at,
    )
