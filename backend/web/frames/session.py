"""The session of a socket: that it lives, that it goes on, and what it begins with."""

from backend.licensing import may_message
from backend.store import conversations, feed, numbers, settings, users
from backend.store.rows import now
from backend.tokens import Identity, TokenError
from backend.web.frames.call import Call, Handler
from shared import wire

SIGNED_OUT = 4401
"""Close code: the access token is bad or over; refresh it and come back."""


def ready(identity: Identity, since: int | None) -> wire.SessionReady | None:
    """What a socket begins with; ``since`` resumes there. None when the user is gone."""
    account = users.account(identity.team, identity.user)
    if account is None:
        return None
    user, team = account
    return wire.SessionReady(
        user=user,
        team=team,
        numbers=numbers.of_user(identity.team, identity.user),
        seq=feed.position(identity.user) if since is None else since,
        resumed=since is not None,
        unread=conversations.unread_of(identity.team, identity.user),
        now=now(),
        prices=settings.of_team(identity.team).prices,
        blocked=may_message(identity.team, identity.user),
    )


def _renew(call: Call, frame: wire.SessionRenew) -> wire.SessionRenewed | None:
    try:
        renewed = call.services.read_token(frame.token)
    except TokenError as error:
        call.socket.close(SIGNED_OUT, str(error)[:100])
        return None
    if (renewed.user, renewed.session) != (call.user, call.identity.session):
        call.socket.close(SIGNED_OUT, "another session's token")
        return None
    call.services.renew(call.socket, renewed)
    return wire.SessionRenewed(expires_at=renewed.expires_at)


def _ping(_call: Call, _frame: wire.SessionPing) -> wire.SessionPong:
    return wire.SessionPong(now=now())


HANDLERS: dict[type[wire.ClientFrame], Handler] = {
    wire.SessionRenew: _renew,
    wire.SessionPing: _ping,
}
