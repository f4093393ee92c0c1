"""Hooks: addresses of the team's own programs that are told of message events."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.hooks import managing
from backend.store import hooks
from backend.web.api.routes import Call, for_admins
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


@for_admins("GET", "/hooks", answers={200: Hooks})
def list_hooks(call: Call) -> Hooks:
    """The team's hooks."""
    return Hooks(hooks=[_shown(call, each) for each in hooks.of_team(call.identity.team)])


@for_admins("POST", "/hooks", body=NewHook, answers={201: Hook}, problems=(409,))
def make_hook(call: Call, body: NewHook) -> Hook:
    """Tell an address of message events from now on."""
    local = call.services.local_hooks
    actor = call.actor
    made = call.services.writer(
        lambda tx: managing.make(tx, actor, body.url, body.events, local=local)
    )
    return _shown(call, _known(call, made))


@for_admins(
    "PATCH",
    ONE,
    body=HookSwitch,
    answers={200: Hook},
    problems=(404,),
)
def switch_hook(call: Call, hook: int, body: HookSwitch) -> Hook:
    """Switch a hook off or on. What happens while it is off is not told later."""
    known = _known(call, hook)
    call.services.writer(lambda tx: managing.switch(tx, call.actor, known, body.enabled))
    return _shown(call, _known(call, hook))


@for_admins("DELETE", ONE, answers={204: None}, problems=(404,))
def remove_hook(call: Call, hook: int) -> None:
    """Remove a hook, with what is on its way to it."""
    known = _known(call, hook)
    call.services.writer(lambda tx: managing.remove(tx, call.actor, known))


@for_admins(
    "GET",
    ONE + "/deliveries",
    answers={200: Deliveries},
    problems=(404,),
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


@for_admins("POST", ONE + "/retry", answers={204: None}, problems=(404,))
def retry_deliveries(call: Call, hook: int) -> None:
    """Try again what has failed."""
    known = _known(call, hook)
    call.services.writer(lambda tx: managing.retry(tx, call.actor, known))


def _known(call: Call, hook: int) -> hooks.Hook:
    return managing.get(call.identity.team, hook)


def _shown(call: Call, hook: hooks.Hook) -> Hook:
    return Hook(
        id=hook.id,
        url=hook.url,
        events=hook.events.split(),
        enabled=hook.enabled,
        secret=call.services.hook_secret(hook.salt),
        created_at=hook.created_at,
    )
