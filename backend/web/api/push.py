"""Where this session's browser is woken."""

from backend.push import BadSubscription, check
from backend.store import pushes
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire


@route("PUT", "/push", body=wire.PushSubscription, answers={204: None})
def subscribe(call: Call, body: wire.PushSubscription) -> None:
    """Push to this browser from now on, in place of where this session was pushed to before."""
    try:
        check(body)
    except BadSubscription as error:
        raise Refusal(400, "subscription", str(error), field=error.field) from None
    identity = call.identity
    call.services.writer(
        lambda tx: pushes.set_for_session(tx, identity.team, identity.user, identity.session, body)
    )


@route("DELETE", "/push", answers={204: None})
def unsubscribe(call: Call) -> None:
    """Stop pushing to this session's browser."""
    identity = call.identity
    call.services.writer(lambda tx: pushes.remove_of_session(tx, identity.team, identity.session))
