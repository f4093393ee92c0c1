"""Signing in, staying so, signing out, and who one is."""

from msgspec import Struct

from backend import metrics
from backend.licensing import may_message
from backend.signing_in import Grant, SignInRefused
from backend.store import numbers, users
from backend.throttle import Throttled
from backend.tokens import TokenError
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire


class Me(Struct, kw_only=True):
    """Who is signed in, and the numbers that they text from."""

    user: wire.User
    team: wire.Team
    numbers: list[wire.Number]
    blocked: wire.Blocked | None = None


@route(
    "POST",
    "/session",
    body=wire.SignIn,
    answers={201: wire.SessionTokens},
    signed_in=False,
    problems=(401, 429),
)
def sign_in(call: Call, body: wire.SignIn) -> wire.SessionTokens:
    """Sign in with e-mail and password."""
    try:
        grant = call.services.sessions.sign_in(body.email, body.password, body.client, call.address)
    except Throttled as error:
        metrics.sign_ins.count("throttled")
        raise Refusal(
            429,
            "throttled",
            f"Too many tries: try again in {error.seconds} s.",
            headers={"Retry-After": str(error.seconds)},
        ) from None
    except SignInRefused:
        metrics.sign_ins.count("wrong")
        raise Refusal(
            401, "sign_in", "Email and password do not belong together: check both."
        ) from None
    metrics.sign_ins.count("right")
    return _tokens(grant, call.services.push_key)


@route(
    "POST",
    "/session/refresh",
    body=wire.SessionRefresh,
    answers={200: wire.SessionTokens},
    signed_in=False,
    problems=(401,),
)
def refresh_session(call: Call, body: wire.SessionRefresh) -> wire.SessionTokens:
    """Exchange the refresh token for a new pair of tokens."""
    try:
        grant = call.services.sessions.refresh(body.refresh_token)
    except TokenError as error:
        raise Refusal(401, "session_ended", str(error), field="refresh_token") from None
    return _tokens(grant, call.services.push_key)


@route("DELETE", "/session", answers={204: None})
def sign_out(call: Call) -> None:
    """End this session: its tokens, its sockets and what is pushed to its browser."""
    call.services.sessions.sign_out(call.identity, call.address)
    call.services.session_ended(call.identity.session)


@route("GET", "/me", answers={200: Me}, scope="read")
def me(call: Call) -> Me:
    """Who is signed in."""
    identity = call.identity
    account = users.account(identity.team, identity.user)
    if account is None:
        raise Refusal(401, "session_ended", "The session has ended: sign in.")
    user, team = account
    return Me(
        user=user,
        team=team,
        numbers=numbers.of_user(identity.team, identity.user),
        blocked=may_message(identity.team, identity.user),
    )


def _tokens(grant: Grant, push_key: str) -> wire.SessionTokens:
    return wire.SessionTokens(
        access_token=grant.access_token,
        refresh_token=grant.refresh_token,
        expires_at=grant.expires_at,
        user=grant.user,
        team=grant.team,
        push_key=push_key,
    )
