"""Signing in to Dynamics 365: Entra's authorization code flow with PKCE, the tokens by msal.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
"""

import re
import time
from typing import Any
from urllib.parse import urlsplit

import msal
import requests

from backend.crm import web
from backend.crm.dynamics.calls import LABEL, Said, call
from backend.crm.oauth import SignIn
from backend.crm_port import Access, CrmApp, CrmError, Grant, Misconfigured, SignInNeeded

_ORG = re.compile(
    r"[a-z0-9][a-z0-9-]*\.(?:api\.)?crm[0-9]*\.(dynamics\.com|microsoftdynamics\.us|dynamics\.cn)"
)
LOGINS = {
    "dynamics.com": "https://login.microsoftonline.com",
    "microsoftdynamics.us": "https://login.microsoftonline.us",
    "dynamics.cn": "https://login.partner.microsoftonline.cn",
}
"""Where the users of each of Microsoft's clouds sign in."""
TENANT = "organizations"
"""Work accounts of whichever company."""
_OURS = {"invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"}


class _Entra(web.Session):
    """What msal speaks through. It takes https addresses alone: for a stand-in, which speaks http,
    what is meant for Microsoft's login goes there."""

    def __init__(self, app: CrmApp, login: str) -> None:
        super().__init__()
        self._app, self._login = app, login

    def request(self, method: Any, url: Any, *given: Any, **more: Any) -> requests.Response:
        if self._app.base_url:
            url = self._app.base_url + str(url).removeprefix(self._login)
        return super().request(method, url, *given, **more)


class DynamicsSignIn(SignIn):
    def checked_address(self, typed: str) -> str:
        """The org's own address."""
        if self._app.base_url:
            return self._app.base_url
        try:
            parts = urlsplit(typed if "//" in typed else f"https://{typed}")
            host = (parts.hostname or "").lower()
            good = parts.scheme == "https" and _ORG.fullmatch(host) and parts.port in (None, 443)
        except ValueError:
            good = False
        if not good:
            raise ValueError(
                "This is no address of Dynamics 365: it looks like https://acme.crm.dynamics.com."
                " Copy it from the browser's address bar."
            )
        return f"https://{host.replace('.api.crm', '.crm')}"

    def authorize_url(self, address: str, redirect: str, state: str, challenge: str) -> str:
        """msal would make state and verifier itself, and keep them; ours are made already."""
        page = f"{self._app.base_url or _login(address)}/{TENANT}/oauth2/v2.0/authorize"
        scope = f"{_scope(address)} openid profile offline_access"
        return self._asking(page, redirect, state, challenge, scope, response_mode="query")

    # msal's newer method for a code wants a state, a verifier and a nonce that it made itself.
    def exchange(self, address: str, redirect: str, code: str, verifier: str) -> Grant:
        answer = _asked(
            self._app,
            address,
            lambda client: client.acquire_token_by_authorization_code(
                code, [_scope(address)], redirect_uri=redirect, data={"code_verifier": verifier}
            ),
        )
        grant = _grant(address, answer)
        if not grant.refresh_token:
            raise Misconfigured(
                "Dynamics 365 gave no lasting sign-in: allow offline_access in the app."
            )
        return grant

    def refresh(self, base_url: str, refresh_token: str) -> Grant:
        answer = _asked(
            self._app,
            base_url,
            lambda client: client.acquire_token_by_refresh_token(refresh_token, [_scope(base_url)]),
        )
        return _grant(base_url, answer, known=True)

    def revoke(self, base_url: str, refresh_token: str) -> None:
        """Entra ends one app's sign-in for nobody but the user or an admin of the tenant, on their
        own pages: a refresh token that is not used ends by itself after 90 days."""


def _asked(app: CrmApp, address: str, ask: Any) -> dict[str, Any]:
    login = _login(address)
    try:
        with _Entra(app, login) as session:
            client = msal.ConfidentialClientApplication(
                app.client_id,
                client_credential=app.client_secret,
                authority=f"{login}/{TENANT}",
                http_client=session,
            )
            answer = ask(client)
    except (requests.RequestException, msal.exceptions.MsalError) as error:
        raise web.unreachable(LABEL, error) from None
    except (ValueError, KeyError, TypeError, RuntimeError) as error:
        # What msal makes of an answer that is none of Entra's.
        raise web.unreachable(LABEL, error) from None
    if not isinstance(answer, dict) or not ("error" in answer or "access_token" in answer):
        raise web.unreachable(LABEL, "an answer without a token")
    if "error" in answer:
        raise _refused(answer)
    return answer


def _refused(answer: dict[str, Any]) -> CrmError:
    error = answer.get("error")
    # Behind the first sentence are ids and times of the request.
    said = web.text(answer.get("error_description"), 2000).partition(" Trace ID")[0][:160]
    if error in ("temporarily_unavailable", "server_error"):
        return web.unreachable(LABEL, web.text(error, 40))
    if error in _OURS:
        return Misconfigured(f"Microsoft does not know Repline's app as it is set up: {said}")
    return SignInNeeded(f"Microsoft does not accept the sign-in: connect it again. ({said})")


def _grant(base_url: str, answer: dict[str, Any], known: bool = False) -> Grant:
    """``known``: whose sign-in it is has been asked before."""
    token, seconds = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not isinstance(seconds, int):
        raise web.unreachable(LABEL, "an answer without a token")
    org, email = ("", "") if known else _who(Access(base_url, token))
    refresh_token = answer.get("refresh_token")
    return Grant(
        access_token=token,
        refresh_token=refresh_token if isinstance(refresh_token, str) else "",
        expires_at=int((time.time() + seconds) * 1000),
        base_url=base_url,
        org=org,
        org_name=(urlsplit(base_url).hostname or "").split(".")[0],
        scopes=web.text(answer.get("scope"), 1000),
        email=email,
    )


def _who(access: Access) -> tuple[str, str]:
    """The org's id, and the e-mail of whoever signed in."""
    try:
        me = call(access, "WhoAmI")
        org, user = web.text(me.get("OrganizationId"), 36), web.text(me.get("UserId"), 36)
        if not org or not user:
            raise web.unreachable(LABEL, "an answer without the org")
        asked = {"$select": "internalemailaddress"}
        found = call(access, f"systemusers({user})", params=asked)
    except Said as said:
        raise SignInNeeded(
            f"Whoever signed in may not use this org ({said.shown}): sign in as one of its users."
        ) from None
    return org.lower(), web.text(found.get("internalemailaddress"), 254)


def _scope(address: str) -> str:
    return f"{address}/user_impersonation"


def _login(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return next(
        (url for end, url in LOGINS.items() if host.endswith(f".{end}")), LOGINS["dynamics.com"]
    )
